// Which words of a support chat are values, and which only look like one.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equalValues, findValues, missingValues } from '../../../src/text/values.ts'
import { DIFFERENT, SAME } from './pairs.ts'
import { NO_VALUES, TRICKY } from './pitfalls.ts'

const langOf = (text: string): 'ko' | 'en' => (/[가-힣]/.test(text) ? 'ko' : 'en')
const valuesOf = (text: string): string[] => findValues(text, langOf(text)).map(({ value }) => value)

describe('words that look like numbers are no values', () => {
  test.each(NO_VALUES.map((text) => [text]))('%j', (text) => {
    expect(valuesOf(text)).toEqual([])
  })
})

describe('what stands close together is told apart', () => {
  test.each(TRICKY)('%s', (text, ...values) => {
    expect(valuesOf(text)).toEqual(values)
  })
})

describe('for every text', () => {
  const pieces = [...SAME.flat(), ...DIFFERENT.flat(), ...NO_VALUES]
  const texts = fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'grapheme', maxLength: 20 })), {
      maxLength: 5,
    })
    .map((parts) => parts.join(' '))

  test('a value is the text at its place, and none overlap', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('ko' as const, 'en' as const), (text, lang) => {
        let end = 0
        for (const value of findValues(text, lang)) {
          expect(value.start).toBeGreaterThanOrEqual(end)
          expect(value.text).toBe(text.slice(value.start, value.end))
          expect(value.text.trim()).not.toBe('')
          expect(equalValues(value, value)).toBe(true)
          end = value.end
        }
      }),
      { numRuns: 300 },
    )
  })

  test('nothing is missing from itself', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const values = findValues(text, langOf(text))
        expect(missingValues(values, values)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('an amount is the same with 만, with commas and in English', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 0, max: 9 }), (man, cheon) => {
        const won = man * 10_000 + cheon * 1000
        const korean = findValues(`${man}만${cheon ? ` ${cheon}천` : ''} 원`, 'ko')
        for (const text of [`${won.toLocaleString('en')}원`, `KRW ${won}`, `₩${won.toLocaleString('en')}`]) {
          expect(missingValues(korean, findValues(text, 'en')), text).toEqual([])
        }
        expect(korean).toHaveLength(1)
      }),
    )
  })

  test('a changed amount is never the same', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.integer({ min: 1, max: 10_000_000 }),
        (a, b) => {
          fc.pre(a !== b)
          expect(
            missingValues(findValues(`${a}원`, 'ko'), findValues(`${b.toLocaleString('en')} won`, 'en')),
          ).toHaveLength(1)
        },
      ),
    )
  })
})

test('a message of 500 characters is read well within a millisecond or two', () => {
  const text = SAME.map(([ko]) => ko)
    .join(' ')
    .slice(0, 500)
  for (let round = 0; round < 200; round += 1) findValues(text, 'ko')
  const times = Array.from({ length: 200 }, () => {
    const start = performance.now()
    findValues(text, 'ko')
    return performance.now() - start
  }).sort((a, b) => a - b)
  // Median, with room for a busy machine; the budget for all guards together is 5 ms.
  expect(times[100]!).toBeLessThan(4)
})
