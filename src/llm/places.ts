// The places at the model that no queue counts: chats have a queue of their own, but batch work and messages that are
// handed on share the rest. Each call holds a named lease in the database, so that all processes together keep to them.
import { type Clock, delay } from '../core/clock.ts'
import { BotError } from '../core/error.ts'
import { withAnswer } from './before.ts'
import { modelFailures } from './failure.ts'
import { BATCH_PRIORITY, type Model } from './model.ts'

/** `hold` takes a name or keeps it; false: somebody else has it. */
export interface PlaceLeases {
  hold(name: string, owner: string, leaseMs: number): Promise<boolean>
  letGo(name: string, owner: string): Promise<void>
}

export interface Place extends AsyncDisposable {
  /** This process was too slow to keep it: another may have it by now. */
  readonly lost: AbortSignal
}

export interface Places {
  /** The lowest priority number that waits here gets the next one. Null when `signal` aborts first. */
  take(priority: number, signal: AbortSignal): Promise<Place | null>
}

/** A place whose process has died is free after this. */
const LEASE_MS = 6_000
const RENEW_MS = 1_500
/** Whoever waits for batch work alone looks less often, so that others come first in all processes. */
const LOOK_MS = 60
const LOOK_LATER_MS = 300
/** A database that is away for no longer than this costs nobody their turn. */
const AWAY_MS = 5_000

interface Waiter {
  priority: number
  resolve(place: Place | null): void
  reject(error: unknown): void
}

/** `count`: how many there are in all processes together. `owner`: this process. */
export function createPlaces(options: {
  leases: PlaceLeases
  count: number
  owner: string
  clock: Clock
}): Places {
  const { leases, count, owner, clock } = options
  const waiting: Waiter[] = []
  const held = new Set<string>()
  let calls = 0
  let isLooking = false
  /** While only batch work waits for the next look. */
  let napping: AbortController | null = null

  const takeOne = async (): Promise<Place | null> => {
    const me = `${owner}:${++calls}`
    for (let n = 0; n < count; n++) {
      const name = `model:${(calls + n) % count}`
      if (held.has(name)) continue
      if (await leases.hold(name, me, LEASE_MS)) {
        held.add(name)
        return keep(name, me)
      }
    }
    return null
  }

  const keep = (name: string, me: string): Place => {
    const lost = new AbortController()
    const renew = async (): Promise<void> => {
      // A database that is away gives it to nobody else either.
      const isOurs = await leases.hold(name, me, LEASE_MS).catch(() => true)
      if (!isOurs) lost.abort()
      else if (held.has(name)) cancel = later()
    }
    const later = (): (() => void) =>
      clock.after(RENEW_MS, () => {
        renewing = renew()
      })
    let renewing = Promise.resolve()
    let cancel = later()
    return {
      lost: lost.signal,
      async [Symbol.asyncDispose]() {
        held.delete(name)
        cancel()
        // Or a renewal on its way would take again what is let go.
        await renewing
        // It is free in a moment anyway.
        await leases.letGo(name, me).catch(() => undefined)
      },
    }
  }

  /** One look at a time in a process, for whoever is first. */
  const look = async (): Promise<void> => {
    if (isLooking) return
    isLooking = true
    let awaySince: number | null = null
    try {
      while (waiting.length > 0) {
        try {
          const place = await takeOne()
          awaySince = null
          const next = place && waiting.shift()
          if (next) next.resolve(place)
          else if (place) await place[Symbol.asyncDispose]()
          else await rest()
        } catch (error) {
          awaySince ??= clock.monotonic()
          if (clock.monotonic() - awaySince >= AWAY_MS) throw error
          await delay(clock, LOOK_LATER_MS)
        }
      }
    } catch (error) {
      for (const waiter of waiting.splice(0)) waiter.reject(error)
    } finally {
      isLooking = false
    }
  }

  const rest = async (): Promise<void> => {
    if ((waiting[0]?.priority ?? 0) < BATCH_PRIORITY) return delay(clock, LOOK_MS)
    napping = new AbortController()
    await delay(clock, LOOK_LATER_MS, napping.signal)
    napping = null
  }

  return {
    take(priority, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<Place | null>()
      const waiter = { priority, resolve, reject }
      const at = waiting.findIndex((other) => other.priority > priority)
      waiting.splice(at < 0 ? waiting.length : at, 0, waiter)
      const giveUp = (): void => {
        const index = waiting.indexOf(waiter)
        if (index < 0) return
        waiting.splice(index, 1)
        resolve(null)
      }
      if (signal.aborted) giveUp()
      signal.addEventListener('abort', giveUp, { once: true })
      if (priority < BATCH_PRIORITY) napping?.abort()
      void look()
      return promise.finally(() => signal.removeEventListener('abort', giveUp))
    },
  }
}

/** `takes`: whether a request of this priority needs one of the places. */
export function createPlacedModel(model: Model, places: Places, takes: (priority: number) => boolean): Model {
  return withAnswer(model, async (request, onText, onRestart) => {
    const { priority = 0, signal } = request
    if (!takes(priority)) return model.answer(request, onText, onRestart)
    await using place = await places.take(priority, signal)
    if (place === null) throw modelFailures.aborted(signal.reason)
    try {
      const both = AbortSignal.any([signal, place.lost])
      return await model.answer({ ...request, signal: both }, onText, onRestart)
    } catch (error) {
      throw place.lost.aborted && !signal.aborted ? placeLost(error) : error
    }
  })
}

function placeLost(cause: unknown): BotError {
  return new BotError('model-overloaded', {
    retryable: true,
    say: { ko: '지금 질문이 몰려 있어요.', en: 'There are many questions right now.' },
    hint: 'This process was too slow to keep its place at the model. Is the machine overloaded?',
    cause,
  })
}
