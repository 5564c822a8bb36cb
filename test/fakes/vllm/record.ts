// What a test can read about requests, and how it makes the pooling routes fail.

import type { IncomingHttpHeaders } from 'node:http'
import type { ChatBody } from './chat-template.ts'
import type { Fault } from './script.ts'

/** Times are milliseconds since the epoch, with fractions. */
export interface RecordedRequest {
  id: string
  body: ChatBody
  headers: IncomingHttpHeaders
  /** X-Session-ID */
  session: string | undefined
  lastUser: string
  at: number
  status: number
  tokensSent: number
  promptTokens?: number
  cachedTokens?: number
  startedAt?: number
  firstTokenAt?: number
  finishedAt?: number
  abortedAt?: number
}

export interface PoolingRequest {
  route: 'embeddings' | 'rerank'
  /** Of a rerank: the documents. */
  texts: readonly string[]
  query: string | null
  status: number
}

export interface Pooling {
  /** In order of arrival, refused ones included. */
  readonly requests: PoolingRequest[]
  /** Of both routes, until it is set to null; those of streams make no sense here. */
  fault: Fault | null
  /** Before each answer. */
  delayMs: number
  /** A gateway in front that refuses keys of vLLM's own. */
  isStrict: boolean
}

export function createPooling(): Pooling {
  return { requests: [], fault: null, delayMs: 0, isStrict: false }
}
