// Keeps a process's own index in step with the database: told of changes at once, and looking by itself every second
// in case it was not told.
import type { Clock } from '../core/clock.ts'
import type { Logger } from '../core/logger.ts'
import type { Documents } from './documents.ts'
import type { Feed } from './feed.ts'
import type { Chunk, Collection, Cursor } from './model.ts'
import type { PassageVector } from './search/model.ts'

/** What is kept in memory; all calls come one after the other. */
export interface Sink {
  /** New ones, and ones that are there already under the same id; `vectors` are of some of them. */
  add(chunks: readonly Chunk[], vectors: readonly PassageVector[]): void
  remove(ids: readonly string[]): void
  clear(): void
}

export interface Follower extends AsyncDisposable {
  /** By id, as of the last look: who may see a collection changes without its chunks. */
  readonly collections: ReadonlyMap<string, Collection>
  /** True once everything that was there at the start is in memory. */
  readonly isReady: boolean
  /** Resolves when it is; never, when stopped before. */
  readonly ready: Promise<void>
  /** Looks now; resolves when memory is in step with what was committed before the call. */
  catchUp(): Promise<void>
}

export interface FollowerDeps {
  feed: Feed
  documents: Pick<Documents, 'collections'>
  sink: Sink
  clock: Clock
  log: Logger
  everyMs?: number
  /** Whose vectors are read too; null = none. */
  maker?: string | null
}

/** Starts reading at once. A database that is away is tried again; memory keeps what it has. */
export async function follow(deps: FollowerDeps): Promise<Follower> {
  const { feed, documents, sink, clock, log, everyMs = 1_000, maker = null } = deps
  let cursor: Cursor = '0'
  let revision = -1
  let collections: ReadonlyMap<string, Collection> = new Map()
  let isReady = false
  const ready = Promise.withResolvers<void>()
  let isStopped = false
  let cancel = (): void => undefined
  let running: Promise<void> | null = null
  let again: Promise<void> | null = null

  const pull = async (): Promise<void> => {
    const now = await feed.revision()
    if (now === revision) return
    // First, so that no chunk is found before it is known who may see it.
    collections = new Map((await documents.collections()).map((each) => [each.id, each]))
    for (let hasMore = true; hasMore && !isStopped; ) {
      const changes = await feed.changesSince(cursor, undefined, maker)
      if (changes.isReset) sink.clear()
      sink.remove(changes.removed)
      sink.add(changes.chunks, changes.vectors)
      cursor = changes.cursor
      hasMore = changes.hasMore
    }
    revision = now
    if (isStopped) return
    isReady = true
    ready.resolve()
  }
  const start = (): Promise<void> => {
    running = pull().finally(() => {
      running = null
    })
    return running
  }
  /** One look at a time; a look that has begun may have missed what was committed since, so one more follows it. */
  const look = (): Promise<void> => {
    if (!running) return start()
    again ??= running
      .catch(() => undefined)
      .then(() => {
        again = null
        return start()
      })
    return again
  }
  const tick = (): void => {
    look()
      .catch((error: Error) => log.warn({ reason: error.message }, 'knowledge could not be followed'))
      .finally(() => {
        if (!isStopped) cancel = clock.after(everyMs, tick)
      })
  }
  const listening = await feed.onChange(() => {
    // A failure is told by the next tick, which looks again anyway.
    if (!isStopped) look().catch(() => undefined)
  })
  tick()
  return {
    get collections() {
      return collections
    },
    get isReady() {
      return isReady
    },
    ready: ready.promise,
    catchUp: look,
    async [Symbol.asyncDispose]() {
      isStopped = true
      cancel()
      await listening[Symbol.asyncDispose]()
      await Promise.allSettled([running, again])
    },
  }
}
