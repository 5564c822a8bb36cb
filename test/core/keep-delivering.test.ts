// What a platform delivers only once is tried until it is saved, and given up in time to say so.
import { expect, test } from 'vitest'
import { type Clock, inTime } from '../../src/core/clock.ts'
import { IGNORED } from '../../src/core/decision.ts'
import type { Inbound } from '../../src/core/inbound.ts'
import { keepDelivering } from '../../src/core/keep-delivering.ts'
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'

const INBOUND: Inbound = { type: 'delete', workspace: 'slack:T1', audience: 'a', source: 'C1:1.0' }

/** Waiting takes no time, but is counted. */
function createSkippingClock(): Clock & { passed: number } {
  const clock = {
    passed: 0,
    now: () => clock.passed,
    monotonic: () => clock.passed,
    after(ms: number, run: () => void) {
      const timer = setImmediate(() => {
        clock.passed += ms
        run()
      })
      return () => clearImmediate(timer)
    },
  }
  return clock
}

test('a database that comes back in time costs nothing but the wait', async () => {
  let tries = 0
  const clock = createSkippingClock()
  const deliver = async () => {
    tries += 1
    if (tries < 4) throw new Error('no database')
    return IGNORED
  }
  expect(await keepDelivering({ deliver, clock, log: SILENT }, INBOUND)).toBe(IGNORED)
  expect(clock.passed).toBe(100 + 200 + 400)
})

test('after fifteen seconds it is given up', async () => {
  const clock = createSkippingClock()
  const deliver = () => Promise.reject(new Error('no database'))
  expect(await keepDelivering({ deliver, clock, log: SILENT }, INBOUND)).toBeNull()
  expect(clock.passed).toBeLessThanOrEqual(15_000)
  expect(clock.passed).toBeGreaterThan(12_000)
})

test('what is in time is told from what is not', async () => {
  expect(await inTime(realClock, Promise.resolve(null), 1_000)).toEqual({ value: null })
  expect(await inTime(realClock, new Promise(() => undefined), 5)).toBeNull()
  await expect(inTime(realClock, Promise.reject(new Error('no')), 1_000)).rejects.toThrow('no')
})
