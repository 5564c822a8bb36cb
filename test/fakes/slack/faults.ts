// Faults a test orders for coming Web API calls: 429 storms, 500s, lost answers, dropped connections.
import type { Dict } from './shapes.ts'

export interface FaultOrder {
  /** HTTP status; 429 with `retryAfter` is a rate limit. With only `error` the status is 200. */
  status?: number
  /** `{ok: false, error}`. */
  error?: string
  /** Seconds. */
  retryAfter?: number
  /** How many calls fail; 1 by default. */
  times?: number
  /** Slack does what was asked, and only the answer is lost. */
  afterEffect?: boolean
  /** The connection is cut instead of answering. */
  drop?: boolean
  /** The answer comes this much later. */
  delayMs?: number
  /** Only calls with matching arguments. */
  when?: (args: Dict) => boolean
}

export interface Faults {
  order(method: string, order: FaultOrder): void
  take(method: string, args: Dict): FaultOrder | undefined
  clear(): void
}

export function createFaults(): Faults {
  const orders: { method: string; order: FaultOrder; left: number }[] = []
  return {
    order(method, order) {
      orders.push({ method, order, left: order.times ?? 1 })
    },
    take(method, args) {
      if (orders.length === 0) return undefined
      const found = orders.find(
        (one) => (one.method === method || one.method === '*') && (one.order.when?.(args) ?? true),
      )
      if (!found) return undefined
      found.left -= 1
      if (found.left <= 0) orders.splice(orders.indexOf(found), 1)
      return found.order
    },
    clear() {
      orders.length = 0
    },
  }
}
