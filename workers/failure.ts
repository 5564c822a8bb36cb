// What a failure means for its turn: wait, try again, give up with an apology, or give up in silence. Pure.
import { type BotError, isBotError } from '../src/core/error.ts'

export type FailurePlan =
  /** Not the turn's fault: no attempt is spent. `pausesQueue` when every turn would meet the same. */
  | { type: 'wait'; ms: number; pausesQueue: boolean }
  | { type: 'retry'; ms: number }
  | { type: 'give-up'; apologise: boolean }
  /** Another worker has the lane: nothing may be written. */
  | { type: 'fenced' }

export const MAX_ATTEMPTS = 4
const MAX_BACKOFF_MS = 15_000

/** The model or the platform is away or busy: waiting helps, trying harder does not. */
const NOT_ITS_FAULT = new Set([
  'model-unreachable',
  'model-overloaded',
  'platform-busy',
  'platform-unreachable',
  'desk-not-ready',
])
/** A platform that is away was already tried for seconds, and each attempt asks the model again. */
const PLATFORM_STEP = 3
/** A refused token may be a short disturbance; each attempt asks the model again. */
const TOKEN_PAUSE_MS = 60_000
const MODEL_AWAY = new Set(['model-unreachable', 'model-overloaded'])
/** Nobody could read an apology. */
const NOWHERE_TO_SAY = new Set(['place-gone', 'place-forbidden', 'handle-expired'])

/** `attempts`: failures of the turn before this one. `waits`: how often in a row the queue has waited. `random` in [0, 1). */
export function planFailure(error: unknown, attempts: number, waits: number, random: number): FailurePlan {
  if (isBotError(error)) {
    if (error.code === 'lease-lost') return { type: 'fenced' }
    if (NOWHERE_TO_SAY.has(error.code)) return { type: 'give-up', apologise: false }
    if (NOT_ITS_FAULT.has(error.code)) {
      const pausesQueue = MODEL_AWAY.has(error.code)
      const ms = error.retryAfterMs ?? backoff(pausesQueue ? waits : PLATFORM_STEP, random)
      // A platform that is asked too early takes it ill; a model may be there again long before the hour it named.
      return { type: 'wait', ms: pausesQueue ? Math.min(ms, MAX_BACKOFF_MS) : ms, pausesQueue }
    }
    if (!error.retryable) return { type: 'give-up', apologise: true }
  }
  // Somebody has to put a new token in, and until then nothing can be said there.
  const isMute = isBotError(error) && error.code === 'token-refused'
  if (attempts + 1 >= MAX_ATTEMPTS) return { type: 'give-up', apologise: !isMute }
  return { type: 'retry', ms: isMute ? TOKEN_PAUSE_MS : backoff(attempts, random) }
}

/** Exponential from one second, at most 15 s, with full jitter on its upper half. */
function backoff(step: number, random: number): number {
  const ceiling = Math.min(MAX_BACKOFF_MS, 1_000 * 2 ** Math.min(step, 6))
  return Math.round(ceiling / 2 + (random * ceiling) / 2)
}

/** Nothing can be written down about the turn, so it is not the turn's failure. */
export function isDatabaseAway(error: unknown): error is BotError {
  return isBotError(error) && error.code === 'database-away'
}
