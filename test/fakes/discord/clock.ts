// Time for the fakes: real by default, or moved by hand so that 3 s, 15 min and nonce windows need no waiting.

export interface Clock {
  now(): number
  /** Runs `run` once after `ms`; returns a cancel function. */
  after(ms: number, run: () => void): () => void
}

export interface ManualClock extends Clock {
  advance(ms: number): void
}

export const realClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

export function createManualClock(start: number = Date.now()): ManualClock {
  let now = start
  const timers = new Set<{ at: number; run: () => void }>()
  const due = (until: number) => [...timers].filter((t) => t.at <= until).sort((a, b) => a.at - b.at)[0]
  return {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    advance(ms) {
      const until = now + ms
      for (let timer = due(until); timer; timer = due(until)) {
        timers.delete(timer)
        now = Math.max(now, timer.at)
        timer.run()
      }
      now = until
    },
  }
}
