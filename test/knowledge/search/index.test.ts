// Passages are found by what customers ask, while passages come and go.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSearchIndex, type Passage } from '../../../src/knowledge/search/index.ts'
import { createMorphemes } from '../../../src/knowledge/search/korean.ts'

const morphemes = createMorphemes()

const PAGES: readonly Passage[] = [
  { id: 1, title: '배송비 안내', headings: ['제주'], text: '제주는 3,000원의 추가 요금이 붙습니다.' },
  {
    id: 2,
    title: '환불',
    headings: [],
    text: '카드 환불은 영업일 3~5일이 걸립니다. 배송비는 돌려 드리지 않습니다.',
  },
  {
    id: 3,
    title: 'Error codes',
    headings: ['E-1042'],
    text: 'Set maxRetries in foo_bar to v1.2.3 defaults.',
  },
  { id: 4, title: 'Passwords', headings: [], text: 'Reset a forgotten password by e-mail.' },
]

function indexOf(passages: readonly Passage[]) {
  const index = createSearchIndex({ morphemes })
  index.add(passages)
  return index
}

const ids = (hits: readonly { id: number }[]) => hits.map(({ id }) => id)

describe('a question finds its page', () => {
  const index = indexOf(PAGES)
  test.each([
    ['제주 배송비', 1],
    ['제주배송비얼마예요', 1],
    ['환불은며칠걸리나요', 2],
    ['카드환불', 2],
    ['환붕', 2],
    ['error E1042', 3],
    ['e-1042', 3],
    ['max retries', 3],
    ['foobar', 3],
    ['1.2.3', 3],
    ['resetting passwords', 4],
    ['pasword', 4],
    ['환불'.normalize('NFD'), 2],
  ])('"%s"', (question, id) => {
    expect(ids(index.search(question))[0]).toBe(id)
  })

  test('a longer form of a name is the name', () => {
    const [first] = index.search('제주도 요금')
    expect(first).toMatchObject({ id: 1, coverage: expect.any(Number) })
    expect(first!.coverage).toBeGreaterThan(0.6)
  })

  test('what no page is about finds nothing', () => {
    expect(index.search('비트코인')).toEqual([])
    expect(index.search('')).toEqual([])
    expect(index.search('the')).toEqual([])
  })

  test('a word is known in any form', () => {
    expect(['passwords', '환불을', 'FOO'].every(index.knows)).toBe(true)
    expect(['qwerty', '비트코인'].some(index.knows)).toBe(false)
  })

  test('a title says more than a mention', () => {
    expect(ids(index.search('배송비'))).toEqual([1, 2])
  })

  test('how a passage begins says more than what it mentions, in its translation too', () => {
    const rest =
      'Orders over 40,000 won are sent free of charge, and smaller ones for a fee that depends on where to.'
    const late = { id: 1, title: '', headings: [], text: `${rest} Gift wrapping.` }
    const early = { id: 2, title: '', headings: [], text: `Gift wrapping. ${rest}` }
    expect(ids(indexOf([late, early]).search('gift wrapping'))).toEqual([2, 1])
    const translated = [late, early].map((one) => ({ ...one, text: '안내', translation: one.text }))
    expect(ids(indexOf(translated).search('gift wrapping'))).toEqual([2, 1])
  })

  test('a passage is found in its translation too', () => {
    const both = indexOf([
      { ...(PAGES[1] as Passage), translation: 'Card refunds take 3 to 5 working days.' },
    ])
    expect(ids(both.search('card refund'))).toEqual([2])
  })

  test('coverage is 1 when everything asked for is there, and small when little is', () => {
    expect(index.search('카드 환불')[0]?.coverage).toBe(1)
    expect(index.search('비트코인 카드 채굴 수수료')[0]?.coverage).toBeLessThan(0.4)
  })
})

