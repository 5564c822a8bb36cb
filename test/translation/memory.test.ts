// The translation memory: what is known costs no model, what is similar is shown to it, and what must not be kept is not.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/store/db.ts'
import { createGlossary, type GlossaryStore } from '../../src/translation/glossary/store.ts'
import { createCorrect } from '../../src/translation/memory/correct.ts'
import { createNearIndex } from '../../src/translation/memory/near.ts'
import { createMemory, type MemoryStore } from '../../src/translation/memory/store.ts'
import type { Prompt, TranslateRequest, Translation } from '../../src/translation/model.ts'
import { createTranslator } from '../../src/translation/translator.ts'
import { furnishedInMemory } from '../templates.ts'
import { requestOf } from './support.ts'

let db: Database
let memory: MemoryStore
let glossary: GlossaryStore
let prompts: Prompt[]
let answers: Record<string, string>

beforeAll(async () => {
  db = await furnishedInMemory()
})
afterAll(() => db[Symbol.asyncDispose]())
beforeEach(async () => {
  await db.query('delete from translation_memory')
  await db.query('delete from glossary_terms')
  memory = createMemory(db)
  glossary = createGlossary(db)
  prompts = []
  answers = {
    '내일 배송돼요.': 'It ships tomorrow.',
    '⟦1⟧님, 주문 ⟦2⟧은 취소됐어요.': '⟦1⟧, order ⟦2⟧ has been cancelled.',
    '3만 5천 원이에요.': 'It is 3,500 won.',
    '제 이메일로 안내 부탁드려요, 전화도 괜찮아요.': 'Please let me know by e-mail, a call is fine too.',
    '예치금은 언제 돌려받나요?': 'When do I get the deposit back?',
  }
})

function say(text: string, rest: Partial<TranslateRequest> = {}): Promise<Translation> {
  const translate = createTranslator({
    async ask(prompt) {
      prompts.push(prompt)
      return { text: answers[prompt.text] ?? `unknown: ${prompt.text}`, isWhole: true }
    },
    glossary: glossary.index,
    lastGlossary: glossary.last,
    memory,
  })
  return translate(requestOf({ text, to: 'en', memory: { audience: 'A', author: 'U1' }, ...rest }))
}
const correct = (text: string, translation: string, rest = {}) =>
  createCorrect({ memory, glossary: glossary.index })({
    ...{ text, translation, to: 'en', workspace: 'slack:T1', channel: 'C1', audience: 'A' },
    ...{ author: 'U1', by: 'USTAFF', ...rest },
  })
const kept = async (): Promise<number> =>
  (await db.query<{ n: number }>('select count(*)::int as n from translation_memory'))[0]!.n

describe('what is known', () => {
  test('costs no model, whatever form its letters have', async () => {
    expect((await say('내일 배송돼요.')).memory).toBeNull()
    const again = await say('내일 배송돼요.'.normalize('NFD'))
    expect(again).toMatchObject({ translation: 'It ships tomorrow.', memory: 'exact', flags: [], retries: 0 })
    expect(prompts).toHaveLength(1)
  })

  test('does not wait for what its channel is about', async () => {
    await say('내일 배송돼요.')
    const never = new Promise<string>(() => undefined)
    expect((await say('내일 배송돼요.', { topic: never })).memory).toBe('exact')
  })

  test('is known with another name and number too, and neither is kept', async () => {
    await say('@지수님, 주문 ORD-20231125-77은 취소됐어요.')
    const again = await say('@민지님, 주문 ORD-20240101-12은 취소됐어요.')
    expect(again).toMatchObject({
      translation: '@민지, order ORD-20240101-12 has been cancelled.',
      memory: 'exact',
    })
    expect(JSON.stringify(await db.query('select * from translation_memory'))).not.toMatch(/지수|ORD/)
  })

  test.each([
    ['another audience', { memory: { audience: 'B', author: 'U1' } }],
    ['another workspace', { workspace: 'slack:T2' }],
    ['another tone', { tone: 'formal' as const }],
    ['nobody in particular', { memory: undefined }],
  ])('is not known to %s', async (_who, rest) => {
    await say('내일 배송돼요.')
    expect((await say('내일 배송돼요.', rest)).memory).toBeNull()
    expect(prompts).toHaveLength(2)
  })

  test('is asked for again once the glossary has changed', async () => {
    await say('예치금은 언제 돌려받나요?')
    await glossary.add('slack:T1', null, '예치금 = escrow', 'U9')
    answers['예치금은 언제 돌려받나요?'] = 'When do I get the escrow back?'
    expect(await say('예치금은 언제 돌려받나요?')).toMatchObject({
      translation: 'When do I get the escrow back?',
      memory: null,
    })
    // By the new words alone, although it begins by those that it knows.
    expect(prompts).toHaveLength(2)
    expect(prompts[1]!.system.join('\n')).toContain('escrow')
  })
})

