// Replies that staff have written once and use often.
import type { Command, PlanView } from '../src/core/command.ts'

export const SNIPPET_ACTIONS = ['list', 'use', 'show', 'add', 'remove'] as const

const WORDS = {
  list: { ko: '목록', en: 'list' },
  use: { ko: '쓰기', en: 'use' },
  show: { ko: '보기', en: 'show' },
  add: { ko: '추가', en: 'add' },
  remove: { ko: '삭제', en: 'remove' },
} as const

export const snippet: Command = {
  name: 'snippet',
  nameKo: '상용구',
  summary: { ko: '자주 보내는 답변을 저장하고 써요 (담당자)', en: 'Save and use canned replies (staff)' },
  usage: { ko: '목록|쓰기|보기|추가|삭제 [이름]', en: 'list|use|show|add|remove [name]' },
  options: [
    {
      name: 'action',
      nameKo: '할일',
      summary: { ko: '무엇을 할까요?', en: 'What to do' },
      type: 'choice',
      required: true,
      choices: SNIPPET_ACTIONS.map((value) => ({ value, label: WORDS[value] })),
    },
    {
      name: 'text',
      nameKo: '이름과글',
      summary: {
        ko: '이름, 추가할 때는 글도: 환불안내 ko: … en: …',
        en: 'The name, and to add one its text: refund ko: … en: …',
      },
      type: 'text',
    },
  ],
  surfaces: ['slash', 'mention'],
  forStaff: true,
  rest: 'text',
  isTypedWith: (after) =>
    /^(?:list|use|show|add|remove|목록|쓰기|보기|추가|삭제)(?![\p{L}\p{N}])/iu.test(after) ||
    // "@Damso 상용구 환불안내": in the thread of a case there is nothing else it could mean.
    /^[\p{L}\p{N}_-]{1,40}$/u.test(after),
  plan({ options }, view) {
    const typed = String(options['action'] ?? 'list').toLowerCase()
    const action = SNIPPET_ACTIONS.find((one) => one === typed) ?? 'use'
    const isNamed = SNIPPET_ACTIONS.some((one) => one === typed)
    const text = String(isNamed ? (options['text'] ?? '') : `${typed} ${options['text'] ?? ''}`).trim()
    if (text === '' && action !== 'list') return howTo(view)
    return {
      ...{ kind: 'snippet', queue: 'relay', ack: 'defer-private', text },
      body: { action, lang: view.lang, isPrivate: true },
    }
  },
}

function howTo(view: PlanView) {
  const typed = view.typed(snippet)
  const text =
    view.lang === 'ko'
      ? [
          `- \`${typed} 추가 환불안내 ko: {고객}님, 환불은 사흘 걸려요. en: Hello {customer}, a refund takes three days.\``,
          `- \`${typed} 목록\`, \`${typed} 보기 환불안내\`, \`${typed} 삭제 환불안내\``,
          `- 상담 카드의 스레드에서 \`@${view.botName} 상용구 환불안내\`: 고객의 언어로 보여 드리고, ‘보내기’를 누르면 보내요`,
          '- 변수: `{고객}`, `{번호}`, `{담당자}`, `{질문}`',
        ].join('\n')
      : [
          `- \`${typed} add refund ko: {고객}님, 환불은 사흘 걸려요. en: Hello {customer}, a refund takes three days.\``,
          `- \`${typed} list\`, \`${typed} show refund\`, \`${typed} remove refund\``,
          `- in the thread of a case’s card, \`@${view.botName} snippet use refund\`: shown in the customer’s language, and sent when you press Send`,
          '- variables: `{customer}`, `{number}`, `{agent}`, `{question}`',
        ].join('\n')
  return { type: 'reply', content: { text, lang: view.lang }, isPrivate: true } as const
}
