// Sets one of the bot's answers right, from the menu of its message: a form with its text. For staff.
import type { Command } from '../src/core/command.ts'
import { TOLD } from '../src/core/staff-words.ts'

export const correct: Command = {
  name: 'correct',
  nameKo: '답변고치기',
  summary: { ko: '제가 드린 답변을 고쳐요 (담당자)', en: 'Correct an answer of mine (staff)' },
  usage: { ko: '', en: '' },
  options: [],
  surfaces: ['message'],
  menu: { ko: '답변 고치기', en: 'Correct answer' },
  shortcutKo: '답변 고치기',
  forStaff: true,
  plan({ target }, { lang }) {
    if (!target?.authorIsBot)
      return { type: 'reply', content: { text: TOLD.notAnAnswer[lang], lang }, isPrivate: true }
    const id = `message:${target.source}`
    return { type: 'form-of', subject: { what: 'answer', id }, lang }
  },
}
