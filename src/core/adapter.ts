// What an adapter is given and what it gives: the only seam between the platforms and the rest.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Choice } from './content.ts'
import type { Receipt } from './decision.ts'
import type { Lang } from './error.ts'
import type { Inbound, Platform } from './inbound.ts'

/**
 * Hands an event over. Resolves once all that must survive is committed: acknowledge then. Rejects when it could not be
 * committed: do not acknowledge (Slack redelivers), or apologise (Discord does not).
 */
export type Deliver = (inbound: Inbound) => Promise<Receipt>

/** Choices for an option that is being typed; an empty list when there are none in 1.5 s. */
export type Complete = (query: {
  workspace: string
  channel: string
  lang: Lang
  command: string
  option: string
  prefix: string
  options: Record<string, string | number | boolean>
}) => Promise<Choice[]>

/** A path that the one HTTP port serves for an adapter, mounted before any body parser. */
export interface Mount {
  path: string
  handle(request: IncomingMessage, response: ServerResponse): void
}

/** The gateway half of an adapter. Workers use only the Outbound half and open no gateway. */
export interface Gateway extends AsyncDisposable {
  /** What it is called where its state is shown. */
  readonly platform: Platform
  readonly mounts: readonly Mount[]
  /** Connects; resolves when events can arrive. */
  start(): Promise<void>
  /** `false` with the reason while it cannot receive. */
  ready(): { ok: boolean; reason: string }
}

/** Shared spending of a platform's rate limits (store/budgets.ts). All calls are synchronous: no database on the way to a first word. */
export interface Budget {
  /** Takes one call of `key` now, or says no. `may` leaves the last fifth to `must`; `must` is refused only after a 429. */
  take(key: string, need: 'must' | 'may'): boolean
  /** Milliseconds until `take` may succeed; 0 = now. */
  waitMs(key: string, need: 'must' | 'may'): number
  /** A 429: nobody calls `key` for this long, in any process. */
  block(key: string, ms: number): void
  /** Declares a key with its real limit; idempotent, cheap. Also fetches a first share in the background. */
  declare(key: string, limit: { perMinute: number; burst: number }): void
}
