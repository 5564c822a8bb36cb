// Three in the afternoon in Korea, today or yesterday, whenever the tests run: at night nobody is asked for stars.
import type { Clock } from '../../src/core/clock.ts'
import { realClock } from '../../src/real-clock.ts'

const KOREA_MS = 9 * 3_600_000
const DAY_MS = 24 * 3_600_000

export function createDayClock(): Clock {
  const now = realClock.now()
  const today = 15 * 3_600_000 - ((now + KOREA_MS) % DAY_MS)
  // Never forward: what Discord has just sent would look too old to be answered.
  const shift = today > 0 ? today - DAY_MS : today
  return { ...realClock, now: () => realClock.now() + shift }
}
