// Finds passages for a question among what may be shown where it was asked: by their words, and where there is a server
// for it by their meaning. Everything is in this process's memory, kept in step with the database by follow.ts; no
// statement stands between a question and its passages.
import type { Clock } from '../core/clock.ts'
import type { Logger } from '../core/logger.ts'
import { type Metrics, NO_METRICS } from '../core/metrics.ts'
import type { Database } from '../store/db.ts'
import type { Documents } from './documents.ts'
import type { Feed } from './feed.ts'
import { follow } from './follow.ts'
import { createHelper } from './helper.ts'
import { createMeaning, type Meaning, makerOf } from './meaning.ts'
import { createMemory } from './memory.ts'
import type { Asking, Finder, Finding, Findings } from './model.ts'
import { isKnown, openTo } from './scope.ts'
import { fuse, type RankedList } from './search/fuse.ts'
import { isEvidence, judgeEvidence } from './search/gate.ts'
import type { Hit } from './search/index.ts'
import type { Embedder, Reranker } from './search/model.ts'
import { normalizeQuery } from './search/normalize-query.ts'
import type { Near } from './search/vectors.ts'

export interface RetrieverDeps {
  feed: Feed
  documents: Pick<Documents, 'collections'>
  clock: Clock
  log: Logger
  metrics?: Metrics
  /** Absent: passages are found by their words alone. */
  embeddings?: EmbeddingsUse | null
  /** Absent: they stay in the order in which they are found. */
  reranker?: RerankerUse | null
  /** What of a question those servers get to see; absent: all of it. */
  forServers?(question: string, workspace: string): string
}

export interface EmbeddingsUse {
  embedder: Embedder
  /** Where the vectors of passages are kept. */
  db: Database
  /** A cosine from which on a passage is evidence without a word of the question; depends on the model. */
  minSimilarity: number
  /** How long a question may wait for its vector. */
  limitMs?: number
}

export interface RerankerUse {
  reranker: Reranker
  limitMs?: number
}

export interface Retriever extends Finder, AsyncDisposable {
  /** Resolves when memory is in step with what was committed before the call. */
  catchUp(): Promise<void>
  /** Null without embeddings. */
  readonly meaning: Meaning | null
  /** Codes of the failures for which the last search had to do without a server. */
  readonly troubles: readonly string[]
}

type Evident = { id: number; coverage?: number; similarity?: number }

/** Restated questions are guesses of the model's. */
const RESTATED_WEIGHT = 0.8
/** Looked at for each way to ask, so that fusing has something to choose from. */
const DEPTH = 30
/** Passages that a reranker puts in order. */
const RERANKED = 20
/** In chat, where somebody waits. */
export const QUESTION_LIMIT_MS = 400
export const RERANKER_LIMIT_MS = 600

