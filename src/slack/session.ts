// Agent sessions of direct messages: their title, and the state by which Slack shows its own Stop button. Best effort.
// Source: docs.slack.dev ai/agent-sessions.
import { type Clock, delay } from '../core/clock.ts'
import type { Place } from '../core/inbound.ts'
import { Recent } from '../core/recent.ts'
import { fitLine } from '../text/line.ts'
import type { Answer, Args } from './api.ts'
import type { Caller } from './caller.ts'
import { isDirect } from './stream.ts'

export interface Sessions {
  /** Shows the Stop button; the title counts only when the session begins. Never rejects. */
  begin(place: Place, title?: string, initiator?: string): Promise<void>
  /** Takes the Stop button away, which nothing else does: to be awaited before the turn ends. Never rejects. */
  end(place: Place): Promise<void>
}

const MAX_TITLE_CHARS = 200
/** What was set this long ago may have been changed by another process, and is set again. */
const KEEP_MS = 60_000
const MAX_KNOWN = 5_000
const END_PAUSES_MS = [200, 800]
/** A turn waits for its end, so a long limit is not sat out. */
const LONGEST_END_PAUSE_MS = 3_000

export function createSessions(caller: Caller, clock: Clock): Sessions {
  // Several parts say that an answer is coming; one call is enough.
  const known = new Recent<string, string>({ max: MAX_KNOWN, ttlMs: KEEP_MS, clock })

  // A begin that still waits for budget must not come after the end.
  const lines = new Map<string, Promise<void>>()
  const inLine = async (key: string, task: () => Promise<void>): Promise<void> => {
    const line = (lines.get(key) ?? Promise.resolve()).then(task)
    lines.set(key, line)
    await line
    if (lines.get(key) === line) lines.delete(key)
  }

  const begun = (workspace: string, args: Args): Promise<Answer> =>
    caller.soon(workspace, 'agents.sessions.setStatus', args)

  /** Like every final write it does not wait for budget, and a lost answer is asked for again: nothing else would end it. */
  const ended = async (workspace: string, args: Args): Promise<Answer> => {
    for (const pause of END_PAUSES_MS) {
      const answer = await caller.once(workspace, 'agents.sessions.setStatus', args, 'must')
      if (answer.outcome === 'ok' || answer.outcome === 'refused') return answer
      const limit = answer.outcome === 'limited' ? answer.retryAfterMs : 0
      await delay(clock, Math.min(Math.max(pause, limit), LONGEST_END_PAUSE_MS))
    }
    return caller.once(workspace, 'agents.sessions.setStatus', args, 'must')
  }

  const set = async (
    place: Place,
    send: (workspace: string, args: Args) => Promise<Answer>,
    args: { status: string; title?: string },
    initiator = '',
  ): Promise<void> => {
    if (!isDirect(place.channel) || place.thread === null) return
    const key = `${place.workspace}:${place.channel}:${place.thread}`
    await inLine(key, async () => {
      const state = `${args.status}:${args.title ?? ''}`
      const before = known.get(key)
      if (before === state || (before?.startsWith(args.status) && args.title === undefined)) return
      known.set(key, state)
      const where = { channel_id: place.channel, thread_ts: place.thread }
      const by = initiator === '' ? {} : { initiator_user_id: initiator }
      const answer = await send(place.workspace, { ...where, ...args, ...by })
      if (answer.outcome !== 'ok') known.delete(key)
    })
  }

  return {
    begin(place, title = '', initiator) {
      const line = fitLine(title, MAX_TITLE_CHARS)
      return set(place, begun, { status: 'processing', ...(line === '' ? {} : { title: line }) }, initiator)
    },
    end: (place) => set(place, ended, { status: 'active' }),
  }
}
