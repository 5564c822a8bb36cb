// What a message that is handed on says: its words, and the files that stay where they are, named, with the way to them.
import type { Lang } from '../src/core/error.ts'
import type { Turn } from '../src/core/turn.ts'
import { plain } from './card.ts'
import type { DeskDeps } from './desk.ts'

export function writtenIn({ messages }: Pick<Turn, 'messages'>): string {
  return messages
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join('\n')
}

/** A line per file, and a link to where they are. */
export function filesOf(
  { messages, place }: Turn,
  { linkTo }: Pick<DeskDeps, 'linkTo'>,
  lang: Lang,
): string[] {
  return messages.flatMap(({ attachments, source }) => {
    const link = attachments.length > 0 ? linkTo(place, source) : null
    const files = attachments.map(({ name, bytes }) => `📎 ${plain(name)} (${sizeOf(bytes, lang)})`)
    return [...files, ...(link ? [link] : [])]
  })
}

export function linesOf(lines: readonly string[]): string {
  return lines.filter((line) => line !== '').join('\n')
}

function sizeOf(bytes: number, lang: Lang): string {
  const kb = Math.max(1, Math.round(bytes / 1024))
  return kb < 1_024 ? `${kb.toLocaleString(lang)} KB` : `${Math.round(kb / 102.4) / 10} MB`
}
