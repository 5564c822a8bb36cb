import { expect, test } from 'vitest'
import { createTranslator } from '../../src/translation/translator.ts'
import type { RecordedRequest } from '../fakes/vllm/index.ts'
import { PHRASES, WRONG } from './phrases.ts'
import { rehearseShop } from './rehearsal.ts'

const said = (system: string, user: string): string =>
  rehearseShop({
    body: { messages: [{ role: 'system', content: system }] },
    lastUser: user,
  } as unknown as RecordedRequest)

const translate = createTranslator({
  ask: async ({ system, text }) => ({ text: said(system.join('\n'), text), isWhole: true }),
})
const into = (to: 'ko' | 'en' | 'ja', text: string) =>
  translate({
    ...{ text, to, from: null, workspace: 'w', channel: null, session: 's' },
    signal: AbortSignal.timeout(5_000),
  })

test.each(PHRASES)(
  'the examples are translated without a complaint, and labelled: $en',
  async ({ ko, en }) => {
    expect(await into('en', ko)).toMatchObject({ translation: `[rehearsal] ${en}`, flags: [] })
    expect(await into('ko', en)).toMatchObject({ translation: `[리허설] ${ko}`, flags: [] })
  },
)

test.each(WRONG)('what is wrong on purpose is found: $en', async ({ ko }) => {
  const { flags } = await into('en', ko)
  expect(flags.map(({ kind }) => kind)).toContain('value')
})

test('what it does not know is left as it is, and found', async () => {
  const { translation, flags } = await into('en', '이 문장은 처음 봐요.')
  expect(translation).toBe('[rehearsal] 이 문장은 처음 봐요.')
  expect(flags).not.toEqual([])
  expect((await into('ja', '이 문장은 처음 봐요.')).flags).not.toEqual([])
})

test('a summary and a draft are labelled in both languages, and nothing is made up', () => {
  const summary = said(
    'You summarise a customer support conversation for …',
    'Customer: 뚜껑이 깨졌어요\nAgent: 네',
  )
  expect(summary).toBe(`ko: [리허설] 요약 대신 고객의 마지막 말이에요: “뚜껑이 깨졌어요”
en: [rehearsal] Instead of a summary, the customer's last words: “뚜껑이 깨졌어요”
category: other`)
  const draft = 'You draft a reply that a support agent will read'
  expect(said(`${draft} Answer in Korean`, 'Customer: hi')).toMatch(/^\[리허설\]/)
  expect(said(`${draft} Answer in English`, 'Customer: 안녕')).toMatch(/^\[rehearsal\]/)
})
