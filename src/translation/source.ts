// What there is to translate in a text, and in which language it is.
import { TARGET_LANGS, type TargetLang } from '../core/target-lang.ts'
import { blankOut } from '../text/blank.ts'
import { foreignLang } from '../text/foreign.ts'
import { detectLanguage, type Language } from '../text/language.ts'
import { isRomanised, otherLayout } from '../text/layout.ts'
import { findItems, type Item } from './items.ts'

/** Laughing and crying, which people do in every language. */
const LAUGHS = /[ㅋㅎㅠㅜㅡ]+/g

/** The language of the words; null where none of ours can be told. */
export function sourceLang(text: string): TargetLang | null {
  // Korean in Latin letters is neither for the rules that look at scripts.
  if (isRomanised(text)) return null
  const quiet = text.replace(LAUGHS, ' ')
  const lang = detectLanguage(/\p{L}/u.test(quiet) ? quiet : text)
  return lang === 'en' || lang === 'other' ? (foreignLang(quiet) ?? ofOurs(lang)) : ofOurs(lang)
}

/** Said in first letters: 응, 아니, 오케이, 감사, 죄송, 축하 … */
const IN_LETTERS =
  /(?<![ㄱ-ㅣ가-힣])(?:ㅇㅋ|ㅇㅇ|ㄴㄴ|ㄱㅅ|ㄳ|ㅈㅅ|ㅊㅋ|ㄱㄷ|ㄱㄱ|ㅎㅇ|ㅂㅂ|ㅂㅇ|ㄹㅇ|ㅅㄱ|ㄱㅊ|ㅇㄷ|ㅇㅈ|ㅁㄹ|ㅇㅎ)+(?![ㄱ-ㅣ가-힣])/

/** There is nothing but emoji, code, links, numbers or signs in it. "ㅋㅋ" and "ㅠㅠ" are no words either. */
export function isWordless(text: string, items: readonly Item[] = findItems(text)): boolean {
  const open = blankOut(text, items, ' ')
  return !/[\p{L}]/u.test(open.replaceAll(/[\u3131-\u318E]/g, ' ')) && !IN_LETTERS.test(open)
}

/** What a reader wants who does not say: their own language, or, where it is in that already, Korean, and for Koreans English. */
export function targetFor(text: string, reader: TargetLang): TargetLang {
  const lang = sourceLang(otherLayout(text) ?? text)
  return lang === reader ? (reader === 'ko' ? 'en' : 'ko') : reader
}

/** Of a text that has this much of both languages, each reader has their part already. */
const BOTH = 0.3

/** Which of the two a message has to be translated into; null where it has no words, or is in both already, or in neither. */
export function otherOf(written: string, pair: readonly [TargetLang, TargetLang]): TargetLang | null {
  const text = otherLayout(written) ?? written
  if (isWordless(text)) return null
  const [one, other] = pair
  const chars: Partial<Record<TargetLang, number>> = {}
  for (const line of text.split(/\n+|(?<=[.!?。])\s+|\s[/|]\s/)) {
    const lang = isWordless(line) ? null : langOf(line, pair)
    if (lang) chars[lang] = (chars[lang] ?? 0) + line.length
  }
  const [first, second] = [chars[one] ?? 0, chars[other] ?? 0]
  if (Math.min(first, second) >= BOTH * (first + second) && first > 0) return null
  const from = langOf(text, pair)
  return from === one ? other : from === other ? one : null
}

const TOLD: ReadonlySet<TargetLang> = new Set<TargetLang>(['ko', 'en', 'ja', 'zh'])

/** Between these two more can be told than among all. */
function langOf(text: string, pair: readonly [TargetLang, TargetLang]): TargetLang | null {
  if (pair.includes('ko') && isRomanised(text)) return 'ko'
  const lang = sourceLang(text)
  const foreign = pair.find((one) => !TOLD.has(one))
  // Certainly not English, and in a channel of these two: a few words of the other one.
  if (lang === null && foreign !== undefined && detectLanguage(text) === 'other') return foreign
  return lang
}

function ofOurs(lang: Language): TargetLang | null {
  return TARGET_LANGS.find((one) => one === lang) ?? null
}
