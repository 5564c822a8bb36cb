// The shapes of what is kept, without a database: what intake, workers and features are given.
import type { Enqueue, QueueName } from '../core/decision.ts'
import type { Lang } from '../core/error.ts'
import type { FeedbackReason } from '../core/facts.ts'
import type { Author, AuthorKind, Place } from '../core/inbound.ts'
import type { TargetLang } from '../core/target-lang.ts'
import type { Tones } from '../core/tone.ts'
import type { TranscriptLine, TurnMessage } from '../core/turn.ts'

export type { LongWait, Stranded, Sweep } from './sweep-model.ts'

/** Proof of ownership: every later write says it again. */
export interface Lease {
  workspace: string
  lane: string
  owner: string
  epoch: number
}

export interface PostRow {
  slot: string
  key: string
  state: 'intent' | 'open' | 'final'
  id: string | null
  source: string | null
  place: Place
  /** ms since the epoch, by the database's clock. */
  intendedAt: number
}

export interface ClaimedTurn {
  lease: Lease
  id: string
  audience: string
  kind: string
  queue: QueueName
  place: Place
  author: { id: string; name: string; kind: AuthorKind; lang: Lang | null; isAdmin: boolean }
  messages: TurnMessage[]
  history: TranscriptLine[]
  posts: PostRow[]
  /** Of a wake-up of its lane. */
  priority: number
  attempts: number
  /** How often a worker that held it went silent … */
  crashes: number
  /** … and how often that one then turned out to be alive. */
  survived: number
  isVisible: boolean
  /** Another turn's answer has told the author, or is about to. */
  isNotified: boolean
  /** Somebody stopped it before it was claimed. */
  isStopped: boolean
  /** As the last attempt left them. */
  facts: Record<string, unknown>
  handle: string | null
  createdAt: number
}

export type Claim =
  | { outcome: 'claimed'; turn: ClaimedTurn }
  /** Another owner holds the lane, the turn is not due, or as many run as may: try again in `ms`. */
  | { outcome: 'refused' | 'early' | 'full'; ms: number }
  /** Nothing to do, or more is awaited: whoever took the newest message in wakes the lane when it is due. */
  | { outcome: 'empty' | 'quiet' }

export interface TurnResult {
  /** `held`: not before those that come before it in its channel have ended. */
  state: 'done' | 'failed' | 'stopped' | 'gone' | 'pending' | 'held'
  /** In which it goes on. */
  queue?: QueueName
  answer?: string | null
  lang?: Lang | null
  /** Of a turn that goes back (`pending`) only what has changed, null for what goes; else all that is kept. */
  facts?: Record<string, unknown>
  errorCode?: string
  errorHint?: string
  code?: string
  attempts?: number
  notBeforeMs?: number
  notified?: boolean
}

export interface FailedTurn {
  id: string
  workspace: string
  lane: string
  kind: string
  queue: QueueName
  code: string | null
  error: string | null
  hint: string | null
  attempts: number
  at: Date
}

export interface ClaimOptions {
  /** Also takes a turn that waits before its next attempt, e.g. to tell people so. */
  isEarlyOk?: boolean
  /** Nothing is taken while this many turns of chats run, in all processes together. */
  mostRunning?: number
}

export interface Turns {
  claim(
    workspace: string,
    lane: string,
    owner: string,
    leaseMs: number,
    options?: ClaimOptions,
  ): Promise<Claim>
  /** Reads the turn again under the same epoch, with what has been added, edited and deleted; null = fenced off. */
  refresh(lease: Lease, leaseMs: number): Promise<ClaimedTurn | null>
  /** Null = fenced off; else the number of rows that wait in the lane. */
  finish(id: string, lease: Lease, result: TurnResult): Promise<number | null>
  /**
   * True for the one turn whose answer tells its author who writes and what is kept, on each of its attempts. One that then
   * ends without `notified` gives it back.
   */
  claimNotice(id: string, lease: Lease): Promise<boolean>
  /** Whoever lost the turn is alive: that it went silent was no crash. */
  survived(id: string): Promise<void>
  /** Those held turns of a channel go on whose time has come. Returns the lanes to wake on `relay`. */
  release(workspace: string, channel: string): Promise<string[]>
  failed(limit: number): Promise<FailedTurn[]>
  /** Sets a failed turn pending again; returns what to wake. */
  retry(id: string | 'all'): Promise<{ workspace: string; lane: string; queue: QueueName }[]>
  drop(id: string): Promise<boolean>
  counts(): Promise<Record<string, number>>
}

