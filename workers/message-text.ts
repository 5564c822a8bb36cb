// The words of what somebody wrote, as they are translated or handed on.
import type { Turn } from '../src/core/turn.ts'
import { splitNotes } from '../src/text/notes.ts'

export function writtenIn({ messages }: Pick<Turn, 'messages'>): string {
  return linesOf(messages.map(({ text }) => text))
}

/** Of staff, in the thread of a case: to the customer, without what they note for each other. */
export function saidIn(turn: Pick<Turn, 'messages'>): string {
  return splitNotes(writtenIn(turn)).said
}

export function linesOf(lines: readonly string[]): string {
  return lines.filter((line) => line !== '').join('\n')
}
