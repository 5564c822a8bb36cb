// People are told how long to wait in round numbers, and get a code they can read out.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shortCode, waitText } from '../../src/text/duration.ts'

describe('waitText', () => {
  it.each<[number, string, string]>([
    [0, '5초쯤', 'about 5 seconds'],
    [1, '5초쯤', 'about 5 seconds'],
    [17, '20초쯤', 'about 20 seconds'],
    [20, '20초쯤', 'about 20 seconds'],
    [28, '30초쯤', 'about 30 seconds'],
    [41, '50초쯤', 'about 50 seconds'],
    [55, '1분쯤', 'about 1 minute'],
    [61, '2분쯤', 'about 2 minutes'],
    [180, '3분쯤', 'about 3 minutes'],
    [660, '15분쯤', 'about 15 minutes'],
    [3400, '1시간쯤', 'about 1 hour'],
    [3700, '2시간쯤', 'about 2 hours'],
    [Number.NaN, '5초쯤', 'about 5 seconds'],
  ])('%d seconds', (seconds, ko, en) => {
    expect(waitText(seconds, 'ko')).toBe(ko)
    expect(waitText(seconds, 'en')).toBe(en)
  })
})

describe('shortCode', () => {
  it('has four characters that cannot be misread or spell a word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 0.999999, noNaN: true }), { minLength: 4 }),
        (numbers) => {
          let at = 0
          expect(shortCode(() => numbers[at++]!)).toMatch(/^[a-z2-9]{4}$/)
          at = 0
          expect(shortCode(() => numbers[at++]!)).not.toMatch(/[aeioul01]/)
        },
      ),
    )
  })
})
