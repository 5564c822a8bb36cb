// Opening hours as people type them, in Korean or English, and as they are kept: `mon-fri 09:00-12:00 13:00-18:00; sat
// 10:00-14:00`. Wall-clock times of one zone; dates and holidays are desk/hours.ts.
import type { Both } from './error.ts'

/** Minutes since midnight, the second one after the first; up to 1440. */
export type Interval = readonly [from: number, to: number]
/** Monday first; each day's intervals in order, none touching another. */
export type Week = readonly (readonly Interval[])[]

const DAY = 1_440
const DAYS: readonly string[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const DAYS_KO: readonly string[] = ['월', '화', '수', '목', '금', '토', '일']
const DAYS_EN: readonly string[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

const DAY_NAMES = new RegExp(
  [
    '(?<whole>평일|주중|weekdays?|주말|weekends?|매일|everyday|every day|daily|연중무휴)',
    '(?<name>mon|tue|wed|thu|fri|sat|sun)[a-z]*\\.?',
    '(?<ko>[월화수목금토일])(?:요일)?',
  ].join('|'),
  'uy',
)
const WHOLE: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^(?:평일|주중|weekday)/, [0, 1, 2, 3, 4]],
  [/^(?:주말|weekend)/, [5, 6]],
  [/^(?:매일|every|daily|연중)/, [0, 1, 2, 3, 4, 5, 6]],
]
const TIME =
  /(?<half>오전|오후|am|pm|a\.m\.|p\.m\.)?\s*(?:(?<named>정오|자정|noon|midnight)|(?<hour>\d{1,2})\s*(?:시|:(?=\d)|h(?![a-z]))?\s*(?:(?<minute>[0-5]\d)\s*분?|(?<thirty>반))?\s*(?<after>am|pm|a\.m\.|p\.m\.)?)/uy
const TO = /\s*(?:-|~|–|—|to(?![a-z])|until|부터|에서)\s*/uy
const GAP = /(?:\s|[,，;·/&]|그리고|and(?![a-z])|부터|까지)+/uy
const LUNCH = /(?:점심(?:시간)?|휴게(?:시간)?|lunch(?: break)?|break)\s*:?\s*/uy
const CLOSED = /(?:휴무|쉼|쉬어요|closed|off)/uy
const ALWAYS = /^(?:24\s*\/\s*7|24시간|around the clock)$/u

interface Reading {
  readonly text: string
  at: number
}

/** Null when it cannot be read, or nothing is open. */
export function parseOpeningHours(typed: string): Week | null {
  const text = typed
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\u2010-\u2015\u301c\uff5e]/g, '-')
    .trim()
  if (ALWAYS.test(text)) return Array.from({ length: 7 }, () => [[0, DAY] as const])
  const reading: Reading = { text, at: 0 }
  const open: Interval[][] = Array.from({ length: 7 }, () => [])
  const breaks: Interval[][] = Array.from({ length: 7 }, () => [])
  // Without a day, hours are for Monday to Friday.
  let days: number[] = [0, 1, 2, 3, 4]
  let isAfterHours = false
  while (reading.at < text.length) {
    if (take(reading, GAP)) continue
    const isBreak = take(reading, LUNCH) !== null
    const named = isBreak ? null : takeDays(reading)
    if (named) {
      days = isAfterHours ? named : [...new Set([...(isNamed(days, open) ? days : []), ...named])]
      isAfterHours = false
      // "토 휴무" is what is so anyway.
      take(reading, GAP)
      if (take(reading, CLOSED)) isAfterHours = true
      continue
    }
    const interval = takeInterval(reading)
    if (!interval) return null
    // A break holds on every day that is open.
    for (const day of isBreak ? DAYS.keys() : days) put(isBreak ? breaks : open, day, interval)
    isAfterHours = true
  }
  const week = open.map((intervals, day) => minus(merge(intervals), merge(breaks[day]!)))
  return week.some((intervals) => intervals.length > 0) ? week : null
}

/** As it is kept; parseOpeningHours reads it back the same. */
export function writeOpeningHours(week: Week): string {
  return groups(week)
    .map(([first, last, intervals]) => {
      const days = first === last ? DAYS[first]! : `${DAYS[first]}-${DAYS[last]}`
      return `${days} ${intervals.map(([from, to]) => `${clock(from)}-${clock(to)}`).join(' ')}`
    })
    .join('; ')
}

/** As people read it. */
export function sayOpeningHours(week: Week): Both {
  const say = (names: readonly string[]): string =>
    groups(week)
      .map(([first, last, intervals]) => {
        const days = first === last ? names[first]! : `${names[first]}–${names[last]}`
        return `${days} ${intervals.map(([from, to]) => `${clock(from)}–${clock(to)}`).join(', ')}`
      })
      .join(' · ')
  return { ko: say(DAYS_KO), en: say(DAYS_EN) }
}

function isNamed(days: number[], open: Interval[][]): boolean {
  // Days in a row, "월, 수, 금 9-6", name one set; the default counts only while nothing was named.
  return days.length < 5 && days.every((day) => open[day]!.length === 0)
}

function take(reading: Reading, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reading.at
  const found = pattern.exec(reading.text)
  if (!found || found[0] === '') return null
  reading.at = pattern.lastIndex
  return found
}

function takeDays(reading: Reading): number[] | null {
  const first = takeDay(reading)
  if (first === null || typeof first !== 'number') return first
  const before = reading.at
  if (take(reading, TO)) {
    const last = takeDay(reading)
    if (typeof last === 'number') {
      const count = ((last - first + 7) % 7) + 1
      return Array.from({ length: count }, (_, at) => (first + at) % 7)
    }
    reading.at = before
  }
  return [first]
}

