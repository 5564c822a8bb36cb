// What led up to a message, for whoever has to understand it: pronouns, left-out subjects, words. Only a help: where it cannot
// be had in a moment, a translation does without.
import type { Place } from '../../src/core/inbound.ts'
import type { Context } from '../../src/core/turn.ts'

const LINES = 6
/** Longer than this no translation waits for it. */
const PATIENCE_MS = 1_000

/**
 * The last lines before a message, oldest first, each with its author's name; untrusted. `source` null: the newest ones at
 * the place. Never rejects.
 */
export async function saidBefore(
  { post, signal, log }: Pick<Context, 'post' | 'signal' | 'log'>,
  place: Place,
  source: string | null,
): Promise<string[]> {
  try {
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)])
    const said = await post.outbound.recent(place, LINES, inTime, source ?? undefined)
    return (said ?? []).flatMap(({ author, text }) => (text.trim() === '' ? [] : [`${author}: ${text}`]))
  } catch {
    // Whatever went wrong, to a translation it is only not said.
    log.debug({}, 'what was said before is not known')
    return []
  }
}
