// Vectors for what is imported, edited or approved while the bot runs: made in the background, by one process at a time.
import { repeat } from '../workers/sweeper.ts'
import type { Clock } from './core/clock.ts'
import type { Logger } from './core/logger.ts'
import type { Metrics } from './core/metrics.ts'
import type { Meaning } from './knowledge/meaning.ts'
import type { Leases } from './store/model.ts'

export interface EmbeddingParts {
  meaning: Meaning
  leases: Pick<Leases, 'hold' | 'letGo'>
  owner: string
  clock: Clock
  log: Logger
  metrics: Metrics
}

/** The lease of whoever makes vectors. */
export const EMBEDDING_LEASE = 'knowledge-vectors'
/** Longer than a step takes. */
export const EMBEDDING_LEASE_MS = 90_000
const EVERY_MS = 2_000

/** Kept by whoever has it: two processes with different models would else undo each other's work for ever. */
export function openEmbedding(parts: EmbeddingParts): AsyncDisposable {
  const { meaning, leases, owner, clock, log, metrics } = parts
  const stop = new AbortController()
  const hold = (): Promise<boolean> => leases.hold(EMBEDDING_LEASE, owner, EMBEDDING_LEASE_MS)
  const pass = async (): Promise<void> => {
    metrics.gauge('passages_without_vector', meaning.lacking)
    if (!(await hold())) return
    const made = await meaning.fill(hold, stop.signal)
    if (made > 0) log.info({ made, lacking: meaning.lacking }, 'passages have vectors')
  }
  const passing = repeat(clock, EVERY_MS, pass, log, 'embedding')
  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      await passing[Symbol.asyncDispose]()
      // Nothing is lost when this fails: the lease runs out.
      await leases.letGo(EMBEDDING_LEASE, owner).catch(() => undefined)
    },
  }
}
