// What a load balancer hears of this process.
import { expect, test } from 'vitest'
import { type Health, openHttp } from '../src/http/server.ts'

async function ask(ready: () => Promise<Health>): Promise<{ status: number; body: unknown }> {
  await using server = await openHttp({ port: 0, mounts: [], ready, metrics: async () => '', patienceMs: 50 })
  const response = await fetch(`http://127.0.0.1:${server.port}/readyz`)
  return { status: response.status, body: await response.json() }
}

test.each([
  [true, 200],
  [false, 503],
])('ready: %s is status %i, with what each part says', async (ok, status) => {
  const health = { ok, parts: { queue: { ok, reason: ok ? '' : 'not connected' } } }
  expect(await ask(async () => health)).toEqual({ status, body: health })
})

test('a database that hangs is not ready, and nobody waits for it', async () => {
  expect(await ask(() => new Promise(() => undefined))).toEqual({
    status: 503,
    body: { ok: false, parts: { database: { ok: false, reason: 'no answer in time' } } },
  })
})
