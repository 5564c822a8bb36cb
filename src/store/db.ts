// The database connection and its migrations: PGlite under the data directory, or PostgreSQL. One pool-shaped object
// serves both, so that everything after this file runs the same statements.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, PostgresDialect } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import pg from 'pg'
import { BotError } from '../core/error.ts'
import type { Logger } from '../core/logger.ts'
import { lockDataDir } from './data-dir.ts'
import { openPglitePool, type PglitePool } from './pglite-pool.ts'

export interface DatabaseOptions {
  /** PostgreSQL URL; null = embedded. Must not be a transaction-mode pooler: LISTEN is used. */
  url: string | null
  /** Where the embedded database lives; null = memory, for tests. */
  dataDir: string | null
  /** Folder of the database of which a new embedded one is a copy; by default an empty one. */
  template?: string
  log: Logger
  maxConnections?: number
}

export type Pool = pg.Pool | PglitePool

/** Rows of one statement with `$1` parameters. The statement is prepared once per connection under its own text. */
export type Query = <Row>(text: string, values?: unknown[]) => Promise<Row[]>

/**
 * Rows of a person of the workspace `$1`, by their workspace's column: on Slack a person has an id in each workspace, on Discord
 * one in all servers and in direct messages.
 */
export const theirs = (column: string): string => `damso_is_theirs($1, ${column})`

export interface Database extends AsyncDisposable {
  readonly kind: 'embedded' | 'postgres'
  readonly pool: Pool
  readonly kysely: Kysely<unknown>
  query: Query
  /** The same on a connection of its own, for what must not wait behind other statements. */
  urgent: Query
  /** For intake, whose platform waits for seconds only: embedded it is urgent; a server works side by side anyway. */
  intake: Query
  /** Hears NOTIFY on a channel until disposed; reconnects by itself. `missed` runs after each reconnection. */
  listen(channel: string, heard: (payload: string) => void, missed: () => void): Promise<AsyncDisposable>
  migrate(migrations: Record<string, Migration>): Promise<void>
}

/** A statement that others outran is tried again this often, each time after a pause of up to so many ms. */
const TRIES_AGAIN = 8
const OUTRUN_PAUSE_MS = 50

/** Throws BotErrors `database-unreachable`, and embedded those of lockDataDir. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const stack = new AsyncDisposableStack()
  const pool = options.url ? await openPostgres(options, options.url) : await openEmbedded(options, stack)
  stack.defer(() => pool.end())
  const urgent = options.url
    ? stack.adopt(newPool(options, options.url, 1), (own) => own.end())
    : (pool as PglitePool).urgent
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: pool as pg.Pool }) })
  const names = new Map<string, string>()
  const nameOf = (text: string): string => {
    const known = names.get(text)
    if (known) return known
    const name = `damso_${names.size}`
    names.set(text, name)
    return name
  }
  const queryOn =
    (on: Pool): Query =>
    async <Row>(text: string, values: unknown[] = []) => {
      for (let left = TRIES_AGAIN; ; left--) {
        try {
          // Embedded, all clients share one session, where a name could be prepared only once.
          const result = await on.query(options.url ? { name: nameOf(text), text, values } : { text, values })
          return result.rows as Row[]
        } catch (error) {
          if (isOutrun(error) && left > 0) await sleep(Math.random() * OUTRUN_PAUSE_MS)
          else throw isAway(error) || isOutrun(error) ? databaseAway(error) : error
        }
      }
    }
  return {
    kind: options.url ? 'postgres' : 'embedded',
    pool,
    kysely,
    query: queryOn(pool),
    urgent: queryOn(urgent),
    intake: queryOn(options.url ? pool : urgent),
    listen: (channel, heard, missed) => listen(pool as pg.Pool, channel, heard, missed, options.log),
    async migrate(migrations) {
      const migrator = new Migrator({
        db: kysely,
        provider: { getMigrations: async () => migrations },
        // Each feature counts its own, so a new one may come before those that have run.
        allowUnorderedMigrations: true,
      })
      const { error } = await migrator.migrateToLatest()
      if (error) throw error
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function openEmbedded(
  { dataDir, template }: DatabaseOptions,
  stack: AsyncDisposableStack,
): Promise<PglitePool> {
  if (dataDir === null) return openPglitePool('memory', template)
  stack.use(await lockDataDir(dataDir))
  const folder = join(dataDir, 'pglite')
  try {
    return await openPglitePool(folder, template)
  } catch (cause) {
    await stack.disposeAsync()
    // Its lock is taken and its disk is not full, so it is what lies in the folder.
    throw new BotError('database-unreachable', {
      retryable: false,
      say: { ko: '지금은 답할 수 없어요.', en: 'I can’t answer right now.' },
      hint: `The embedded database in ${folder} could not be opened (${(cause as Error).message}). Put a copy of it back, or move the folder away to begin with an empty one.`,
      cause,
    })
  }
}

async function openPostgres(options: DatabaseOptions, url: string): Promise<pg.Pool> {
  const pool = newPool(options, url, options.maxConnections ?? 10)
  try {
    await pool.query('select 1')
  } catch (cause) {
    await pool.end()
    throw new BotError('database-unreachable', {
      retryable: !isRefused(cause),
      say: { ko: '지금은 답할 수 없어요.', en: 'I can’t answer right now.' },
      hint: 'PostgreSQL did not answer at DATABASE_URL: check that it runs, and host, name, user and password.',
      cause,
    })
  }
  return pool
}

function newPool(options: DatabaseOptions, url: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    keepAlive: true,
    application_name: 'damso',
    // BullMQ on PostgreSQL keeps its tables in a schema of its own.
    options: '-c search_path=public,bullmq',
  })
  // An idle connection that breaks must not take the process down; the next statement opens another.
  pool.on('error', (error) => options.log.warn({ reason: error.message }, 'database connection lost'))
  // Nor may one that breaks just when it is taken: between two statements nobody else listens.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/**
 * Connection failures (08), too few resources (53), shutdown and crash (57P), a statement that took too long (57014), and
 * what comes from the network or the pool and so has no SQLSTATE. Source: PostgreSQL, appendix A.
 */
