// A map that forgets: the oldest entry when it is full, and what is too old where it has a lifetime. For what can be
// asked again.
import type { Clock } from './clock.ts'

export type RecentOptions = { max: number } | { max: number; ttlMs: number; clock: Clock }

export class Recent<K, V> {
  readonly #entries = new Map<K, { value: V; until: number }>()
  readonly #options: RecentOptions

  constructor(options: RecentOptions) {
    this.#options = options
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    if (entry.until > this.#now()) return entry.value
    this.#entries.delete(key)
    return undefined
  }

  has(key: K): boolean {
    return this.get(key) !== undefined
  }

  set(key: K, value: V, ttlMs = this.#ttlMs()): void {
    this.#entries.delete(key)
    this.#entries.set(key, { value, until: this.#now() + ttlMs })
    if (this.#entries.size > this.#options.max) this.#entries.delete(this.#entries.keys().next().value as K)
  }

  delete(key: K): void {
    this.#entries.delete(key)
  }

  #now(): number {
    return 'clock' in this.#options ? this.#options.clock.monotonic() : 0
  }

  #ttlMs(): number {
    return 'ttlMs' in this.#options ? this.#options.ttlMs : Number.POSITIVE_INFINITY
  }
}
