// What the memory has to say of one part of a text, and how the part goes into it.
import { takeOutLinks } from '../checks/links.ts'
import type { FromMemory, TranslateRequest } from '../model.ts'
import { hasPersonal } from './correct.ts'
import { kindsOf } from './key.ts'
import type { Memory, MemoryKey, Remembered } from './model.ts'

export interface Recalled {
  known: Remembered | null
  /** Only where none is known. */
  near: Remembered | null
  /** Of what was found right. */
  keep(translation: string): Promise<void>
}

export type Recall = (part: string, kept: readonly string[]) => Promise<Recalled>

const NOTHING: Recalled = { known: null, near: null, keep: async () => undefined }

export const NO_RECALL: Recall = async () => NOTHING

export function recallIn(
  memory: Memory | undefined,
  { workspace, memory: whose, to, tone }: TranslateRequest,
  { from, revision, hear }: Pick<MemoryKey, 'from' | 'revision'> & { hear(revision: string): void },
): Recall {
  if (!memory || !whose) return NO_RECALL
  const scope = { workspace, ...whose }
  return async (part, kept) => {
    const source = part.normalize('NFC')
    const key = { source, kinds: kindsOf(source, kept), from, to, tone: tone ?? 'polite', revision }
    const { known, revision: now } = await memory.exact(scope, key)
    hear(now)
    return {
      known,
      near: known === null ? await memory.near(scope, key) : null,
      async keep(translation) {
        const isClean = takeOutLinks(part, translation).flags.length === 0
        if (isClean && !hasPersonal(part) && !hasPersonal(translation))
          await memory.keep(scope, key, translation)
      },
    }
  }
}

const COST: readonly (FromMemory | null)[] = ['corrected', 'exact', 'fuzzy', null]

export function costliest(parts: readonly (FromMemory | null)[]): FromMemory | null {
  return parts.reduce((most, one) => (COST.indexOf(one) > COST.indexOf(most) ? one : most), parts[0] ?? null)
}
