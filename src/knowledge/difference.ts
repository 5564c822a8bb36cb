// Which passages of a document are new, which stay and which go: so that a second import writes only what changed, and
// what hangs on a passage (its translation) stays with it.
import { createHash } from 'node:crypto'
import type { Passage } from './model.ts'

export interface Keyed extends Passage {
  /** The same for the same headings and text; the second of two equal ones has another. */
  key: string
  position: number
}

export interface Kept {
  id: string
  key: string
  position: number
}

export interface Difference {
  added: Keyed[]
  moved: Kept[]
  removed: string[]
}

export function toKeyed(passages: readonly Passage[]): Keyed[] {
  const seen = new Map<string, number>()
  return passages.map(({ headings, text }, position) => {
    const hash = hashOf(JSON.stringify([headings, text]))
    const nth = seen.get(hash) ?? 0
    seen.set(hash, nth + 1)
    return { headings, text, position, key: nth === 0 ? hash : `${hash}.${nth}` }
  })
}

export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 27)
}

export function differenceOf(passages: readonly Passage[], kept: readonly Kept[]): Difference {
  const next = toKeyed(passages)
  const before = new Map(kept.map((chunk) => [chunk.key, chunk]))
  const after = new Set(next.map(({ key }) => key))
  return {
    added: next.filter(({ key }) => !before.has(key)),
    moved: next.flatMap(({ key, position }) => {
      const chunk = before.get(key)
      return chunk && chunk.position !== position ? [{ ...chunk, position }] : []
    }),
    removed: kept.filter(({ key }) => !after.has(key)).map(({ id }) => id),
  }
}
