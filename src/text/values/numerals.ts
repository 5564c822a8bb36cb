// How numbers are written in Korean and English, as pieces of patterns, and what they are worth: 1,234 · 3만 5천 · 서른다섯 ·
// 두세 · thirty-five thousand. Whether a word is a number at all where it stands is decided by who uses the pieces. None goes
// on for ever: what is repeated a thousand times is no number, and would be read a thousand times.
import type { Span } from './value.ts'

const DIGITS = String.raw`(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\d|,\d{3}(?!\d)|\.\d)`
const KO_SCALE = '(?:[십백천]?[만억]|[십백천]?조(?=\\s?(?:\\d|원|달러|억))|[천백])'
const KO_DIGITS =
  `${DIGITS}(?:\\s?[만억](?=\\s?(?:원|달러))|${KO_SCALE}` +
  `(?:\\s?\\d[\\d,]{0,20}${KO_SCALE}){0,8}(?:\\s?(?:\\d,\\d{3}|\\d{3,4})(?=\\s?(?:원|달러|명|개|건)))?)?`

const SINO_SIGN = '[일이삼사오육륙칠팔구십백천만억]'
/** 삼만 오천, 이십오; validated by its reader. Never in the middle of a word. */
export const SINO = `(?<![가-힣])${SINO_SIGN}{1,30}(?:\\s(?=${SINO_SIGN}{0,30}[십백천])${SINO_SIGN}{1,30}){0,6}`

const NATIVE_TENS: Readonly<Record<string, number>> = {
  열: 10,
  스물: 20,
  스무: 20,
  서른: 30,
  마흔: 40,
  쉰: 50,
  예순: 60,
  일흔: 70,
  여든: 80,
  아흔: 90,
}
const NATIVE_ONES: Readonly<Record<string, number>> = {
  한: 1,
  하나: 1,
  두: 2,
  둘: 2,
  세: 3,
  셋: 3,
  석: 3,
  서: 3,
  네: 4,
  넷: 4,
  넉: 4,
  너: 4,
  다섯: 5,
  여섯: 6,
  일곱: 7,
  여덟: 8,
  아홉: 9,
}
const NATIVE_SPANS: Readonly<Record<string, Span>> = {
  한두: [1, 2],
  두세: [2, 3],
  두서너: [2, 4],
  서너: [3, 4],
  너댓: [4, 5],
  네댓: [4, 5],
  네다섯: [4, 5],
  대여섯: [5, 6],
  예닐곱: [6, 7],
  일고여덟: [7, 8],
  여덟아홉: [8, 9],
}
const oneOf = (words: Iterable<string>): string => [...words].sort((a, b) => b.length - a.length).join('|')

const NATIVE_TEN = `(?:${oneOf(Object.keys(NATIVE_TENS))})`
const NATIVE_ONE = `(?:${oneOf(Object.keys(NATIVE_ONES))})`
export const NATIVE = `(?<![가-힣])(?:${oneOf(Object.keys(NATIVE_SPANS))}|${NATIVE_TEN}${NATIVE_ONE}?|${NATIVE_ONE})`