export interface Posts {
  /** Records that a message is about to be made; the same row on every attempt. Null = fenced off. */
  intend(
    turn: string,
    audience: string,
    slot: string,
    place: Place,
    source: string | null,
    lease: Lease,
  ): Promise<PostRow | null>
  /** The platform has it. `isAnswer` false for a notice that the answer will replace. False = fenced off. */
  opened(turn: string, slot: string, platformId: string, lease: Lease, isAnswer?: boolean): Promise<boolean>
  /** It is complete. False = fenced off. */
  closed(turn: string, slot: string, platformId: string, textHash: string, lease: Lease): Promise<boolean>
  removed(turn: string, slot: string, lease: Lease): Promise<boolean>
  /** Posts without an id may be there all the same: the next attempt looks before it posts. They are `open` then. */
  doubted(turn: string, lease: Lease): Promise<void>
  /** Right before a final write: is the lane still ours, has a person its conversation, and what has been signalled meanwhile? */
  recheck(lease: Lease): Promise<{ isHeld: boolean; signals: string[]; isWithPerson: boolean }>
  /** The turn that made a message, for feedback. */
  turnOf(
    workspace: string,
    platformId: string,
  ): Promise<{ turn: string; lane: string; author: string } | null>
}

export interface Renewed {
  workspace: string
  lane: string
  epoch: number
  signals: string[]
}

export interface Leases {
  /** Extends the lanes that are still ours; one that is missing from the result is lost. */
  renew(owner: string, leases: readonly Lease[], leaseMs: number): Promise<Renewed[]>
  /** At the start of a process that is known to be alone on its database (embedded). */
  releaseAll(): Promise<void>
  /** Takes or keeps a named lease. */
  hold(name: string, owner: string, leaseMs: number): Promise<boolean>
  letGo(name: string, owner: string): Promise<void>
  /** True for the turn that asks first for this name, whenever it asks, and for no other. */
  isFirst(name: string, turn: string): Promise<boolean>
  readMark(name: string): Promise<string | null>
  writeMark(name: string, mark: string): Promise<void>
}

export interface People extends Tones {
  /** Deletes every row that holds a person's words or traits, except the turn that confirms it. Returns how many messages. */
  forget(workspace: string, person: string, exceptTurn: string): Promise<number>
  /** "My language": what translations for them go into; null where they have not said. On Discord it holds on every server. */
  readsOf(workspace: string, person: string): Promise<TargetLang | null>
  setReads(workspace: string, person: string, lang: TargetLang | null): Promise<void>
  /** What they say of their own clock, by its IANA name; null where they have not. On Discord it holds on every server. */
  zoneOf(workspace: string, person: string): Promise<string | null>
  setZone(workspace: string, person: string, zone: string | null): Promise<void>
  /**
   * Where to find staff for somebody on Discord who writes directly: the staff channel of the one server in which they
   * have asked before. Null when there is none, or more than one, so that nobody hears of what is not for them.
   */
  staffOf(person: string): Promise<{ workspace: string; channel: string } | null>
  /** Their latest verdict on a turn's answer counts. */
  rate(workspace: string, audience: string, turn: string, person: string, value: 'up' | 'down'): Promise<void>
  /** Why their verdict was 👎, with words of their own if any. False when it is none, or not any more. */
  explain(
    workspace: string,
    turn: string,
    person: string,
    reason: FeedbackReason,
    words: string | null,
  ): Promise<boolean>
}

export interface Received {
  lane: string
  state: 'pending' | 'taken' | 'done' | 'noted' | 'gone' | 'ahead' | 'refused'
  /** False when the platform delivered it before. */
  isNew: boolean
  /** This process has committed it, and added its wake-up, before. */
  isKnown: boolean
  /** A worker holds the lane now. */
  isActive: boolean
  /** Of the wake-up: lower is sooner. Grows with what the person, and a little with what the workspace, has waiting. */
  priority: number
  /** Messages of the workspace that wait already. */
  ahead: number
  /** Refused, and told so less than a minute ago. */
  isTold: boolean
  /** A person has the conversation: it goes to them, on the queue `relay`. */
  isRelayed: boolean
}

export interface InboxRow {
  workspace: string
  audience: string
  source: string
  author: Author
}

export interface Inbox {
  /** Null when a condition (`onlyIf`) says that it is not for us. Committed once this resolves. */
  receive(row: InboxRow, what: Enqueue): Promise<Received | null>
  /** The lane's conversation is with this person, and nobody else has written since the last answer. */
  isOurs(workspace: string, lane: string, author: string, replyTo: string | null): Promise<boolean>
  /** Channels of direct messages on Discord in which something was said lately, newest first; at most 200. */
  dmChannels(): Promise<string[]>
  /** The new text of a message: in a running turn it restarts the answer; what was handed on between staff and
   * customer is handed on again, and what is read in translation, in a channel or under a flag, translated again. Returns
   * what to wake then. */
  edit(
    workspace: string,
    audience: string,
    source: string,
    text: string,
    mayBeAhead: boolean,
  ): Promise<{ lane: string; queue: QueueName }[]>
  /**
   * Leaves a tombstone when the message has not come yet. Returns the channel in which others may have waited for what was
   * to be shown of it.
   */
  remove(workspace: string, audience: string, source: string): Promise<string | null>
  /**
   * Stops the turn that runs or waits in a lane, or a turn by its id; only the asker or an admin may. Where there is none,
   * the author's own answers at `place`. Returns whether there was one.
   */
  stop(
    workspace: string,
    by: { lane: string | null; turn: string | null; author: string; isAdmin: boolean; place?: Place },
  ): Promise<boolean>
}
