// What was found as it was asked may be about something else, while the page that answers stands in the other language:
// when the model finds no answer in it, the question is put otherwise and searched for once more.
import type { Turn } from '../../src/core/turn.ts'
import type { Ground, Grounding } from './grounding.ts'

export interface SecondLook {
  /** With what is known of the question by now. */
  ground: Ground
  /** There is something new to go by; otherwise the first passages are all there is. */
  isWorthIt: boolean
}

/** Asks nothing for a question that has been put otherwise already. */
export async function lookAgain(
  find: Grounding | undefined,
  turn: Turn,
  text: string,
  ground: Ground,
  signal: AbortSignal,
): Promise<SecondLook> {
  const isUnderstood = ground.facts.asked !== undefined || ground.facts.prepareMs !== undefined
  if (!find || ground.type !== 'passages' || isUnderstood) return { ground, isWorthIt: false }
  const second = await find(turn, text, signal, true)
  const facts = { ...ground.facts, ...second.facts }
  // Advertising, and what goes to people, are met as ever; small talk was a question to the search.
  if (second.type === 'free') {
    const isMatter = facts.topic !== undefined || facts.intent === 'spam'
    return isMatter
      ? { ground: { ...second, facts }, isWorthIt: true }
      : { ground: { ...ground, facts }, isWorthIt: false }
  }
  const known = new Set(ground.passages.map(({ chunk }) => chunk.id))
  const isNew = second.type === 'passages' && second.passages.some(({ chunk }) => !known.has(chunk.id))
  return isNew
    ? { ground: { ...second, facts }, isWorthIt: true }
    : { ground: { ...ground, facts }, isWorthIt: false }
}
