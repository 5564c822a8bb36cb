// When two values are the same: 3만 5천 원 and KRW 35,000, 일주일 and 7 days, 11월 25일 and 2026-11-25, half and 50 %.
import { isRate } from './rates.ts'
import type { Side, Value } from './value.ts'

/** Whether any reading of one is a reading of the other. What only one of them says (a year, a time zone) may be missing. */
export function equalValues(a: Value, b: Value): boolean {
  return !areOpposite(a, b) && equalReadings(a.value, b.value)
}

/** "Two days ago" and 모레 or 이틀 뒤: as long, on the other side of today. */
function areOpposite(a: Value, b: Value): boolean {
  const [one, other] = [sideOf(a), sideOf(b)]
  return one !== undefined && other !== undefined && one !== other
}

function sideOf({ value, side }: Value): Side | undefined {
  const day = value.match(/^day([+-])[1-9]/)?.[1]
  return day ? (day === '-' ? 'ago' : 'ahead') : side
}

function equalReadings(a: string, b: string): boolean {
  if (a === b) return true
  return a.split('|').some((one) => b.split('|').some((other) => equalReading(one, other)))
}

/**
 * The values of `of` that `inText` does not have. A range is there too when both of its ends are; a coarser date (November)
 * when a finer one is; a loose one is never missing, unless it is a rate and `inText` has only others.
 */
export function missingValues(of: readonly Value[], inText: readonly Value[]): Value[] {
  // Most are there as they are: only for the others all are gone through.
  const same = new Set(inText.flatMap((value) => (sideOf(value) ? [] : [value.value])))
  const hasRate = inText.some(isRate)
  return of.filter(
    (value) =>
      (!value.isLoose || (hasRate && isRate(value))) && !same.has(value.value) && !hasValue(inText, value),
  )
}

export function hasValue(values: readonly Value[], wanted: Value): boolean {
  if (values.some((value) => equalValues(value, wanted) || includesDate(value.value, wanted.value)))
    return true
  const parts = new Set(
    wanted.value.split('|').flatMap((reading) => (reading.includes('..') ? [reading] : [])),
  )
  return [...parts].some((range) =>
    range.split('..').every((end) => values.some(({ value }) => equalReadings(value, end))),
  )
}

function equalReading(a: string, b: string): boolean {
  if (a === b) return true
  const [low, high] = a.split('..')
  const [otherLow, otherHigh] = b.split('..')
  if ((high === undefined) !== (otherHigh === undefined)) return false
  if (high !== undefined) return equalAtom(low!, otherLow!) && equalAtom(high, otherHigh!)
  return equalAtom(a, b)
}

const DATE = /^(\d{4}|\*)-(\d\d|\*)-(\d\d|\*)$/
const COUNT = /^(-?[\d.]+)(?: (person|times|x|age|night|ordinal))?$/
const TIME = /^(\d\d:\d\d)(?: ([A-Z]+))?$/

function equalAtom(a: string, b: string): boolean {
  if (a === b) return true
  return equalDates(a, b) || equalCounts(a, b) || equalTimes(a, b) || equalShares(a, b) || equalDays(a, b)
}

/** The same as far as both say; a day must be said by both or by neither, and so must a month without days. */
function equalDates(a: string, b: string): boolean {
  const [one, other] = [a.match(DATE), b.match(DATE)]
  if (!one || !other) return false
  const agrees = (part: number) => one[part] === '*' || other[part] === '*' || one[part] === other[part]
  const finest = (date: RegExpMatchArray) => (date[3] !== '*' ? 3 : date[2] !== '*' ? 2 : 1)
  return finest(one) === finest(other) && agrees(1) && agrees(2) && agrees(3)
}

function isFinerDate(fine: string, coarse: string): boolean {
  return coarse.split('|').some((reading) => {
    const wanted = reading.match(DATE)
    if (!wanted) return false
    return fine.split(/\||\.\./).some((other) => {
      const date = other.match(DATE)
      return date !== null && [1, 2, 3].every((part) => wanted[part] === '*' || wanted[part] === date[part])
    })
  })
}

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** A day in November has the month, Mon–Fri has Wednesday. */
function includesDate(date: string, wanted: string): boolean {
  const [from, to] = date.split('..').map((end) => WEEK.indexOf(end))
  const at = WEEK.indexOf(wanted)
  return at < 0 ? isFinerDate(date, wanted) : to !== undefined && from! <= at && at <= to
}

/** People are not times; an ordinal and a bare number go with anything bare. */
function equalCounts(a: string, b: string): boolean {
  const [one, other] = [a.match(COUNT), b.match(COUNT)]
  if (!one || !other || Number(one[1]) !== Number(other[1])) return false
  return one[2] === other[2] || one[2] === undefined || other[2] === undefined
}

function equalTimes(a: string, b: string): boolean {
  const [one, other] = [a.match(TIME), b.match(TIME)]
  return one !== null && other !== null && one[1] === other[1] && (!one[2] || !other[2])
}

function equalShares(a: string, b: string): boolean {
  const share = (text: string) => (text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text))
  if (a.endsWith('%') === b.endsWith('%')) return nearlyEqual(a, b)
  return Math.abs(share(a) - share(b)) < 1e-9
}

/** ⅓ is written with four digits. */
function nearlyEqual(a: string, b: string): boolean {
  const [one, other] = [Number(a), Number(b)]
  return one < 1 && other < 1 && Math.abs(one - other) < 5e-4
}

/** 모레 and "in two days", 그저께 and "two days ago". */
function equalDays(a: string, b: string): boolean {
  const [relative, length] = a.startsWith('day') ? [a, b] : [b, a]
  const days = relative.match(/^day[+]?(-?\d+)$/)?.[1]
  const seconds = length.match(/^PT([\d.]+)S$/)?.[1]
  return (
    days !== undefined &&
    seconds !== undefined &&
    days !== '0' &&
    Math.abs(Number(days)) * 86_400 === Number(seconds)
  )
}
