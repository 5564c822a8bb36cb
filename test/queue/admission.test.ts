import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { admit, meterLag, nextConcurrency } from '../../src/queue/admission.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
afterEach(() => vi.useRealTimers())

test('a worker that keeps up takes as many as it is allowed within seconds', () => {
  const worker = { concurrency: 0 }
  using _ = admit(
    worker,
    256,
    () => worker.concurrency,
    () => 2,
  )
  expect(worker.concurrency).toBe(64)
  vi.advanceTimersByTime(4_000)
  expect(worker.concurrency).toBe(256)
})

test('a worker that falls behind takes fewer than it has, but never none', () => {
  const worker = { concurrency: 0 }
  let lag = 1_000
  using _ = admit(
    worker,
    256,
    () => 30,
    () => lag,
  )
  vi.advanceTimersByTime(500)
  expect(worker.concurrency).toBe(20)
  vi.advanceTimersByTime(10_000)
  expect(worker.concurrency).toBe(12)
  lag = 0
  vi.advanceTimersByTime(2_000)
  expect(worker.concurrency).toBeGreaterThan(8)
})

test('between easy and late it comes back one by one, since turns that wait for the model make no lag', () => {
  expect(nextConcurrency(12, 12, 64, 100)).toBe(13)
  expect(nextConcurrency(64, 64, 64, 100)).toBe(64)
})

test('a limit below the start holds at once', () => {
  const worker = { concurrency: 0 }
  using _ = admit(
    worker,
    3,
    () => 3,
    () => 0,
  )
  expect(worker.concurrency).toBe(3)
  expect(nextConcurrency(3, 3, 3, 5_000)).toBe(3)
})

test('a process that stands still is seen to be late, and forgiven once it runs again', async () => {
  vi.useRealTimers()
  const lag = meterLag()
  const tick = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  await tick(100)
  lag()
  for (let n = 0; n < 2; n += 1) {
    const until = performance.now() + 300
    while (performance.now() < until);
    await tick(25)
  }
  expect(lag()).toBeGreaterThan(150)
})
