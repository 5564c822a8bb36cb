// What is remembered for a while must not grow without end.
import { expect, test } from 'vitest'
import type { Clock } from '../../src/core/clock.ts'
import { Recent } from '../../src/core/recent.ts'

function createHandClock(): Clock & { pass(ms: number): void } {
  let now = 0
  return {
    now: () => now,
    monotonic: () => now,
    after: () => () => undefined,
    pass(ms) {
      now += ms
    },
  }
}

test('the oldest is forgotten when there is no more room, and what was said again counts as new', () => {
  const recent = new Recent<number, string>({ max: 2 })
  recent.set(1, '하나')
  recent.set(2, '둘')
  recent.set(1, '다시 하나')
  recent.set(3, '셋')
  expect([1, 2, 3].map((key) => recent.get(key))).toEqual(['다시 하나', undefined, '셋'])
  recent.delete(3)
  expect(recent.has(3)).toBe(false)
})

test('what has a lifetime is forgotten after it, each by its own', () => {
  const clock = createHandClock()
  const recent = new Recent<string, string>({ max: 10, ttlMs: 1_000, clock })
  recent.set('a', 'A')
  recent.set('b', 'B', 5_000)
  clock.pass(999)
  expect(recent.has('a')).toBe(true)
  clock.pass(1)
  expect([recent.get('a'), recent.get('b')]).toEqual([undefined, 'B'])
})

test('without a lifetime nothing is forgotten but for room', () => {
  const recent = new Recent<string, number>({ max: 1 })
  recent.set('a', 0)
  expect(recent.has('a')).toBe(true)
})
