// The values of a text (numbers, money, dates, times, lengths, measures, codes, addresses) in Korean and English, in a form
// in which they can be compared: 3만 5천 원 is KRW 35,000, 사흘 is three days.
export { equalValues, hasValue, missingValues } from './values/compare.ts'
export { findCopied, findValues } from './values/find.ts'
export type { Value, ValueKind } from './values/value.ts'
