// Calls within the shared budget: once (for what may be dropped) or until Slack has decided (for what may not).
import type { Budget } from '../core/adapter.ts'
import { type Clock, delay } from '../core/clock.ts'
import type { Answer, Args } from './api.ts'
import type { SlackApi } from './workspace-api.ts'

export interface InsistOptions {
  /** Doing it twice does no harm, so a lost answer is asked for again. */
  isRepeatable: boolean
  signal?: AbortSignal
  /** Asked before every try; false aborts `signal` too. */
  isOurs?(): boolean
  /** The call was set aside by reserve(). */
  isReserved?: boolean
}

export interface Caller {
  readonly api: SlackApi
  /** One try, only if the budget allows it now; `limited` without a call otherwise. */
  once(workspace: string, method: Method, args: Args, need?: 'must' | 'may'): Promise<Answer>
  /** Like once(), for small things: waits a moment for a share of the budget that was not used for a while. */
  soon(workspace: string, method: Method, args: Args): Promise<Answer>
  /**
   * Waits for budget and 429s. A lost answer is returned when Slack may have done it and `isRepeatable` is not set, and
   * tried again otherwise. Throws the signal's reason.
   */
  insist(workspace: string, method: Method, args: Args, options: InsistOptions): Promise<Answer>
  /** Milliseconds until a droppable call may go out. */
  waitMs(workspace: string, method: Method, channel?: string): number
  /** Sets one call aside for later: a call made with it does not spend again. */
  reserve(workspace: string, method: Method): boolean
  /** Has shares of what a post at `channel` may need fetched beforehand. */
  declare(workspace: string, channel: string): void
}

// docs.slack.dev apis/web-api/rate-limits and each method's page: tiers 2, 3 and 4 are 20, 50 and 100 calls a minute in a
// workspace. Any minute may see the burst and a minute's refill, so it is their sum that keeps within the tier; for the
// calls that answers are made of it does, the rest never come near.
const LIMITS = {
  'chat.startStream': { perMinute: 10, burst: 10 },
  'chat.appendStream': { perMinute: 60, burst: 40 },
  'chat.stopStream': { perMinute: 10, burst: 10 },
  'chat.update': { perMinute: 30, burst: 20 },
  // "Several hundred" a minute in a workspace, and about one a second in a channel (see below).
  'chat.postMessage': { perMinute: 240, burst: 40 },
  'chat.postEphemeral': { perMinute: 100, burst: 20 },
  'chat.delete': { perMinute: 50, burst: 10 },
  'conversations.replies': { perMinute: 50, burst: 10 },
  'conversations.history': { perMinute: 50, burst: 10 },
  'conversations.open': { perMinute: 50, burst: 10 },
  'conversations.info': { perMinute: 50, burst: 10 },
  'conversations.members': { perMinute: 100, burst: 10 },
  'usergroups.users.list': { perMinute: 20, burst: 10 },
  'users.info': { perMinute: 100, burst: 20 },
  'reactions.add': { perMinute: 50, burst: 10 },
  'reactions.remove': { perMinute: 20, burst: 5 },
  'files.info': { perMinute: 100, burst: 10 },
  'files.getUploadURLExternal': { perMinute: 100, burst: 10 },
  'files.completeUploadExternal': { perMinute: 100, burst: 10 },
  'views.open': { perMinute: 100, burst: 10 },
  'auth.test': { perMinute: 100, burst: 10 },
  'assistant.threads.setStatus': { perMinute: 100, burst: 30 },
  'assistant.threads.setSuggestedPrompts': { perMinute: 100, burst: 10 },
  'agents.sessions.setStatus': { perMinute: 30, burst: 20 },
} as const

export type Method = keyof typeof LIMITS

const EARLY: readonly Method[] = [
  'chat.startStream',
  'chat.appendStream',
  'chat.stopStream',
  'chat.update',
  'chat.postMessage',
  'assistant.threads.setStatus',
]
const POSTS_PER_CHANNEL = { perMinute: 60, burst: 4 }

