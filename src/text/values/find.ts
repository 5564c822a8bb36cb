// Reads the values of a text from the most particular form to the plainest, and joins what belongs together: both ends of a
// range, the parts of a length.
import type { Lang } from '../../core/error.ts'
import { blankOut } from '../blank.ts'
import { AMOUNTS } from './amounts.ts'
import { COUNTS } from './counts.ts'
import { DATES } from './dates.ts'
import { addLengths, DURATIONS } from './durations.ts'
import { RATES } from './rates.ts'
import { RELATIVE } from './relative.ts'
import { TIMES } from './times.ts'
import type { Finder, Value, ValueKind } from './value.ts'
import { VERBATIM } from './verbatim.ts'

const FINDERS: readonly Finder[] = [
  ...VERBATIM,
  ...RELATIVE,
  ...DATES,
  ...TIMES,
  ...AMOUNTS,
  ...RATES,
  ...DURATIONS,
  ...COUNTS,
]

// A value that is found is blanked with this: to the patterns that look for a word's edge it is the inside of a Korean word,
// so that the particle after a value ("10분이", "3개만") is no numeral.
const BLANK = '힣'
const JOINS_RANGE = /^\s?(?:~|-|–|—|부터|에서|to|through)\s?$/i
const JOINS_LENGTH = /^(?:\s|,\s|\sand\s)?$/
const MAX_READINGS = 16

/** The values of a text in NFC, in the order in which they stand; none overlap. `lang` decides what 3/4 is. */
export function findValues(text: string, lang: Lang): Value[] {
  return join(read(text, lang, FINDERS), text)
}

const COPIED: ReadonlySet<ValueKind> = new Set<ValueKind>(['url', 'email', 'phone', 'code'])

/** Those that are the same in every language, sign for sign: addresses, phone numbers, codes and order numbers. */
export function findCopied(text: string): Value[] {
  // Nothing that only later finders read could be one, or take one away.
  return read(text, 'ko', VERBATIM).filter(({ kind }) => COPIED.has(kind))
}

function read(text: string, lang: Lang, finders: readonly Finder[]): Value[] {
  const folded = foldWidth(text)
  let open = folded
  const values: Value[] = []
  for (const finder of finders) {
    const found: Value[] = []
    for (const match of matchesOf(finder.pattern, open)) {
      // A match inside blanks only happens where a pattern allows any letter.
      if (match[0].includes(BLANK) || match[0] === '') continue
      const value = readMatch(finder, match, folded, lang)
      if (!value) continue
      found.push(value)
      if (value.value !== '') values.push({ ...value, text: text.slice(value.start, value.end) })
    }
    open = blankOut(open, found, BLANK)
  }
  return values.sort((a, b) => a.start - b.start)
}

/** As matchAll, which makes a new pattern each time: that took a quarter of all the time of a check. */
function matchesOf(pattern: RegExp, text: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    found.push(match)
    if (match[0] === '') pattern.lastIndex += 1
  }
  return found
}

function readMatch(finder: Finder, match: RegExpExecArray, text: string, lang: Lang): Value | null {
  const end = match.index + match[0].length
  const reading = finder.read({
    groups: match.groups ?? {},
    text: match[0],
    before: text.slice(Math.max(0, match.index - 24), match.index),
    after: text.slice(end, end + 16),
    lang,
  })
  if (reading === null) return null
  const {
    value,
    kind = finder.kind,
    isLoose = false,
    side,
    length,
  } = typeof reading === 'string' ? { value: reading } : reading
  // Spaces at the edges belong to the sentence.
  const lead = match[0].length - match[0].trimStart().length
  const start = match.index + lead
  const stop = length === undefined ? start + match[0].trim().length : match.index + length
  return {
    kind,
    text: '',
    start,
    end: stop,
    value,
    ...(isLoose && { isLoose: true as const }),
    ...(side && { side }),
  }
}

/** Full-width forms and the many tildes, sign for sign, so that places in the text stay the same. */
function foldWidth(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[〜∼]/g, '~')
    .replace(/[\u2010-\u2012\u2212]/g, '-')
    .replace(/[\u00A0\u202F\u2009]/g, ' ')
}

function join(values: readonly Value[], text: string): Value[] {
  const joined: Value[] = []
  for (const value of values) {
    const previous = joined.at(-1)
    const both = previous && joinTwo(previous, value, text)
    if (both) joined[joined.length - 1] = both
    else joined.push(value)
  }
  return joined
}

function joinTwo(a: Value, b: Value, text: string): Value | null {
  if (a.kind !== b.kind || a.value.includes('..') || b.value.includes('..')) return null
  const between = text.slice(a.end, b.start)
  const place = { kind: a.kind, text: text.slice(a.start, b.end), start: a.start, end: b.end }
  if (a.kind === 'duration' && JOINS_LENGTH.test(between)) {
    const value = addLengths(a.value, b.value)
    return value === null ? null : { ...place, value }
  }
  if (a.kind === 'number' || a.kind === 'ordinal' || !JOINS_RANGE.test(foldWidth(between))) return null
  if (!['money', 'date', 'time', 'percent', 'quantity', 'duration'].includes(a.kind)) return null
  const readings = a.value
    .split('|')
    .flatMap((low) => b.value.split('|').map((high) => `${low}..${sameKindOfDay(low, high)}`))
  return { ...place, value: readings.slice(0, MAX_READINGS).join('|') }
}

/** 영업일 기준 2일~3일: both are business days. */
function sameKindOfDay(low: string, high: string): string {
  const seconds = low.endsWith('BD') ? high.match(/^PT(\d+)S$/)?.[1] : undefined
  return seconds ? `P${Number(seconds) / 86_400}BD` : high
}