function takeDay(reading: Reading): number | number[] | null {
  const groups = take(reading, DAY_NAMES)?.groups
  if (!groups) return null
  const { whole, name, ko } = groups
  if (whole) return [...WHOLE.find(([pattern]) => pattern.test(whole))![1]]
  return name ? DAYS.indexOf(name) : DAYS_KO.indexOf(ko!)
}

function takeInterval(reading: Reading): Interval | null {
  const from = takeTime(reading)
  if (!from || !take(reading, TO)) return null
  take(reading, /\s+/uy)
  const to = takeTime(reading)
  take(reading, /\s*까지/uy)
  if (!to) return null
  const start = from.minutes
  // "9-6" is nine in the morning to six in the evening, "오후 1시-6시" both in the afternoon.
  const isBare = !to.isExact && to.minutes <= start && to.minutes < DAY / 2
  const end = to.minutes + (isBare ? DAY / 2 : 0)
  return start === end || start > DAY ? null : [start, end]
}

function takeTime(reading: Reading): { minutes: number; isExact: boolean } | null {
  const groups = take(reading, TIME)?.groups
  if (!groups) return null
  if (groups['named']) {
    const isNoon = groups['named'] === '정오' || groups['named'] === 'noon'
    return { minutes: isNoon ? DAY / 2 : DAY, isExact: true }
  }
  const hour = Number(groups['hour'])
  const minute = groups['thirty'] ? 30 : Number(groups['minute'] ?? 0)
  const half = groups['half'] ?? groups['after']
  if (hour > 24 || (hour === 24 && minute > 0) || (half && hour > 12)) return null
  const isAfternoon = half !== undefined && /^(?:오후|p)/.test(half)
  const hours = half === undefined ? hour : (hour % 12) + (isAfternoon ? 12 : 0)
  // Two digits and a colon are a time of 24 hours.
  const isExact = half !== undefined || groups['minute'] !== undefined
  return { minutes: hours * 60 + minute, isExact }
}

/** Over midnight the rest belongs to the next day. */
function put(week: Interval[][], day: number, [from, to]: Interval): void {
  if (to > from) {
    week[day]!.push([from, Math.min(to, DAY)])
    return
  }
  week[day]!.push([from, DAY])
  if (to > 0) week[(day + 1) % 7]!.push([0, to])
}

function merge(intervals: readonly Interval[]): Interval[] {
  const merged: [number, number][] = []
  for (const [from, to] of intervals.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else if (from < to) merged.push([from, to])
  }
  return merged
}

function minus(open: readonly Interval[], breaks: readonly Interval[]): Interval[] {
  return breaks.reduce<Interval[]>(
    (left, [from, to]) =>
      left.flatMap(([start, end]): Interval[] =>
        to <= start || from >= end
          ? [[start, end]]
          : [[start, from] as const, [to, end] as const].filter(([a, b]) => a < b),
      ),
    [...open],
  )
}

function groups(week: Week): [first: number, last: number, intervals: readonly Interval[]][] {
  const found: [number, number, readonly Interval[]][] = []
  week.forEach((intervals, day) => {
    if (intervals.length === 0) return
    const last = found.at(-1)
    if (last && last[1] === day - 1 && String(last[2]) === String(intervals)) last[1] = day
    else found.push([day, day, intervals])
  })
  return found
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

const DATE = /^(?:(\d{4})\s*(?:-|\.|\/|년)\s*)?(\d{1,2})\s*(?:-|\.|\/|월)\s*(\d{1,2})(?:\.|일)?$/u
const MAX_CLOSED = 200
const DAY_MS = 86_400_000

/**
 * Days on which nobody is there, typed with commas: `2026-12-24, 2027년 3월 3일, 12/31` or from–to with `~`. Given back as
 * `YYYY-MM-DD`, or `MM-DD` for every year, in order; null when one cannot be read.
 */
export function parseClosedDays(typed: string): string[] | null {
  const days = new Set<string>()
  for (const part of typed.normalize('NFKC').split(/[,，;\n]/)) {
    if (part.trim() === '') continue
    const [first, last, more] = part.split(/~|부터|\bto\b|\.\./u).map((text) => readDate(text))
    if (!first || last === null || more !== undefined) return null
    const from = typeof last === 'string' && last.length < first.length ? null : first
    const until = last ?? first
    if (from === null || from.length !== until.length) return null
    const range = until.length === 5 && from !== until ? null : datesBetween(from, until)
    if (range === null) return null
    for (const day of range) days.add(day)
    if (days.size > MAX_CLOSED) return null
  }
  return days.size === 0 ? null : [...days].toSorted()
}

function readDate(text: string): string | null {
  const cleaned = text.replace(/까지/u, '').trim()
  const [, year, month, day] = DATE.exec(cleaned) ?? []
  if (!month || !day) return null
  const date = new Date(Date.UTC(Number(year ?? 2024), Number(month) - 1, Number(day)))
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return null
  return date.toISOString().slice(year ? 0 : 5, 10)
}

function datesBetween(from: string, to: string): string[] | null {
  if (from.length === 5) return [from]
  const count = (Date.parse(to) - Date.parse(from)) / DAY_MS
  if (count < 0 || count > MAX_CLOSED) return null
  return Array.from({ length: count + 1 }, (_, at) =>
    new Date(Date.parse(from) + at * DAY_MS).toISOString().slice(0, 10),
  )
}
