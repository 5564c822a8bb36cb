// Takes one of the bot's answers back, from the menu of its message. For staff.
import type { Command } from '../src/core/command.ts'
import { TOLD } from '../src/core/staff-words.ts'

export const withdraw: Command = {
  name: 'withdraw',
  nameKo: '답변철회',
  summary: { ko: '제가 드린 답변을 철회해요 (담당자)', en: 'Withdraw an answer of mine (staff)' },
  usage: { ko: '', en: '' },
  options: [],
  surfaces: ['message'],
  menu: { ko: '답변 철회', en: 'Withdraw answer' },
  shortcutKo: '답변 철회',
  forStaff: true,
  plan({ target }, { lang }) {
    if (!target?.authorIsBot)
      return { type: 'reply', content: { text: TOLD.notAnAnswer[lang], lang }, isPrivate: true }
    const id = `message:${target.source}`
    return {
      kind: 'answer-decision',
      queue: 'relay',
      ack: 'defer-private',
      text: '',
      body: { verb: 'withdraw', id },
    }
  },
}
