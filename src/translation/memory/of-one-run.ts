// What a command has translated so far, so that a line that comes again costs no model. Gone when the command ends.
import { Recent } from '../../core/recent.ts'
import { hashOf } from './key.ts'
import type { Memory, Remembered } from './model.ts'

const MAX_KEPT = 10_000

/** Of texts that are all for the same readers: nothing asks for whom. */
export function createMemoryOfOneRun(): Memory {
  const kept = new Recent<string, Remembered>({ max: MAX_KEPT })
  return {
    exact: async (_scope, key) => ({
      known: kept.get(hashOf(key, key.revision)) ?? null,
      revision: key.revision,
    }),
    near: async () => null,
    async keep(_scope, key, translation) {
      kept.set(hashOf(key, key.revision), { source: key.source, translation, isCorrected: false })
    },
  }
}
