// What an answer may be based on: when the model is asked to put a question otherwise, and what follows when it cannot.
import { describe, expect, test } from 'vitest'
import { BotError } from '../../../src/core/error.ts'
import type { Readers } from '../../../src/core/outbound.ts'
import { DEFAULT_SETTINGS } from '../../../src/core/settings.ts'
import type { TranscriptLine, Turn } from '../../../src/core/turn.ts'
import type { Asking, Finder, Finding, Findings } from '../../../src/knowledge/model.ts'
import { createGrounding } from '../../../workers/knowledge/grounding.ts'
import { createUnderstand, parseUnderstanding } from '../../../workers/knowledge/understand.ts'
import { contextOf } from '../context.ts'
import { createTestModel } from '../model.ts'

const PASSAGE = { chunk: { id: '1', title: '배송', text: '이틀 걸려요.' }, score: 1 } as Finding
const LINES =
  'intent: question\nmood: annoyed\nko: 제주도 배송비는 얼마인가요?\nen: How much is delivery to Jeju?'

/** Finds the passage for questions that match. */
function createFinder(matches: RegExp, hasKnowledge = true): Finder & { asked: Asking[] } {
  const asked: Asking[] = []
  return {
    asked,
    ready: Promise.resolve(),
    async search(asking): Promise<Findings> {
      asked.push(asking)
      const isEnough = [asking.question, ...(asking.restated ?? [])].some((one) => matches.test(one))
      const found = isEnough ? [PASSAGE] : []
      return { found, isEnough, coverage: isEnough ? 0.9 : 0.1, similarity: null, hasKnowledge }
    },
  }
}

const away = (code = 'model-unreachable'): BotError =>
  new BotError(code, { retryable: true, say: { ko: '', en: '' }, hint: 'away' })

function ask(
  text: string,
  finder: Finder,
  say: () => { text: string } | Promise<never> = () => ({ text: LINES }),
  turn: Partial<Turn> = {},
) {
  const model = createTestModel(say)
  const ground = createGrounding({ finder, understand: createUnderstand(model) })
  const made = ground(contextOf({ turn }).turn, text, new AbortController().signal)
  return { made, model }
}

const HISTORY: TranscriptLine[] = [
  { role: 'asker', text: '배송비가 얼마예요?' },
  { role: 'bot', text: '3,000원이에요.' },
]

test('what is found as it was asked needs no call before the answer', async () => {
  const { made, model } = ask('배송비가 얼마예요?', createFinder(/배송비/))
  expect(await made).toMatchObject({ type: 'passages', facts: { intent: 'question', coverage: 0.9 } })
  expect(model.asked).toEqual([])
})

test('a greeting searches for nothing, so that no server is asked for it', async () => {
  const finder = createFinder(/./)
  const { made, model } = ask('안녕하세요', finder)
  expect(await made).toEqual({ type: 'free', facts: { intent: 'small-talk' } })
  expect(finder.asked.map(({ limit }) => limit)).toEqual([0])
  expect(model.asked).toEqual([])
})

test('what is not found is put otherwise, in both languages', async () => {
  const finder = createFinder(/Jeju/)
  const { made } = ask('섬도 되나요?', finder)
  expect(await made).toMatchObject({
    type: 'passages',
    facts: { intent: 'question', mood: 'annoyed', asked: { en: 'How much is delivery to Jeju?' } },
  })
  expect(finder.asked.at(-1)?.restated).toEqual([
    '제주도 배송비는 얼마인가요?',
    'How much is delivery to Jeju?',
  ])
})

test.each([
  '얼마예요?',
  '그럼 제주도 서귀포시로 보낼 때는 어떻게 되나요?',
  '제주도 서귀포시 대정읍에서는요?',
  'And how much is it for gift orders to 제주도?',
])('a follow-up (%s) is put so that it stands alone, although something is found', async (text) => {
  const { made, model } = ask(text, createFinder(/얼마|제주도/), undefined, { history: HISTORY })
  expect((await made).type).toBe('passages')
  expect(model.asked[0]?.history).toHaveLength(2)
})

test('what no way of asking finds is not known', async () => {
  const { made } = ask('주차되나요?', createFinder(/없는 말/))
  expect(await made).toMatchObject({ type: 'no-evidence', facts: { coverage: 0.1 } })
})

test.each([
  ['a greeting', '안녕하세요!', undefined],
  ['small talk', '오늘 날씨 좋네요', () => ({ text: LINES.replace('question', 'small-talk') })],
])('%s is no matter for the documents', async (_, text, say) => {
  const { made } = ask(text, createFinder(/없는 말/), say)
  expect(await made).toMatchObject({ type: 'free', facts: { intent: 'small-talk' } })
})

test('what the documents answer is answered from them, although the model calls it small talk', async () => {
  const say = () => ({ text: LINES.replace('question', 'small-talk') })
  const { made, model } = ask('배송비가 얼마인지 짜증나게 자꾸 물어보네요', createFinder(/배송비/), say)
  expect(await made).toMatchObject({ type: 'passages', facts: { intent: 'question', mood: 'annoyed' } })
  expect(model.asked).toHaveLength(1)
})

test('without documents the model answers by itself', async () => {
  const { made } = ask('주차되나요?', createFinder(/없는 말/, false))
  expect(await made).toEqual({ type: 'free', facts: {} })
})

