// The glossary: found in a text, followed by the translation, kept per workspace and channel, read from tables.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/store/db.ts'
import { readTermsCsv, writeTermsCsv } from '../../src/translation/glossary/csv.ts'
import { checkTerms, mendTerms, wantedIn } from '../../src/translation/glossary/enforce.ts'
import { indexTerms } from '../../src/translation/glossary/index-terms.ts'
import { createGlossary, type GlossaryStore } from '../../src/translation/glossary/store.ts'
import { parseTypedTerm } from '../../src/translation/glossary/typed.ts'
import type { Prompt, Term } from '../../src/translation/model.ts'
import { createTranslator } from '../../src/translation/translator.ts'
import { furnishedInMemory } from '../templates.ts'
import { requestOf } from './support.ts'

const term = (typed: string): Term => parseTypedTerm(typed)!
const namesIn = (text: string, ...typed: string[]): string[] =>
  indexTerms(typed.map(term))
    .find(text, ['ko', 'en'])
    .map(({ start, end }) => text.slice(start, end))

describe('a word is found', () => {
  test.each([
    ['환불은 사흘 걸려요', '환불 = refund', ['환불']],
    ['환불신청서를 내세요', '환불 = refund', []],
    ['전액환불 됩니다', '환불 = refund', []],
    [
      '환불였고 환불이었고 환불니까 환불면 환불고 환불지만 환불요 환불야 환불란',
      '환불 = refund',
      Array(9).fill('환불'),
    ],
    ['환불고객 환불요청 환불면제 환불란에', '환불 = refund', []],
    ['환불하고 환불된', '환불 = refund', ['환불', '환불']],
    ['Refunds and refund', '환불 = refund', ['Refund', 'refund']],
    ['refundable', '환불 = refund', []],
    ['Slack은 Slacker', 'Slack', ['Slack']],
    ['slack', 'Slack (case)', []],
    ['환불 보증금 환불', '환불 = refund', ['환불', '환불']],
    ['배송', '배 = ship', []],
  ])('in "%s": %s', (text, typed, found) => {
    expect(namesIn(text, typed)).toEqual(found)
  })
  test('the longest first', () => {
    expect(namesIn('환불 보증금을 받아요', '환불 = refund', '환불 보증금 = refund deposit')).toEqual([
      '환불 보증금',
    ])
  })
  test('among ten thousand in a moment', () => {
    const many = Array.from({ length: 10_000 }, (_, n) =>
      term(`용어${n.toString(36)} = term ${n.toString(36)}`),
    )
    const index = indexTerms([...many, term('예치금 = deposit')])
    const text = '예치금은 내일 돌려 드리고 용어zz는 확인해 볼게요. '.repeat(18).slice(0, 500)
    const times = Array.from({ length: 300 }, () => {
      const at = performance.now()
      index.find(text, ['ko'])
      return performance.now() - at
    }).sort((a, b) => a - b)
    // The middle one: what else runs on the machine says nothing about it.
    expect(times[150]).toBeLessThan(1)
    expect(index.find(text, ['ko']).length).toBeGreaterThan(10)
  })
})

