// A case, by words: for staff, in the case's own thread or anywhere by its number.
import type { Command, PlanView } from '../src/core/command.ts'

export const TICKET_ACTIONS = [
  ...(['list', 'show', 'claim', 'assign', 'note', 'priority', 'category', 'tag', 'merge', 'snooze'] as const),
  ...(['tone', 'resolve', 'reopen', 'back', 'spam'] as const),
] as const
export type TicketAction = (typeof TICKET_ACTIONS)[number]

const WORDS: Readonly<Record<TicketAction, { ko: string; en: string; also?: readonly string[] }>> = {
  list: { ko: '목록', en: 'list' },
  show: { ko: '보기', en: 'show' },
  claim: { ko: '맡기', en: 'claim' },
  assign: { ko: '지정', en: 'assign', also: ['transfer', '이관', '배정', '넘기기'] },
  note: { ko: '메모', en: 'note' },
  priority: { ko: '우선순위', en: 'priority' },
  category: { ko: '분류', en: 'category' },
  tag: { ko: '태그', en: 'tag' },
  merge: { ko: '합치기', en: 'merge', also: ['병합'] },
  snooze: { ko: '보류', en: 'snooze' },
  tone: { ko: '말투', en: 'tone' },
  resolve: { ko: '해결', en: 'resolve' },
  reopen: { ko: '다시열기', en: 'reopen', also: ['재개'] },
  back: { ko: '봇에게', en: 'back', also: ['hand-back', '돌려주기'] },
  spam: { ko: '스팸', en: 'spam' },
}

/** What these cannot do without. */
const NEEDS_VALUE: readonly TicketAction[] = [
  'assign',
  'note',
  'priority',
  'category',
  'tag',
  'merge',
  'snooze',
]

export const ticket: Command = {
  name: 'ticket',
  nameKo: '티켓',
  summary: { ko: '상담을 살펴보고 처리해요 (담당자)', en: 'See and handle cases (staff)' },
  usage: {
    ko: '목록|보기|지정|메모|우선순위|분류|태그|합치기|보류|말투|해결|다시열기|봇에게 [#번호] [내용]',
    en: 'list|show|assign|note|priority|category|tag|merge|snooze|tone|resolve|reopen|back [#number] [value]',
  },
  options: [
    {
      name: 'action',
      nameKo: '할일',
      summary: { ko: '무엇을 할까요?', en: 'What to do' },
      type: 'choice',
      required: true,
      choices: TICKET_ACTIONS.map((value) => ({ value, label: WORDS[value] })),
    },
    {
      name: 'number',
      nameKo: '번호',
      summary: {
        ko: '상담 번호. 상담 스레드 안에서는 비워 두세요',
        en: 'Of the case; not needed in its thread',
      },
      type: 'text',
    },
    {
      name: 'value',
      nameKo: '내용',
      summary: {
        ko: '예: 담당자 이름, 메모, 긴급, 배송, vip, #5, 내일',
        en: 'e.g. a name, a note, urgent, delivery, vip, #5, tomorrow',
      },
      type: 'text',
    },
  ],
  surfaces: ['slash', 'mention'],
  forStaff: true,
  rest: 'value',
  isTypedWith: (after) => actionOf(/^[\p{L}-]+/u.exec(after)?.[0] ?? '') !== null && !/[?？]\s*$/.test(after),
  plan({ options, place, handle, mentions }, view) {
    const action = actionOf(String(options['action'] ?? ''))
    // Discord's options are filled in one by one; in one typed line "3 boxes came" begins with no number of a case.
    const isTyped = place.platform === 'slack' || handle === ''
    const { number, value } = readArguments(
      { number: String(options['number'] ?? ''), value: String(options['value'] ?? '') },
      { action, needsSign: isTyped && action !== null && FREE_WORDS.includes(action) },
    )
    if (!action || (NEEDS_VALUE.includes(action) && value === '')) return howTo(view)
    const named = action === 'assign' && mentions ? { mentions } : {}
    const body = { action, number, lang: view.lang, isPrivate: true, ...named }
    return { kind: 'ticket-command', queue: 'relay', ack: 'defer-private', text: value, body }
  },
}

function actionOf(typed: string): TicketAction | null {
  const wanted = typed.toLowerCase()
  const found = TICKET_ACTIONS.find((one) => {
    const { ko, en, also = [] } = WORDS[one]
    return [ko, en, ...also].includes(wanted)
  })
  return found ?? null
}

/** Whose values may begin with a number of their own. */
const FREE_WORDS: readonly TicketAction[] = ['assign', 'note', 'tag', 'merge']

/** Typed in one line, the number may be left out: then the first word is the value's. */
function readArguments(
  typed: { number: string; value: string },
  { action, needsSign }: { action: TicketAction | null; needsSign: boolean },
): { number: number | null; value: string } {
  const whole = [typed.number, typed.value].join(' ').trim()
  const number = (needsSign ? /^(?:#(\d{1,9})|(\d{1,9})번)$/ : /^#?(\d{1,9})(?:번)?$/).exec(
    typed.number.trim(),
  )
  const value = typed.value.trim()
  // "merge #5", in the thread of the case that is to become part of it.
  if (!number || (action === 'merge' && value === '')) return { number: null, value: whole }
  return { number: Number(number[1] ?? number[2]), value }
}

function howTo(view: PlanView) {
  const typed = view.typed(ticket)
  const text =
    view.lang === 'ko'
      ? [
          '상담 스레드 안에서는 번호를 쓰지 않아도 돼요.',
          `- \`${typed} 목록\`, \`${typed} 목록 내\`, \`${typed} 목록 태그 vip\``,
          `- \`${typed} 보기 #3\`, \`${typed} 메모 #3 내일 다시 연락\``,
          `- \`${typed} 지정 #3 @민수\`, \`${typed} 지정 #3 민수\`, \`${typed} 지정 #3 나\``,
          `- \`${typed} 우선순위 #3 긴급\`, \`${typed} 분류 #3 배송\`, \`${typed} 태그 #3 vip, -단순문의\``,
          `- \`${typed} 합치기 #3 #5\`: 3번을 5번에 합쳐요 (같은 고객만)`,
          `- \`${typed} 보류 #3 내일\` (2시간, 3일, 끔)`,
          `- \`${typed} 말투 #3 격식 있게\`: 고객님께 가는 번역의 말투 (부드럽게, 편하게, 자동)`,
          `- \`${typed} 해결 #3\`, \`${typed} 다시열기 #3\`, \`${typed} 봇에게 #3\``,
        ].join('\n')
      : [
          'In a case’s own thread the number can be left out.',
          `- \`${typed} list\`, \`${typed} list mine\`, \`${typed} list tag vip\``,
          `- \`${typed} show #3\`, \`${typed} note #3 call back tomorrow\``,
          `- \`${typed} assign #3 @Minsu\`, \`${typed} assign #3 Minsu\`, \`${typed} assign #3 me\``,
          `- \`${typed} priority #3 urgent\`, \`${typed} category #3 delivery\`, \`${typed} tag #3 vip, -simple\``,
          `- \`${typed} merge #3 #5\`: case 3 becomes part of case 5 (same customer only)`,
          `- \`${typed} snooze #3 tomorrow\` (2h, 3d, off)`,
          `- \`${typed} tone #3 formal\`: how translations for the customer speak (polite, casual, auto)`,
          `- \`${typed} resolve #3\`, \`${typed} reopen #3\`, \`${typed} back #3\``,
        ].join('\n')
  return { type: 'reply', content: { text, lang: view.lang }, isPrivate: true } as const
}
