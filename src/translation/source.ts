// What there is to translate in a text, and in which language it is.
import { TARGET_LANGS, type TargetLang } from '../core/target-lang.ts'
import { blankOut } from '../text/blank.ts'
import { detectLanguage, type Language } from '../text/language.ts'
import { isRomanised, otherLayout } from '../text/layout.ts'
import { findItems } from './items.ts'

/** The language of the words; null where none of ours can be told. */
export function sourceLang(text: string): TargetLang | null {
  // Korean in Latin letters is neither for the rules that look at scripts.
  return isRomanised(text) ? null : ofOurs(detectLanguage(text))
}

/** Which way numbers and names are read where the language is not known. */
export function readAs(lang: TargetLang | null): 'ko' | 'en' {
  return lang === 'ko' ? 'ko' : 'en'
}

/** There is nothing but emoji, code, links, numbers or signs in it. "ㅋㅋ" and "ㅠㅠ" are no words either. */
export function isWordless(text: string): boolean {
  const open = blankOut(text, findItems(text, 'ko'), ' ')
  return !/[\p{L}]/u.test(open.replaceAll(/[\u3131-\u318E]/g, ' '))
}

/** What a reader wants who does not say: their own language, or, where it is in that already, Korean, and for Koreans English. */
export function targetFor(text: string, reader: TargetLang): TargetLang {
  const lang = sourceLang(otherLayout(text) ?? text)
  return lang === reader ? (reader === 'ko' ? 'en' : 'ko') : reader
}

/** Of a text that has this much of both languages, each reader has their part already. */
const BOTH = 0.3

/** Which of the two a message has to be translated into; null where it has no words, or is in both already, or in neither. */
export function otherOf(text: string, [one, other]: readonly [TargetLang, TargetLang]): TargetLang | null {
  if (isWordless(text)) return null
  const chars: Partial<Record<TargetLang, number>> = {}
  for (const line of text.split(/\n+|(?<=[.!?。])\s+|\s[/|]\s/)) {
    const lang = isWordless(line) ? null : sourceLang(line)
    if (lang) chars[lang] = (chars[lang] ?? 0) + line.length
  }
  const [first, second] = [chars[one] ?? 0, chars[other] ?? 0]
  if (Math.min(first, second) >= BOTH * (first + second) && first > 0) return null
  const from = sourceLang(text)
  return from === one ? other : from === other ? one : null
}

function ofOurs(lang: Language): TargetLang | null {
  return TARGET_LANGS.find((one) => one === lang) ?? null
}
