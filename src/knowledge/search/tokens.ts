// Text to search tokens, for passages and questions alike. Korean is read twice: as morphemes, which are exact, and as
// pairs of syllables across spaces, which survive wrong spacing, typos and words that no dictionary has.
import { ENGLISH_STOP_WORDS, LATIN_RUN, latinTokens } from './english.ts'
import type { Morphemes } from './korean.ts'

/**
 * `word`: a morpheme, stem, number or name. `pair`: two syllables side by side within what carries a word's meaning.
 * `seam`: two syllables elsewhere, at a particle, in an ending or over a space: worth finding, no evidence.
 */
export type TokenKind = 'word' | 'pair' | 'seam'
/** Two syllables are a number, which is looked up several times faster than a string; there are many of them. */
export type Token = string | number
export type Emit = (token: Token, kind: TokenKind) => void

/** Between the halves of a pair that has a Latin word or number in it. No word has one. */
const PAIR_MARK = '\u0001'
const FIRST_SYLLABLE = 0xac00
const SYLLABLES = 11_172

// A number or Latin word beside a syllable counts as one syllable, so that "3일" and "API키" are pairs too.
const RUN = new RegExp(`[가-힣]+|${LATIN_RUN.source}|[^\\s가-힣]`, 'gu')
const MAX_UNIT_CHARS = 12

/** Calls `emit` for every token in order, repeated ones too. The text is NFC. */
export function tokenize(text: string, morphemes: Morphemes, emit: Emit): void {
  let before = ''
  let end = 0
  for (const match of text.matchAll(RUN)) {
    const [run] = match
    if (match.index > end && text.slice(end, match.index).includes('\n')) before = ''
    end = match.index + run.length
    if (isHangul(run)) {
      const { words, meaning } = morphemes(run)
      for (const word of words) emit(word, 'word')
      for (let at = 0; at < run.length; at += 1) {
        const syllable = run[at] as string
        // Without an analyser nothing is known of meaning, and every pair within a run has to count.
        const isInside =
          at > 0 && (meaning.length === 0 || (meaning[at - 1] === true && meaning[at] === true))
        if (before !== '') emit(pairOf(before, syllable), isInside ? 'pair' : 'seam')
        before = syllable
      }
      if (run.length === 1) emit(run, 'word')
    } else if (/[\p{L}\d]/u.test(run)) {
      before = latin(run, before, emit)
    } else before = ''
  }
}

function latin(run: string, before: string, emit: Emit): string {
  if (/[^\p{Script=Latin}\d]/u.test(run[0] as string)) {
    emit(run, 'word')
    return ''
  }
  // US and IT are names, us and it are not.
  const isName = /^[A-Z]{2,3}$/.test(run)
  for (const token of latinTokens(run)) {
    if (isName || !ENGLISH_STOP_WORDS.has(token)) emit(token, 'word')
  }
  const unit = run.length <= MAX_UNIT_CHARS ? run.toLowerCase() : ''
  if (before !== '' && isHangul(before) && unit !== '') emit(pairOf(before, unit), 'seam')
  return unit
}

/** The pairs of one Korean word. */
export function pairsIn(word: string): Token[] {
  return Array.from({ length: word.length - 1 }, (_, at) =>
    pairOf(word[at] as string, word[at + 1] as string),
  )
}

function pairOf(first: string, second: string): Token {
  if (!isHangul(first) || !isHangul(second)) return first + PAIR_MARK + second
  return (first.charCodeAt(0) - FIRST_SYLLABLE) * SYLLABLES + second.charCodeAt(0) - FIRST_SYLLABLE
}

function isHangul(text: string): boolean {
  const code = text.charCodeAt(0)
  return code >= 0xac00 && code <= 0xd7a3
}
