// Whether bold, strike-through, code, a link or an address is open at a place of a line, against what expressions say of the
// line up to there; and how long it takes to cut texts that are made to take long.
import { expect, test } from 'vitest'
import { openSpans } from '../../src/text/open-spans.ts'
import { joinParts, splitParts } from '../../src/text/split.ts'

/** Of one place at a time. */
function isOpenAfter(line: string): boolean {
  const text = line.replace(/(`+)(?!`).*?[^`]\1(?!`)/g, '')
  const isOdd = (mark: string): boolean => text.split(mark).length % 2 === 0
  return text.includes('`') || isOdd('**') || isOdd('~~') || /\[[^\]]*$|\]\([^)]*$|<[^>\s]*$/.test(text)
}

function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

const BITS = [
  '`',
  '``',
  '*',
  '**',
  '***',
  '~~',
  '~',
  '[',
  ']',
  '(',
  '](',
  ')',
  '<',
  '>',
  ' ',
  '가',
  'a ',
  '. ',
]

test('says the same of every place as if each were looked at alone', () => {
  const random = createRandom(11)
  for (let n = 0; n < 3_000; n++) {
    const line = Array.from({ length: 24 }, () => BITS[Math.floor(random() * BITS.length)]).join('')
    const isOpen = openSpans(line)
    for (let at = 0; at <= line.length; at++) {
      // Nothing is cut inside a row of the same marks.
      if (line[at - 1] === '`' && line[at] === '`') continue
      expect([line, at, isOpen(at)]).toEqual([line, at, isOpenAfter(line.slice(0, at))])
    }
  }
})

test.each([
  ['newlines', '\n'],
  ['tabs', '\t'],
  ['a word and a tab', 'a\t'],
  ['addresses that never end', '<a '],
  ['labels that never end', '[a '],
  ['code that never ends', '` '],
  ['dots', '.'],
  ['sentences', '네. '],
  ['rows of a table without a head', '| \n'],
])('36,000 characters of %s are cut at once, and nothing is lost', (_what, bit) => {
  const text = bit.repeat(36_000 / bit.length)
  const times = Array.from({ length: 3 }, () => {
    const since = performance.now()
    expect(joinParts(splitParts(text, 11_000))).toBe(text)
    return performance.now() - since
  })
  // Each place once takes a few milliseconds; each with all before it a second.
  expect(Math.min(...times)).toBeLessThan(80)
})
