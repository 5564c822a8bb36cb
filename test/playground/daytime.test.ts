import { expect, test } from 'vitest'
import { shiftToDay } from './daytime.ts'

test.each([
  ['2026-03-02T00:00:00Z', '2026-03-02T00:00:00.000Z'], // 9:00 in Korea
  ['2026-03-02T08:59:00Z', '2026-03-02T08:59:00.000Z'], // 17:59
  ['2026-03-02T09:00:00Z', '2026-03-02T06:00:00.000Z'], // 18:00: 15:00 of the same day
  ['2026-03-02T14:59:59Z', '2026-03-02T06:00:00.000Z'],
  ['2026-03-02T15:00:00Z', '2026-03-02T06:00:00.000Z'], // midnight: 15:00 of the day before
  ['2026-03-02T23:59:59Z', '2026-03-02T06:00:00.000Z'],
])('at %s it is %s for the app', (now, told) => {
  const at = Date.parse(now)
  expect(new Date(at + shiftToDay(at)).toISOString()).toBe(told)
})
