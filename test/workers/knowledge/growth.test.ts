// What may be read of an answer while it grows: nothing that the final text takes back.
import { describe, expect, test } from 'vitest'
import type { Finding } from '../../../src/knowledge/model.ts'
import { keepHosts, keepHostsGrowing } from '../../../src/text/links.ts'
import type { Ground, GroundFacts } from '../../../workers/knowledge/grounding.ts'
import { growthOf } from '../../../workers/knowledge/growth.ts'

const CHECKS = {
  ...{ keepHosts, keepHostsGrowing },
  checkCitations: () => {
    throw new Error('only the final text is checked')
  },
}

function groundOf(facts: GroundFacts, page?: string): Ground {
  if (page === undefined) return { type: 'free', facts }
  const chunk = { text: page, translation: null, url: null } as unknown as Finding['chunk']
  return { type: 'passages', passages: [{ chunk, score: 1, similarity: null }], facts }
}

/** Everything that was to be seen, a few characters at a time. */
function seen(text: string, facts: GroundFacts, page?: string, step = 1): string[] {
  const growth = growthOf(groundOf(facts, page), CHECKS)
  const lengths = Array.from({ length: Math.ceil(text.length / step) }, (_, at) => (at + 1) * step)
  return lengths.map((length) => growth(text.slice(0, length)))
}

const GUESS = '고객님의 주문은 현재 배송 중이에요 [1]. 배송은 출고 후 이틀 걸려요 [1]. 주말은 빠져요 [1].'
const GUESS_EN = 'Your order has been shipped [1]. Delivery takes two days [1]. Weekends do not count [1].'

describe('about the asker’s own order', () => {
  test.each([
    ['ko', GUESS, /현재|배송 중/, '배송은 출고 후 이틀 걸려요 [1]. '],
    ['en', GUESS_EN, /shipped|Your order/, 'Delivery takes two days [1]. '],
  ])('%s: its state is never to be seen, what holds for everybody is', (_, text, guess, rest) => {
    for (const step of [1, 7]) {
      const all = seen(text, { intent: 'order' }, 'Delivery takes two days.', step)
      expect(all.join('\n')).not.toMatch(guess)
      expect(all.at(-1)).toBe(rest)
    }
    // Without pages too.
    expect(seen(text, { intent: 'order' }).join('\n')).not.toMatch(guess)
  })

  test('a sentence that its page has word for word is shown', () => {
    const rule = 'Your order is now always scheduled for the next working day'
    const all = seen(`${rule} [1]. Weekends do not count [1]. `, { intent: 'order' }, `${rule}.`)
    expect(all.at(-1)).toContain(rule)
  })
})

describe('a promise that only staff can keep', () => {
  test.each([
    ['주문을 확인했어요. 바로 환불해 드릴게요. 감사합니다.', /드릴게/],
    ['I see. I will refund you today. Anything else?', /refund/],
  ])('%s is not to be read, not for a moment', (text, promise) => {
    for (const step of [1, 40]) expect(seen(text, {}, undefined, step).join('\n')).not.toMatch(promise)
  })

  test('is shown where its page says it, once it is cited', () => {
    const page = '반품 상품이 도착하면 3영업일 안에 환불해 드리겠습니다.'
    const all = seen('반품 상품이 도착하면 3영업일 안에 환불해 드리겠습니다 [1]. 다른 말.', {}, page)
    expect(all.at(-1)).toBe('반품 상품이 도착하면 3영업일 안에 환불해 드리겠습니다 [1]. 다른 말')
  })
})

describe('a link', () => {
  const pageAt = (url: string): Finding => {
    const chunk = { text: '이틀 걸려요.', translation: null, url } as unknown as Finding['chunk']
    return { chunk, score: 1, similarity: null }
  }
  const growthTo = (...urls: string[]) =>
    growthOf({ type: 'passages', passages: urls.map(pageAt), facts: {} }, CHECKS)
  const states = (text: string, growth = growthTo('https://shop.example/a', 'https://forum.example/b')) =>
    Array.from(text, (_, at) => growth(text.slice(0, at + 1)))

  test.each([
    ['https://forum.example/scam'],
    ['[여기](https://forum.example/scam)'],
    ['```\nhttps://forum.example/scam\n```\n'],
  ])('to a page that is not cited is not to be seen: %s', (link) => {
    const all = states(`이틀 걸려요 [1]. 가입은 ${link} 에서 해요 [1]. 주말은 빠져요 [1]. 끝.`)
    expect(all.join('\n')).not.toContain('forum.example')
    expect(all.at(-1)).toContain('주말은 빠져요 [1].')
  })

  test('to a page that is cited is shown with its citation, or after it', () => {
    const [first, second] = [
      '자세한 것은 https://shop.example/a?b=1 에 있어요 [1].',
      '또 https://shop.example/c 도요.',
    ]
    const all = states(`${first} ${second} 끝.`)
    expect(all.at(-1)).toContain(`${first} ${second}`)
    expect(all.find((one) => one.includes('shop.example'))).toContain(first)
  })
})

test('everything else is shown at once, in every state, and nothing is taken back', () => {
  const text =
    'Version 2.5 works: see [the list].\n\n1. One\n2. Two!\n```sh\nI will refund you. x\n```\nDone? Yes…'
  const all = seen(text, {})
  expect(all).toEqual(Array.from(text, (_, at) => text.slice(0, at + 1)))
  for (const facts of [{}, { intent: 'order' as const }]) {
    const states = seen(`${text} ${GUESS_EN} I will refund you. ${GUESS}`, facts, 'Nothing.')
    states.reduce((before, after) => {
      expect(after.startsWith(before)).toBe(true)
      return after
    }, '')
  }
})

test('a model that begins anew is shown anew', () => {
  const growth = growthOf(groundOf({}), CHECKS)
  growth('Hello, you can')
  expect(growth('환불은')).toBe('환불은')
})
