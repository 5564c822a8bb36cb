// What a test can read about one chat request.

import type { IncomingHttpHeaders } from 'node:http'
import type { ChatBody } from './chat-template.ts'

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
