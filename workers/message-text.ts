// The words of what somebody wrote, as they are translated or handed on.
import type { Turn } from '../src/core/turn.ts'

export function writtenIn({ messages }: Pick<Turn, 'messages'>): string {
  return linesOf(messages.map(({ text }) => text))
}

export function linesOf(lines: readonly string[]): string {
  return lines.filter((line) => line !== '').join('\n')
}
