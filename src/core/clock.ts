// Time as a value, so that tests can hold it. Only the process edge makes the real one.

export interface Clock {
  /** Milliseconds since 1970, for what people and rows see. */
  now(): number
  /** Milliseconds that never jump, for deadlines and leases. */
  monotonic(): number
  /** Calls `run` once after `ms`; returns what cancels it. Never keeps the process alive. */
  after(ms: number, run: () => void): () => void
}

/** Null when `promise` takes longer than `ms`; it goes on all the same. */
export async function inTime<T>(clock: Clock, promise: Promise<T>, ms: number): Promise<{ value: T } | null> {
  const stop = new AbortController()
  const late = delay(clock, ms, stop.signal).then(() => null)
  try {
    return await Promise.race([promise.then((value) => ({ value })), late])
  } finally {
    stop.abort()
  }
}

/** Resolves after `ms`, or at once when `signal` aborts. */
export function delay(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      cancel()
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.after(ms, done)
    if (signal?.aborted) done()
    else signal?.addEventListener('abort', done, { once: true })
  })
}