describe('a translation follows it', () => {
  const deposit = term('예치금 = deposit (금지: prepaid balance | 보증금)')
  const wantedOf = (text: string, to: 'ko' | 'en') =>
    wantedIn(indexTerms([deposit]).find(text, ['ko', 'en']), text, to)
  const toEn = wantedOf('예치금을 돌려 드려요', 'en')
  const toKo = wantedOf('The deposit is safe', 'ko')

  test.each([
    ['We return the deposit.', []],
    ['We return the Deposits.', []],
    ['We return the money.', ['예치금 → deposit']],
    ['We return the depository.', ['예치금 → deposit']],
  ])('"%s"', (translated, flags) => {
    expect(checkTerms(translated, toEn).map(({ detail }) => detail)).toEqual(flags)
  })
  test.each([
    ['보증금는 안전해요', '예치금은 안전해요'],
    ['보증금가 있어요', '예치금이 있어요'],
    ['예치금를 예치금로', '예치금을 예치금으로'],
    ['예치금은 안전해요', '예치금은 안전해요'],
    ['보증금액은', '보증금액은'],
    ['보증금면 돼요. 보증금이면 돼요.', '예치금이면 돼요. 예치금이면 돼요.'],
    [
      '보증금니까요. 보증금고요. 보증금지만 보증금야.',
      '예치금이니까요. 예치금이고요. 예치금이지만 예치금이야.',
    ],
    ['보증금였어요. 보증금랑요, 보증금며 보증금란', '예치금이었어요. 예치금이랑요, 예치금이며 예치금이란'],
  ])('"%s" becomes "%s"', (translated, mended) => {
    expect(mendTerms(translated, toKo, 'ko')).toBe(mended)
  })

  test('no 이 is put behind a vowel', () => {
    const wallet = wantedIn(
      indexTerms([term('카드 = card (금지: 지갑)')]).find('my card', ['en']),
      'my card',
      'ko',
    )
    const mended = '카드였어요. 카드면 카드고요. 카드지만 카드랑요, 카드며 카드니까요.'
    expect(
      mendTerms('지갑이었어요. 카드면 카드고요. 카드지만 지갑이랑요, 카드며 카드니까요.', wallet, 'ko'),
    ).toBe(mended)
    expect(mendTerms('그건 지갑이었어요.', wallet, 'ko')).toBe('그건 카드였어요.')
  })

  test('the model is told of the words that occur, asked again, and what is still wrong is said', async () => {
    const prompts: Prompt[] = []
    const glossary = async () => indexTerms([deposit, term('쿠폰 = coupon'), term('Damso')])
    const translate = createTranslator({
      ask: async (prompt) => {
        prompts.push(prompt)
        return { text: 'At ⟦1⟧ we return the money.', isWhole: true }
      },
      glossary,
    })
    const made = await translate(requestOf({ text: 'Damso에서 예치금을 돌려 드려요.', to: 'en' }))
    // What is not translated never reaches the model.
    expect(prompts[0]!.text).toBe('⟦1⟧에서 예치금을 돌려 드려요.')
    expect(prompts[0]!.system[1]).toBe('Translate these words as given: 예치금 → deposit.')
    expect(prompts[1]!.system.at(-1)).toContain('예치금 → deposit')
    expect(made).toMatchObject({ translation: 'At Damso we return the money.', retries: 1 })
    expect(made.flags).toEqual([{ kind: 'term', detail: '예치금 → deposit' }])
  })
})

test.each([
  ['예치금 = deposit', { forms: { ko: '예치금', en: 'deposit' }, kind: 'fixed' }],
  ['deposit -> 예치금', { forms: { ko: '예치금', en: 'deposit' }, kind: 'fixed' }],
  ['Damso', { forms: { en: 'Damso' }, kind: 'keep' }],
  ['ko:예치금 = ja:預り金', { forms: { ko: '예치금', ja: '預り金' }, kind: 'fixed' }],
  ['예치금 = deposit (not: a | b) (대소문자)', { forbidden: ['a', 'b'], isCaseSensitive: true }],
  ['예치금 = 보증금', null],
  [' = ', null],
])('reads "%s"', (typed, read) => {
  if (read === null) expect(parseTypedTerm(typed)).toBeNull()
  else expect(parseTypedTerm(typed)).toMatchObject(read)
})

