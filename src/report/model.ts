// What a report says, and the rows that it is made from; no database, no clock.

import type { Lang } from '../core/error.ts'
import type { TurnFacts } from '../core/facts.ts'

/** One question and what became of it. */
export interface AnswerRow {
  turn: string
  workspace: string
  lane: string
  state: 'done' | 'failed' | 'stopped'
  at: Date
  /** Of the answer; null when there was none. */
  lang: Lang | null
  /** As far as it is kept. */
  question: string
  /** From the first message of it to the start of the work. */
  waitedMs: number
  up: number
  down: number
  /** What those who pressed 👎 wrote, without personal data. */
  words: readonly string[]
  facts: TurnFacts
}

/** Somebody asked for a person. */
export interface PersonRow {
  workspace: string
  lane: string
  /** The answer under which they did; null when they wrote it. */
  answer: string | null
}

export interface DocumentRow {
  id: string
  title: string
  source: string
  url: string | null
  updatedAt: Date
  expiresAt: Date | null
}

/** From `from`, before `to`. Workspace null = all of them. */
export interface Period {
  from: Date
  to: Date
  workspace: string | null
}

export interface Cluster {
  count: number
  /** The most typical question, on one line, without personal data. */
  example: string
  /** The turn that asked it: what an article is written from. */
  turn: string
}

export interface SourceComplaints {
  document: string
  title: string
  down: number
  /** How often each was given; those without a reason are not among them. */
  reasons: Readonly<Record<string, number>>
}

export interface StaleArticle extends Pick<DocumentRow, 'title' | 'source' | 'url'> {
  why: 'expired' | 'old'
  /** When it expired, or last changed. */
  since: Date
  down: number
  /** Answers from it that staff took back or set right. */
  setRight: number
}

export interface Speed {
  count: number
  median: number | null
  /** 95 in 100 are as fast. */
  most: number | null
}

export interface OfLanguage {
  answers: number
  /** ms, from the question to what was seen. */
  firstWordMs: Speed
  wholeMs: Speed
  up: number
  down: number
}

/** One case that a person had; times in ms from its opening, null before. */
export interface CaseRow {
  lang: Lang
  firstMs: number | null
  resolvedMs: number | null
  rating: number | null
  /** Who had the case that the stars are for; the person's name is missing once they wanted to be forgotten. */
  ratedBy: 'person' | 'bot' | null
  ratedPerson: string | null
  ratedName: string | null
  /** A target was missed. */
  isLate: boolean
}

export interface Cases {
  opened: number
  resolved: number
  late: number
  firstMs: Speed
  resolvedMs: Speed
  byLang: Readonly<Record<Lang, Rated>>
  /** Cases that a person had, and those that nobody took. */
  byKind: Readonly<Record<'person' | 'bot', Rated>>
  /** The most rated first. */
  byPerson: readonly (Rated & { name: string })[]
}

export interface Rated {
  rated: number
  /** On average; null without any. */
  stars: number | null
}

export interface Cost {
  perHour: number
  unit: string
  /** Of one answer, as if the GPU served nothing else while the model wrote: no answer has cost more work. */
  work: number | null
  /** Of one answer, with the GPU paid for all of the period. */
  rent: number | null
}

export interface Day {
  /** YYYY-MM-DD in the zone of the report. */
  date: string
  answered: number
  /** Neither answered nor handed over. */
  open: number
  /** A person was asked for. */
  person: number
}

export interface Report {
  from: Date
  to: Date
  workspace: string | null
  zone: string
  questions: number
  /** Answered from the documents or by the model; whoever asked did not ask for a person. */
  withoutPerson: number
  person: number
  unanswered: number
  failed: number
  days: readonly Day[]
  cases: Cases
  byLang: Readonly<Record<Lang, OfLanguage>>
  clusters: readonly Cluster[]
  complaints: readonly SourceComplaints[]
  /** 👎 by their reasons, `none` without one. */
  reasons: Readonly<Record<string, number>>
  /** What people wrote about answers that did not help, the newest first. */
  words: readonly string[]
  stale: readonly StaleArticle[]
  tokens: { read: number; written: number; perAnswer: number | null; modelMs: number }
  /** Null without a price. */
  cost: Cost | null
}
