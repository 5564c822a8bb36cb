// BullMQ's PostgreSQL backend on the pool that the store uses too, a server's or the embedded one.
import { Queue as BullQueue, Worker as BullWorker, createPostgresBackend, runMigrations } from 'bullmq'
import { BotError } from '../core/error.ts'
import type { Logger } from '../core/logger.ts'
import type { Broker } from './broker.ts'
import { atMost } from './worker.ts'

const SCHEMA = 'bullmq'
const CLOSE_TIMEOUT_MS = 2_000

type Client = Parameters<typeof runMigrations>[0] & { release(): void }

/** What is needed of a pg.Pool. It belongs to the caller; every worker holds one client of it. */
export type PostgresPool = Exclude<Parameters<typeof createPostgresBackend>[1]['connection'], string> & {
  connect(): Promise<Client>
  setMaxListeners?(count: number): unknown
  /** No other process can be using this database. */
  isEmbedded?: boolean
}

// A job that is active here and now was taken by a process that has ended. BullMQ would notice when its lock runs out,
// and until then the lane could not be woken: what it added would count as a repetition.
const FORGET_ACTIVE = `
  with lost as (delete from bullmq.job where state = 'active' returning queue, dedup_id),
  next as (delete from bullmq.dedup_next n using lost where n.queue = lost.queue and n.dedup_id = lost.dedup_id)
  delete from bullmq.dedup d using lost where d.queue = lost.queue and d.dedup_id = lost.dedup_id`

/** Rejects with BotError 'queue-search-path' when the pool's clients would not find BullMQ's tables. */
export async function openPostgresBroker(pool: PostgresPool, log: Logger): Promise<Broker> {
  const client = await pool.connect()
  try {
    await runMigrations(client, SCHEMA)
    await checkSearchPath(client)
    if (pool.isEmbedded) await client.query(FORGET_ACTIVE)
  } finally {
    client.release()
  }
  // Each of BullMQ's queues and workers listens to the pool for errors, and none ever stops.
  pool.setMaxListeners?.(0)
  let isClosing = false
  const onError = (error: Error): void => {
    if (!isClosing) log.warn({ err: error }, 'queue error')
  }
  const opened: BullQueue[] = []
  let isFirst = true
  return {
    kind: 'postgres',
    queue(name) {
      const queue = new BullQueue(name, { connection: pool }, createPostgresBackend)
      queue.on('error', onError)
      opened.push(queue as never)
      return queue as never
    },
    worker(name, run, options) {
      const worker = new BullWorker(name, run, { ...options, connection: pool }, createPostgresBackend)
      worker.on('error', onError)
      return worker as never
    },
    // Wake-ups live and die with the rows; but the database may have been used with a Redis until now.
    async lostEverything() {
      const answer = isFirst
      isFirst = false
      return answer
    },
    redisFacts: async () => null,
    ready: () => !isClosing,
    async [Symbol.asyncDispose]() {
      isClosing = true
      await atMost(CLOSE_TIMEOUT_MS, Promise.all(opened.map((queue) => queue.close())))
    },
  }
}

async function checkSearchPath(client: Client): Promise<void> {
  const { rows } = await client.query("select to_regclass('job') = to_regclass('bullmq.job') as found")
  if (rows[0]?.['found'] === true) return
  throw new BotError('queue-search-path', {
    retryable: false,
    say: { ko: '서비스를 시작할 수 없어요.', en: 'The service cannot start.' },
    hint: "The connection's search_path must include bullmq, and no earlier schema may have a table named job.",
  })
}
