// Judges what a model wrote: is it the language that was asked for, is it stuck in a loop. Pure; callers decide what to do.

import type { Lang } from '../core/error.ts'

export type Fault = 'language' | 'loop'

/** Words and characters of the prompt, which an answer may repeat in any script. */
export interface Echo {
  words: ReadonlySet<string>
  characters: ReadonlySet<string>
}

export function toEcho(texts: readonly string[]): Echo {
  const all = texts.join('\n').toLowerCase()
  return {
    words: new Set(all.match(latinWord) ?? []),
    characters: new Set(all.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu) ?? []),
  }
}

const latinWord = /[\p{Script=Latin}\d]+/gu

interface Scripts {
  hangul: number
  latin: number
  /** Lower-case Latin words: sentences have them, product names and key names do not. */
  prose: number
  han: number
  kana: number
  other: number
}

/** Letters per script, without code, addresses, brackets and quotes, where another script is at home. */
export function countScripts(text: string, echo: Echo): Scripts {
  const own = text
    .replaceAll(/```[\s\S]*?(```|$)|`[^`\n]*`|https?:\/\/\S+|\S+@\S+/g, ' ')
    .replaceAll(/\([^()\n]*\)|（[^（）\n]*）|"[^"\n]*"|“[^”\n]*”|‘[^’\n]*’|「[^」\n]*」/g, ' ')
  const words = (own.match(latinWord) ?? []).filter((word) => !echo.words.has(word.toLowerCase()))
  const count = (letters: RegExp) => own.match(letters)?.length ?? 0
  const countNew = (letters: RegExp) =>
    (own.match(letters) ?? []).filter((letter) => !echo.characters.has(letter)).length
  return {
    hangul: count(/\p{Script=Hangul}/gu),
    latin: words.reduce((sum, word) => sum + word.replaceAll(/\d/g, '').length, 0),
    prose: words.filter((word) => /^\p{Ll}{2,}$/u.test(word)).length,
    han: countNew(/\p{Script=Han}/gu),
    kana: countNew(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu),
    other: count(
      /(?![\p{Script=Latin}\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])\p{L}/gu,
    ),
  }
}

/** True when the text is not in the language. One stray Hanja (美, 前) is normal in Korean; two are code switching. */
export function isWrongLanguage(text: string, expected: Lang, echo: Echo): boolean {
  const scripts = countScripts(text, echo)
  if (scripts.han >= 2 || scripts.kana >= 2) return true
  const known = scripts.hangul + scripts.latin
  if (scripts.other >= 6 && scripts.other > known / 2) return true
  if (expected === 'en') return scripts.hangul >= 6 && scripts.hangul > known * 0.3
  if (scripts.hangul === 0) return scripts.prose >= 3
  return scripts.prose >= 8 && scripts.hangul < known * 0.2
}

/** Worth waiting a moment before this is shown: it holds letters, but none of the expected script or a foreign one. */
export function isSuspicious(text: string, expected: Lang): boolean {
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return true
  const home = expected === 'ko' ? /\p{Script=Hangul}/u : /\p{Script=Latin}/u
  return /\p{L}/u.test(text) && !home.test(text)
}

/** The user asks for text in some language, so the answer may be in it: "영어로 써 줘", "in Japanese". */
export function namesLanguage(text: string): boolean {
  const korean =
    /(영어|영문|한국어|한글|한국말|우리말|일본어|일어|일문|중국어|중문|한자|스페인어|독일어|프랑스어|베트남어|번역|통역)/
  const english =
    /\b(english|korean|hangul|japanese|chinese|hanja|kanji|spanish|german|french|vietnamese|translat\w*)\b/i
  return korean.test(text) || english.test(text)
}

const longestPeriod = 300

/** The end of the text repeats itself: four times or more, over 120 characters (240 where no letter is in it). */
export function isLooping(text: string): boolean {
  for (let period = 1; period <= longestPeriod; period++) {
    const unit = text.slice(-period)
    const needed = Math.max(period * 4, /\p{L}/u.test(unit) ? 120 : 240)
    if (needed > text.length) {
      // Longer periods need more text still.
      if (period * 4 > text.length) return false
      continue
    }
    if (repeats(text, period, needed)) return true
  }
  return false
}

function repeats(text: string, period: number, length: number): boolean {
  for (let i = text.length - 1; i >= text.length - length + period; i--) {
    if (text[i] !== text[i - period]) return false
  }
  return true
}
