// Three in the afternoon in Korea, whenever the tests run: at night nobody is asked for stars.
import type { Clock } from '../../src/core/clock.ts'
import { realClock } from '../../src/real-clock.ts'

const KOREA_MS = 9 * 3_600_000
const DAY_MS = 24 * 3_600_000

export function createDayClock(): Clock {
  const now = realClock.now()
  const shift = 15 * 3_600_000 - ((now + KOREA_MS) % DAY_MS)
  return { ...realClock, now: () => realClock.now() + shift }
}
