// Per-route buckets and the global limit, with the headers and 429 answers Discord gives.
// Source: discord-api-docs topics/rate-limits.mdx; the sizes of message, edit, reaction and rename buckets are
// measured by the community (facts B2) and may change: clients must follow the headers.
import type { World } from '../world.ts'

export interface Bucket {
  /** what X-RateLimit-Bucket names: the same for all channels */
  name: string
  limit: number
  windowMs: number
}

export const buckets = {
  other: { name: 'other', limit: 50, windowMs: 1000 },
  create: { name: 'message-create', limit: 5, windowMs: 5000 },
  edit: { name: 'message-edit', limit: 5, windowMs: 5000 },
  remove: { name: 'message-delete', limit: 5, windowMs: 1000 },
  reaction: { name: 'reaction', limit: 1, windowMs: 250 },
  typing: { name: 'typing', limit: 5, windowMs: 5000 },
  rename: { name: 'channel-rename', limit: 2, windowMs: 600_000 },
  webhook: { name: 'webhook', limit: 5, windowMs: 2000 },
} satisfies Record<string, Bucket>

export interface Verdict {
  headers: Record<string, string>
  /** null = go ahead */
  blocked: { retryAfterMs: number; global: boolean; scope: 'user' | 'global' } | null
}

interface Counter {
  used: number
  resetAt: number
}

export function createRateLimits(world: World) {
  const counters = new Map<string, Counter>()
  const { settings, clock } = world

  function take(key: string, limit: number, windowMs: number): { counter: Counter; ok: boolean } {
    const now = clock.now()
    let counter = counters.get(key)
    if (!counter || counter.resetAt <= now) {
      if (counters.size > 5000) for (const [k, c] of counters) if (c.resetAt <= now) counters.delete(k)
      counter = { used: 0, resetAt: now + windowMs / settings.rateScale }
      counters.set(key, counter)
    }
    if (counter.used >= limit) return { counter, ok: false }
    counter.used++
    return { counter, ok: true }
  }

  return {
    /** `major` is the channel, guild or webhook id; `countsGlobally` is false for interaction endpoints. */
    check(bucket: Bucket, major: string, countsGlobally: boolean): Verdict {
      if (settings.rateLimits === 'off') return { headers: {}, blocked: null }
      if (countsGlobally) {
        const { counter, ok } = take('global', 50, 1000)
        const retryAfterMs = counter.resetAt - clock.now()
        if (!ok) return { headers: {}, blocked: { retryAfterMs, global: true, scope: 'global' } }
      }
      const { counter, ok } = take(`${bucket.name}:${major}`, bucket.limit, bucket.windowMs)
      const leftMs = Math.max(0, counter.resetAt - clock.now())
      return {
        headers: {
          'X-RateLimit-Limit': String(bucket.limit),
          'X-RateLimit-Remaining': String(bucket.limit - counter.used),
          'X-RateLimit-Reset': (counter.resetAt / 1000).toFixed(3),
          'X-RateLimit-Reset-After': (leftMs / 1000).toFixed(3),
          'X-RateLimit-Bucket': bucket.name,
        },
        blocked: ok ? null : { retryAfterMs: leftMs, global: false, scope: 'user' },
      }
    },
  }
}

export type RateLimits = ReturnType<typeof createRateLimits>
