// An answer whose text is finished, kept with its turn while the platform is away: the model is not asked for it again.
import type { Written } from '../src/core/turn.ts'
import type { ClaimedTurn } from '../src/store/model.ts'
import { hashOf } from './hash.ts'

/** What changes in the facts of a turn that goes back; null forgets what was written. */
export function toFacts(turn: ClaimedTurn, written: Written | null): Record<string, unknown> {
  return { written, writtenTo: written ? questionOf(turn) : null }
}

/** Null when nothing is kept, or when it answers what is no longer asked. */
export function writtenOf(turn: ClaimedTurn): Written | null {
  const written = (turn.facts['written'] ?? null) as Written | null
  return turn.facts['writtenTo'] === questionOf(turn) ? written : null
}

/** What is asked, to tell whether it still is. */
export function questionOf({ messages }: ClaimedTurn): string {
  return hashOf(messages.map(({ source, text }) => `${source}\n${text}`).join('\n'))
}
