// A case's conversation as the model reads it.
import type { Line } from '../../src/desk/model.ts'

const NAMES = { customer: 'Customer', staff: 'Agent', bot: 'Bot', other: 'Somebody else' } as const
/** Of the newest; a model's context is not for the longest of pastes. */
const MAX_TRANSCRIPT_CHARS = 12_000
const MAX_LINE_CHARS = 2_000

/** For the model, oldest first. */
export function transcriptOf(lines: readonly Line[]): string {
  const said: string[] = []
  let room = MAX_TRANSCRIPT_CHARS
  for (const { by, text } of lines.toReversed()) {
    const line = `${NAMES[by]}: ${text.slice(0, MAX_LINE_CHARS).toWellFormed()}`
    room -= line.length
    if (room < 0) break
    said.unshift(line)
  }
  return said.join('\n')
}
