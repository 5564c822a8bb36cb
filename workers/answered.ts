// How an answer is kept once it has been given, and what it was timed under.
import type { Metrics } from '../src/core/metrics.ts'
import type { AbortReason, Outcome } from '../src/core/turn.ts'
import type { TurnResult } from '../src/store/model.ts'

/** Facts of an answer, in ms, and the metric that each is timed under. */
const TIMED = [
  ['ttftMs', 'model_first_token_seconds'],
  ['modelMs', 'model_seconds'],
  ['askedToWordMs', 'first_word_seconds'],
] as const

type Answered = TurnResult & { facts: Record<string, unknown> }

export function toAnswered(
  { text, lang, facts: noted }: Extract<Outcome, { type: 'answered' }>,
  reason: AbortReason | undefined,
): Answered {
  const facts: Record<string, unknown> = { lang, ...noted }
  const state = reason === 'stop' ? 'stopped' : 'done'
  return { state, answer: text, lang, facts, notified: Boolean(facts['notified']) }
}

/** In seconds, by the metric's name. */
export function timesOf({ facts }: Answered): [Parameters<Metrics['time']>[0], number][] {
  return TIMED.flatMap(([fact, name]) => {
    const ms = facts[fact]
    return typeof ms === 'number' ? [[name, ms / 1000] satisfies [string, number]] : []
  })
}
