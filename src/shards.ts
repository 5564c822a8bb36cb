// The shards of a large Discord bot as one gateway. Each has a lease of its own, so several processes may share them.
import type { Gateway } from './core/adapter.ts'
import { type Clock, delay } from './core/clock.ts'

/** A bot may identify once in this time. Source: discord-api-docs, events/gateway "Identifying", max_concurrency. */
const BETWEEN_MS = 5_000

/** One gateway is given back as it is. They are started one after the other, stopped together. */
export function joinShards(shards: readonly Gateway[], clock: Clock): Gateway {
  const [first] = shards
  if (!first) throw new Error('a bot has one shard at least')
  if (shards.length === 1) return first
  const closing = new AbortController()
  return {
    platform: first.platform,
    mounts: [],
    async start() {
      await first.start()
      for (const shard of shards.slice(1)) {
        await delay(clock, BETWEEN_MS, closing.signal)
        if (closing.signal.aborted) return
        await shard.start()
      }
    },
    ready() {
      const states = shards.map((shard) => shard.ready())
      const down = states.flatMap(({ ok, reason }, shard) => (ok ? [] : [`shard ${shard}: ${reason}`]))
      return { ok: down.length === 0, reason: down.join('; ') }
    },
    async [Symbol.asyncDispose]() {
      closing.abort()
      await Promise.all(shards.map((shard) => shard[Symbol.asyncDispose]()))
    },
  }
}
