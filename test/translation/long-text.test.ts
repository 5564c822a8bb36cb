// How long one text, however long and strange, keeps the process from everything else. Counted in CPU time, which other work
// on the machine does not add to: before the patterns had bounds, some of these took a minute in one go.
import { expect, it } from 'vitest'
import { createTranslator } from '../../src/translation/translator.ts'
import { requestOf } from './support.ts'

const CHARS = 36_000
/** Between two chances for others; the usual is a tenth of it. */
const MAX_STRETCH_MS = 1_500

const KINDS: Readonly<Record<string, (n: number) => string>> = {
  sentences: (n) => `상품 ${n}개가 내일 도착할 예정이니 잠시만 기다려 주세요. `,
  'names, links and amounts': (n) =>
    `주문 ${n}번은 3만 5천 원이에요. @지수님께 https://example.com/a?b=${n} 로 안내해 드렸어요 😊. `,
  'Korean without spaces': (n) => `상품${n}개가도착`,
  'letters without spaces': (n) => `abcdef${n}xyz`,
  addresses: (n) => `mail${n}@example.com `,
  'names of hosts without end': () => 'a.',
  'numbers without end': () => '3만5천',
  'backticks before words': (n) => (n < 35_000 ? '`' : '단어 '),
  'brackets before words': (n) => (n < 17_000 ? '<@' : '단어 '),
  'quotes before words': (n) => (n < 35_000 ? '“' : '단어 '),
}

it.each(Object.entries(KINDS))(
  '%s',
  async (_kind, pieceOf) => {
    let text = ''
    for (let n = 0; text.length < CHARS; n++) text += pieceOf(n)
    let longest = 0
    let begun = process.cpuUsage()
    const look = (): void => {
      const { user } = process.cpuUsage(begun)
      longest = Math.max(longest, user / 1_000)
      begun = process.cpuUsage()
    }
    let isDone = false
    const looking = (function again(): Promise<void> {
      look()
      return new Promise((resolve) => setImmediate(() => resolve(isDone ? undefined : again())))
    })()
    const translate = createTranslator({
      ask: async ({ text: part }) => ({ text: part.replaceAll(/\p{L}+/gu, 'word'), isWhole: true }),
    })
    const made = await translate(requestOf({ text: text.slice(0, CHARS), from: 'ko', to: 'en' }))
    isDone = true
    await looking
    expect(made.outcome).not.toBe('same')
    expect(longest).toBeLessThan(MAX_STRETCH_MS)
  },
  120_000,
)
