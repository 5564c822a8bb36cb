// Numbers, amounts, dates, times and lengths must be the same on both sides: 3만 5천 원 is KRW 35,000, 사흘 three days.
import type { TargetLang } from '../../core/target-lang.ts'
import { findValues, missingValues, type Value } from '../../text/values.ts'
import type { Flag } from '../model.ts'

/** Both texts without what was protected. */
export function checkValues(
  source: string,
  translated: string,
  from: TargetLang | null,
  to: TargetLang,
): Flag[] {
  if (!isRead(from) || !isRead(to)) return checkDigits(source, translated)
  const [one, other] = [readable(source, from), readable(translated, to)]
  const [before, after] = [valuesIn(one, from), valuesIn(other, to)]
  // What one says as a range or a sum, the other may say in parts: both ways together nothing is lost, and nothing is new.
  const lost = missingValues(before, after).filter(
    (value) => !isOne(value, one, other) && !isWhole(value, other) && !isEnd(value, after),
  )
  const added = missingValues(after, before).filter(
    (value) => !isOne(value, other, one) && !isWhole(value, one) && !isEnd(value, before),
  )
  return [...lost, ...added].map(({ text }) => ({ kind: 'value', detail: text }))
}

/** Addresses have a rule of their own, and are not repeated in a warning. */
function valuesIn(text: string, lang: 'ko' | 'en'): Value[] {
  return findValues(text, lang).filter(({ kind }) => kind !== 'url' && kind !== 'email')
}

function readable(text: string, lang: 'ko' | 'en'): string {
  return lang === 'ko' ? spelledOut(text) : text
}

const ONE = /^1(?: (?:person|times|x))?$/
const SAYS_ONE =
  /\b(?:one|an?|single|once|each)\b|하나|(?<![가-힣])한(?![가-힣])|(?<![가-힣])(?:각|단)(?![가-힣])/i

/** Where it limits, "a coupon" does not say it. */
const SAYS_ONLY_ONE =
  /\b(?:one|single|once|sole|(?:only|just|than) an?)\b|하나|(?<![가-힣])한(?![가-힣])|(?<![가-힣])단(?![가-힣])/i
const LIMITS_AFTER = /^\s?(?:씩)?(?:만(?!에|의|큼)|까지)|^\s(?:\w+\s)?only\b/
const LIMITS_BEFORE = /\b(?:only|just|up to|at most|no more than|maximum of|limit(?: of|ed to)?)\s$/i

/** "하나만 불량이에요" is "one item is defective": the word stands there, with another one to count by. */
function isOne({ value, start, end }: Value, text: string, other: string): boolean {
  if (!ONE.test(value)) return false
  const isLimit =
    LIMITS_AFTER.test(text.slice(end, end + 24)) ||
    LIMITS_BEFORE.test(text.slice(Math.max(0, start - 24), start))
  return (isLimit ? SAYS_ONLY_ONE : SAYS_ONE).test(other)
}

const SAYS_WHOLE = /\b(?:full(?:y)?|entire(?:ly)?|whole|complete(?:ly)?|all)\b|전액|전부|모두|완전/i

/** "100% 환불" is a full refund. */
function isWhole({ value }: Value, other: string): boolean {
  return value === '100%' && SAYS_WHOLE.test(other)
}

/** "4만 원 → 3만 원" is "from 40,000 to 30,000 won": the range itself is only there where both of its ends are. */
function isEnd(value: Value, others: readonly Value[]): boolean {
  return others.some(({ value: other }) =>
    other.split('|').some((reading) => {
      const ends = reading.split('..')
      return ends.length === 2 && value.value.split('|').some((one) => ends.includes(one))
    }),
  )
}

const SHORT: readonly (readonly [RegExp, string])[] = [
  [/(?<=[월화수목금토일])욜/g, '요일'],
  // 낼 is also "to pay".
  [
    /(?<![가-힣])낼(?=(?:은|도|까지|부터|쯤)?(?:\s(?!때|수|것|거|게|돈|뿐|만큼|예정|건|지)|[.!?~,]|$))/gm,
    '내일',
  ],
  [/(?<![가-힣])담(?=주|달)/g, '다음 '],
]

/** As people type it in a hurry. */
function spelledOut(text: string): string {
  return SHORT.reduce((open, [short, long]) => open.replace(short, long), text)
}

function isRead(lang: TargetLang | null): lang is 'ko' | 'en' {
  return lang === 'ko' || lang === 'en'
}

/** Units that make another number of it: 3만, 2 million, 三千. */
const MULTIPLIES = /[만억천백조万億亿千百兆]|\b(?:thousand|million|billion|hundred|dozen)\b/i

/** In other languages only what is written in digits can be compared, and only where no word multiplies it. */
function checkDigits(source: string, translated: string): Flag[] {
  if (MULTIPLIES.test(source) || MULTIPLIES.test(translated)) return []
  const after = digitsIn(translated)
  const lost = digitsIn(source).filter((number) => !after.includes(number))
  return [...new Set(lost)].map((detail) => ({ kind: 'value', detail }))
}

/** One and two are often words on the other side, and hours change their count. */
function digitsIn(text: string): string[] {
  const folded = text.normalize('NFKC')
  return [...folded.matchAll(/\d[\d.,\u00A0\u202F]*/g)]
    .map(([number]) => number.replaceAll(/\D/g, ''))
    .filter((number) => number.length > 2)
}