const EN_SMALL =
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
  seventeen eighteen nineteen`.split(/\s+/)
const EN_TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const EN_SCALES: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  dozen: 12,
}
const EN_SCALE = `(?:${oneOf(Object.keys(EN_SCALES))})`
const EN_WORD = `(?:${oneOf([...EN_SMALL, ...EN_TENS])}|${EN_SCALE})`
/** Words only, lower or upper case; "two three" is refused by its reader. */
export const EN_WORDS =
  `(?<![\\p{L}\\d])(?:an?\\s(?=${EN_SCALE}))?${EN_WORD}` +
  `(?:(?:(?<=hundred|thousand|million)\\s+and\\s+|\\s+|-)${EN_WORD}){0,20}(?![\\p{L}])`
const EN_DIGITS = `${DIGITS}(?:\\s(?:${oneOf(Object.keys(EN_SCALES))})(?!\\p{L}))?`

export const KO_NUMBER = `(?:${KO_DIGITS}|${NATIVE}|${SINO})`
/** A half after hours, as in 3시 반까지: 반품, 반납 and 반드시 are words of their own. */
export const KO_HALF = '반(?=$|[^가-힣]|에|까지|부터|쯤|경|으로|은|이[나에었고라\\s]|인[데가]|입|예)'
/** Digits with or without a scale, in either language. */
export const WRITTEN = `(?:${EN_DIGITS}(?!\\s?[만억조천백])|${KO_DIGITS})`
export const EN_NUMBER = `(?:${EN_DIGITS}|${EN_WORDS})`
export const TO = String.raw`\s?(?:~|-|–|—|에서|내지|또는)\s?|\s(?:to|or)\s`

/** `low` and `high` of "2~3", "two to three", "2": for one pattern. */
export function spanOf(number: string): string {
  return `(?<low>${number})(?:(?:${TO})(?<high>${number}))?`
}

export function readSpan(groups: Readonly<Record<string, string | undefined>>): Span | null {
  const low = readNumeral(groups.low ?? '')
  if (!low || !groups.high) return low
  const high = readNumeral(groups.high)
  if (!high) return null
  // "3~5만": the scale of the second counts for both.
  const scale = /^\d+$/.test(groups.low ?? '')
    ? (groups.high.match(/^\d+\s?([십백천]?[만억]|천|백)$/)?.[1] ?? '')
    : ''
  const from = scale ? (readKorean(`${groups.low}${scale}`) ?? low[0]) : low[0]
  return [from, high[1]]
}

/** What a numeral is worth, however written; null when the words do not make one. */
export function readNumeral(text: string): Span | null {
  const bare = text.trim().toLowerCase()
  const same = (number: number | null): Span | null => (number === null ? null : [number, number])
  if (bare in NATIVE_SPANS) return NATIVE_SPANS[bare]!
  if (/[a-z]/.test(bare)) return same(readEnglish(bare))
  const native = readNative(bare)
  if (native !== null) return same(native)
  const pair = bare.match(/^([일이삼사오육칠팔])([이삼사오육칠팔구])(.*)$/)
  if (pair && digitOf(pair[1]!) + 1 === digitOf(pair[2]!)) {
    const low = readKorean(pair[1]! + pair[3])
    const high = readKorean(pair[2]! + pair[3])
    return low === null || high === null ? null : [low, high]
  }
  return same(readKorean(bare))
}

function readNative(text: string): number | null {
  if (text in NATIVE_ONES) return NATIVE_ONES[text]!
  const ten = Object.keys(NATIVE_TENS).find((word) => text.startsWith(word))
  if (!ten) return null
  const rest = text.slice(ten.length)
  if (rest === '') return NATIVE_TENS[ten]!
  return rest in NATIVE_ONES ? NATIVE_TENS[ten]! + NATIVE_ONES[rest]! : null
}

const SINO_DIGITS = '영일이삼사오육칠팔구'
const SMALL_SCALES: Readonly<Record<string, number>> = { 십: 10, 백: 100, 천: 1000 }
const LARGE_SCALES: Readonly<Record<string, number>> = { 만: 1e4, 억: 1e8, 조: 1e12 }

function digitOf(sign: string): number {
  return SINO_DIGITS.indexOf(sign === '륙' ? '육' : sign)
}

/** 3만5천, 1.5억, 이십오만, 1,234. */
function readKorean(text: string): number | null {
  let total = 0
  let section = 0
  let digit: number | null = null
  for (const [token] of text.replaceAll(/[\s,]/g, '').matchAll(/\d+(?:\.\d+)?|./g)) {
    if (token in SMALL_SCALES) {
      section += (digit ?? 1) * SMALL_SCALES[token]!
      digit = null
    } else if (token in LARGE_SCALES) {
      total += (section + (digit ?? 0) || 1) * LARGE_SCALES[token]!
      section = 0
      digit = null
    } else {
      const next = /\d/.test(token) ? Number(token) : digitOf(token)
      if (digit !== null || next < 0) return null
      digit = next
    }
  }
  return total + section + (digit ?? 0)
}

function readEnglish(text: string): number | null {
  let total = 0
  let section: number | null = null
  for (const token of text.replaceAll(',', '').split(/[\s-]+/)) {
    if (token === 'and' || token === 'a' || token === 'an') continue
    const scale = EN_SCALES[token]
    if (scale === undefined) {
      const next: number = /\d/.test(token) ? Number(token) : smallEnglish(token)
      if (Number.isNaN(next) || !follows(section, next)) return null
      section = (section ?? 0) + next
    } else if (scale < 1000) section = (section ?? 1) * scale
    else {
      total += (section ?? 1) * scale
      section = null
    }
  }
  return total + (section ?? 0)
}

/** Whether "five" may stand after what is there: after twenty or a hundred, not after two. */
function follows(section: number | null, next: number): boolean {
  if (section === null) return true
  return (
    (section % 100 === 0 && next < 100) ||
    (section % 10 === 0 && section % 100 >= 20 && next > 0 && next < 10)
  )
}

function smallEnglish(word: string): number {
  const small = EN_SMALL.indexOf(word)
  if (small >= 0) return small
  const ten = EN_TENS.indexOf(word)
  return ten >= 0 ? (ten + 2) * 10 : Number.NaN
}
