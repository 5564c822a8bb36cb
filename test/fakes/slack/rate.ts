// Slack's rate limits: how many calls of a method one workspace may make in a minute.

// docs.slack.dev apis/web-api/rate-limits: tiers 1–4 are 1, 20, 50 and 100 calls a minute, "or more".
const PER_MINUTE = { t1: 1, t2: 20, t3: 50, t4: 100, special: 600 } as const
type Tier = keyof typeof PER_MINUTE

// Each from the method's own page on docs.slack.dev (facts A2); unknown methods count as tier 3.
const TIER_OF: Record<string, Tier> = {
  'apps.connections.open': 't1',
  'apps.manifest.validate': 't2',
  'auth.test': 'special',
  'assistant.threads.setStatus': 'special',
  'assistant.threads.setSuggestedPrompts': 't4',
  'assistant.threads.setTitle': 't4',
  'agents.sessions.setStatus': 't3',
  'agents.sessions.rename': 't3',
  'bots.info': 't3',
  'chat.postEphemeral': 't4',
  'chat.update': 't3',
  'chat.delete': 't3',
  'chat.getPermalink': 'special',
  'chat.startStream': 't2',
  'chat.appendStream': 't4',
  'chat.stopStream': 't2',
  'conversations.history': 't3',
  'conversations.replies': 't3',
  'conversations.info': 't3',
  'conversations.join': 't3',
  'conversations.list': 't2',
  'conversations.members': 't4',
  'conversations.open': 't3',
  'files.info': 't4',
  'files.getUploadURLExternal': 't4',
  'files.completeUploadExternal': 't4',
  'reactions.add': 't3',
  'reactions.remove': 't2',
  'usergroups.users.list': 't2',
  'users.info': 't4',
  'views.open': 't4',
  'views.update': 't4',
  'views.publish': 't4',
}

// Our assumption, since Slack only says that bursts are "tolerated": a tenth more within the minute.
const BURST = 1.1
// Our assumption: one app may open its ten sockets at once (facts A1), although the method is tier 1.
const CONNECTIONS_AT_ONCE = 10
// docs.slack.dev chat.postMessage: one a second per channel, short bursts allowed; we allow five.
const POST_BURST = 5
// docs.slack.dev chat.postMessage: "several hundred" a minute in a workspace.
const POSTS_PER_MINUTE = 300

// docs.slack.dev changelog 2025-05-29: commercially distributed apps outside the Marketplace.
const HISTORY_METHODS = new Set(['conversations.history', 'conversations.replies'])

export interface RateLimiter {
  /** Seconds to wait, or 0 when the call may go on; a refused call costs nothing. */
  take(method: string, channel: string | undefined): number
}

export function createRateLimiter(
  now: () => number,
  scale: number,
  distribution: 'internal' | 'commercial' = 'internal',
): RateLimiter {
  const windows = new Map<string, MinuteWindow>()
  const buckets = new Map<string, { tokens: number; at: number }>()
  const windowOf = (key: string, limit: number) => {
    const known = windows.get(key)
    if (known) return known
    const made = new MinuteWindow(Math.max(1, Math.floor(limit * scale)))
    windows.set(key, made)
    return made
  }
  return {
    take(method, channel) {
      const at = now()
      if (distribution === 'commercial' && HISTORY_METHODS.has(method)) {
        return toSeconds(windowOf(method, 1).take(at))
      }
      if (method !== 'chat.postMessage') {
        const tier = PER_MINUTE[TIER_OF[method] ?? 't3']
        const limit = method === 'apps.connections.open' ? CONNECTIONS_AT_ONCE : tier * BURST
        return toSeconds(windowOf(method, limit).take(at))
      }
      const workspace = windowOf(method, POSTS_PER_MINUTE)
      const key = channel ?? ''
      const bucket = buckets.get(key) ?? { tokens: POST_BURST * scale, at }
      buckets.set(key, bucket)
      bucket.tokens = Math.min(POST_BURST * scale, bucket.tokens + ((at - bucket.at) / 1000) * scale)
      bucket.at = at
      if (bucket.tokens < 1) return toSeconds(((1 - bucket.tokens) / scale) * 1000)
      const waitMs = workspace.take(at)
      if (waitMs === 0) bucket.tokens -= 1
      return toSeconds(waitMs)
    },
  }
}

function toSeconds(waitMs: number): number {
  return waitMs <= 0 ? 0 : Math.max(1, Math.ceil(waitMs / 1000))
}

/** At most `limit` calls in any 60 seconds. */
class MinuteWindow {
  readonly #limit: number
  readonly #times: number[] = []
  #head = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** 0 when taken, otherwise the milliseconds until a place is free. */
  take(at: number): number {
    while (this.#head < this.#times.length && (this.#times[this.#head] ?? 0) <= at - 60_000) this.#head += 1
    if (this.#head > 1000) {
      this.#times.splice(0, this.#head)
      this.#head = 0
    }
    if (this.#times.length - this.#head >= this.#limit) return (this.#times[this.#head] ?? at) + 60_000 - at
    this.#times.push(at)
    return 0
  }
}
