// Asks the model: what people mostly do by mention, for those who prefer a command, and about a message of someone else.
import type { Command, Plan, PlanView } from '../src/core/command.ts'
import type { Decision } from '../src/core/decision.ts'
import type { CommandInbound } from '../src/core/inbound.ts'

const NOTHING_TO_READ = {
  ko: '이 메시지에는 제가 읽을 글이 없어요.',
  en: 'There is nothing in this message that I can read.',
}

export const ask: Command = {
  name: 'ask',
  nameKo: '질문',
  summary: { ko: '궁금한 점을 물어보세요', en: 'Ask a question' },
  usage: { ko: '<질문>', en: '<question>' },
  options: [
    {
      name: 'question',
      nameKo: '질문',
      summary: { ko: '무엇이 궁금하신가요?', en: 'What would you like to know?' },
      type: 'text',
      required: true,
    },
    {
      name: 'private',
      nameKo: '비공개',
      summary: { ko: '답변을 나만 보기', en: 'Only you see the answer' },
      type: 'yes-no',
    },
  ],
  surfaces: ['slash', 'message', 'mention'],
  menu: { ko: 'Damso에게 묻기', en: 'Ask Damso' },
  shortcutKo: '물어보기',
  rest: 'question',
  // "질문 있어요" and "ask you something" are questions as they stand; only "질문: …" names the command.
  isTypedWith: (after) => /^[:：]/.test(after),
  plan(inbound, view) {
    if (inbound.target) return planTarget(inbound.target, inbound, view)
    const question = String(inbound.options['question'] ?? '').trim()
    if (question === '')
      return { type: 'reply', content: { text: howTo(view), lang: view.lang }, isPrivate: true }
    const isPrivate = inbound.options['private'] === true
    return {
      kind: 'answer',
      queue: 'chat',
      ack: isPrivate ? 'defer-private' : 'defer',
      text: question,
      body: { isPrivate },
    }
  },
}

/** On Discord only the one who chose the menu sees the answer; on Slack it goes into the message's thread. */
function planTarget(
  target: NonNullable<CommandInbound['target']>,
  inbound: CommandInbound,
  view: PlanView,
): Plan | Extract<Decision, { type: 'reply' }> {
  if (target.text.trim() === '' && target.attachments.length === 0) {
    return { type: 'reply', content: { text: NOTHING_TO_READ[view.lang], lang: view.lang }, isPrivate: true }
  }
  const isPrivate = inbound.place.platform === 'discord'
  return {
    kind: 'answer',
    queue: 'chat',
    ack: isPrivate ? 'defer-private' : 'none',
    text: target.text,
    body: { isPrivate, attachments: target.attachments },
  }
}

function howTo(view: PlanView): string {
  const typed = view.typed(ask)
  return view.lang === 'ko'
    ? `궁금한 점을 함께 써 주세요. 예: \`${typed} 배송은 언제 오나요?\``
    : `Please add your question, for example \`${typed} When will my order arrive?\``
}
