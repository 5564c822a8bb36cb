// A customer's question made ready for search, with the original kept: clean text, what was meant when the keyboard or
// the spelling was wrong, and what else a page may call it. Wrong spacing needs nothing here: syllable pairs reach over
// spaces (tokens.ts); follow-ups and translation are left to the model.
import { normalizeText } from '../../text/normalize.ts'
import { FILLERS, SPELLINGS, SYNONYMS } from './colloquial.ts'
import { ENGLISH_STOP_WORDS } from './english.ts'
import { asHangul, asLatin, hasLooseLetters } from './keyboard.ts'
import type { Variant } from './query.ts'

export interface NormalizedQuestion {
  original: string
  /** What is searched for first. */
  text: string
  /** `text` first, then guesses with less weight. */
  variants: readonly Variant[]
}

const GUESS = { keyboard: 0.9, synonyms: 0.5 }

/** `knows`: whether the index has a word; without it every word counts as unknown. */
export function normalizeQuery(
  question: string,
  knows: (word: string) => boolean = () => false,
): NormalizedQuestion {
  const original = normalizeText(question)
  const text = clean(original)
  // Before anything is taken out: what looks like crying may be keys of an English word.
  const typed = clean(retype(original, knows))
  const meant = SYNONYMS.filter(([pattern]) => pattern.test(text))
  const variants: Variant[] = [{ text, weight: 1 }]
  if (typed !== text) variants.push({ text: typed, weight: GUESS.keyboard })
  if (meant.length > 0) {
    const rest = meant.reduce((left, [pattern]) => left.replace(pattern, ' '), text)
    variants.push({ text: rest, hints: meant.map(([, words]) => words).join('\n'), weight: GUESS.synonyms })
  }
  return { original, text, variants }
}

function clean(question: string): string {
  return withoutFillers(SPELLINGS.reduce((text, [pattern, by]) => text.replace(pattern, by), question))
}

/** Not when nothing would be left. */
function withoutFillers(text: string): string {
  const left = FILLERS.reduce((rest, pattern) => rest.replace(pattern, ' '), text)
    .replace(/\s+/g, ' ')
    .trim()
  return /[\p{L}\d]{2}/u.test(left) ? left : text
}

/** The same keys under the other layout, for words that make no sense as they are. */
function retype(text: string, knows: (word: string) => boolean): string {
  return text.replace(/[A-Za-z]+|[가-힣ㄱ-ㅣ]+/g, (word) => {
    if (/[A-Za-z]/.test(word)) {
      const isEnglish = ENGLISH_STOP_WORDS.has(word.toLowerCase()) || knows(word.toLowerCase())
      return isEnglish ? word : (asHangul(word) ?? word)
    }
    return hasLooseLetters(word) ? asLatin(word) : word
  })
}
