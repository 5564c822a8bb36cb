// Looks at how a draft sounds to a customer before it is sent. For staff.
import type { Command } from '../src/core/command.ts'

export const tone: Command = {
  name: 'tone',
  nameKo: '말투',
  summary: {
    ko: '고객에게 보낼 글의 말투를 살펴봐요 (담당자)',
    en: 'Check how a draft sounds to a customer (staff)',
  },
  usage: { ko: '<보낼 글>', en: '<draft>' },
  options: [
    {
      name: 'draft',
      nameKo: '보낼글',
      summary: { ko: '고객에게 보낼 글', en: 'What you want to send' },
      type: 'text',
      required: true,
    },
  ],
  surfaces: ['slash', 'mention'],
  forStaff: true,
  rest: 'draft',
  // "말투를 바꿔 주세요" and "tone down the music" are no drafts.
  isTypedWith: (after) => /^[:：]\s*\S/.test(after),
  plan({ options }, view) {
    const text = String(options['draft'] ?? '').trim()
    if (text === '') {
      const how = `\`@${view.botName} ${view.lang === 'ko' ? '말투: 그건 안 됩니다.' : 'tone: Nope, can’t do that.'}\``
      return { type: 'reply', content: { text: how, lang: view.lang }, isPrivate: true }
    }
    return {
      ...{ kind: 'tone', queue: 'chat', ack: 'defer-private', text },
      body: { lang: view.lang, isPrivate: true },
    }
  },
}
