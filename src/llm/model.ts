// What the rest of Damso knows about a language model: how to ask, what comes back, which failures mean "wait".
// Workers import only this file; the client behind it is made by `createModel`.

import type { BotError, Lang } from '../core/error.ts'

/** Of what nobody waits for in a chat. As vLLM counts: lower is sooner, and 0 is what is not sent at all. */
export const BATCH_PRIORITY = 10
/** Of a message that is handed on: somebody waits for it, but in no chat with the model. */
export const RELAY_PRIORITY = 1

export interface Picture {
  mime: string
  base64: string
}

export interface ModelRequest {
  /** Whose words it is about: whether personal data in it is masked is set there. '' for nobody's. */
  workspace: string
  /** Stable part first: what is the same for every request stands before what is not, for the prefix cache. */
  system: string[]
  /** Oldest first, complete from the start of the lane; trimmed here to what the context holds. */
  history: { role: 'user' | 'assistant'; text: string }[]
  user: { text: string; images?: Picture[] }
  lang: Lang
  /** Stable per lane: routers use it to find the replica that has the prefix cached. */
  session: string
  /** Lower is sooner, as in vLLM. 0 for chats, which the queue counts; all else takes a place (places.ts). */
  priority?: number
  maxTokens?: number
  /** The answer must be in this language; null or absent: any. Ignored when the user names another language. */
  expectLang?: Lang | null
  /** The person's own words, where `user` holds more (passages, files); only they can wish for another language. */
  asked?: string
  /** The part of `user` that the company tells its customers itself: what stands in it is nobody's secret. */
  published?: string
  signal: AbortSignal
}

export interface Completion {
  text: string
  finishReason: 'stop' | 'length'
  promptTokens: number | null
  cachedTokens: number | null
  completionTokens: number | null
  /** From the call to the model's first token of the attempt that counts. */
  ttftMs: number
  totalMs: number
  /** `truncated`, `thought-stripped`, `history-trimmed`, `retried:language`, `retried:loop`, `retried:empty` … */
  flags: string[]
}

export type ModelInfo =
  | { ok: true; id: string; maxModelLen: number; rehearsal: boolean }
  | { ok: false; error: BotError }

export interface Model {
  /** Empty until the server was asked, when no model is configured. */
  readonly id: string
  readonly profile: Profile
  info(): Promise<ModelInfo>
  /** Whether it takes pictures; asks the server what it serves when that is not known. Throws BotError (`model-*`, `aborted`). */
  sees(signal: AbortSignal): Promise<boolean>
  /**
   * `onText` gets all text that may be shown so far, at every delta. `onRestart` says that what was shown will be
   * replaced by the next `onText`. Throws only BotError (`model-*`, `aborted`).
   */
  answer(request: ModelRequest, onText: (soFar: string) => void, onRestart?: () => void): Promise<Completion>
}

export type Family =
  | 'exaone-3.5'
  | 'exaone-deep'
  | 'exaone-4.0'
  | 'exaone-4.0-1.2b'
  | 'exaone-4.5'
  | 'k-exaone'
  | 'k-exaone-2'
  | 'plain'
  | 'rehearsal'

/** Sent on every request: a server's own defaults differ (vLLM: temperature 1.0; llama.cpp: top_k 40, min_p 0.05). */
export interface Sampling {
  temperature: number
  top_p: number
  presence_penalty?: number
  repetition_penalty?: number
  top_k?: number
  min_p?: number
}

export interface Profile {
  family: Family
  label: string
  licence: { name: string; commercial: 'yes' | 'no' | 'ask' | 'unknown'; note: string }
  vision: boolean
  /** Where instructions go: EXAONE Deep takes no system turn. */
  instructions: 'system' | 'user'
  thinking: 'none' | 'toggle' | 'always'
  /** Sent on every request; a template that does not know a key ignores it. */
  templateKwargs: Readonly<Record<string, boolean>>
  sampling: Readonly<Record<Lang, Sampling>>
  maxTokens: number
  /** What `vllm serve --reasoning-parser` should say, for the doctor. */
  reasoningParser: string | null
  /** Not a language model at all: every answer carries a label that says so. */
  rehearsal: boolean
}

/** Where an embeddings server or a reranker is. */
export interface PoolingConfig {
  /** Ends in /v1. */
  baseUrl: string
  apiKey?: string
  model: string
  /** A request that takes longer fails. Milliseconds; 30,000 when absent. */
  timeoutMs?: number
}

export interface Embedder {
  /** Says what passages' vectors were made with, model and prefix: those of another maker are of no use. */
  readonly maker: string
  /** A vector of length 1 for each text, in order, in one request. Throws only BotErrors (`embeddings-*`). */
  embed(kind: 'question' | 'passage', texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>
}

export interface Reranker {
  /** How well each document answers, in their order; higher is better. Throws only BotErrors (`reranker-*`). */
  rerank(question: string, documents: readonly string[], signal: AbortSignal): Promise<number[]>
}
