// The connect deadline, which must not be mistaken for a server that is only slow with its first token.

import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { canConnect, defaultDeadlines, startWatchdog } from '../../src/llm/deadlines.ts'
import { createHeldClock } from './ask.ts'

function start(isReachable: boolean) {
  const clock = createHeldClock()
  const probed: number[] = []
  const probe = async (timeoutMs: number) => {
    probed.push(timeoutMs)
    return isReachable
  }
  const signal = new AbortController().signal
  const watchdog = startWatchdog({ deadlines: defaultDeadlines, clock, signal, probe })
  return { clock, probed, watchdog }
}

test('a server that cannot be reached is given up after the connect deadline', async () => {
  const { clock, probed, watchdog } = start(false)
  clock.pass(2_499)
  expect(probed).toEqual([])
  clock.pass(1)
  await Promise.resolve()
  expect(probed).toEqual([2_500])
  expect(watchdog.signal.reason).toMatchObject({ waited: 'connect' })
})

test('a server that is there but silent has until the first-token deadline', async () => {
  const { clock, watchdog } = start(true)
  clock.pass(2_500)
  await Promise.resolve()
  clock.pass(27_499)
  expect(watchdog.signal.aborted).toBe(false)
  clock.pass(1)
  expect(watchdog.signal.reason).toMatchObject({ waited: 'first' })
})

test('a server that has answered is not looked for', () => {
  const { clock, probed, watchdog } = start(false)
  watchdog.connected()
  clock.pass(5_000)
  expect(probed).toEqual([])
  expect(watchdog.signal.aborted).toBe(false)
})

test('the look is one TCP connection', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  expect(await canConnect(`http://127.0.0.1:${port}/v1`, 1000)).toBe(true)
  await new Promise((resolve) => server.close(resolve))
  expect(await canConnect(`http://127.0.0.1:${port}/v1`, 1000)).toBe(false)
})
