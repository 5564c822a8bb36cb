// How good the answers were: every figure is a share, of what it could have been right about.
import type { Lang } from '../../core/error.ts'
import { detectLanguage } from '../../text/language.ts'
import type { Asked } from './asker.ts'
import { saysFact } from './questions.ts'

export interface Share {
  right: number
  of: number
}

export interface Scores {
  /** Answers that say every key fact, of the questions that a page answers. */
  correct: Share
  /** Of those questions: it said that the documents do not have it. */
  refused: Share
  /** Citations of an article that answers the question, of all shown under answers to those. */
  citations: Share
  /** Questions that no page answers and that were answered all the same. */
  falseAnswers: Share
  /** Answers in the language of their question, of all that the model gave. */
  language: Share
  /** No answer at all, of all questions. */
  failed: Share
}

export interface Figures {
  firstWordMs: number | null
  /** Of whole answers: half are as fast, and 95 in 100. */
  msMedian: number | null
  ms95: number | null
  /** Written, of one answer; tokens. */
  tokens: number | null
  /** Sentences that no passage bore out, and that were not shown. */
  dropped: number
}

export interface Summary {
  ko: Scores
  en: Scores
  all: Scores
  figures: Figures
}

export interface Verdict {
  /** Null where that is no question. */
  isCorrect: boolean | null
  isFalse: boolean | null
  isInLanguage: boolean | null
  /** Key facts that it does not say. */
  missing: readonly string[]
}

export function toVerdict({ question, outcome, text, error }: Asked): Verdict {
  const isAnswerable = question.articles.length > 0
  const isAnswered = outcome === 'answered'
  const missing = question.facts.filter((fact) => !isAnswered || !saysFact(text, fact))
  const isForeign = error?.code === 'model-garbled'
  return {
    isCorrect: isAnswerable ? isAnswered && missing.length === 0 : null,
    isFalse: isAnswerable ? null : isAnswered,
    isInLanguage: isAnswered ? detectLanguage(text) === question.lang : isForeign ? false : null,
    missing: missing.map((fact) => fact[0] ?? ''),
  }
}

export function summarize(asked: readonly Asked[]): Summary {
  const of = (lang: Lang) => scoresOf(asked.filter(({ question }) => question.lang === lang))
  return { ko: of('ko'), en: of('en'), all: scoresOf(asked), figures: figuresOf(asked) }
}

function scoresOf(asked: readonly Asked[]): Scores {
  const verdicts = asked.map(toVerdict)
  const answerable = asked.filter(({ question }) => question.articles.length > 0)
  const cited = answerable
    .filter(({ outcome }) => outcome === 'answered')
    .flatMap(({ question, cited }) => cited.map((article) => question.articles.includes(article)))
  return {
    correct: shareOf(verdicts.map(({ isCorrect }) => isCorrect)),
    refused: shareOf(answerable.map(({ outcome }) => outcome === 'refused')),
    citations: shareOf(cited),
    falseAnswers: shareOf(verdicts.map(({ isFalse }) => isFalse)),
    language: shareOf(verdicts.map(({ isInLanguage }) => isInLanguage)),
    failed: shareOf(asked.map(({ outcome }) => outcome === 'failed')),
  }
}

function shareOf(judged: readonly (boolean | null)[]): Share {
  const counted = judged.filter((one) => one !== null)
  return { right: counted.filter(Boolean).length, of: counted.length }
}

function figuresOf(asked: readonly Asked[]): Figures {
  const answered = asked.filter(({ outcome }) => outcome === 'answered')
  const times = answered.map(({ ms }) => ms)
  return {
    firstWordMs: quantile(
      answered.flatMap(({ firstWordMs }) => firstWordMs ?? []),
      0.5,
    ),
    msMedian: quantile(times, 0.5),
    ms95: quantile(times, 0.95),
    tokens: quantile(
      answered.flatMap(({ tokens }) => tokens ?? []),
      0.5,
    ),
    dropped: asked.reduce((sum, { dropped }) => sum + dropped, 0),
  }
}

function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil(share * sorted.length) - 1] ?? null
}
