// Whether a translation is in its language: the whole of it, single letters of another script, and what stayed as it was.
import type { TargetLang } from '../../core/target-lang.ts'
import { foreignLang } from '../../text/foreign.ts'
import { detectLanguage, type Language } from '../../text/language.ts'
import type { Flag } from '../model.ts'

const HANGUL_WORD = /[\uAC00-\uD7A3]+/g
const HAN = /\p{Script=Han}/gu
const KANA = /[\u3041-\u30FA\u30FD-\u30FF\u31F0-\u31FF\uFF66-\uFF9D]/g
/** Names, titles and what is quoted may stay in the other language. */
const QUOTED = /"[^"\n]+"|“[^”\n]+”|‘[^’\n]+’|「[^」\n]+」|『[^』\n]+』|\([^()\n]*\)|（[^（）\n]*）|^>.*$/gm
/** Six English words in a row, without capitals or numbers between them, are a sentence and no name. */
const ENGLISH_RUN = /(?:\b[a-z][a-z'’]+\b[ ,]+){5,}\b[a-z][a-z'’]+\b/g
const SMALL_WORD = /(?<![\p{L}\p{N}_./-])[a-z][a-z'’]+(?![\p{L}\p{N}_/-])/gu
const MIN_WORDS = 3

/** Both texts without what was protected. */
export function checkScript(
  source: string,
  translated: string,
  from: TargetLang | null,
  to: TargetLang,
): Flag[] {
  if (isOtherLanguage(translated, to)) return [{ kind: 'language', detail: '' }]
  const own = translated.replace(QUOTED, ' ')
  return [...foreignSigns(source, own, from, to), ...leftOver(source, own, to)]
}

function isOtherLanguage(translated: string, to: TargetLang): boolean {
  const lang = detectLanguage(translated)
  if (lang === 'unknown' || lang === to) return false
  const isLatin = lang === 'en' || lang === 'other'
  if (!isTold(to)) return !isLatin || isOtherForeign(translated, to, lang)
  if (!isLatin) return shareOf(translated, to) < 1 / 2
  // Where a good part is Korean, the rest was left over.
  if (to !== 'en' && shareOf(translated, to) > 1 / 4) return false
  // "iPhone 15 Pro" is the same everywhere; prose has small letters.
  return (translated.match(/(?<![\p{L}\p{N}])\p{Ll}{2,}/gu) ?? []).length >= MIN_WORDS
}

/** Told apart by a word or two at times not: then nothing is said. */
const CLOSE: readonly TargetLang[] = ['es', 'pt', 'it']
/** Names have none of these, and no other language has two. */
const ENGLISH = /\b(?:the|is|are|you|your|we|our|it|to|of|and|for|will|can|please|this|that|with)\b/gi

/** For Spanish, German, Russian and so on: another of them, or English. */
function isOtherForeign(translated: string, to: TargetLang, detected: Language): boolean {
  const lang = foreignLang(translated)
  if (lang !== null) return lang !== to && !(CLOSE.includes(lang) && CLOSE.includes(to))
  return detected === 'en' && (translated.match(ENGLISH) ?? []).length > 1
}

const OWN_SCRIPT = {
  ko: /\p{Script=Hangul}/gu,
  en: /\p{Script=Latin}/gu,
  ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  zh: /\p{Script=Han}/gu,
}

/** The languages that can be told apart by rule. */
function isTold(lang: TargetLang): lang is keyof typeof OWN_SCRIPT {
  return lang in OWN_SCRIPT
}

/** How many of the letters are its own. Japanese that happens to have no kana reads as Chinese. */
function shareOf(translated: string, to: keyof typeof OWN_SCRIPT): number {
  const count = (pattern: RegExp): number => translated.match(pattern)?.length ?? 0
  return count(OWN_SCRIPT[to]) / count(/\p{L}/gu)
}

function foreignSigns(source: string, own: string, from: TargetLang | null, to: TargetLang): Flag[] {
  const isEastAsian = to === 'ja' || to === 'zh'
  const isFromThere = from === 'ja' || from === 'zh'
  const han = isEastAsian ? [] : signsIn(own, HAN).filter((sign) => isFromThere || !source.includes(sign))
  const kana = to === 'ja' ? [] : signsIn(own, KANA)
  const found = [...new Set([...han, ...kana])].join('')
  return found === '' ? [] : [{ kind: 'foreign', detail: found.slice(0, 20) }]
}

function signsIn(text: string, pattern: RegExp): string[] {
  return text.match(pattern) ?? []
}

/** Sentences that stand as they stood in the source. A title has capitals, a name no three small words. */
function keptWhole(source: string, own: string): string[] {
  const before = new Set(latinSentences(source.replace(QUOTED, ' ')))
  return latinSentences(own).filter(
    (sentence) =>
      before.has(sentence) &&
      sentence.match(ENGLISH_RUN) === null &&
      (sentence.match(SMALL_WORD) ?? []).length >= MIN_WORDS,
  )
}

function latinSentences(text: string): string[] {
  return text
    .split(/(?<=[.!?…])\s+|\n+/)
    .map((sentence) => sentence.trim().replace(/\s+/g, ' '))
    .filter((sentence) => /[a-z]/.test(sentence) && !/[^\p{Script=Latin}\P{L}]/u.test(sentence))
}

function leftOver(source: string, own: string, to: TargetLang): Flag[] {
  const left =
    to === 'ko'
      ? [...(own.match(ENGLISH_RUN) ?? []).filter((run) => source.includes(run)), ...keptWhole(source, own)]
      : (own.match(HANGUL_WORD) ?? [])
  return [...new Set(left)]
    .slice(0, 5)
    .map((detail) => ({ kind: 'untranslated', detail: detail.slice(0, 80) }))
}
