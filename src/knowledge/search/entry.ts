// A passage as the index keeps it: which terms it has and how much it says of each, title, headings and how it begins
// counting more.
import type { Dictionary } from './dictionary.ts'
import type { Morphemes } from './korean.ts'
import type { Passage } from './passage.ts'
import type { Entry } from './segment.ts'
import { type Token, tokenize } from './tokens.ts'

export interface Entries {
  /** Holds the entry's terms in the dictionary until it is closed. */
  open(passage: Passage): Entry
  close(entry: Entry): void
}

/** Weights are kept in quarters of an occurrence. */
export const WEIGHT_UNIT = 4
const MAX_WEIGHT = 255
const MAX_LENGTH = 65_535

const FIELD = { title: 1, heading: 1.5, text: 1, beginning: 1 }
/** How a passage begins says what it is about; of a short one, its first half. */
const BEGINNING_CHARS = 80

export function createEntries(dictionary: Dictionary, morphemes: Morphemes): Entries {
  const read = (counts: Map<Token, number>, text: string, weight: number): number => {
    let length = 0
    const emit = (token: Token): void => {
      length += 1
      counts.set(token, (counts.get(token) ?? 0) + weight)
    }
    tokenize(text.normalize('NFC'), morphemes, emit)
    return length
  }

  return {
    open({ id, title, headings, text, translation }) {
      const counts = new Map<Token, number>()
      const readText = (words: string): number => {
        read(counts, beginningOf(words), FIELD.beginning)
        return read(counts, words, FIELD.text)
      }
      const length = readText(text)
      // The other language's tokens are others, so a translated passage is no longer than the longer of its texts.
      const other = translation === undefined ? 0 : readText(translation)
      read(counts, title, FIELD.title)
      for (const heading of headings) read(counts, heading, FIELD.heading)
      const pairs = Array.from(counts, ([token, count]) => ({ term: dictionary.acquire(token), count }))
      pairs.sort((a, b) => a.term - b.term)
      return {
        id,
        length: Math.min(MAX_LENGTH, Math.max(length, other)),
        terms: Uint32Array.from(pairs, ({ term }) => term),
        weights: Uint8Array.from(pairs, ({ count }) => Math.min(MAX_WEIGHT, Math.round(count * WEIGHT_UNIT))),
      }
    },
    close({ terms }) {
      for (const term of terms) dictionary.release(term)
    },
  }
}

/** Whole words. */
function beginningOf(text: string): string {
  const cut = text.slice(0, Math.min(BEGINNING_CHARS, Math.ceil(text.length / 2)))
  const end = cut.search(/\s\S*$/)
  return end > 0 ? cut.slice(0, end) : cut
}
