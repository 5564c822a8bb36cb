// Under what a translation is found again: a hash of all that has to be the same.
import { createHash } from 'node:crypto'
import type { MemoryKey } from './model.ts'

export function hashOf({ source, kinds, from, to, tone }: MemoryKey, revision: string): string {
  const what = JSON.stringify([from, to, tone, revision, kinds, source])
  return createHash('sha256').update(what).digest('hex').slice(0, 32)
}

/** In place of a revision, for corrections. */
export const ANY_REVISION = '*'

/** One letter for each that occurs, in order. */
export function kindsOf(source: string, kept: readonly string[]): string {
  return [...source.matchAll(/⟦(\d{1,4})⟧/g)]
    .map((match) => kindOf(kept[Number(match[1]) - 1] ?? ''))
    .join('')
}

function kindOf(item: string): string {
  if (/^(?:https?:|www\.|<http)/i.test(item)) return 'u'
  if (item.startsWith('`') || item.startsWith('~~~')) return 'c'
  if (/^[@<]/.test(item)) return '@'
  if (/^\p{Extended_Pictographic}|^\p{Regional_Indicator}|^:[\w+-]+:$/u.test(item)) return 'e'
  return /^\[/.test(item) ? item : 'w'
}
