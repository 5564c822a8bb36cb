// Sequence slots, the waiting queue (priority, then arrival), and the gate that lets a test hold tokens back.
// Source: vllm/v1/core/sched/scheduler.py (at most max_num_seqs run), request_queue.py (a smaller priority first, then
// the earlier arrival; with fcfs every priority is 0, see errors.ts). Nothing is preempted here.

export interface Scheduler {
  readonly running: number
  readonly waiting: number
  readonly peakRunning: number
  /** Resolves with a release function once a slot is free; rejects if the caller goes away while waiting. */
  enter(priority: number, signal: AbortSignal): Promise<() => void>
}

interface Waiter {
  priority: number
  order: number
  start: () => void
}

export function createScheduler(maxNumSeqs: number): Scheduler {
  let running = 0
  let peak = 0
  let order = 0
  let waiting: Waiter[] = []
  const start = () => {
    running += 1
    peak = Math.max(peak, running)
  }
  const release = () => {
    running -= 1
    const next = waiting.toSorted((a, b) => a.priority - b.priority || a.order - b.order)[0]
    if (!next) return
    waiting = waiting.filter((waiter) => waiter !== next)
    start()
    next.start()
  }
  return {
    get running() {
      return running
    },
    get waiting() {
      return waiting.length
    },
    get peakRunning() {
      return peak
    },
    enter(priority, signal) {
      if (running < maxNumSeqs) {
        start()
        return Promise.resolve(release)
      }
      return new Promise((resolve, reject) => {
        const waiter: Waiter = { priority, order: order++, start: () => resolve(release) }
        waiting.push(waiter)
        signal.addEventListener('abort', () => {
          waiting = waiting.filter((other) => other !== waiter)
          reject(signal.reason)
        })
      })
    },
  }
}

export interface TokenGate {
  /** Every request may send this many tokens and then waits. */
  allow(tokens: number): void
  readonly allowed: number
  /** Waits until token number `index` may leave. */
  pass(index: number, signal: AbortSignal): Promise<void>
}

export function createTokenGate(): TokenGate {
  let allowed = Number.POSITIVE_INFINITY
  let wake = new Set<() => void>()
  return {
    allow(tokens) {
      allowed = tokens
      const woken = wake
      wake = new Set()
      for (const go of woken) go()
    },
    get allowed() {
      return allowed
    },
    async pass(index, signal) {
      while (index >= allowed && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake.add(resolve)
          signal.addEventListener('abort', () => resolve(), { once: true })
        })
      }
    },
  }
}

/** Sleeps, or returns early when the client is gone. */
export function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
