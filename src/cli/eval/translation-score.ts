// How good translations were: closeness to the references, and what the rules of src/translation found in them.
import type { Both, Lang } from '../../core/error.ts'
import { findValues } from '../../text/values.ts'
import { chrF } from '../../translation/chrf.ts'
import type { Flag, FlagKind } from '../../translation/model.ts'
import type { Share } from './score.ts'
import type { Sentence } from './sentences.ts'

export interface Translated {
  sentence: Sentence
  /** Null when there was none. */
  translation: string | null
  flags: readonly Flag[]
  retries: number
  /** The code of what went wrong; null when nothing did. */
  error: string | null
}

export interface TranslationScores {
  /** 0 to 100. */
  chrF: number | null
  /** Of the sentences that have a word of the glossary. */
  terms: Share
  /** Of those that have a number, amount, date, name, link or placeholder. */
  values: Share
  /** Of those into Korean. */
  level: Share
  language: Share
  /** Translations that would be shown with a warning. */
  flagged: Share
  /** Asked for a second time. */
  retried: Share
  /** Sentences without a translation, of all. */
  failed: Share
}

export type TranslationSummary = Record<'toEn' | 'toKo' | 'all', TranslationScores>

export function summarizeTranslations(all: readonly Translated[]): TranslationSummary {
  const into = (lang: Lang): Translated[] => all.filter(({ sentence }) => sentence.to === lang)
  return { toEn: scoresOf(into('en')), toKo: scoresOf(into('ko')), all: scoresOf(all) }
}

function scoresOf(all: readonly Translated[]): TranslationScores {
  const made = all.filter(({ translation }) => translation !== null)
  const share = (of: readonly Translated[], isRight: (one: Translated) => boolean): Share => ({
    right: of.filter(isRight).length,
    of: of.length,
  })
  const without =
    (...kinds: FlagKind[]) =>
    ({ flags }: Translated): boolean =>
      !flags.some(({ kind }) => kinds.includes(kind))
  const where = (test: (sentence: Sentence) => boolean): Translated[] =>
    made.filter(({ sentence }) => test(sentence))
  return {
    chrF: chrF(
      made.map(({ translation, sentence }) => ({
        translation: translation ?? '',
        reference: sentence.reference,
      })),
    ),
    terms: share(
      where(({ terms }) => terms.length > 0),
      without('term'),
    ),
    values: share(where(hasValues), without('value', 'protected', 'link')),
    level: share(
      where(({ to }) => to === 'ko'),
      without('level'),
    ),
    language: share(made, without('language', 'foreign', 'untranslated')),
    flagged: share(made, ({ flags }) => flags.length > 0),
    retried: share(made, ({ retries }) => retries > 0),
    failed: share(all, ({ translation }) => translation === null),
  }
}

function hasValues({ source, from }: Sentence): boolean {
  return findValues(source, from).length > 0 || /[`{@%]/.test(source)
}

const ROWS: readonly (readonly [keyof TranslationScores, Both])[] = [
  ['chrF', { ko: 'chrF2 (0–100)', en: 'chrF2 (0–100)' }],
  ['terms', { ko: '용어집대로 옮김', en: 'glossary terms kept' }],
  ['values', { ko: '숫자·날짜·이름·링크가 같음', en: 'numbers, dates, names and links equal' }],
  ['level', { ko: '요청한 말투', en: 'speech level asked for' }],
  ['language', { ko: '요청한 언어', en: 'language asked for' }],
  ['flagged', { ko: '‘확인 필요’가 붙음', en: 'marked “please check”' }],
  ['retried', { ko: '다시 물어봄', en: 'asked for again' }],
  ['failed', { ko: '번역을 받지 못함', en: 'no translation at all' }],
]
const HEADER: Readonly<Record<Lang, readonly string[]>> = {
  ko: ['', '한국어 → 영어', '영어 → 한국어', '전체'],
  en: ['', 'Korean → English', 'English → Korean', 'all'],
}

/** With its header. */
export function toTranslationRows({ toEn, toKo, all }: TranslationSummary, lang: Lang): string[][] {
  const rows = ROWS.map(([key, title]) => [
    title[lang],
    ...[toEn, toKo, all].map((scores) => toCell(scores[key])),
  ])
  return [[...HEADER[lang]], ...rows]
}

function toCell(score: Share | number | null): string {
  if (score === null) return '-'
  if (typeof score === 'number') return score.toFixed(1)
  return score.of === 0 ? '-' : `${Math.round((100 * score.right) / score.of)}% (${score.right}/${score.of})`
}
