// The app for as long as the process lives: started, and stopped when asked.
import { flushCompileCache } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { type App, createApp, type Overrides } from './app.ts'
import type { Config } from './config.ts'
import { isBotError } from './core/error.ts'
import { releaseStartUpMemory } from './start-up-memory.ts'

/** A server that starts together with the app, or a busy machine, may be late. */
const PATIENCE_MS = 30_000
const AGAIN_MS = 1_000

export async function serve(config: Config, { clock, log }: Overrides): Promise<void> {
  process.on('unhandledRejection', (error) =>
    log.error({ error }, 'a promise was rejected and nobody listened'),
  )
  const app = await patiently(config, { clock, log })
  releaseStartUpMemory()
  process.send?.({ port: app.port })
  // Otherwise written when the process ends, which a killed one does not live to see.
  flushCompileCache()
  const stop = async (signal: string): Promise<void> => {
    log.info({ signal }, 'stopping')
    // What cannot be closed must not keep the process alive.
    try {
      await app[Symbol.asyncDispose]()
    } finally {
      process.exit(0)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop(signal))
}

/** Starts anew while the database or the queue does not answer; what only somebody can mend is thrown at once. */
async function patiently(config: Config, overrides: Overrides): Promise<App> {
  const { clock, log } = overrides
  const deadline = clock.monotonic() + PATIENCE_MS
  while (true) {
    try {
      return await createApp(config, overrides)
    } catch (error) {
      if (!isBotError(error) || !error.retryable || clock.monotonic() >= deadline) throw error
      log.warn({ code: error.code, hint: error.hint }, 'cannot start yet, trying again')
      // Unlike the clock's own timers this one keeps the process alive.
      await sleep(AGAIN_MS)
    }
  }
}
