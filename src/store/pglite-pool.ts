// The embedded database as a pg.Pool: a real one, whose clients talk to one PGlite instead of a server. So parameters,
// results and errors are pg's own, and everything that takes a pg.Pool takes this (Kysely, BullMQ).
import pg from 'pg'
import { startPgliteThread } from './pglite-thread.ts'
import { type Backend, PgliteSession } from './pglite-wire.ts'

/** BullMQ's tables are found only through the search path, and ours come first. */
export const SEARCH_PATH = 'public, bullmq'

/** How long end() waits for clients that somebody still holds. */
const END_TIMEOUT_MS = 3_000

/**
 * Opens or creates the database under `dataDir` ('memory' = gone with the process). One process only: take
 * lockDataDir first. It survives a process kill, but makes no fsync calls. A new database is a copy of the one in the folder
 * `template`, by default an empty one.
 */
export async function openPglitePool(dataDir: string | 'memory', template?: string): Promise<PglitePool> {
  // In memory it is a test's, which has little to do beside it: a thread would only have to be started.
  if (dataDir !== 'memory') return new PglitePool(await startPgliteThread(dataDir, SEARCH_PATH, template))
  const [{ startPglite }, { PgliteBackend }] = await Promise.all([
    import('./pglite-engine.ts'),
    import('./pglite-backend.ts'),
  ])
  return new PglitePool(new PgliteBackend(await startPglite(dataDir, SEARCH_PATH, template)))
}

export class PglitePool extends pg.Pool {
  readonly isEmbedded = true
  /** The same database for what must not wait behind other statements. Ends with this pool. */
  readonly urgent: pg.Pool
  readonly #backend: Backend

  constructor(backend: Backend) {
    super(clientsOf(backend, false))
    this.urgent = new pg.Pool(clientsOf(backend, true))
    this.#backend = backend
  }

  override end(): Promise<void>
  override end(callback: () => void): void
  override end(callback?: () => void): Promise<void> | undefined {
    const ended = this.#end()
    if (!callback) return ended
    ended.then(callback, callback)
    return undefined
  }

  async #end(): Promise<void> {
    const late = new Promise((resolve) => setTimeout(resolve, END_TIMEOUT_MS).unref())
    await Promise.race([Promise.all([super.end(), this.urgent.end()]), late])
    await this.#backend.end()
  }
}

function clientsOf(backend: Backend, isUrgent: boolean): pg.PoolConfig {
  return {
    // Clients cost next to nothing, so none should ever wait for another that only listens.
    max: 200,
    idleTimeoutMillis: 0,
    ssl: false,
    host: 'embedded',
    stream: () => new PgliteSession(backend, isUrgent) as never,
  }
}
