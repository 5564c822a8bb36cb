// Words typed under the wrong keyboard layout, both ways: "dkssud" was meant as 안녕, "ㅗ디ㅔ" as "help". Two-set layout.
import { isSyllable } from './jamo.ts'

const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
const VOWELS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ'
const FINALS = ' ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'
const KEYS = 'qwertyuiopasdfghjklzxcvbnmQWERTOP'
const ON_KEYS = 'ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ'
const JOINED =
  'ㅗㅏㅘ ㅗㅐㅙ ㅗㅣㅚ ㅜㅓㅝ ㅜㅔㅞ ㅜㅣㅟ ㅡㅣㅢ ㄱㅅㄳ ㄴㅈㄵ ㄴㅎㄶ ㄹㄱㄺ ㄹㅁㄻ ㄹㅂㄼ ㄹㅅㄽ ㄹㅌㄾ ㄹㅍㄿ ㄹㅎㅀ ㅂㅅㅄ'

const jamoOfKey = new Map([...KEYS].map((key, at) => [key, ON_KEYS[at] as string]))
const keyOfJamo = new Map([...ON_KEYS].map((jamo, at) => [jamo, KEYS[at] as string]))
const joined = new Map(JOINED.split(' ').map((three) => [three.slice(0, 2), three[2] as string]))
const apart = new Map(JOINED.split(' ').map((three) => [three[2] as string, three.slice(0, 2)]))

/** The Hangul that the keys of a Latin word give; null unless that is two or more whole syllables. */
export function asHangul(word: string): string | null {
  // Shift means something on seven keys only.
  const keys = [...word].map((key) => (jamoOfKey.has(key) ? key : key.toLowerCase()))
  const jamo = keys.map((key) => jamoOfKey.get(key) ?? '')
  if (jamo.length < 4 || jamo.includes('')) return null
  const text = compose(jamo)
  return text.length >= 2 && [...text].every(isSyllable) ? text : null
}

/** The Latin keys under a Hangul word. */
export function asLatin(word: string): string {
  return [...word.normalize('NFC')]
    .flatMap((char) => (isSyllable(char) ? decompose(char) : [char]))
    .flatMap((jamo) => [...(apart.get(jamo) ?? jamo)])
    .map((jamo) => keyOfJamo.get(jamo) ?? jamo)
    .join('')
    .toLowerCase()
}

/** Whether a Hangul word is no Korean: loose letters among it that are not laughing, crying or agreeing (ㅋㅋ, ㅠㅠ, ㅇㅇ). */
export function hasLooseLetters(word: string): boolean {
  return (
    /[ㄱ-ㅣ]/.test(word.replace(/([ㅋㅎㅠㅜㅡㅇㄱㄴㄷ])\1+|[ㅋㅎㅠㅜㅡ]+$/g, '')) && /[가-힣ㅏ-ㅣ]/.test(word)
  )
}

function decompose(syllable: string): string[] {
  const code = syllable.charCodeAt(0) - 0xac00
  const final = (FINALS[code % 28] as string).trim()
  const head = [INITIALS[Math.floor(code / 588)] as string, VOWELS[Math.floor(code / 28) % 21] as string]
  return final === '' ? head : [...head, final]
}

/** Letters to syllables as an input method does; what fits nowhere stays a letter. */
function compose(jamo: readonly string[]): string {
  let out = ''
  for (let at = 0; at < jamo.length; ) {
    const initial = INITIALS.indexOf(jamo[at] as string)
    if (initial < 0 || !isVowel(jamo[at + 1])) {
      out += jamo[at]
      at += 1
      continue
    }
    at += 1
    let vowel = jamo[at++] as string
    const both = joined.get(vowel + (jamo[at] ?? ''))
    if (both && isVowel(jamo[at])) {
      vowel = both
      at += 1
    }
    let final = ''
    // A consonant before a vowel begins the next syllable.
    if (canEnd(jamo[at]) && !isVowel(jamo[at + 1])) {
      final = jamo[at++] as string
      const pair = joined.get(final + (jamo[at] ?? ''))
      if (pair && !isVowel(jamo[at + 1])) {
        final = pair
        at += 1
      }
    }
    const index = (initial * 21 + VOWELS.indexOf(vowel)) * 28 + (final === '' ? 0 : FINALS.indexOf(final))
    out += String.fromCharCode(0xac00 + index)
  }
  return out
}

function isVowel(jamo: string | undefined): boolean {
  return jamo !== undefined && VOWELS.includes(jamo)
}

function canEnd(jamo: string | undefined): boolean {
  return jamo !== undefined && FINALS.indexOf(jamo) > 0
}
