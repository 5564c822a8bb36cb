// When people are there, in the zone of the desk: business time, and how a moment is said to somebody who may live in
// another zone. Wall-clock rules by Temporal; pure.
import { Temporal } from 'temporal-polyfill'
import type { Both, Lang } from '../core/error.ts'
import type { Interval, Week } from '../core/opening-hours.ts'

export interface Calendar {
  /** IANA name. */
  zone: string
  /** Null: always open. */
  week: Week | null
  /** What the day is called on which nobody comes although the week says so; null on others. `date`: YYYY-MM-DD. */
  closedOn(date: string): Both | null
}

/** Further ahead nothing is looked for: whoever closes for longer has no hours. */
const MAX_DAYS = 400
const MINUTE_MS = 60_000

/** `at` itself while they are there; null when they do not come back. */
export function nextOpening(calendar: Calendar, at: Date): Date | null {
  for (const [from, to] of spansFrom(calendar, at)) if (to > at) return from > at ? from : at
  return null
}

/** The moment at which so much business time has passed since `at`. */
export function addBusinessTime(calendar: Calendar, at: Date, minutes: number): Date | null {
  let left = minutes * MINUTE_MS
  for (const [from, to] of spansFrom(calendar, at)) {
    const start = Math.max(from.getTime(), at.getTime())
    const length = to.getTime() - start
    if (length <= 0) continue
    if (length >= left) return new Date(start + left)
    left -= length
  }
  return null
}

export function businessMinutes(calendar: Calendar, from: Date, to: Date): number {
  let total = 0
  for (const [start, end] of spansFrom(calendar, from)) {
    if (start >= to) break
    total += Math.max(0, Math.min(end.getTime(), to.getTime()) - Math.max(start.getTime(), from.getTime()))
  }
  return Math.round(total / MINUTE_MS)
}

/** Why nobody is there at that moment. */
export function whyClosed(calendar: Calendar, at: Date): 'break' | 'day' | { holiday: Both } {
  const date = zoned(at, calendar.zone).toPlainDate()
  const holiday = calendar.closedOn(date.toString())
  if (holiday) return { holiday }
  const spans = spansOn(calendar, date)
  const isBetween = spans.some(([, to]) => to <= at) && spans.some(([from]) => from > at)
  return isBetween ? 'break' : 'day'
}

/** Nine in the morning of the day so many days ahead. */
export function morningAfter(at: Date, days: number, zone: string): Date {
  return instantOf(zoned(at, zone).toPlainDate().add({ days }), 9 * 60, zone)
}

/** Nobody is written to at night about what can wait: the moment itself, or the next nine o'clock of theirs. */
export function inDaytime(at: Date, zone: string): Date {
  const local = zoned(at, zone)
  if (local.hour >= 9 && local.hour < 20) return at
  return morningAfter(at, local.hour < 9 ? 0 : 1, zone)
}

/** "내일(월) 오전 9시" · "tomorrow (Mon) at 9 AM", as seen from `now` in that zone. */
export function sayMoment(at: Date, now: Date, zone: string): Both {
  const local = zoned(at, zone)
  const days = zoned(now, zone).toPlainDate().until(local.toPlainDate(), { largestUnit: 'days' }).days
  const ofDay = local.minute === 0 ? { hour: 'numeric' } : { hour: 'numeric', minute: '2-digit' }
  const part = (lang: Lang, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(lang, { timeZone: zone, ...options }).format(at)
  const hour = (lang: Lang): string => part(lang, ofDay as Intl.DateTimeFormatOptions)
  const ko = local.minute === 0 ? hour('ko') : `${part('ko', { hour: 'numeric' })} ${String(local.minute)}분`
  const weekday = { ko: part('ko', { weekday: 'short' }), en: part('en', { weekday: 'short' }) }
  if (days === 0) return { ko: `오늘 ${ko}`, en: `today at ${hour('en')}` }
  if (days === 1) return { ko: `내일(${weekday.ko}) ${ko}`, en: `tomorrow (${weekday.en}) at ${hour('en')}` }
  return {
    ko: `${local.month}월 ${local.day}일(${weekday.ko}) ${ko}`,
    en: `${part('en', { weekday: 'short', month: 'short', day: 'numeric' })} at ${hour('en')}`,
  }
}

/** "한국 시간" · "Korean Time". */
export function zoneName(zone: string): Both {
  const name = (lang: Lang): string => {
    const parts = new Intl.DateTimeFormat(lang, { timeZone: zone, timeZoneName: 'longGeneric' })
    return parts.formatToParts(0).find(({ type }) => type === 'timeZoneName')?.value ?? zone
  }
  // Where there is no daylight saving time ICU may say "standard", which tells people nothing.
  const [ko, en] = [name('ko').replace('대한민국', '한국'), name('en')]
  return { ko: ko.replace('표준시', '시간'), en: en.replace('Standard Time', 'Time') }
}

/** Whether clocks there show the same at that moment. */
export function isSameTime(one: string, other: string, at: Date): boolean {
  return zoned(at, one).offsetNanoseconds === zoned(at, other).offsetNanoseconds
}

export function dateIn(zone: string, at: Date): string {
  return zoned(at, zone).toPlainDate().toString()
}

function* spansFrom(calendar: Calendar, at: Date): Generator<readonly [from: Date, to: Date]> {
  if (calendar.week === null) {
    yield [at, new Date(at.getTime() + MAX_DAYS * 1_440 * MINUTE_MS)]
    return
  }
  const first = zoned(at, calendar.zone).toPlainDate()
  for (let day = 0; day < MAX_DAYS; day++) yield* spansOn(calendar, first.add({ days: day }))
}

function spansOn(calendar: Calendar, date: Temporal.PlainDate): (readonly [Date, Date])[] {
  const intervals: readonly Interval[] = calendar.week?.[date.dayOfWeek - 1] ?? []
  if (intervals.length === 0 || calendar.closedOn(date.toString())) return []
  return intervals.map(([from, to]) => [
    instantOf(date, from, calendar.zone),
    instantOf(date, to, calendar.zone),
  ])
}

function instantOf(date: Temporal.PlainDate, minutes: number, zone: string): Date {
  const day = minutes === 1_440 ? date.add({ days: 1 }) : date
  const time = minutes === 1_440 ? 0 : minutes
  const at = day.toPlainDateTime({ hour: Math.floor(time / 60), minute: time % 60 })
  return new Date(at.toZonedDateTime(zone).epochMilliseconds)
}

function zoned(at: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)
}
