// Importing into the knowledge base while the bot runs: "add to knowledge", and forgetting what was removed long ago.
import { createImport } from '../workers/knowledge/import.ts'
import { repeat } from '../workers/sweeper.ts'
import type { Clock } from './core/clock.ts'
import type { Logger } from './core/logger.ts'
import type { Handler } from './core/turn.ts'
import type { Knowledge } from './knowledge/index.ts'
import { toProblem } from './knowledge/problems.ts'
import type { Platforms } from './platforms.ts'

export interface ImportingParts {
  knowledge: Pick<Knowledge, 'import' | 'documents' | 'feed'>
  maxFileBytes: number
  platforms: Pick<Platforms, 'linkTo'>
  clock: Clock
  log: Logger
}

export interface Importing extends AsyncDisposable {
  handler: Handler
}

/** A process that was away longer reads everything anew. */
const TOMBSTONES_MS = 7 * 24 * 60 * 60_000
const PURGE_EVERY_MS = 600_000
const AT_ONCE = 5_000

export function openImporting({ knowledge, maxFileBytes, platforms, clock, log }: ImportingParts): Importing {
  const { documents, feed } = knowledge
  const purging = repeat(clock, PURGE_EVERY_MS, () => feed.purge(TOMBSTONES_MS, AT_ONCE), log, 'knowledge')
  return {
    handler: createImport({
      import: knowledge.import,
      collections: documents.collections,
      linkTo: platforms.linkTo,
      ...{ toProblem, maxFileBytes },
    }),
    [Symbol.asyncDispose]: () => purging[Symbol.asyncDispose](),
  }
}
