// The pairs of languages between which a channel can be translated.
import { LANG_WORDS, TARGET_LANGS, type TargetLang } from './target-lang.ts'

export type Pair = readonly [TargetLang, TargetLang]

/** With Korean first, then with English: `ko-en`, `ko-ja`, …, `en-ja`, … */
export const PAIRS: readonly string[] = [
  ...TARGET_LANGS.filter((lang) => lang !== 'ko').map((lang) => `ko-${lang}`),
  ...TARGET_LANGS.filter((lang) => lang !== 'ko' && lang !== 'en').map((lang) => `en-${lang}`),
]

/** Null where nothing is translated by itself. */
export function pairOf(setting: string): Pair | null {
  return PAIRS.includes(setting) ? (setting.split('-') as unknown as Pair) : null
}

/** "한국어 ⇄ 영어". */
export function pairName([one, other]: Pair, lang: 'ko' | 'en'): string {
  return `${LANG_WORDS[one].name[lang]} ⇄ ${LANG_WORDS[other].name[lang]}`
}