describe('what no longer fits how the bot is to speak', () => {
  const asSet = { to: 'ko' } as const
  test.each([
    ['the address', '회원님, 주문이 접수됐어요.', '고객님, 주문이 접수됐어요.', { address: 'customer' }],
    ['strictness', '주문이 접수됐습니다.', '주문이 접수됐어요.', { isStrict: true }],
  ] as const)(
    'costs one call after a change of %s, and none after that',
    async (_what, old, fitting, change) => {
      const after = { ...asSet, ...change }
      const text = 'Your order has been received.'
      answers[text] = old
      expect((await say(text, asSet)).flags).toEqual([])
      answers[text] = fitting
      expect(await say(text, after)).toMatchObject({ translation: fitting, flags: [], memory: null })
      const asked = prompts.length
      expect(await say(text, after)).toMatchObject({ translation: fitting, memory: 'exact' })
      expect(prompts).toHaveLength(asked)
    },
  )
})

describe('what is never kept', () => {
  test('a translation that was found wrong', async () => {
    expect((await say('3만 5천 원이에요.')).flags).not.toEqual([])
    expect(await kept()).toBe(0)
  })

  test('one that stops before its end, and one with an address of its own', async () => {
    answers['내일 배송돼요.'] = 'It ships tomorrow, see https://evil.example/x.'
    await say('내일 배송돼요.')
    expect(await kept()).toBe(0)
  })

  test('personal data', async () => {
    const text = '주민등록번호는 900101-1234567이에요.'
    answers[text] = 'My resident number is 900101-1234567.'
    await say(text)
    expect(JSON.stringify(await db.query('select * from translation_memory'))).not.toContain('1234567')
  })
})

describe('a correction by a person', () => {
  test('counts before what the model said, and outlives the glossary', async () => {
    await say('내일 배송돼요.')
    expect(await correct('내일 배송돼요.', 'It will be on its way tomorrow.')).toBe(true)
    await glossary.add('slack:T1', null, '쿠폰 = coupon', 'U9')
    expect(await say('내일 배송돼요.')).toMatchObject({
      translation: 'It will be on its way tomorrow.',
      memory: 'corrected',
    })
    expect(await correct('내일 배송돼요.', 'It leaves tomorrow.')).toBe(true)
    expect((await say('내일 배송돼요.')).translation).toBe('It leaves tomorrow.')
    expect(prompts).toHaveLength(1)
  })

  test('gives way to a word of the glossary that it does not use', async () => {
    await correct('예치금은 언제 돌려받나요?', 'When is my money back?')
    await glossary.add('slack:T1', null, '예치금 = deposit', 'U9')
    expect((await say('예치금은 언제 돌려받나요?')).translation).toBe('When do I get the deposit back?')
  })

  test('is refused where something of the text is missing in it', async () => {
    expect(await correct('@지수님, 주문 ORD-20231125-77은 취소됐어요.', 'Cancelled.')).toBe(false)
    expect(await kept()).toBe(0)
  })
})

test('a similar message is shown to the model, and not used as it is', async () => {
  await correct('주문하신 상품은 내일 오후에 배송될 예정이에요.', 'Your order is due tomorrow afternoon.')
  const text = '주문하신 상품은 모레 오후에 배송될 예정이에요.'
  answers[text] = 'Your order is due the day after tomorrow in the afternoon.'
  // The first look begins to read in what there is.
  const scope = { workspace: 'slack:T1', audience: 'A', author: 'U1' }
  const key = { source: text, kinds: '', from: 'ko', to: 'en', tone: 'polite', revision: '' } as const
  const { revision } = await memory.exact(scope, key)
  await expect.poll(() => memory.near(scope, { ...key, revision }), { timeout: 5_000 }).not.toBeNull()
  const made = await say(text)
  expect(made).toMatchObject({ translation: answers[text], memory: 'fuzzy' })
  expect(prompts.at(-1)!.system.join(' ')).toContain('Your order is due tomorrow afternoon.')
  await memory.forget('slack:T1', 'U1')
  await say(text)
  expect(prompts.at(-1)!.system.join(' ')).not.toContain('Your order is due tomorrow afternoon.')
})