/** Starts reading at once. */
export async function createRetriever(deps: RetrieverDeps): Promise<Retriever> {
  const { clock, log, metrics = NO_METRICS, embeddings = null, reranker = null, forServers } = deps
  const memory = createMemory({ hasVectors: embeddings !== null })
  const { chunks } = memory
  const follower = await follow({
    ...deps,
    sink: memory.sink,
    maker: embeddings && makerOf(embeddings.embedder),
  })
  const catchUp = (): Promise<void> => follower.catchUp()
  const embeddingsHelper = createHelper({ name: 'embeddings', clock, log, metrics })
  const rerankerHelper = createHelper({ name: 'reranker', clock, log, metrics })
  const meaning =
    embeddings &&
    createMeaning({
      ...{ ...embeddings, memory, catchUp, log, helper: embeddingsHelper },
      limitMs: embeddings.limitMs ?? QUESTION_LIMIT_MS,
    })

  /** Of the moment: what has become private or has gone is shown no more. */
  const showable = (asking: Asking): ((id: number) => boolean) => {
    const open = openTo(asking, follower.collections)
    const now = clock.now()
    return (id) => {
      const chunk = chunks.get(id)
      return chunk !== undefined && open.has(chunk.collection) && !(chunk.expiresAt && +chunk.expiresAt < now)
    }
  }
  const byWords = (question: string, filter: (id: number) => boolean): Hit[] =>
    memory.words.search(normalizeQuery(question, memory.words.knows).variants, { limit: DEPTH, filter })
  const rerank = async (questions: readonly string[], found: readonly Finding[]): Promise<Finding[]> => {
    if (!reranker || found.length < 2) return [...found]
    const texts = found.map(({ chunk }) => [...chunk.headings, chunk.text].join('\n'))
    const scores = await rerankerHelper.ask(reranker.limitMs ?? RERANKER_LIMIT_MS, (signal) =>
      // All at once: what a short question leans on stands in the restated ones.
      reranker.reranker.rerank(questions.join('\n'), texts, signal),
    )
    const order = new Map(found.map((one, at) => [one, scores?.[at] ?? 0]))
    return found.toSorted((a, b) => (order.get(b) ?? 0) - (order.get(a) ?? 0))
  }

  return {
    ready: follower.ready,
    catchUp,
    meaning,
    get troubles() {
      return [embeddingsHelper, rerankerHelper].flatMap(({ trouble }) => trouble ?? [])
    },
    async search(asking): Promise<Findings> {
      const hasKnowledge = isKnown(asking, follower.collections)
      if (asking.limit === 0 || openTo(asking, follower.collections).size === 0)
        return { found: [], isEnough: false, coverage: 0, similarity: null, hasKnowledge }
      const questions = [asking.question, ...(asking.restated ?? [])]
      const sent = questions.map((question) => forServers?.(question, asking.workspace) ?? question)
      const vectors = (await meaning?.ofQuestions(sent)) ?? null
      const filter = showable(asking)
      const words = weighted(questions.map((question) => byWords(question, filter)))
      const near = weighted(
        await Promise.all(
          vectors?.map((vector) => memory.vectors.search(vector, { limit: DEPTH, filter })) ?? [],
        ),
      )
      const { nearest, ofPassage } = similaritiesIn(near)
      const depth = reranker ? Math.max(asking.limit, RERANKED) : asking.limit
      const worded = fuse(words, depth)
      const minSimilarity = embeddings?.minSimilarity
      const { isEnough, coverage } = judgeEvidence(worded, { nearest, minSimilarity })
      const isNear = isEvidence({ similarity: nearest ?? undefined }, minSimilarity)
      const strengths = strengthsIn(words, near, minSimilarity)
      const evidence = Math.max(coverage, isNear ? (nearest ?? 0) : 0)
      const fused = near.length === 0 ? worded : fuse(together(words, near, minSimilarity), depth)
      const found = fused.flatMap(({ id }) => {
        const chunk = chunks.get(id)
        const score = evidence * (strengths.get(id) ?? 0)
        return chunk ? [{ chunk, score, similarity: ofPassage.get(id) ?? null }] : []
      })
      const ordered = await rerank(sent, found)
      const isStillShown = showable(asking)
      const shown = ordered.filter(({ chunk }) => isStillShown(Number(chunk.id))).slice(0, asking.limit)
      return {
        found: shown,
        isEnough: isEnough && shown.length > 0,
        ...{ coverage, similarity: nearest, hasKnowledge },
      }
    },
    [Symbol.asyncDispose]: () => follower[Symbol.asyncDispose](),
  }
}

/** The question first, then other ways to ask it. */
function weighted<Item extends { id: number }>(lists: readonly (readonly Item[])[]): RankedList<Item>[] {
  return lists.map((hits, nth) => ({ hits, weight: nth === 0 ? 1 : RESTATED_WEIGHT }))
}

/**
 * What is evidence counts twice: else a passage that only its meaning, or only its words, found would stand below any
 * that is somewhere in both lists.
 */
function together(
  words: readonly RankedList<Hit>[],
  near: readonly RankedList<Near>[],
  minSimilarity?: number,
): RankedList<Evident>[] {
  const lists: RankedList<Evident>[] = [...words, ...near]
  const only = ({ hits, weight }: RankedList<Evident>) => ({
    hits: hits.filter((hit) => isEvidence(hit, minSimilarity)),
    weight,
  })
  return [...lists, ...lists.map(only)]
}

/** 0 to 1: how much speaks for each passage beside the one that most speaks for, by the way to ask that says most. */
function strengthsIn(
  words: readonly RankedList<Hit>[],
  near: readonly RankedList<Near>[],
  minSimilarity?: number,
): Map<number, number> {
  const strengths = new Map<number, number>()
  const keep = (id: number, share: number): void => {
    strengths.set(id, Math.max(share, strengths.get(id) ?? 0))
  }
  for (const { hits, weight = 1 } of words) {
    for (const { id, score } of hits) keep(id, (weight * score) / (hits[0]?.score ?? score))
  }
  for (const { hits, weight = 1 } of near) {
    for (const { id, similarity } of hits) {
      if (isEvidence({ similarity }, minSimilarity))
        keep(id, (weight * similarity) / (hits[0]?.similarity ?? 1))
    }
  }
  return strengths
}

/** Of any way to ask. `nearest` is null where no vectors were asked for. */
function similaritiesIn(lists: readonly RankedList<Near>[]) {
  const ofPassage = new Map<number, number>()
  for (const { id, similarity } of lists.flatMap(({ hits }) => hits))
    ofPassage.set(id, Math.max(similarity, ofPassage.get(id) ?? -1))
  return { ofPassage, nearest: lists.length === 0 ? null : Math.max(0, ...ofPassage.values()) }
}
