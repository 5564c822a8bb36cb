// What is asked of a platform once and remembered for a while: names and the like, that nobody waits long for.
import { type Clock, delay } from './clock.ts'
import { Recent } from './recent.ts'

/** Longer than this no intake waits for a name. */
const PATIENCE_MS = 300
const TTL_MS = 10 * 60_000
const FAILED_TTL_MS = 30_000
const MAX_KNOWN = 5_000

export interface Asked<V> {
  /** Null when it is not said, or not in time: by default 300 ms. */
  ask(key: string, fetch: () => Promise<V | null>, patienceMs?: number): Promise<V | null>
  known(key: string): V | undefined
}

/** One question at a time per key; whoever is in a hurry goes on without the answer, which is kept for the next. */
export function createAsked<V>(clock: Clock): Asked<V> {
  const kept = new Recent<string, { value: V | null }>({ max: MAX_KNOWN, ttlMs: TTL_MS, clock })
  const pending = new Map<string, Promise<V | null>>()
  return {
    known: (key) => kept.get(key)?.value ?? undefined,
    async ask(key, fetch, patienceMs = PATIENCE_MS) {
      const known = kept.get(key)
      if (known) return known.value
      const asked =
        pending.get(key) ??
        fetch()
          // Whatever went wrong, to whoever asks it is only not said; and some ask without waiting for it.
          .catch(() => null)
          .then((value) => {
            kept.set(key, { value }, value === null ? FAILED_TTL_MS : TTL_MS)
            return value
          })
          .finally(() => pending.delete(key))
      pending.set(key, asked)
      const stop = new AbortController()
      const late = delay(clock, patienceMs, stop.signal).then(() => null)
      const value = await Promise.race([asked, late])
      stop.abort()
      return value
    },
  }
}