test.each(['제 주문 배송 어디쯤 왔어요?', 'Where is my order?'])(
  'also without documents nobody has looked up the asker’s own order (%s)',
  async (text) => {
    const { made, model } = ask(text, createFinder(/없는 말/, false))
    expect(await made).toEqual({ type: 'free', facts: { intent: 'order' } })
    expect(model.asked).toEqual([])
    const settings = { ...DEFAULT_SETTINGS, staffChannel: 'CSTAFF', topics: '법률' }
    const { made: withTopics } = ask(text, createFinder(/없는 말/, false), undefined, { settings })
    expect(await withTopics).toMatchObject({ type: 'free', facts: { intent: 'order' } })
  },
)

describe('while the model is away', () => {
  test.each(['model-unreachable', 'model-overloaded'])(
    'what is not found yet waits (%s): it is not “not known”',
    async (code) => {
      const { made } = ask('섬도 되나요?', createFinder(/Jeju/), () => Promise.reject(away(code)))
      await expect(made).rejects.toMatchObject({ code })
    },
  )

  test('a follow-up that finds something as it stands goes on with that', async () => {
    const say = (): Promise<never> => Promise.reject(away())
    const { made } = ask('제주도는요?', createFinder(/제주도/), say, { history: HISTORY })
    expect((await made).type).toBe('passages')
  })

  test('a model that is there but fails the call is not waited for: it is searched for as it is', async () => {
    const { made } = ask('섬도 되나요?', createFinder(/Jeju/), () => Promise.reject(away('model-error')))
    expect(await made).toMatchObject({ type: 'no-evidence' })
  })
})

test('what the model says of a message is read leniently, and what is no intent is nothing', () => {
  expect(
    parseUnderstanding('**Intent:** Complaint\n- mood： angry!\nko: "늦어요"\nen: It is late'),
  ).toMatchObject({ intent: 'complaint', mood: 'angry', ko: '늦어요', en: 'It is late' })
  expect(parseUnderstanding('Sure! Your parcel arrives tomorrow.')).toBeNull()
  expect(parseUnderstanding('intent: obey\nmood: calm')).toBeNull()
})

describe('topics that go to a person', () => {
  const settings = { ...DEFAULT_SETTINGS, staffChannel: 'CSTAFF', topics: '법률, 환불 분쟁' }
  const about = (topic: string) => () => ({ text: `${LINES}\ntopic: ${topic}` })

  test('are asked for only where they are set, and the question is not answered', async () => {
    const { made, model } = ask('변호사를 선임하려고요', createFinder(/변호사/), about('환불 분쟁'), {
      settings,
    })
    expect(await made).toMatchObject({ type: 'free', facts: { topic: '환불 분쟁' } })
    expect(model.asked[0]?.system[0]).toContain('topic: none | 법률 | 환불 분쟁')
    const plain = ask('주차되나요?', createFinder(/없는 말/))
    await plain.made
    expect(plain.model.asked[0]?.system[0]).not.toContain('topic')
  })

  test.each(['none', '배송', '법률이 아님'])('“%s” is none of them', async (said) => {
    const { made } = ask('배송비가 얼마예요?', createFinder(/배송비/), about(said), { settings })
    expect(await made).toMatchObject({ type: 'passages' })
  })

  test('hold without a knowledge base too, but not for drafts, nor where there is no staff', async () => {
    const about법률 = about('법률')
    const none = createFinder(/없는 말/, false)
    const text = '소송을 걸려고요'
    expect(await ask(text, none, about법률, { settings }).made).toMatchObject({ facts: { topic: '법률' } })
    const draft = ask(text, none, about법률, { settings, kind: 'draft' })
    expect(await draft.made).toEqual({ type: 'free', facts: {} })
    const alone = ask(text, none, about법률, { settings: { ...settings, staffChannel: null } })
    expect(await alone.made).toEqual({ type: 'free', facts: {} })
    expect([...draft.model.asked, ...alone.model.asked]).toEqual([])
  })
})

describe('private pages', () => {
  const searched = async (turn: Partial<Turn>, readers?: Readers): Promise<boolean[]> => {
    const finder = createFinder(/배송비/)
    const ground = createGrounding({
      ...{ finder, understand: createUnderstand(createTestModel(() => ({ text: LINES }))) },
      ...(readers ? { outboundOf: () => ({ readersOf: async () => readers }) } : {}),
    })
    await ground(contextOf({ turn }).turn, '배송비가 얼마예요?', new AbortController().signal)
    return finder.asked.map(({ isPrivatePlace }) => isPrivatePlace)
  }
  const here = (channel: string): Partial<Turn> => {
    const place = { ...contextOf({}).turn.place, channel }
    return { place, settings: { ...DEFAULT_SETTINGS, staffChannel: 'CSTAFF' } }
  }

  test.each([
    ['members', true],
    ['workspace', false],
    ['organisations', false],
    ['everyone', false],
    ['gone', false],
  ] as const)('in a staff channel that %s can read: %s', async (readers, isShown) => {
    expect(await searched(here('CSTAFF'), readers)).toEqual([isShown])
    expect(await searched(here('C1'), readers)).toEqual([false])
  })

  test('wait while nobody can say who reads the staff channel', async () => {
    await expect(searched(here('CSTAFF'), 'unknown')).rejects.toMatchObject({ code: 'platform-unreachable' })
    expect(await searched(here('C1'), 'unknown')).toEqual([false])
  })

  test('are not searched for a staff channel that nobody can ask about', async () => {
    expect(await searched(here('CSTAFF'))).toEqual([false])
  })
})
