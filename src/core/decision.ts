// What route and the commands may decide. Plain data: the intake carries it out, the adapter acknowledges.
import type { Content, Form } from './content.ts'
import type { Lang } from './error.ts'
import type { Handle, Place, StaffSubject } from './inbound.ts'

/** The three queues, by the resource they need. */
export type QueueName = 'chat' | 'batch' | 'relay'

/** What a turn is for; one file in workers/ (or a feature's handler) per kind. */
export type TurnKind = string

/** How an interaction is acknowledged after the commit. `update` = a button press that changes nothing at once. */
export type Ack = 'none' | 'defer' | 'defer-private' | 'update'

/** Why a person is called. */
export type HandOverReason =
  | 'button'
  | 'words'
  | 'command'
  | 'thumbs-down'
  | 'no-evidence'
  | 'angry'
  /** A keyword, a topic or a channel that is set to go to people. */
  | 'rule'

/** What needs the database to decide, as a condition of the insert: see store/inbox.ts. */
export type OnlyIf = 'thread-is-ours' | 'burst-is-open' | 'with-staff' | 'with-copy'

export interface Enqueue {
  type: 'enqueue'
  lane: string
  kind: TurnKind
  queue: QueueName
  ack: Ack
  /** Where the answer goes. */
  place: Place
  text: string
  /** Anything more that the handler needs; JSON. */
  body: Record<string, unknown>
  onlyIf?: OnlyIf
  /** Set for channel-level messages that may be joined with the same person's next ones: the key is the channel. */
  burst?: string
  /** Platform id of the message replied to: the store resolves it to the lane of our post. */
  replyTo?: string
  /**
   * Never a turn, only a line of the transcript: said to somebody else in a thread of ours, or by someone who may not use
   * it here. From anyone but the asker it interrupts. With `onlyIf: 'thread-is-ours'`.
   */
  isNote?: boolean
  /** Ordered by the bot itself: however much waits, it is not refused, for nobody would send it again. */
  isTask?: boolean
  /** Said to the bot, by mention or in a direct message: only a person who has the case hears it instead. */
  isTold?: boolean
  /** Counts as this source, so that a second one is recognised as the same. */
  once?: string
  /** What becomes of it instead where a person has the conversation; with `onlyIf: 'with-staff'`. */
  relay?: Enqueue
  /** How long to wait for quiet before the turn starts; 0 = at once. */
  quietMs: number
  handle?: Handle
}

/** `id`: of the draft's or answer's turn, or of the proposal; of an answer also `message:<platform id>`, of an article
 * that is not proposed yet `turn:<turn that asked>`; of a reply the turn that showed it. */
export interface FormSubject {
  what: StaffSubject | 'reason' | 'rating' | 'reply'
  id: string
}

/** A button of the staff's that somebody pressed who is none, or elsewhere than in the staff channel. Ids only. */
export interface RefusedPress {
  action: string
  verb: string | null
  /** The case, turn or proposal. */
  of: string | null
}

export type Decision =
  | { type: 'ignore'; reason: string; refused?: RefusedPress }
  /** `relay`: what becomes of it where a person has the conversation. */
  | { type: 'react'; emoji: string; onlyIf?: OnlyIf; lane: string; replyTo?: string; relay: Enqueue }
  | { type: 'reply'; content: Content; isPrivate: boolean; refused?: RefusedPress }
  | { type: 'form'; form: Form }
  /** A form that only the database can fill in. */
  | { type: 'form-of'; subject: FormSubject; lang: Lang }
  | Enqueue
  /** `otherwise`: what becomes of it when there is nothing to stop. */
  | { type: 'signal'; signal: Signal; relay?: Enqueue; otherwise?: Enqueue }

/** Something that must reach a running turn, maybe in another process. */
export type Signal =
  | { kind: 'edit'; workspace: string; audience: string; source: string; text: string; writtenAt: number }
  | { kind: 'delete'; workspace: string; audience: string; source: string }
  | {
      kind: 'stop'
      workspace: string
      lane: string | null
      /** The turn that the Stop button names. */
      turn: string | null
      author: string
      isAdmin: boolean
      /** With nothing to stop in the lane: the author's own answers at this place, in whatever lane. */
      place?: Place
    }

/** What the adapter does once deliver() has resolved: by then everything is committed. */
export interface Receipt {
  ack: Ack
  reply?: { content: Content; isPrivate: boolean }
  form?: Form
  react?: string
  /** Set when an answer will come: show "writing…" there now, unless the platform shows what is deferred so by itself. */
  status?: { place: Place; text: string }
}

export const IGNORED: Receipt = { ack: 'none' }
