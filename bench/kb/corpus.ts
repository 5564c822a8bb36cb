// What the search bench asks and searches: passages, and questions with the passages that answer them.
import type { Passage } from '../../src/knowledge/search/index.ts'

export interface BenchPassage extends Passage {
  /** Passages of one group are about one thing: gone together when a question is to have no answer. */
  group: number
}

export interface BenchQuestion {
  text: string
  /** Ids of passages, any of which answers it. */
  gold: readonly number[]
  group: number
}

export interface Corpus {
  passages: readonly BenchPassage[]
  questions: readonly BenchQuestion[]
}

const SENTENCE_END = /(?<=[.?!]["'”’)]?)\s+/g

/** Where a text is cut into pieces of about `maxChars`, on sentence ends: the starts of the pieces. */
export function cutsOf(text: string, maxChars = 500): number[] {
  const ends = [...text.matchAll(SENTENCE_END)].map((match) => match.index + match[0].length)
  const cuts = [0]
  let last = 0
  for (const end of [...ends, text.length]) {
    const start = cuts.at(-1) as number
    if (end - start > maxChars && last > start) cuts.push(last)
    last = end
  }
  return cuts.filter((cut) => cut < text.length)
}

/** Numbers in [0, 1), the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}
