import { expect, test } from 'vitest'
import { together } from '../../src/core/together.ts'
import { realClock } from '../../src/real-clock.ts'

function counting({ fails = false } = {}) {
  const calls: number[][] = []
  const double = together<number, number>(realClock, { ms: 20, most: 3 }, async (all) => {
    calls.push(all)
    if (fails) throw new Error('away')
    return all.map((n) => n * 2)
  })
  return { calls, double }
}

test('what is asked within a moment is asked once, and everybody gets their own answer', async () => {
  const { calls, double } = counting()
  expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6])
  expect(await double(4)).toBe(8)
  expect(calls).toEqual([[1, 2, 3], [4]])
})

test('more than fit are asked in portions, and none waits for ever', async () => {
  const { calls, double } = counting()
  expect(await Promise.all([1, 2, 3, 4, 5, 6, 7].map(double))).toEqual([2, 4, 6, 8, 10, 12, 14])
  expect(calls).toEqual([[1, 2, 3], [4, 5, 6], [7]])
})

test('a failure is everybody’s who asked, and the next is asked again', async () => {
  const { calls, double } = counting({ fails: true })
  const all = await Promise.allSettled([double(1), double(2)])
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await expect(double(3)).rejects.toThrow('away')
  expect(calls).toHaveLength(2)
})