describe('only what may be seen is found', () => {
  test('the filter counts before the limit', () => {
    const many = Array.from({ length: 50 }, (_, id) => ({
      id,
      title: '환불',
      headings: [],
      text: '환불 규정',
    }))
    const found = indexOf(many).search('환불', { limit: 3, filter: (id) => id >= 40 })
    expect(ids(found)).toEqual([40, 41, 42])
  })

  test('equal passages come in the order of their ids', () => {
    const same = [9, 3, 7].map((id) => ({ id, title: '', headings: [], text: '반품 안내' }))
    expect(ids(indexOf(same).search('반품'))).toEqual([3, 7, 9])
  })
})

describe('passages come and go', () => {
  test('a removed one is not found, a changed one only as it is now', () => {
    const index = indexOf(PAGES)
    index.remove([2, 99])
    expect(ids(index.search('카드'))).toEqual([])
    index.add([{ id: 4, title: 'Parcels', headings: [], text: 'Track a parcel.' }])
    expect(ids(index.search('password'))).toEqual([])
    expect(ids(index.search('parcel'))).toEqual([4])
    expect(index.size).toBe(3)
  })

  test('after everything is gone nothing is kept', () => {
    const index = indexOf(PAGES)
    index.remove(ids(PAGES))
    expect([index.size, index.terms]).toEqual([0, 0])
    index.add(PAGES)
    expect(ids(index.search('환불'))[0]).toBe(2)
  })

  test('added one by one or at once, removed or never there: the same is found', () => {
    const words = ['배송', '환불', '교환', 'refund', 'kettle', '쿠폰', '적립금', '3일']
    const passage = fc.record({
      id: fc.integer({ min: 0, max: 30 }),
      title: fc.constantFrom('', ...words),
      headings: fc.constant([]),
      text: fc.array(fc.constantFrom(...words), { maxLength: 8 }).map((some) => some.join(' ')),
    })
    const step = fc.oneof(passage, fc.integer({ min: 0, max: 30 }))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.constantFrom(...words), (steps, question) => {
        const index = createSearchIndex({ morphemes })
        const left = new Map<number, Passage>()
        for (const one of steps) {
          if (typeof one === 'number') {
            index.remove([one])
            left.delete(one)
          } else {
            index.add([one])
            left.set(one.id, one)
          }
        }
        const whole = indexOf([...left.values()])
        const found = (which: typeof index) =>
          ids(which.search(question, { limit: 100 })).toSorted((a, b) => a - b)
        expect(found(index)).toEqual(found(whole))
        expect(index.size).toBe(left.size)
      }),
      { numRuns: 60 },
    )
  })
})

test('passages take little memory, and give it back when they go', () => {
  const syllables = '가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후'
  let seed = 3
  const passages = Array.from({ length: 4_000 }, (_, id) => {
    const text = Array.from({ length: 200 }, () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return syllables[seed % syllables.length]
    })
    return { id, title: '', headings: [], text: text.join('') }
  })
  // Without the analyser, whose time this is not about.
  const index = createSearchIndex({ morphemes: () => ({ words: [], meaning: [] }) })
  for (let at = 0; at < passages.length; at += 100) index.add(passages.slice(at, at + 100))
  const full = index.bytes
  expect(full / passages.length).toBeLessThan(1_000)
  index.remove(passages.slice(400).map(({ id }) => id))
  expect(index.bytes).toBeLessThan(full * 0.15)
  expect(index.size).toBe(400)
})

test('what cannot win any more is passed over without changing who wins', () => {
  const words = Array.from({ length: 60 }, (_, at) => `w${at}`)
  let seed = 1
  const random = (below: number): number => {
    seed = (seed * 1_664_525 + 1_013_904_223) >>> 0
    return seed % below
  }
  const passages = Array.from({ length: 6_000 }, (_, id) => ({
    id,
    title: '',
    headings: [],
    text: Array.from({ length: 12 }, () => words[Math.min(random(60), random(60))]).join(' '),
  }))
  const index = indexOf(passages)
  for (const question of ['w1 w30 w59', 'w2 w3 w58 w57', 'w0 w59']) {
    // Without a limit to speak of, nothing is passed over.
    const all = index.search(question, { limit: 6_000 }).slice(0, 10)
    expect(index.search(question, { limit: 10 })).toEqual(all)
  }
})
