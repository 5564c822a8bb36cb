// Calls within the shared budget: once (for what may be dropped) or until Discord has decided (for what may not).
import type { Budget } from '../core/adapter.ts'
import { type Clock, delay } from '../core/clock.ts'
import type { WriteOptions } from '../core/outbound.ts'
import type { Answer, Call, DiscordApi } from './api.ts'
import { toBotError } from './failure.ts'

/** `drop`: a failed call is answered as it is. `insist`: 429s are waited out and lost answers repeated. */
export type Resolve = 'drop' | 'insist'

/** Which of Discord's limits a call spends, besides the bot's global one. Webhook calls are outside that. */
export interface Spend {
  kind: 'create' | 'edit' | 'other' | 'webhook'
  channel: string
}

export interface Caller {
  /** With `insist` the answer is `ok` or `refused`; throws `platform-unreachable`, `platform-busy` or the signal's reason. */
  call<T>(
    call: Call,
    spend: Spend,
    resolve: Resolve,
    signal?: AbortSignal,
    isOurs?: WriteOptions['isOurs'],
  ): Promise<Answer<T>>
  /** Milliseconds until a droppable call may go out. */
  waitMs(spend: Spend): number
}

const GLOBAL = 'discord:global'
// Not documented, measured by the community for creating and for editing alike: 5 in 5 s per channel.
const PER_CHANNEL = { perMinute: 60, burst: 5 }
const LONGEST_WAIT_MS = 60_000
// Repeating is safe because creates carry an enforced nonce and edits say the whole text.
const LOST_PAUSES_MS = [250, 500, 1_000, 2_000, 4_000]

export function createCaller(api: DiscordApi, budget: Budget, clock: Clock): Caller {
  budget.declare(GLOBAL, { perMinute: 3_000, burst: 50 })

  const keysOf = ({ kind, channel }: Spend): string[] => {
    if (kind === 'webhook') return []
    if (kind === 'other') return [GLOBAL]
    const key = `discord:${kind}:${channel}`
    budget.declare(key, PER_CHANNEL)
    return [GLOBAL, key]
  }
  const waitMs = (keys: string[], need: 'must' | 'may'): number =>
    Math.max(0, ...keys.map((key) => budget.waitMs(key, need)))

  const tryOnce = async <T>(call: Call, spend: Spend, need: 'must' | 'may'): Promise<Answer<T>> => {
    const keys = keysOf(spend)
    const wait = waitMs(keys, need)
    if (wait > 0 || !keys.every((key) => budget.take(key, need)))
      return { outcome: 'limited', retryAfterMs: Math.max(wait, 50), isGlobal: false }
    const answer = await api.call<T>(call)
    if (answer.outcome === 'limited') {
      const blocked = answer.isGlobal ? GLOBAL : keys[1]
      if (blocked) budget.block(blocked, answer.retryAfterMs)
    }
    return answer
  }

  return {
    async call<T>(
      call: Call,
      spend: Spend,
      resolve: Resolve,
      signal?: AbortSignal,
      isOurs?: WriteOptions['isOurs'],
    ): Promise<Answer<T>> {
      for (let lost = 0; ; ) {
        // A process that stood still while it waited hears only so that others went on without it.
        isOurs?.()
        signal?.throwIfAborted()
        if (resolve === 'drop') return tryOnce<T>(call, spend, 'may')
        const answer = await tryOnce<T>(call, spend, 'must')
        if (answer.outcome === 'ok' || answer.outcome === 'refused') return answer
        if (answer.outcome === 'limited') {
          // Slow mode can ask for hours: the turn comes back for that, it does not sit here.
          if (answer.retryAfterMs > LONGEST_WAIT_MS) throw toBotError(answer, `channel ${spend.channel}`)
          await delay(clock, answer.retryAfterMs, signal)
          continue
        }
        const pause = LOST_PAUSES_MS[lost++]
        if (pause === undefined) throw toBotError(answer, `channel ${spend.channel}`)
        await delay(clock, pause, signal)
      }
    },
    waitMs: (spend) => waitMs(keysOf(spend), 'may'),
  }
}
