// What is kept of finished translations: parts of texts as a model sees them, with ⟦1⟧ for names, links, codes and numbers
// of orders, so that none of those is kept, and so that a text which differs in nothing else is known. Types only.
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
  /** `revision`: of the glossary as it is now. */
  exact(scope: MemoryScope, key: MemoryKey): Promise<{ known: Remembered | null; revision: string }>
  /** The most similar one, where one is similar enough; never for use as it is. Null too while it is being read in. */
  near(scope: MemoryScope, key: MemoryKey): Promise<Remembered | null>
  /** Nothing that was found wrong, and no personal data, comes here. A correction stays as it is. */
  keep(scope: MemoryScope, key: MemoryKey, translation: string): Promise<void>
}
