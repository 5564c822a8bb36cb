// How many jobs a worker has at once: as many as it is allowed, but no more than its process keeps up with. One that
// has taken too many renews its leases too late, loses what it has begun, and does all of it again.
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** How long this process last kept a timer waiting, ms: the worst tenth since it was asked before. */
export type LagMeter = () => number

const EVERY_MS = 500
const FIRST = 64
// Fewer would leave a process idle whose turns all wait for the model, and these cost it next to nothing.
const FEWEST = 12
/** A timer this late means that the process has more to do than it can. */
const LATE_MS = 150
const EASY_MS = 50
const RESOLUTION_MS = 20

/**
 * `active`: jobs that run now. Grows by a quarter while all is well, by one while it is busy, and shrinks by a third of what
 * runs when it is late. It never stays where it is: what made it late may long be over.
 */
export function nextConcurrency(current: number, active: number, limit: number, lagMs: number): number {
  if (lagMs > LATE_MS) return Math.min(limit, Math.max(FEWEST, Math.ceil(Math.min(current, active) / 1.5)))
  if (lagMs > EASY_MS) return Math.min(limit, current + 1)
  return Math.min(limit, Math.ceil(current * 1.25))
}

export interface Admitted {
  concurrency: number
}

/** Keeps `worker.concurrency` between FEWEST and `limit` until disposed. */
export function admit(worker: Admitted, limit: number, active: () => number, lag: LagMeter): Disposable {
  worker.concurrency = Math.min(limit, FIRST)
  const timer = setInterval(() => {
    worker.concurrency = nextConcurrency(worker.concurrency, active(), limit, lag())
  }, EVERY_MS)
  timer.unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

export function meterLag(): LagMeter {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delays.enable()
  return () => {
    // The histogram holds the whole interval between two samples, in ns.
    const lag = delays.percentile(90) / 1e6 - RESOLUTION_MS
    delays.reset()
    return Number.isFinite(lag) ? Math.max(0, lag) : 0
  }
}
