// One worker of one queue: takes wake-ups, tells the processor when its lock is lost, and carries out its verdict.
import {
  type Queue as BullQueue,
  DelayedError,
  type Job,
  type Processor,
  RateLimitError,
  WaitingError,
} from 'bullmq'
import type { QueueName } from '../core/decision.ts'
import type { Logger } from '../core/logger.ts'
import { admit, meterLag } from './admission.ts'
import type { Broker } from './broker.ts'
import type { Verdict, WakeUp } from './model.ts'

/** A processor reports failures of the turn in the database; one that throws has a bug. */
export type Run = (job: WakeUp, signal: AbortSignal) => Promise<Verdict>

/** Disposing aborts what is active, waits a little and closes. To drain: pause(), wait for active() to be 0, dispose. */
export interface QueueWorker extends AsyncDisposable {
  /** Takes nothing new. */
  pause(): Promise<void>
  /** Jobs that are being processed here. */
  active(): number
}

/** BullMQ's defaults are for long jobs (30 s); a person in a chat should not wait for a crashed worker that long. */
const LOCK = { lockDuration: 5_000, stalledInterval: 1_500, maxStalledCount: 1_000_000 }
/** Not a limit: without one, queue.rateLimit() would pause only the worker that called it. */
const NO_LIMIT = { max: 1_000_000, duration: 1_000 }
/** After a lost connection; the default is 15 s. */
const RETRY_MS = 1_000
const LOCK_LOST = 'lock lost'
const ABORT_GRACE_MS = 1_500
const CLOSE_TIMEOUT_MS = 2_500

interface WorkerParts {
  broker: Broker
  name: QueueName
  queue: BullQueue
  concurrency: number
  run: Run
  log: Logger
}

/** `ready` resolves once it takes jobs, and rejects when its connection breaks before. */
export function openWorker(parts: WorkerParts): QueueWorker & { ready(): Promise<void> } {
  const { broker, name, queue, concurrency, run, log } = parts
  const logger = log.child({ queue: name })
  const active = new Set<Promise<unknown>>()
  let isPaused = false

  // BullMQ gives the signal only to a function whose length is three: no parameter may have a default.
  const process = async (job: Job<WakeUp>, token: string, signal: AbortSignal): Promise<void> => {
    // A worker that waits for a job takes the next one even after pause().
    if (isPaused) return putBack(job, token)
    const running = run(job.data, signal)
    active.add(running)
    let verdict: Verdict
    try {
      verdict = await running
    } catch (error) {
      logger.error({ err: error, ...job.data }, 'wake-up failed: a bug')
      throw error
    } finally {
      active.delete(running)
    }
    // Without the lock the job is no longer ours to move.
    if (signal.reason !== LOCK_LOST) await carryOut(verdict, job, token, queue)
  }

  const options = { ...LOCK, concurrency, limiter: NO_LIMIT, runRetryDelay: RETRY_MS }
  const worker = broker.worker(name, process as Processor, options)
  const admission = admit(worker, concurrency, () => active.size, meterLag())
  // BullMQ does not abort by itself, and the lock is no fence: the lease in the database is.
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) worker.cancelJob(id, LOCK_LOST)
    logger.warn({ jobs: ids.length }, 'lock lost')
  })
  worker.on('stalled', (id) => logger.warn({ job: id }, 'worker lost, job starts again'))
  // The jobs of a forced close fail to report; others take them over.
  worker.on('closing', () => worker.on('error', () => undefined))

  const close = async (): Promise<void> => {
    isPaused = true
    admission[Symbol.dispose]()
    worker.cancelAllJobs('closing')
    await atMost(ABORT_GRACE_MS, Promise.allSettled(active))
    // Without force it waits for the active jobs, and for a Redis that is away.
    await atMost(CLOSE_TIMEOUT_MS, worker.close(active.size > 0 || !broker.ready()))
  }
  return {
    async ready() {
      await worker.waitUntilReady()
    },
    async pause() {
      isPaused = true
      await worker.pause(true)
    },
    active: () => active.size,
    [Symbol.asyncDispose]: close,
  }
}

/** BullMQ is told by what is thrown; returning means finished. */
async function carryOut(verdict: Verdict, job: Job<WakeUp>, token: string, queue: BullQueue): Promise<void> {
  if (verdict.type === 'later') {
    await job.moveToDelayed(Date.now() + verdict.ms, token)
    throw new DelayedError()
  }
  if (verdict.type === 'pause') {
    await queue.rateLimit(verdict.ms)
    throw new RateLimitError()
  }
}

async function putBack(job: Job<WakeUp>, token: string): Promise<void> {
  await job.moveToWait(token)
  throw new WaitingError()
}

/** Waits for `work`, but not for ever; what fails here has nowhere to go. */
export async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  await Promise.race([work.catch(() => undefined), late])
  clearTimeout(timer)
}
