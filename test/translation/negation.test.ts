// A "not" that is lost or added is seen, whichever side denies; the same in other words passes.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkNegation } from '../../src/translation/checks/negation.ts'
import { ALIKE, OPPOSITE } from './negation-pairs.ts'

test.each(ALIKE)('%s = %s', (ko, en) => {
  expect(checkNegation(ko, en, 'ko', 'en')).toEqual([])
  expect(checkNegation(en, ko, 'en', 'ko')).toEqual([])
})

test.each(OPPOSITE)('%s ≠ %s', (ko, en) => {
  expect(checkNegation(ko, en, 'ko', 'en')).not.toEqual([])
  expect(checkNegation(en, ko, 'en', 'ko')).not.toEqual([])
})

test.each([
  ['배송비는 환불되지 않습니다.', '배송비는 환불됩니다.', 'ko'],
  ['결제가 실패하지 않았습니다.', '결제가 실패했습니다.', 'ko'],
  ['Opened items are not refundable in this case.', 'Opened items are refundable in this case.', 'en'],
  ['It is not refunded until we inspect it.', 'It is refunded until we inspect it.', 'en'],
] as const)('translated back: %s ≠ %s', (source, back, lang) => {
  expect(checkNegation(source, back, lang, lang)).not.toEqual([])
  expect(checkNegation(source, source, lang, lang)).toEqual([])
})

const LINES = readFileSync(new URL('../eval/translations.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
test.each(LINES.map((line) => line.split('\t').slice(1, 4) as [string, string, string]))(
  'the reference into %s of %s',
  (to, source, reference) => {
    const [ko, en] = to === 'en' ? [source, reference] : [reference, source]
    expect(to === 'en' ? checkNegation(ko, en, 'ko', 'en') : checkNegation(en, ko, 'en', 'ko')).toEqual([])
  },
)
