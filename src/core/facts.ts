// What is noted with a turn in `turns.facts`, for reports, drafts and corrections. This is the one list of its keys: a
// key that is not here is internal. All are optional, since older turns lack newer ones. Milliseconds and tokens are the
// model's own counts; GPU time is `modelMs`.
import type { HandOverReason } from './decision.ts'
import type { Lang } from './error.ts'
import type { TargetLang } from './target-lang.ts'

export interface TurnFacts {
  /** Of the answer; also in `turns.answer_lang`. */
  lang?: Lang
  /** Version of the prompt, the model's id, and what it flagged (`truncated`, `retried:language`, …). */
  prompt?: string
  model?: string
  flags?: string[]
  promptTokens?: number | null
  cachedTokens?: number | null
  /** Written by the model. */
  tokens?: number | null
  /** From the start of the run: the model's first token, its last, the first word that was visible, all of it. */
  ttftMs?: number
  modelMs?: number
  firstWordMs?: number | null
  ms?: number
  /** The model's time for finding out what to search for, where that was needed; not part of `modelMs`. */
  prepareMs?: number
  /** What it read and wrote for that; not part of `promptTokens` and `tokens`. */
  preparePromptTokens?: number | null
  prepareTokens?: number | null
  intent?: string
  mood?: string
  /** One of those that go to a person. */
  topic?: string
  /** What the model took the question for, standing alone, in both languages. */
  asked?: { ko: string; en: string }
  /** 0 to 1: how much of the question the passages have. */
  coverage?: number
  /** How near in meaning the nearest passage is: a cosine; only with embeddings. */
  similarity?: number
  /** What the answer cites, in order. */
  sources?: { chunk: string; document: string; title: string; collection?: string }[]
  /** Sentences that no passage bore out. */
  dropped?: number
  /** There is a knowledge base, and the answer is not in it. */
  noEvidence?: boolean
  /** The model was away, so the passages were shown themselves. */
  asTheyAre?: boolean
  stopped?: boolean
  /** In turns of kind `relay`: it was a question to the bot, until a person had the conversation. */
  takenOver?: boolean
  /** In turns of kind `person`: how a person was asked for, the answer's turn if known, and whether staff were told. */
  handover?: { reason: HandOverReason; turn: string | null; isTold: boolean }
  /** The newest verdict on the answer; who gave which is in the table `feedback`. */
  feedback?: 'up' | 'down'
  /** Of a 👎; null after a change of mind. Words that go with it are in the table `feedback`. */
  reason?: FeedbackReason | null
  /** Staff set the answer right, in a draft before it was sent or afterwards: a person's id. Null: it still stands. */
  correctedBy?: string | null
  /** Staff took it back: a person's id. */
  withdrawn?: string | null
  /** Proposed as an article: its id. */
  proposal?: string
  /** In turns of kind `relay` that were translated. */
  relay?: RelayFacts
  /** In turns of kind `auto`, once the message was translated. */
  auto?: AutoFacts
  /** In turns of kind `flag`, once the message was translated. */
  flag?: FlagFacts
  /** The turn was given up: with what error. */
  failed?: string
}

/** What a message that is handed on became in its reader's language: a second run asks nobody again. */
export interface RelayFacts {
  /** Fingerprint of what was written and of the language it is wanted in: after an edit none of this holds any more. */
  of: string
  from: TargetLang | null
  to: TargetLang
  /** Null: the model was away, or failed. */
  text: string | null
  /** What rules found wrong with it; see translation/model.ts. */
  flags: { kind: string; detail: string }[]
  /** What staff made of it: it may go out, with `text` as they wrote it themselves. */
  decided?: { text: string | null; by: string; byName: string; press: string }
}

/** What a message became in a channel in which every message is translated. */
export interface AutoFacts {
  /** Fingerprint of what was written and of the pair of languages: after an edit none of this holds any more. */
  of: string
  from: TargetLang | null
  to: TargetLang
  text: string
  flags: { kind: string; detail: string }[]
  /** What it was before an edit has been shown: it has its place, and waits for nobody. */
  isShown: boolean
}

export const FEEDBACK_REASONS = ['wrong', 'outdated', 'not-asked', 'other'] as const
export type FeedbackReason = (typeof FEEDBACK_REASONS)[number]

/** What a message with a flag on it became. */
export interface FlagFacts {
  /** Fingerprint of what was read: after an edit none of this holds any more. */
  of: string
  /** Where it was shown. */
  thread: string | null
  /** Null where there was nothing to translate. */
  text: string | null
  lang: Lang
}
