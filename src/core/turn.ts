// A turn, as a worker gets it, and what a handler of turns is given and gives back.

import type { Clock } from './clock.ts'
import type { Content } from './content.ts'
import type { QueueName, TurnKind } from './decision.ts'
import type { Lang } from './error.ts'
import type { Attachment, AuthorKind, Place } from './inbound.ts'
import type { Logger } from './logger.ts'
import type { Outbound } from './outbound.ts'
import type { Settings } from './settings.ts'

/** One inbound row of a turn. */
export interface TurnMessage {
  source: string
  text: string
  body: Record<string, unknown>
  attachments: Attachment[]
  at: number
}

/** A line of the lane's own transcript, oldest first; `other` = a person who is not the asker. */
export interface TranscriptLine {
  role: 'asker' | 'other' | 'bot'
  text: string
}

export interface Turn {
  id: string
  workspace: string
  audience: string
  lane: string
  kind: TurnKind
  queue: QueueName
  place: Place
  author: { id: string; name: string; kind: AuthorKind; lang: Lang | null; isAdmin: boolean }
  messages: TurnMessage[]
  history: TranscriptLine[]
  /** 1 on the first try; only the turn's own failures count. */
  attempt: number
  /** The author has had the first-answer notice already, from another turn. */
  isNotified: boolean
  handle: string | null
  /** What earlier runs of it have noted. */
  facts: Readonly<Record<string, unknown>>
  settings: Settings
}

/** Whether what is said in this turn is for the person who asked alone. */
export function isPrivate({ handle, kind, messages }: Pick<Turn, 'handle' | 'kind' | 'messages'>): boolean {
  if (kind !== 'answer' && handle !== null) return true
  return messages.some((message) => message.body['isPrivate'] === true)
}

/** A growing answer over as many posts as its length needs. */
export interface Reply {
  show(text: string): void
  readonly isVisible: boolean
  readonly firstShown: Promise<number>
  finish(content: Content): Promise<void>
  /** Takes it away; whether there was anything. */
  discard(): Promise<boolean>
}

export interface ReplyOptions {
  growing?: Pick<Content, 'buttons' | 'notes'>
  isPrivate?: boolean
  /** By default the turn's own. */
  place?: Place
}

/** The only way out for a handler: every post is recorded, fenced by the lease, and idempotent by its slot. */
export interface Poster {
  /** `title`: what a thread made for it is called; by default the question's first words. */
  send(
    slot: string,
    content: Content,
    options?: { place?: Place; isPrivate?: boolean; title?: string },
  ): Promise<void>
  reply(slot: string, options: ReplyOptions): Reply
  whisper(person: string, content: Content): Promise<void>
  readonly outbound: Outbound
}

/** An answer that is written, whatever became of its posts. */
export interface Written {
  content: Content
  outcome: Extract<Outcome, { type: 'answered' }>
}

export interface Context {
  turn: Turn
  post: Poster
  signal: AbortSignal
  /** What an earlier attempt had written when the platform failed it; it only has to be posted. */
  written: Written | null
  /** Said once nothing but posting is left: should the platform fail, the next attempt gets it as `written`. */
  keep(written: Written): void
  /** Asked right before the final write: this answer is to carry the author's first notice. */
  claimNotice(): Promise<boolean>
  log: Logger
  clock: Clock
}

/** What becomes of the turn. `answered` keeps the text as the lane's transcript; `facts` are kept with the turn. */
export type Outcome =
  | { type: 'answered'; text: string; lang: Lang; facts?: Record<string, unknown> }
  | { type: 'done'; facts?: Record<string, unknown> }
  /** It goes on in that queue; held: not before those that come before it in its channel have ended (store/order.ts). */
  | { type: 'goes-on'; queue: QueueName; isHeld: boolean; facts: Record<string, unknown> }
  | { type: 'dropped' }

export type Handler = (context: Context) => Promise<Outcome>

/** Why a running handler's signal was aborted. `taken-over`: a person has the conversation. */
export type AbortReason = 'stop' | 'restart' | 'taken-over' | 'lease-lost' | 'shutdown'
