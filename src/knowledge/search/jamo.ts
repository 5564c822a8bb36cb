// Hangul syllables taken apart and put together: near spellings of a word, and keys pressed under the wrong layout.

const FIRST_SYLLABLE = 0xac00
const FINALS = 28
const VOWELS = 21
const LAST_SYLLABLE = 0xd7a3

// Vowels that sound alike today, by index: ㅐ/ㅔ, ㅒ/ㅖ, ㅙ/ㅚ/ㅞ, ㅡ/ㅜ, ㅓ/ㅗ.
const SAME_SOUND: readonly (readonly number[])[] = [
  [1, 5],
  [3, 7],
  [10, 11, 15],
  [18, 13],
  [4, 8],
]

export function isSyllable(char: string): boolean {
  const code = char.charCodeAt(0)
  return code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE
}

/** How a word that no passage has may have been meant; see the two below. */
export function nearSpellings(word: string): Iterable<string> {
  if ([...word].every(isSyllable)) return nearHangul(word)
  return /^[a-z]{5,20}$/.test(word) ? nearLatin(word) : []
}

/**
 * The word with one syllable's final consonant changed, or one vowel that sounds like another: what fingers and ears
 * get wrong. Words of one syllable have none: everything would be near.
 */
function* nearHangul(word: string): Generator<string> {
  if (word.length < 2) return
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at) - FIRST_SYLLABLE
    const [head, tail] = [word.slice(0, at), word.slice(at + 1)]
    const final = code % FINALS
    for (let other = 0; other < FINALS; other += 1) {
      if (other !== final) yield head + String.fromCharCode(FIRST_SYLLABLE + code - final + other) + tail
    }
    const vowel = Math.floor(code / FINALS) % VOWELS
    for (const other of SAME_SOUND.find((group) => group.includes(vowel)) ?? []) {
      if (other !== vowel)
        yield head + String.fromCharCode(FIRST_SYLLABLE + code + (other - vowel) * FINALS) + tail
    }
  }
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** One letter less, more or other, or two swapped; the first letter is nearly always right. */
function* nearLatin(word: string): Generator<string> {
  for (let at = 1; at <= word.length; at += 1) {
    const [head, tail] = [word.slice(0, at), word.slice(at)]
    for (const letter of LETTERS) yield head + letter + tail
    if (tail === '') continue
    yield head + tail.slice(1)
    if (tail.length > 1) yield `${head}${tail[1]}${tail[0]}${tail.slice(2)}`
    for (const letter of LETTERS) yield head + letter + tail.slice(1)
  }
}
