// The words that translations have to use, and those that they leave as they are. For staff.
import type { Command, PlanView } from '../src/core/command.ts'

export const GLOSSARY_ACTIONS = ['list', 'add', 'remove', 'import', 'export'] as const

const WORDS = {
  list: { ko: '목록', en: 'list' },
  add: { ko: '추가', en: 'add' },
  remove: { ko: '삭제', en: 'remove' },
  import: { ko: '가져오기', en: 'import' },
  export: { ko: '내보내기', en: 'export' },
} as const

export const glossary: Command = {
  name: 'glossary',
  nameKo: '용어집',
  summary: { ko: '번역할 때 쓸 용어를 정해요 (담당자)', en: 'Set the words that translations use (staff)' },
  usage: { ko: '추가|삭제|목록|가져오기|내보내기 [용어]', en: 'add|remove|list|import|export [term]' },
  options: [
    {
      name: 'action',
      nameKo: '할일',
      summary: { ko: '무엇을 할까요?', en: 'What to do' },
      type: 'choice',
      required: true,
      choices: GLOSSARY_ACTIONS.map((value) => ({ value, label: WORDS[value] })),
    },
    {
      name: 'term',
      nameKo: '용어',
      summary: {
        ko: '예: 예치금 = deposit (금지: 보증금)',
        en: 'e.g. 예치금 = deposit (not: prepaid balance)',
      },
      type: 'text',
    },
    {
      name: 'scope',
      nameKo: '범위',
      summary: { ko: '전체, 또는 이 채널만', en: 'Everywhere, or this channel only' },
      type: 'choice',
      choices: [
        { value: 'workspace', label: { ko: '전체', en: 'everywhere' } },
        { value: 'channel', label: { ko: '이 채널', en: 'this channel' } },
      ],
    },
  ],
  surfaces: ['slash', 'mention'],
  forStaff: true,
  rest: 'term',
  isTypedWith: (after) =>
    /^(?:add|remove|list|import|export|추가|삭제|목록|가져오기|내보내기)(?![\p{L}\p{N}])/iu.test(after),
  plan({ options, room }, view) {
    const typed = String(options['action'] ?? 'list').toLowerCase()
    const action = GLOSSARY_ACTIONS.find((one) => one === typed)
    const { text, isChannel } = readScope(String(options['term'] ?? ''), options['scope'])
    if (!action || (text === '' && (action === 'add' || action === 'remove'))) return howTo(view)
    const body = {
      action,
      scope: isChannel && room !== 'dm' ? 'channel' : 'workspace',
      lang: view.lang,
      isPrivate: true,
    }
    return { kind: 'glossary', queue: 'relay', ack: 'defer-private', text, body }
  },
}

/** Typed in one line, "--channel" says that it is for this channel. */
function readScope(typed: string, scope: unknown): { text: string; isChannel: boolean } {
  const flag = /(?:^|\s)--(?:channel|채널)(?=\s|$)/
  return { text: typed.replace(flag, ' ').trim(), isChannel: scope === 'channel' || flag.test(typed) }
}

function howTo(view: PlanView) {
  const typed = view.typed(glossary)
  const text =
    view.lang === 'ko'
      ? [
          `- \`${typed} 추가 예치금 = deposit (금지: 보증금)\`: 이 말로 번역해요`,
          `- \`${typed} 추가 Damso\`: 번역하지 않고 그대로 둬요`,
          `- \`${typed} 삭제 예치금\`, \`${typed} 목록\`, \`${typed} 내보내기\``,
          `- \`${typed} 가져오기\`: CSV를 붙여 넣거나, CSV 파일을 올리면서 저를 불러 ‘용어집 가져오기’라고 써 주세요`,
          '- 끝에 `--채널`을 붙이면 이 채널에만 적용돼요',
        ].join('\n')
      : [
          `- \`${typed} add 예치금 = deposit (not: prepaid balance)\`: is translated by these words`,
          `- \`${typed} add Damso\`: is never translated`,
          `- \`${typed} remove 예치금\`, \`${typed} list\`, \`${typed} export\``,
          `- \`${typed} import\`: paste CSV after it, or mention me with a CSV file and write “glossary import”`,
          '- with `--channel` at the end it holds in this channel only',
        ].join('\n')
  return { type: 'reply', content: { text, lang: view.lang }, isPrivate: true } as const
}
