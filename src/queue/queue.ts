// The queue of wake-ups. A job says only which lane has work; what the work is stands in the database, and so does
// who may do it. BullMQ keeps the wake-ups on Redis, or in the database itself.
import { randomUUID } from 'node:crypto'
import type { Queue as BullQueue, JobsOptions } from 'bullmq'
import type { QueueName } from '../core/decision.ts'
import { BotError } from '../core/error.ts'
import type { Logger } from '../core/logger.ts'
import type { RedisFacts } from './broker.ts'
import type { WakeUp } from './model.ts'
import { openPostgresBroker, type PostgresPool } from './postgres.ts'
import { openRedisBroker } from './redis.ts'
import { openWorker, type QueueWorker, type Run } from './worker.ts'

export type { QueueWorker } from './worker.ts'

export const QUEUE_NAMES: readonly QueueName[] = ['chat', 'batch', 'relay']

export interface QueueCounts {
  waiting: number
  delayed: number
  active: number
  failed: number
}

export interface Queue extends AsyncDisposable {
  readonly kind: 'redis' | 'postgres'
  /**
   * Adds a wake-up, unless one of the same lane is waiting or delayed already; while one is active, any number become
   * one that follows it. A lower priority number goes first. Rejects within two seconds with BotError
   * 'queue-unreachable' when the queue is away; then the sweeper finds the lane.
   */
  wake(name: QueueName, job: WakeUp, options?: { priority?: number; delayMs?: number }): Promise<void>
  /** The same for many lanes at once. */
  wakeAll(name: QueueName, jobs: (WakeUp & { priority?: number })[]): Promise<void>
  /**
   * Takes jobs of one queue, `concurrency` at a time here and `globalConcurrency` in all processes together. Rejects
   * with BotError 'queue-unreachable' when the queue goes away just then.
   */
  work(name: QueueName, options: Concurrency, run: Run): Promise<QueueWorker>
  /**
   * True when the wake-ups are gone: after a flush of Redis, and on the first call of a new installation. Whoever gets
   * true adds every pending lane again; it is said once.
   */
  lostEverything(): Promise<boolean>
  counts(): Promise<Record<QueueName, QueueCounts>>
  /** For the doctor; null on PostgreSQL. */
  redisFacts(): Promise<RedisFacts | null>
  ready(): boolean
}

export interface Concurrency {
  concurrency: number
  globalConcurrency: number
}

export interface QueueOptions {
  /** A pool's search path must end with `bullmq`. */
  connection: { redisUrl: string } | { pool: PostgresPool }
  log: Logger
  /** Keeps deployments apart that share one Redis. On PostgreSQL the database does. */
  prefix?: string
}

/** Rather an unanswered add than a person who waits: the row is committed, and the sweeper looks every few seconds. */
const ADD_TIMEOUT_MS = 2_000
const BULK_TIMEOUT_MS = 10_000
const BULK_SIZE = 250
/** A worker of BullMQ that loses its Redis before it was ready never starts, so this must not pass unnoticed. */
const READY_TIMEOUT_MS = 10_000
/** BullMQ's own limit. */
const MAX_PRIORITY = 2 ** 21

/**
 * Opens the three queues. Rejects with BotError 'redis-unreachable' (retryable), 'redis-evicts' or
 * 'queue-search-path'. Later losses of connection are logged once each and healed by themselves.
 */
export async function openQueue({ connection, log, prefix = 'damso' }: QueueOptions): Promise<Queue> {
  await using stack = new AsyncDisposableStack()
  const broker = stack.use(
    'redisUrl' in connection
      ? await openRedisBroker(connection.redisUrl, prefix, log)
      : await openPostgresBroker(connection.pool, log),
  )
  const queues = Object.fromEntries(QUEUE_NAMES.map((name) => [name, broker.queue(name)])) as Record<
    QueueName,
    BullQueue
  >
  const limits = new Map<QueueName, number>()
  const workers: QueueWorker[] = []
  stack.defer(async () => {
    await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()))
  })
  const owned = stack.move()

  return {
    kind: broker.kind,
    async wake(name, job, { priority, delayMs } = {}) {
      const { data, opts } = toBullJob(job, priority, delayMs)
      await within(ADD_TIMEOUT_MS, broker.ready() && queues[name].add('wake', data, opts))
    },
    async wakeAll(name, jobs) {
      for (let at = 0; at < jobs.length; at += BULK_SIZE) {
        const some = jobs.slice(at, at + BULK_SIZE).map(({ priority, ...job }) => toBullJob(job, priority))
        await within(BULK_TIMEOUT_MS, broker.ready() && queues[name].addBulk(some))
      }
    },
    async work(name, { concurrency, globalConcurrency }, run) {
      limits.set(name, globalConcurrency)
      await within(READY_TIMEOUT_MS, queues[name].setGlobalConcurrency(globalConcurrency))
      const worker = openWorker({ broker, name, queue: queues[name], concurrency, run, log })
      workers.push(worker)
      await within(READY_TIMEOUT_MS, worker.ready())
      return worker
    },
    async lostEverything() {
      const isLost = await broker.lostEverything()
      if (isLost) for (const [name, limit] of limits) await queues[name].setGlobalConcurrency(limit)
      return isLost
    },
    async counts() {
      const entries = QUEUE_NAMES.map(async (name) => [name, await countsOf(queues[name])] as const)
      return Object.fromEntries(await Promise.all(entries)) as Record<QueueName, QueueCounts>
    },
    redisFacts: () => broker.redisFacts(),
    ready: () => broker.ready(),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

function toBullJob({ workspace, lane }: WakeUp, priority = 0, delayMs = 0) {
  const opts: JobsOptions = {
    // Never derived from the lane: an add with a known id is dropped while that job is active.
    jobId: randomUUID(),
    deduplication: { id: JSON.stringify([workspace, lane]), keepLastIfActive: true },
    priority: Math.min(priority, MAX_PRIORITY),
    delay: delayMs,
    // Attempts belong to the turn. A job that fails here is a bug of ours, and stays to be seen.
    attempts: 1,
    removeOnComplete: true,
    removeOnFail: { count: 100 },
  }
  return { name: 'wake', data: { workspace, lane } satisfies WakeUp, opts }
}

async function countsOf(queue: BullQueue): Promise<QueueCounts> {
  const counts = await queue.getJobCounts('wait', 'prioritized', 'delayed', 'active', 'failed')
  const { wait = 0, prioritized = 0, delayed = 0, active = 0, failed = 0 } = counts
  return { waiting: wait + prioritized, delayed, active, failed }
}

/** `work` is false when it was not worth trying. */
async function within(ms: number, work: Promise<unknown> | false): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  try {
    if (!work) throw new Error('not connected')
    await Promise.race([work, late])
  } catch (cause) {
    throw new BotError('queue-unreachable', {
      retryable: true,
      say: { ko: '지금은 답변이 늦어질 수 있어요.', en: 'The answer may take longer right now.' },
      hint: 'The queue does not answer; pending lanes wait for the sweeper. Check that Redis (or PostgreSQL) is up.',
      cause,
    })
  } finally {
    clearTimeout(timer)
    late.catch(() => undefined)
  }
}
