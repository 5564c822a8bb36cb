// What is asked of a platform once: also when it fails, nobody is left with the failure.
import { expect, test } from 'vitest'
import { createAsked } from '../../src/core/asked.ts'
import { createHeldClock } from '../llm/ask.ts'

test('what could not be asked is not said, and is asked again after a while', async () => {
  const clock = createHeldClock()
  const asked = createAsked<string>(clock)
  let calls = 0
  const fails = async (): Promise<string> => {
    calls++
    throw new Error('the platform is away')
  }
  const all = [asked.ask('C1', fails), asked.ask('C1', fails)]
  expect(await Promise.all(all)).toEqual([null, null])
  expect(await asked.ask('C1', fails)).toBeNull()
  expect(calls).toBe(1)
  clock.pass(30_000)
  expect(await asked.ask('C1', async () => '환불과 교환')).toBe('환불과 교환')
  expect(asked.known('C1')).toBe('환불과 교환')
})
