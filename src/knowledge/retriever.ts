// Finds passages for a question among what may be shown where it was asked. Everything is in this process's memory,
// kept in step with the database by follow.ts; no statement stands between a question and its passages.
import type { Clock } from '../core/clock.ts'
import type { Logger } from '../core/logger.ts'
import type { Documents } from './documents.ts'
import type { Feed } from './feed.ts'
import { type Follower, follow } from './follow.ts'
import type { Asking, Chunk, Collection, Finder, Findings } from './model.ts'
import { fuse } from './search/fuse.ts'
import { judgeEvidence } from './search/gate.ts'
import { createSearchIndex, type Hit } from './search/index.ts'
import { normalizeQuery } from './search/normalize-query.ts'

export interface RetrieverDeps {
  feed: Feed
  documents: Pick<Documents, 'collections'>
  clock: Clock
  log: Logger
}

export interface Retriever extends Finder, AsyncDisposable {
  /** Resolves when memory is in step with what was committed before the call. */
  catchUp(): Promise<void>
}

/** Restated questions are guesses of the model's. */
const RESTATED_WEIGHT = 0.8
/** Looked at for each way to ask, so that fusing has something to choose from. */
const DEPTH = 30

/** Starts reading at once. */
export async function createRetriever(deps: RetrieverDeps): Promise<Retriever> {
  const index = createSearchIndex()
  const chunks = new Map<number, Chunk>()
  const follower: Follower = await follow({
    ...deps,
    sink: {
      add(added) {
        for (const chunk of added) chunks.set(Number(chunk.id), chunk)
        index.add(added.map(toPassage))
      },
      remove(ids) {
        for (const id of ids) chunks.delete(Number(id))
        index.remove(ids.map(Number))
      },
      clear() {
        index.remove([...chunks.keys()])
        chunks.clear()
      },
    },
  })

  const ask = (question: string, filter: (id: number) => boolean): Hit[] =>
    index.search(normalizeQuery(question, index.knows).variants, { limit: DEPTH, filter })

  return {
    ready: follower.ready,
    catchUp: () => follower.catchUp(),
    search(asking): Findings {
      const open = openTo(asking, follower.collections)
      if (open.size === 0)
        return {
          found: [],
          isEnough: false,
          coverage: 0,
          hasKnowledge: isKnown(asking, follower.collections),
        }
      const now = deps.clock.now()
      const filter = (id: number): boolean => {
        const chunk = chunks.get(id)
        return (
          chunk !== undefined && open.has(chunk.collection) && !(chunk.expiresAt && +chunk.expiresAt < now)
        )
      }
      const lists = [asking.question, ...(asking.restated ?? [])].map((text, nth) => ({
        hits: ask(text, filter),
        weight: nth === 0 ? 1 : RESTATED_WEIGHT,
      }))
      const fused = fuse(lists, asking.limit)
      const { isEnough, coverage } = judgeEvidence(fused)
      const found = fused.flatMap(({ id, score }) => {
        const chunk = chunks.get(id)
        return chunk ? [{ chunk, score }] : []
      })
      return { found, isEnough, coverage, hasKnowledge: true }
    },
    [Symbol.asyncDispose]: () => follower[Symbol.asyncDispose](),
  }
}

/** Knowledge that is not open here, private or of a collection whose name was misspelled, is no leave to guess. */
function isKnown(asking: Asking, collections: ReadonlyMap<string, Collection>): boolean {
  return [...collections.values()].some((one) => isInScope(one, asking))
}

function isInScope(one: Collection, { workspace, audience }: Asking): boolean {
  return (
    (one.workspace === '*' || one.workspace === workspace) &&
    (one.audience === '' || one.audience === audience)
  )
}

/** The ids of the collections whose passages may be seen by everybody who will see the answer. */
function openTo(asking: Asking, collections: ReadonlyMap<string, Collection>): Set<string> {
  const open: Collection[] = []
  for (const one of collections.values()) {
    const isShown = one.visibility === 'public' || asking.isPrivatePlace
    const isWanted = asking.collections === null || asking.collections.includes(one.name)
    if (isInScope(one, asking) && isShown && isWanted) open.push(one)
  }
  // Tags choose among what may be shown; they open nothing.
  const tags = new Set(asking.tags?.map(plainName))
  tags.delete('')
  const chosen = open.filter(({ name }) => tags.has(plainName(name)))
  return new Set((chosen.length > 0 ? chosen : open).map(({ id }) => id))
}

/** "📦 배송" is the collection 배송. */
function plainName(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

function toPassage({ id, title, headings, text, translation }: Chunk) {
  return { id: Number(id), title, headings, text, ...(translation === null ? {} : { translation }) }
}
