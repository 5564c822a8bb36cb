// Failures on demand: the next matching request gets an error, is delayed, or is carried out and its answer lost.

export interface Fault {
  /** answer with this status; without it (and without delayMs) the connection is cut */
  status?: number
  body?: unknown
  /** how many requests are hit; default 1 */
  times?: number
  /** seconds, for 429 */
  retryAfter?: number
  global?: boolean
  /** true: the action is done before the failure, so the client cannot know that it happened */
  afterEffect?: boolean
  /** only delays: the request then goes on as usual */
  delayMs?: number
}

/**
 * `POST /channels/{channel_id}/messages`, `PATCH *messages*` or a regular expression over `METHOD /path`.
 * `{x}`, `:x` match one segment, `*` anything; the path is the real one, without /api/v10 and query.
 */
export type RequestPattern = string | RegExp

function toRegExp(pattern: RequestPattern): RegExp {
  if (pattern instanceof RegExp) return pattern
  const parts = pattern.split(/(\{[^}]+\}|:\w+|\*)/)
  const source = parts.map((part, i) => {
    if (i % 2 === 0) return part.replace(/[.?+^$()[\]\\|]/g, '\\$&')
    return part === '*' ? '.*' : '[^/]+'
  })
  return new RegExp(`^${source.join('')}$`)
}

export interface Faults {
  failNext(pattern: RequestPattern, fault?: Fault): void
  /** No planned failure hits any more. */
  heal(): void
  take(method: string, path: string): Fault | null
}

export function createFaults(): Faults {
  const planned: { pattern: RegExp; fault: Fault; left: number }[] = []
  return {
    failNext(pattern, fault = {}) {
      planned.push({ pattern: toRegExp(pattern), fault, left: fault.times ?? 1 })
    },
    heal: () => void planned.splice(0),
    take(method, path) {
      const index = planned.findIndex((p) => p.pattern.test(`${method} ${path}`))
      const hit = planned[index]
      if (!hit) return null
      hit.left--
      if (hit.left <= 0) planned.splice(index, 1)
      return hit.fault
    },
  }
}
