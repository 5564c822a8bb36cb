// chrF2 against figures worked out by hand.
import { expect, test } from 'vitest'
import { chrF } from '../../src/translation/chrf.ts'

test.each([
  ['the cat', 'the cat', 100],
  ['xyz', 'abc', 0],
  ['', 'abc', 0],
  // White space does not count.
  ['안녕 하세요', '안녕하세요', 100],
  // ab/abc: 1-grams 2/2 and 2/3, 2-grams 1/1 and 1/2; no 3-grams written. P 1, R 7/12, F2 = 5PR / (4P + R).
  ['ab', 'abc', (100 * 5 * (7 / 12)) / (4 + 7 / 12)],
  // The other way round recall is whole: P 7/12, R 1.
  ['abc', 'ab', (100 * 5 * (7 / 12)) / (4 * (7 / 12) + 1)],
  // A run that is repeated counts once for each in the reference: P 1/3, R 1 in order 1; none shared above.
  ['aaa', 'a', (100 * 5 * (1 / 3)) / (4 / 3 + 1)],
])('“%s” for “%s”', (translation, reference, score) => {
  expect(chrF([{ translation, reference }])).toBeCloseTo(score, 6)
})

test('a set is counted as a whole, and nothing has no score', () => {
  const good = { translation: 'abc', reference: 'abc' }
  const bad = { translation: 'xyz', reference: 'def' }
  expect(chrF([good, bad])).toBeCloseTo(50, 6)
  expect(chrF([])).toBeNull()
})
