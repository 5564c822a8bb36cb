// What a process holds in memory of the knowledge base: the passages, their words, and where they are used their
// vectors. Fed by follow.ts.
import type { Sink } from './follow.ts'
import type { Chunk } from './model.ts'
import { createSearchIndex, type SearchIndex } from './search/index.ts'
import type { PassageVector } from './search/model.ts'
import type { Passage } from './search/passage.ts'
import { createVectorIndex, type VectorIndex } from './search/vectors.ts'

export interface Memory {
  readonly sink: Sink
  readonly chunks: ReadonlyMap<number, Chunk>
  readonly words: SearchIndex
  readonly vectors: VectorIndex
  /** Passages without a vector, or with one that was made under an older title. Empty where no vectors are used. */
  readonly lacking: ReadonlySet<number>
  /** The server makes vectors of so many dimensions: all others are of no use, and are made again. */
  expectDimensions(dimensions: number): void
}

export function createMemory({ hasVectors }: { hasVectors: boolean }): Memory {
  const chunks = new Map<number, Chunk>()
  const words = createSearchIndex()
  const vectors = createVectorIndex()
  const lacking = new Set<number>()

  const keep = ({ chunk, vector, title }: PassageVector): void => {
    const id = Number(chunk)
    // An old title is better than no vector; one of other dimensions is none.
    if (vectors.set(id, vector) && title === chunks.get(id)?.title) lacking.delete(id)
  }
  const forget = (ids: readonly number[]): void => {
    words.remove(ids)
    vectors.remove(ids)
    for (const id of ids) {
      chunks.delete(id)
      lacking.delete(id)
    }
  }

  return {
    ...{ chunks, words, vectors, lacking },
    expectDimensions(dimensions) {
      if (vectors.dimensions === null || vectors.dimensions === dimensions) return
      vectors.clear()
      for (const id of chunks.keys()) lacking.add(id)
    },
    sink: {
      add(added, made) {
        // A passage that has only got its vector says what it said.
        words.add(added.filter((chunk) => isNews(chunk, chunks.get(Number(chunk.id)))).map(toPassage))
        for (const chunk of added) {
          chunks.set(Number(chunk.id), chunk)
          if (hasVectors) lacking.add(Number(chunk.id))
        }
        for (const vector of made) keep(vector)
      },
      remove: (ids) => forget(ids.map(Number)),
      clear: () => forget([...chunks.keys()]),
    },
  }
}

function isNews(chunk: Chunk, before: Chunk | undefined): boolean {
  return (
    !before ||
    before.title !== chunk.title ||
    before.text !== chunk.text ||
    before.translation !== chunk.translation ||
    before.headings.join('\n') !== chunk.headings.join('\n')
  )
}

function toPassage({ id, title, headings, text, translation }: Chunk): Passage {
  return { id: Number(id), title, headings, text, ...(translation === null ? {} : { translation }) }
}
