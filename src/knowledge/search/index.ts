// The search index over passages, in memory: BM25 over words and syllable pairs with titles and headings weighing more.
// It keeps postings only, no texts; whoever asks has the passages. Ranking several lists together is left to fuse.ts.
import { createDictionary } from './dictionary.ts'
import { createEntries } from './entry.ts'
import { createMorphemes, type Morphemes } from './korean.ts'
import type { Hit, Passage } from './passage.ts'
import { parseQuery, type Query, type Variant } from './query.ts'
import { rank } from './rank.ts'
import { bytesOf } from './segment.ts'
import { createSegmentStore } from './store.ts'
import { tokenize } from './tokens.ts'

export type { Hit, Passage } from './passage.ts'
export type { Variant } from './query.ts'

export interface SearchOptions {
  limit?: number
  /** Passages that may be found; it is asked for the best only. */
  filter?: (id: number) => boolean
}

export interface SearchIndex {
  /** A passage whose id is there already takes its place. */
  add(passages: readonly Passage[]): void
  remove(ids: readonly number[]): void
  /** Best first, ties by id. Several variants of a question count as one question. */
  search(question: string | readonly Variant[], options?: SearchOptions): Hit[]
  /** Whether any passage has the word, in whatever form. */
  knows(word: string): boolean
  readonly size: number
  /** Different tokens. */
  readonly terms: number
  /** What the postings take; the tokens themselves take about 100 bytes each besides. */
  readonly bytes: number
}

export interface IndexOptions {
  /** Korean words to what carries their meaning; by default the analyser, opened once. */
  morphemes?: Morphemes
}

const DEFAULT_LIMIT = 10

export function createSearchIndex(options: IndexOptions = {}): SearchIndex {
  const morphemes = options.morphemes ?? createMorphemes()
  const dictionary = createDictionary()
  const store = createSegmentStore(dictionary)
  const entries = createEntries(dictionary, morphemes)

  return {
    add(passages) {
      const latest = new Map(passages.map((passage) => [passage.id, passage]))
      store.remove(latest.keys())
      const made = [...latest.values()].map((passage) => entries.open(passage))
      store.add(made)
      for (const entry of made) entries.close(entry)
    },
    remove(ids) {
      store.remove(ids)
    },
    search(question, { limit = DEFAULT_LIMIT, filter } = {}) {
      const variants = typeof question === 'string' ? [{ text: question, weight: 1 }] : question
      const query: Query = parseQuery(variants, dictionary, store, morphemes)
      return rank(query, store, limit, filter)
    },
    knows(word) {
      let isKnown = false
      tokenize(word, morphemes, (token, kind) => {
        isKnown ||= kind === 'word' && dictionary.find(token) !== undefined
      })
      return isKnown
    },
    get size() {
      return store.live
    },
    get terms() {
      return dictionary.size
    },
    get bytes() {
      return store.segments.reduce((sum, segment) => sum + bytesOf(segment), 0)
    },
  }
}
