// At night in Korea nobody is asked for stars: then the app is told that it is the afternoon.

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const KOREA_MS = 9 * HOUR_MS
const FIRST_HOUR = 9
/** The app waits from 20:00 on; a visit may last. */
const LAST_HOUR = 18
const AFTERNOON_HOUR = 15

/**
 * What to add to the app's clock, in ms; 0 by day. Never forward: what Discord has just sent would look too old to be
 * answered.
 */
export function shiftToDay(now: number): number {
  const today = (now + KOREA_MS) % DAY_MS
  const isDay = today >= FIRST_HOUR * HOUR_MS && today < LAST_HOUR * HOUR_MS
  if (isDay) return 0
  const shift = AFTERNOON_HOUR * HOUR_MS - today
  return shift > 0 ? shift - DAY_MS : shift
}
