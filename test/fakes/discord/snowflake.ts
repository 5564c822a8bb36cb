// Ids as Discord makes them: 42 bits of milliseconds since 2015, then a counter, so that ids sort by time.
// Source: discord-api-docs reference.mdx "Snowflakes".
import type { Clock } from './clock.ts'

const EPOCH = 1_420_070_400_000

export function createSnowflakes(clock: Clock): () => string {
  let lastMs = 0
  let counter = 0
  return () => {
    const ms = Math.max(clock.now(), lastMs)
    counter = ms === lastMs ? counter + 1 : 0
    lastMs = counter > 4095 ? ms + 1 : ms
    if (counter > 4095) counter = 0
    return ((BigInt(lastMs - EPOCH) << 22n) | (1n << 17n) | BigInt(counter)).toString()
  }
}

/** An id as of that moment; unique only if the caller's moments are. */
export function snowflakeAt(ms: number): string {
  return ((BigInt(ms - EPOCH) << 22n) | (1n << 17n)).toString()
}

export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length
  return a < b ? -1 : a > b ? 1 : 0
}
