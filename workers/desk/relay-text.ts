// The words of a message that is handed on.
import type { Turn } from '../../src/core/turn.ts'

export function writtenIn({ messages }: Pick<Turn, 'messages'>): string {
  return linesOf(messages.map(({ text }) => text))
}

export function linesOf(lines: readonly string[]): string {
  return lines.filter((line) => line !== '').join('\n')
}