const SOON_MS = [20, 50, 100, 300]
const LOST_PAUSES_MS = [250, 500, 1_000, 2_000, 4_000]
/** How long a write that must go out prefers to wait for its turn before it takes from the reserve. */
const PATIENCE_MS = 5_000

export function createCaller(api: SlackApi, budget: Budget, clock: Clock): Caller {
  const keyOf = (workspace: string, method: Method): string => {
    const key = `${workspace}:${method}`
    budget.declare(key, LIMITS[method])
    return key
  }
  const keysOf = (workspace: string, method: Method, channel: unknown): string[] => {
    const key = keyOf(workspace, method)
    if (method !== 'chat.postMessage' || typeof channel !== 'string') return [key]
    const ofChannel = `${key}:${channel}`
    budget.declare(ofChannel, POSTS_PER_CHANNEL)
    return [ofChannel, key]
  }
  const waitOf = (keys: string[], need: 'must' | 'may'): number =>
    Math.max(0, ...keys.map((key) => budget.waitMs(key, need)))

  const send = async (workspace: string, method: Method, args: Args, keys: string[]): Promise<Answer> => {
    const answer = await api.call(workspace, method, args)
    // A 429 of chat.postMessage is nearly always the channel's.
    if (answer.outcome === 'limited') budget.block(keys[0]!, answer.retryAfterMs)
    return answer
  }

  const once: Caller['once'] = async (workspace, method, args, need = 'may') => {
    const keys = keysOf(workspace, method, args['channel'])
    // A share too old to be used is fetched again only because somebody tries to take from it.
    if (!keys.every((key) => budget.take(key, need)))
      return { outcome: 'limited', retryAfterMs: Math.max(waitOf(keys, need), 50), isOwn: true }
    return send(workspace, method, args, keys)
  }

  const prepaid = (workspace: string, method: Method, args: Args): Promise<Answer> => {
    const keys = keysOf(workspace, method, args['channel'])
    const wait = waitOf(keys, 'must')
    if (wait > 0) return Promise.resolve({ outcome: 'limited', retryAfterMs: wait, isOwn: true })
    return send(workspace, method, args, keys)
  }

  return {
    api,
    once,
    async soon(workspace, method, args) {
      for (const pause of SOON_MS) {
        const answer = await once(workspace, method, args)
        if (answer.outcome !== 'limited' || !answer.isOwn) return answer
        await delay(clock, pause)
      }
      return once(workspace, method, args)
    },
    async insist(workspace, method, args, { isRepeatable, signal, isOurs, isReserved }) {
      const until = clock.monotonic() + PATIENCE_MS
      let step = 10
      let isPaid = isReserved === true
      for (let lost = 0; ; ) {
        // A process that stood still while it waited hears only so that others went on without it.
        isOurs?.()
        signal?.throwIfAborted()
        const need = clock.monotonic() < until ? 'may' : 'must'
        const answer = await (isPaid ? prepaid(workspace, method, args) : once(workspace, method, args, need))
        isPaid = false
        if (answer.outcome === 'ok' || answer.outcome === 'refused') return answer
        if (answer.outcome === 'limited') {
          // A key that was never used gets its share within milliseconds, so the first looks are quick.
          step = Math.min(step * 2, 250)
          await delay(clock, Math.min(answer.retryAfterMs, step), signal)
          continue
        }
        const pause = LOST_PAUSES_MS[lost++]
        if (pause === undefined || (answer.wasSent && !isRepeatable)) return answer
        await delay(clock, pause, signal)
      }
    },
    waitMs: (workspace, method, channel) => waitOf(keysOf(workspace, method, channel), 'may'),
    reserve: (workspace, method) => budget.take(keyOf(workspace, method), 'may'),
    declare(workspace, channel) {
      for (const key of EARLY.flatMap((method) => keysOf(workspace, method, channel))) {
        // Refused as it will be, this makes a share that is too old come in before it is needed.
        if (budget.waitMs(key, 'may') > 0) budget.take(key, 'may')
      }
    },
  }
}
