// What is kept of finished translations: parts of texts as a model sees them, with ⟦1⟧ for names, links, codes and numbers
// of orders, so that none of those is kept, and so that a text which differs in nothing else is known.
import { createHash } from 'node:crypto'
import type { TargetLang } from '../../core/target-lang.ts'
import type { Tone } from '../../core/tone.ts'

/** Nobody outside the audience ever gets what was translated in it. */
export interface MemoryScope {
  workspace: string
  audience: string
  /** Whose words they are: what is kept goes when they want to be forgotten. */
  author: string | null
  /** To whom it was written, where that is one person: it goes with them too. */
  about?: string | null
}

export interface MemoryKey {
  /** Protected, in NFC. */
  source: string
  /** What each ⟦n⟧ stands for, by kind: a greeting with a name is no greeting with an emoji. */
  kinds: string
  from: TargetLang | null
  to: TargetLang
  tone: Tone
  /** Of the glossary: what was made with another one does not count. */
  revision: string
}

export interface Remembered {
  source: string
  /** Protected too. */
  translation: string
  /** By a person. It holds whatever becomes of the glossary. */
  isCorrected: boolean
}

export interface Memory {
  exact(scope: MemoryScope, key: MemoryKey): Promise<Remembered | null>
  /** The most similar one, where one is similar enough; never for use as it is. Null too while it is being read in. */
  near(scope: MemoryScope, key: MemoryKey): Promise<Remembered | null>
  /** Nothing that was found wrong, and no personal data, comes here. A correction stays as it is. */
  keep(scope: MemoryScope, key: MemoryKey, translation: string): Promise<void>
}

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
