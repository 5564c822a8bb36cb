// Delivery faults of the gateway: events sent twice, or held back and released later, in another order if wished.
// Source: discord-api-docs events/gateway.mdx: a resumed session may replay events the app has already seen.
import type { Dispatch } from '../model.ts'

export interface HeldEvents {
  readonly count: number
  /** Delivers what was held and stops holding. */
  release(order?: 'in order' | 'reversed'): void
}

export interface Delivery {
  emit(dispatch: Dispatch): void
  duplicateNext(event: string, times?: number): void
  hold(event: string): HeldEvents
}

export function createDelivery(deliver: (dispatch: Dispatch) => void): Delivery {
  const duplicates = new Map<string, number>()
  const holds: { event: string; held: Dispatch[] }[] = []
  return {
    emit(dispatch) {
      const hold = holds.find((h) => h.event === dispatch.event)
      if (hold) {
        hold.held.push(dispatch)
        return
      }
      deliver(dispatch)
      const left = duplicates.get(dispatch.event) ?? 0
      if (left === 0) return
      duplicates.set(dispatch.event, left - 1)
      deliver(dispatch)
    },
    duplicateNext(event, times = 1) {
      duplicates.set(event, (duplicates.get(event) ?? 0) + times)
    },
    hold(event) {
      const hold = { event, held: [] as Dispatch[] }
      holds.push(hold)
      return {
        get count() {
          return hold.held.length
        },
        release(order = 'in order') {
          holds.splice(holds.indexOf(hold), 1)
          const events = order === 'reversed' ? hold.held.reverse() : hold.held
          for (const dispatch of events) deliver(dispatch)
        },
      }
    },
  }
}