describe('tables', () => {
  test('good rows are taken, bad ones told by number, contradictions by name', () => {
    const csv = [
      '\uFEFFko,en,번역 안함,금지,case',
      '예치금,deposit,,보증금|적금,',
      '혼자,,,,',
      '',
      '예치금,escrow,,,',
      ',Damso,예,,예',
      `${'가'.repeat(101)},long,,,`,
      '"쿠폰, 할인",coupon,,,',
      '예치금,deposit,,,',
    ].join('\r\n')
    const { terms, bad } = readTermsCsv(csv)
    expect(terms.map(({ forms, kind }) => [forms.ko ?? forms.en, kind])).toEqual([
      ['예치금', 'fixed'],
      ['Damso', 'keep'],
      ['쿠폰, 할인', 'fixed'],
      ['예치금', 'fixed'],
    ])
    expect(bad.map(({ row, why }) => `${row} ${why.ko}`)).toEqual([
      '3 두 언어의 말이 있어야 해요',
      '5 2행과 맞지 않아요: deposit ≠ escrow',
      '7 말 하나는 100자까지예요',
    ])
  })
  test.each([
    ['', 1],
    ['ko\n예치금', 1],
    ['a,b\nc,d', 1],
    ['ko,en\n"broken', 1],
  ])('%j is no glossary', (csv, row) => {
    expect(readTermsCsv(csv)).toMatchObject({ terms: [], bad: [{ row }] })
  })
  test('what is written can be read again, and a spreadsheet runs none of it', () => {
    const terms = [
      term('예치금 = deposit (금지: 보증금, 적금 | x)'),
      term('Damso (case)'),
      term('ko:차 = ja:車'),
    ]
    expect(readTermsCsv(writeTermsCsv(terms))).toEqual({ terms, bad: [] })
    const formula = { ...term('예치금 = deposit'), forms: { ko: '=cmd|x', en: 'deposit' } }
    expect(writeTermsCsv([formula])).toContain("'=cmd|x")
  })
})

describe('kept', () => {
  let db: Database
  let glossary: GlossaryStore
  beforeAll(async () => {
    db = await furnishedInMemory()
  }, 60_000)
  afterAll(() => db[Symbol.asyncDispose]())
  beforeEach(async () => {
    await db.query('delete from glossary_terms')
    glossary = createGlossary(db)
  })
  const found = async (
    text: string,
    channel: string | null = 'C1',
    workspace = 'W',
  ): Promise<(string | undefined)[]> =>
    (await glossary.index(workspace, channel)).find(text, ['ko']).map(({ term: one }) => one.forms.en)

  test('per workspace and channel; the channel’s own word counts', async () => {
    await glossary.add('W', null, '예치금 = deposit', 'U1')
    expect(await found('예치금은')).toEqual(['deposit'])
    expect(await found('예치금은', 'C1', 'OTHER')).toEqual([])
    await glossary.add('W', 'C1', '예치금 = escrow', 'U1')
    expect(await found('예치금은')).toEqual(['escrow'])
    expect(await found('예치금은', 'C2')).toEqual(['deposit'])
  })
  test('a change is seen at once, by another process too', async () => {
    const other = createGlossary(db)
    expect(await found('예치금은')).toEqual([])
    await other.add('W', null, '예치금 = deposit', 'U1')
    expect(await found('예치금은')).toEqual(['deposit'])
    expect(await other.remove('W', null, 'DEPOSIT')).toBe(1)
    expect(await found('예치금은')).toEqual([])
  })
  test('the same word changes its term; one that contradicts is refused by name', async () => {
    expect((await glossary.add('W', null, '예치금 = deposit', 'U1')).outcome).toBe('added')
    expect((await glossary.add('W', null, '예치금 = prepayment', 'U1')).outcome).toBe('changed')
    expect(await glossary.add('W', null, '보증금 = prepayment', 'U1')).toEqual({
      outcome: 'contradiction',
      clash: '예치금 ≠ 보증금',
    })
    expect((await glossary.add('W', null, '예치금 = 보증금', 'U1')).outcome).toBe('unreadable')
    expect(await glossary.list('W', null)).toHaveLength(1)
    expect(await glossary.remove('W', null, '없는말')).toBe(0)
  })
  test('imports and exports', async () => {
    await glossary.add('W', null, '보증금 = deposit', 'U1')
    const imported = await glossary.importCsv('W', null, 'ko,en\n예치금,deposit\n혼자,\n쿠폰,coupon', 'U1')
    expect(imported).toMatchObject({ taken: 2, left: 0, bad: [{ row: 3 }], clashes: ['보증금 ≠ 예치금'] })
    const again = readTermsCsv(await glossary.exportCsv('W', null))
    expect(again.terms.map(({ forms }) => forms.ko)).toEqual(expect.arrayContaining(['보증금', '쿠폰']))
  })
})
