// Passages in the other language before anybody asks across languages: made while the model has nothing else to do, one at
// a time, by one process of all. What people ask for meanwhile goes first.
import {
  type PassageText,
  type PassageTexts,
  translatePassage,
} from '../workers/knowledge/passage-translation.ts'
import { isWorthAnother } from '../workers/knowledge/translate-article.ts'
import { repeat } from '../workers/sweeper.ts'
import type { Clock } from './core/clock.ts'
import { isBotError } from './core/error.ts'
import type { Logger } from './core/logger.ts'
import type { Model } from './llm/model.ts'
import type { Leases } from './store/model.ts'

export interface AheadParts {
  passages: Pick<PassageTexts, 'translate' | 'giveUp'> & {
    untranslated(translator: string): Promise<PassageText | null>
  }
  model: Model
  /** Nobody has written for so long, and nothing waits or is worked on. */
  isQuiet(ms: number): Promise<boolean>
  leases: Pick<Leases, 'hold' | 'letGo'>
  owner: string
  clock: Clock
  log: Logger
}

export interface Ahead extends AsyncDisposable {
  /** Every few seconds by itself. Returns how many passages were tried. */
  pass(): Promise<number>
}

const LEASE = 'passage-translations'
/** Longer than a passage takes. */
const LEASE_MS = 120_000
const EVERY_MS = 5_000
const QUIET_MS = 15_000

export function openTranslatingAhead(parts: AheadParts): Ahead {
  const { passages, model, leases, owner, clock, log } = parts
  const stop = new AbortController()
  const attempts = new Map<string, number>()

  const translate = async (passage: PassageText): Promise<boolean> => {
    const { id, workspace } = passage
    const attempt = (attempts.get(id) ?? 0) + 1
    try {
      const how = { workspace, session: `passage-translation:${id}`, attempt }
      await translatePassage({ passages, model, log }, passage, how, stop.signal)
      attempts.delete(id)
      return true
    } catch (error) {
      if (!isBotError(error)) throw error
      // A model that is away has not tried.
      if (!isWorthAnother(error, Number.POSITIVE_INFINITY)) attempts.set(id, attempt)
      log.debug({ chunk: id, code: error.code }, 'a passage is translated later')
      return false
    }
  }
  const pass = async (): Promise<number> => {
    // What is no language model translates nothing, and before the server was asked nobody knows what there is.
    if (model.id === '' || model.profile.rehearsal) return 0
    for (let tried = 0; ; tried++) {
      if (stop.signal.aborted || !(await parts.isQuiet(QUIET_MS))) return tried
      const passage = await passages.untranslated(model.id)
      if (!passage || !(await leases.hold(LEASE, owner, LEASE_MS))) return tried
      if (!(await translate(passage))) return tried + 1
    }
  }
  const timer = repeat(clock, EVERY_MS, pass, log, 'translating ahead')
  return {
    pass,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await timer[Symbol.asyncDispose]()
      // Nothing is lost when this fails: the lease runs out.
      await leases.letGo(LEASE, owner).catch(() => undefined)
    },
  }
}
