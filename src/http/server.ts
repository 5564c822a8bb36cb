// The only listen(): health, metrics, and the paths that adapters mount (before any body parser).
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Mount } from '../core/adapter.ts'
import { BotError } from '../core/error.ts'

export interface Health {
  ok: boolean
  /** One entry per part, with the reason when it is not ready. */
  parts: Record<string, { ok: boolean; reason: string }>
}

export interface HttpOptions {
  port: number
  mounts: readonly Mount[]
  /** Ready to take and answer messages; asked at each /readyz. */
  ready(): Promise<Health>
  metrics(): Promise<string>
  /** How long /readyz waits for that, ms. */
  patienceMs?: number
}

const PATIENCE_MS = 5_000
/** Only the database is waited for; one that hangs says nothing. */
const NO_ANSWER: Health = { ok: false, parts: { database: { ok: false, reason: 'no answer in time' } } }

export interface HttpServer extends AsyncDisposable {
  readonly port: number
}

/** Throws BotError `port-in-use`. */
export async function openHttp(options: HttpOptions): Promise<HttpServer> {
  const app = new Hono()
  app.get('/healthz', (context) => context.json({ ok: true }))
  app.get('/readyz', async (context) => {
    const late = new AbortController()
    const silent = sleep(options.patienceMs ?? PATIENCE_MS, NO_ANSWER, { signal: late.signal })
    const health = await Promise.race([options.ready(), silent]).finally(() => late.abort())
    return context.json(health, health.ok ? 200 : 503)
  })
  app.get('/metrics', async (context) => context.text(await options.metrics()))
  const rest = getRequestListener(app.fetch)
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0]
    const mount = options.mounts.find((candidate) => candidate.path === path)
    if (mount) mount.handle(request, response)
    else void rest(request, response)
  })
  // Slow or huge requests end here, not in an adapter.
  server.requestTimeout = 30_000
  server.headersTimeout = 10_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(cause.code === 'EADDRINUSE' ? inUse(options.port, cause) : cause),
    )
    server.listen(options.port, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      const late = setTimeout(() => server.closeAllConnections(), 3_000)
      await closed
      clearTimeout(late)
    },
  }
}

function inUse(port: number, cause: Error): BotError {
  return new BotError('port-in-use', {
    retryable: false,
    say: { ko: '', en: '' },
    hint: `Port ${port} is taken by another program: stop it, or set PORT to a free one.`,
    cause,
  })
}