describe('of what is similar', () => {
  const scope = { workspace: 'slack:T1', audience: 'A', author: 'U1' }
  const keyOf = (source: string) => ({
    ...({ source, kinds: '', from: 'ko', to: 'en', tone: 'polite', revision: '0' } as const),
  })
  const SHOES = '운동화 사이즈는 어떻게 고르면 좋을까요?'
  const FILTERS = '정수기 필터는 언제 교체하면 좋을까요?'
  const sourceNear = async (source: string) =>
    (await memory.near(scope, keyOf(source.replace('좋을까요', '될까요'))))?.source
  const insert = (id: number, source: string) =>
    db.query(
      `insert into translation_memory (id, workspace, audience, hash, from_lang, to_lang, tone, revision, source, translation)
      values ($1::bigint, 'slack:T1', 'A', md5($2), 'ko', 'en', 'polite', '0', $2, 'kept')`,
      [id, source],
    )

  test('what is there to see after a row with a higher id is found too', async () => {
    await insert(900_001, SHOES)
    await expect.poll(() => sourceNear(SHOES)).toBe(SHOES)
    await insert(900_000, FILTERS)
    expect(await sourceNear(FILTERS)).toBe(FILTERS)
    expect(await sourceNear(SHOES)).toBe(SHOES)
  })

  test('the newest are kept, of those that were there and of those that come', async () => {
    memory = createMemory(db, { maxNear: 4 })
    for (let n = 1; n <= 9; n++)
      await insert(910_000 + n, `${n}층 매장에는 다른 글이 있어요. ${'가나다라'[n % 4]}`)
    await insert(910_010, SHOES)
    await expect.poll(() => sourceNear(SHOES)).toBe(SHOES)
    await insert(910_011, FILTERS)
    expect(await sourceNear(FILTERS)).toBe(FILTERS)
    for (let n = 1; n <= 4; n++) await insert(910_011 + n, `이번에는 ${'마바사아'.repeat(n)} 쪽이에요.`)
    expect(await sourceNear(FILTERS)).toBeUndefined()
  })
})

test('what somebody wrote goes when they want to be forgotten, and with the retention; corrections stay', async () => {
  await say('내일 배송돼요.')
  await say('예치금은 언제 돌려받나요?', { memory: { audience: 'A', author: 'U2' } })
  expect(await memory.forget('slack:T1', 'U1')).toBe(1)
  expect(await kept()).toBe(1)
  await say('내일 배송돼요.')
  await correct('환불은 어려워요.', 'A refund is not possible.')
  await db.query(`update translation_memory set created_at = now() - interval '40 days'`)
  await memory.purge(30, 100)
  expect(await db.query('select source, is_corrected from translation_memory')).toEqual([
    { source: '환불은 어려워요.', is_corrected: true },
  ])
})

test('the most similar of fifty thousand is found in a moment', () => {
  const index = createNearIndex()
  const words = [
    '주문',
    '배송',
    '환불',
    '쿠폰',
    '교환',
    '결제',
    '카드',
    '상품',
    '내일',
    '오늘',
    '확인',
    '문의',
    '취소',
    '안내',
    '고객',
    '매장',
  ]
  const endings = ['부탁드려요', '가능한가요', '해 주세요', '언제 되나요', '도착했어요', '안 왔어요']
  let seed = 7
  const pick = <T>(list: readonly T[]): T => {
    seed = (seed * 48_271) % 2_147_483_647
    return list[seed % list.length]!
  }
  for (let n = 0; n < 50_000; n++)
    index.add(String(n), Array.from({ length: 8 }, () => pick(words)).join(' ') + pick(endings))
  index.add('wanted', '정수기 필터를 교체하려면 어디에 전화해야 하는지 알려 주세요.')
  const text = '정수기 필터를 교체하려면 어디로 전화해야 하는지 알려 주세요.'
  const times = Array.from({ length: 60 }, (_, n) => {
    const asked = n % 2 === 0 ? text : Array.from({ length: 8 }, () => pick(words)).join(' ') + pick(endings)
    const at = performance.now()
    const found = index.find(asked)
    if (n % 2 === 0) expect(found?.id).toBe('wanted')
    return performance.now() - at
  }).sort((a, b) => a - b)
  console.info(`fuzzy among 50,000: median ${times[30]!.toFixed(1)} ms, most ${times.at(-1)!.toFixed(1)} ms`)
  // What is allowed for the slowest where nothing else runs: a busy machine makes a few of them slow, not half.
  expect(times[30]).toBeLessThan(30)
})
