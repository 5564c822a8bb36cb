// Vectors for questions, in time or not at all, and for passages that lack one, a few at a time and for as long as there
// are any. What was made is kept with every step: whoever is cut off is followed by another that goes on from there.
import { isBotError } from '../core/error.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../store/db.ts'
import type { Helper } from './helper.ts'
import type { Memory } from './memory.ts'
import type { Chunk } from './model.ts'
import type { Embedder } from './search/model.ts'
import { type NewVector, writeVectors } from './vector-rows.ts'

export interface Meaning {
  /** A vector for each text, or null when there are none in time. */
  ofQuestions(texts: readonly string[]): Promise<Float32Array[] | null>
  /** How many passages lack a vector and can have one. */
  readonly lacking: number
  /**
   * Makes vectors until no passage lacks one or the server is away. `mayGoOn` is asked before each step, with how many
   * were made so far. Returns how many were.
   */
  fill(mayGoOn: (made: number) => boolean | Promise<boolean>, signal: AbortSignal): Promise<number>
}

export interface MeaningDeps {
  db: Database
  embedder: Embedder
  helper: Helper
  memory: Memory
  /** Of the wait for a question's vector. */
  limitMs: number
  log: Logger
  /** Brings what was written into memory. */
  catchUp(): Promise<void>
}

/** Small enough for a server without a GPU, and for a question not to wait long behind it. */
const AT_ONCE = 16
const FILL_LIMIT_MS = 60_000
/** Of how a passage is put together for embedding: raised when that changes, so that all are made again. */
const VERSION = 1

/** What the rows of one embedder's vectors are marked with. */
export function makerOf(embedder: Pick<Embedder, 'maker'>): string {
  return `${VERSION} ${embedder.maker}`
}

export function createMeaning(deps: MeaningDeps): Meaning {
  const { db, embedder, helper, memory, limitMs, log, catchUp } = deps
  const maker = makerOf(embedder)
  /** The server takes these for no text at all: they are found by their words. Asked again after a restart. */
  const refused = new Set<number>()

  const embed = async (kind: 'question' | 'passage', texts: readonly string[], signal: AbortSignal) => {
    const vectors = await embedder.embed(kind, texts, signal)
    memory.expectDimensions(vectors[0]?.length ?? 0)
    return vectors
  }
  /** Halved until it is known which ones are refused. */
  const make = async (chunks: readonly Chunk[], signal: AbortSignal): Promise<NewVector[]> => {
    try {
      const vectors = await embed('passage', chunks.map(toText), signal)
      return chunks.map(({ id, title }, at) => ({ chunk: id, title, vector: vectors[at] as Float32Array }))
    } catch (error) {
      if (!isBotError(error) || error.code !== 'embeddings-bad-request') throw error
      if (chunks.length === 1) {
        refused.add(Number(chunks[0]?.id))
        log.warn({ chunk: chunks[0]?.id, hint: error.hint }, 'a passage cannot be embedded')
        return []
      }
      const half = Math.ceil(chunks.length / 2)
      return [...(await make(chunks.slice(0, half), signal)), ...(await make(chunks.slice(half), signal))]
    }
  }
  const next = (): Chunk[] => {
    const chunks: Chunk[] = []
    for (const id of memory.lacking) {
      const chunk = memory.chunks.get(id)
      if (chunk && !refused.has(id)) chunks.push(chunk)
      if (chunks.length === AT_ONCE) break
    }
    return chunks
  }

  return {
    get lacking() {
      return memory.lacking.difference(refused).size
    },
    async ofQuestions(texts) {
      if (memory.vectors.size === 0) return null
      return await helper.ask(limitMs, (signal) => embed('question', texts, signal))
    },
    async fill(mayGoOn, signal) {
      let total = 0
      for (let chunks = next(); chunks.length > 0; chunks = next()) {
        if (!(await mayGoOn(total))) break
        const made = await helper.ask(FILL_LIMIT_MS, (stop) => make(chunks, stop), signal)
        if (made === null) break
        if (made.length > 0) await writeVectors(db, maker, made)
        total += made.length
        await catchUp()
      }
      return total
    },
  }
}

function toText({ title, headings, text }: Chunk): string {
  return [...new Set([title, ...headings]), text].filter((part) => part !== '').join('\n')
}
