// What a translation is asked by and what comes back. Types only.
import type { Both } from '../core/error.ts'
import type { TargetLang } from '../core/target-lang.ts'
import type { Address, Tone } from '../core/tone.ts'

/** What a rule found wrong and the model did not mend. Nobody is told how sure the model is: it is never asked. */
export type FlagKind =
  /** A name, link, code or the like is missing, is there twice, or stands in another line. */
  | 'protected'
  /** A number, amount, date or the like is missing or was added. */
  | 'value'
  /** Not in the language asked for. */
  | 'language'
  /** Chinese characters or kana where they do not belong. */
  | 'foreign'
  /** Part of it is still as it was. */
  | 'untranslated'
  /** Far too short or too long. */
  | 'length'
  /** "not" on one side only: lost, or added. */
  | 'negation'
  /** The model stopped before the end. */
  | 'cut'
  /** A word of the glossary was translated in another way, or a forbidden form was used. */
  | 'term'
  /** Korean that does not speak as politely as was asked for. */
  | 'level'
  /** 당신, 귀하, 씨, or another word than the channel's. */
  | 'address'
  /** A thing is honoured: 품절이세요. */
  | 'honorific'
  /** 되 for 돼, 않 for 안. */
  | 'spelling'
  /** About refunds, law or safety: a person should compare it. The detail is the translation, translated back. */
  | 'risk'
  /** Translated back, a value or a "not" differs from the source. */
  | 'back'
  /** It was typed with the keyboard switched to the other language; the detail is how it was read. */
  | 'layout'
  /** An address that the source does not have; it is taken out. */
  | 'link'

export interface Flag {
  kind: FlagKind
  /** What it is about, as written; '' where the kind says it all. */
  detail: string
}

export interface TranslateRequest {
  text: string
  to: TargetLang
  /** Null or absent: found out. */
  from?: TargetLang | null
  /** Null or absent: 해요 in Korean, plain politeness elsewhere. */
  tone?: Tone | null
  /** Only one of 합니다 and 해요. */
  isStrict?: boolean
  /** What Korean calls the reader. Absent: 고객님 or nothing. */
  address?: Address
  /** What is about refunds, law or safety is translated back, and marked. */
  isBackChecked?: boolean
  /**
   * What was said before, oldest first: for pronouns and words, never translated itself. Awaited only when a model is asked.
   * Never rejects.
   */
  context?: readonly string[] | Promise<readonly string[]>
  /** What their channel is for, for the same; awaited only when a model is asked. Never rejects. */
  topic?: Promise<string | null> | null
  workspace: string
  /** Null: what holds in the whole workspace. */
  channel: string | null
  /** Stable per conversation; see ModelRequest. */
  session: string
  /** Lower is sooner. */
  priority?: number
  signal: AbortSignal
  /** Where it may be remembered, and whose words it is, and to whom; absent: it is neither remembered nor looked up. */
  memory?: { audience: string; author: string | null; about?: string | null }
}

/** What people wrote right before the message of that turn. Oldest first, each with its author's name; untrusted. */
export type SaidBefore = (turn: string) => Promise<string[]>

/** A person set a translation right. */
export interface Correction
  extends Pick<TranslateRequest, 'text' | 'to' | 'from' | 'tone' | 'workspace' | 'channel'> {
  /** The whole of it, as it should read. */
  translation: string
  audience: string
  /** Whose words the text is, and to whom they were written. */
  author: string | null
  about?: string | null
  /** Who corrected it. */
  by: string
}

/** False where it cannot be kept: it has personal data, or lacks a name, link or code of the text. */
export type Correct = (correction: Correction) => Promise<boolean>

/** `exact`: known, no model was asked. `corrected`: the same, by a person. `fuzzy`: the model was shown a similar one. */
export type FromMemory = 'exact' | 'corrected' | 'fuzzy'

export interface Translation {
  /** `same`: it is in that language already. `nothing`: there is no word in it. In both, `translation` is the text. */
  outcome: 'translated' | 'same' | 'nothing'
  translation: string
  /** Null when it is none of ours, or cannot be told. */
  from: TargetLang | null
  to: TargetLang
  flags: Flag[]
  /** How often the model was asked again. */
  retries: number
  /** Null: nothing like it was known. Of a long text the part that cost most says it. */
  memory: FromMemory | null
}

/** One entry of the glossary. */
export interface Term {
  /** How it is called in each language, at least in two; of what is not translated, in one or more. */
  forms: Partial<Record<TargetLang, string>>
  /** `keep`: it stays as it is in every language. */
  kind: 'fixed' | 'keep'
  /** What it must not be called, in whatever language. */
  forbidden: string[]
  isCaseSensitive: boolean
}

/** Throws the model's BotErrors (`model-*`, `aborted`). */
export type Translate = (request: TranslateRequest) => Promise<Translation>

/** One call to a model; all of it may be shown to nobody before it is checked. */
export interface Prompt {
  /** What is the same for many requests stands first. */
  system: string[]
  text: string
  to: TargetLang
  workspace: string
  session: string
  priority: number
  signal: AbortSignal
}

export type Ask = (prompt: Prompt) => Promise<{ text: string; isWhole: boolean }>

export type Added =
  | { outcome: 'added' | 'changed'; term: Term }
  /** No word, or two of one language. */
  | { outcome: 'unreadable' }
  | { outcome: 'bad'; why: Both }
  /** Another term has one of its words, and says something else. */
  | { outcome: 'contradiction'; clash: string }
  | { outcome: 'full'; max: number }

export interface Imported {
  taken: number
  /** For want of room. */
  left: number
  bad: { row: number; why: Both }[]
  /** With terms that were there before; these stay, and so do the new ones. */
  clashes: string[]
}

/** `channel` null: what holds everywhere in the workspace. */
export interface Glossary {
  list(workspace: string, channel: string | null): Promise<Term[]>
  add(workspace: string, channel: string | null, typed: string, by: string): Promise<Added>
  /** How many went. */
  remove(workspace: string, channel: string | null, word: string): Promise<number>
  importCsv(workspace: string, channel: string | null, text: string, by: string): Promise<Imported>
  exportCsv(workspace: string, channel: string | null): Promise<string>
}