function isAway(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return /^(08|53|57P|57014)/.test(code)
  return error instanceof Error
}

/**
 * Lost against other statements: a serialization failure or a deadlock. A statement by itself has then done nothing, and
 * may be said again. Source: PostgreSQL, 13.5 "Serialization Failure Handling".
 */
function isOutrun(error: unknown): boolean {
  return /^(40001|40P01)$/.test(String((error as { code?: unknown }).code))
}

/** Wrong name, password or database: no use in asking again. */
function isRefused(error: unknown): boolean {
  return /^(28|3D)/.test(String((error as { code?: unknown }).code))
}

function databaseAway(cause: unknown): BotError {
  return new BotError('database-away', {
    retryable: true,
    say: { ko: '지금은 답할 수 없어요.', en: 'I can’t answer right now.' },
    hint: 'The database did not answer. It is tried again; check that it runs and how many connections it allows.',
    cause,
  })
}

async function listen(
  pool: pg.Pool,
  channel: string,
  heard: (payload: string) => void,
  missed: () => void,
  log: Logger,
): Promise<AsyncDisposable> {
  let isClosed = false
  let client: pg.PoolClient | null = null
  const open = async (): Promise<void> => {
    const fresh = await pool.connect()
    if (isClosed) return fresh.release()
    // One that is cut while it is asked says so twice: it emits the error and rejects the statement.
    const lose = (): boolean => {
      if (client !== fresh) return false
      client = null
      fresh.removeAllListeners('notification')
      fresh.release(true)
      return true
    }
    client = fresh
    fresh.on('notification', (message) => {
      if (message.channel === channel) heard(message.payload ?? '')
    })
    let isHeard = false
    fresh.on('error', () => {
      if (lose() && isHeard && !isClosed) retry()
    })
    try {
      await fresh.query(`listen ${channel}`)
      if (client !== fresh) throw new Error('the connection was cut as it began to listen')
      isHeard = true
    } catch (error) {
      lose()
      throw error
    }
  }
  const retry = (): void => {
    setTimeout(() => {
      if (isClosed) return
      open().then(
        () => !isClosed && missed(),
        (error: Error) => {
          log.warn({ reason: error.message }, 'database notifications are down')
          retry()
        },
      )
    }, 500).unref()
  }
  // Notifications only make it quick: a process does not fail to start for want of them.
  await open().catch((error: Error) => {
    log.warn({ reason: error.message }, 'database notifications are down')
    retry()
  })
  return {
    async [Symbol.asyncDispose]() {
      isClosed = true
      const held = client
      client = null
      held?.removeAllListeners('notification')
      held?.release(true)
    },
  }
}
