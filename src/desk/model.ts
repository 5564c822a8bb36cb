// A case that a person has: what is kept of it and what may be done with it. Nothing that runs.
import type { HandOverReason } from '../core/decision.ts'
import type { Both, Lang } from '../core/error.ts'
import type { Place } from '../core/inbound.ts'
import type { TargetLang } from '../core/target-lang.ts'
import type { Priority } from '../core/targets.ts'

export const STATUSES = ['open', 'waiting-staff', 'waiting-customer', 'resolved', 'closed'] as const
/** `open`: nobody has taken it. `closed`: spam, merged, handed back to the bot, or ended long ago. */
export type TicketStatus = (typeof STATUSES)[number]
/** Of these, no person has the case any more, and the bot speaks again. */
export const ENDED: readonly TicketStatus[] = ['resolved', 'closed']

/** Everything that may move a ticket from one status to another. */
export const EVENTS = [
  'customer-wrote',
  'staff-wrote',
  'claim',
  /** Somebody is given it, or another one than before. */
  'assign',
  'resolve',
  'reopen',
  'spam',
  /** The bot answers again. */
  'hand-back',
  /** Into another case of the same customer. */
  'merge',
  /** The customer has not replied for long. */
  'expire',
  /** Resolved, and nothing came after it. */
  'close',
] as const
export type TicketEvent = (typeof EVENTS)[number]

export const CATEGORIES = [
  'delivery',
  'return',
  'payment',
  'account',
  'product',
  'technical',
  'other',
] as const
export type Category = (typeof CATEGORIES)[number]

/** What comes due for a case. `-warn` comes before the target is missed, `-breach` when it is. */
export type TimerKind =
  | 'first-warn'
  | 'first-breach'
  | 'resolve-warn'
  | 'resolve-breach'
  | 'remind'
  | 'expire'
  | 'close'
  | 'rate'
  | 'snooze'

/** A promise to the customer: the first reply, and the end. */
export type TargetName = 'first' | 'resolve'

export interface Timer {
  kind: TimerKind
  due: Date
}

export interface Ticket {
  id: string
  /** Of the staff; a customer who writes directly on Discord is in none. */
  workspace: string
  /** Counts from 1 in each workspace: what people call it by. */
  number: number
  /** Of the customer's conversation. */
  audience: string
  lane: string
  place: Place
  /** The message that called for a person, as linkTo takes it; null after a command. */
  source: string | null
  customer: string
  customerName: string
  lang: Lang
  /** What the customer writes, where that is neither Korean nor English; the bot itself speaks only these two. */
  reads: TargetLang | null
  status: TicketStatus
  assignee: string | null
  assigneeName: string | null
  mood: 'calm' | 'annoyed' | 'angry' | null
  reason: HandOverReason
  /** What the customer asked last, before a person was called. */
  question: string
  /** Titles of what the bot's last answer cited; empty when it had nothing. */
  tried: string[]
  /** By the model, for staff; null until it is written. */
  summaryKo: string | null
  summaryEn: string | null
  staffPlace: Place
  /** Of the card's thread, once the card is there. */
  staffLane: string | null
  /** The turn that shows its card. */
  card: string | null
  firstResponseAt: Date | null
  resolvedAt: Date | null
  resolvedByName: string | null
  /** Of its customer for this opening: 1 to 5; earlier ones are kept apart. */
  rating: number | null
  ratingComment: string | null
  /** Of the customer's clock, by their own words or the platform's; null when neither says. */
  zone: string | null
  /** By the model, or by staff. */
  category: Category | null
  priority: Priority
  tags: string[]
  snoozedUntil: Date | null
  /** The case that this one has become part of. */
  mergedInto: string | null
  /** Counts from 1: raised when it is opened again. */
  opening: number
  /** From when on its targets count: anew when it is opened again. */
  openedAt: Date
  /** Since when the customer owes a reply; null while staff do. */
  waitingSince: Date | null
  /** Since when its clock stands: the customer owes a reply, or it is put off. */
  pausedSince: Date | null
  /** Business time for which its clock has stood before; it does not count for the resolution. */
  pausedMinutes: number
  /** Targets that were not met since it was opened. */
  missed: TargetName[]
  /** One was not met before it was opened again. */
  wasLate: boolean
  /** Its forum post has the tag for what is solved. */
  isMarked: boolean
  /** The tag that made room for it, by the platform's id. */
  droppedTag: string | null
  /** What has come due and been said, which is not said again. */
  said: TimerKind[]
  /** Raised with every change. */
  revision: number
}

export type NewTicket = Pick<
  Ticket,
  | 'workspace'
  | 'audience'
  | 'lane'
  | 'place'
  | 'source'
  | 'customer'
  | 'customerName'
  | 'lang'
  | 'mood'
  | 'reason'
  | 'question'
  | 'tried'
  | 'staffPlace'
  | 'zone'
>

/** Who does it, and the turn in which they do: after a crash that comes again, and is known by it. */
export interface By {
  id: string
  name: string
  press: string
}

export type Moved =
  /** `isRepeat`: the same press had done it before. */
  | { outcome: 'moved'; ticket: Ticket; isRepeat: boolean }
  | { outcome: 'refused'; ticket: Ticket; why: Both }
  | { outcome: 'gone' }

export type Changes = Partial<
  Pick<
    Ticket,
    | 'assignee'
    | 'assigneeName'
    | 'summaryKo'
    | 'summaryEn'
    | 'category'
    | 'priority'
    | 'tags'
    | 'snoozedUntil'
    | 'mergedInto'
    | 'reads'
    | 'zone'
  >
>

/** A case in a list. */
export interface TicketFilter {
  /** By default those that have not ended. */
  status?: TicketStatus
  assignee?: string
  tag?: string
}

/** What moves nothing: a note; the customer was abusive, and was asked once to stay civil; it went to whoever is in charge. */
export type NoteEvent = 'note' | 'abuse' | 'warned' | 'escalated'

export interface TicketLine {
  event: string
  byName: string
  text: string | null
  at: Date
}

/** Somebody who has handled a case here. */
export interface Colleague {
  id: string
  name: string
}

/** When people are there, said to whom it concerns. */
export interface Times {
  /** When the customer may expect a person; null where no hours are set. */
  expected(ticket: Ticket, now: Date): Both | null
  /** Whether the customer may be written to about what can wait. */
  isDaytime(ticket: Ticket, now: Date): boolean
  /** Days without a reply until the customer is reminded; null = never. */
  staleDays(ticket: Ticket): number | null
  /** When its targets are missed; null without one, or when it is met. */
  due(ticket: Ticket, what?: 'warn' | 'breach'): { first: Date | null; resolve: Date | null }
  /** "내일(월) 오전 9시 (한국 시간)", for staff. */
  say(workspace: string, at: Date, now: Date): Both
  /** "2h", "내일 9시"-like lengths of snoozing; null when it cannot be read. */
  snoozeUntil(workspace: string, typed: string, now: Date): Date | null
}

/** Of a case's conversation. */
export interface Line {
  by: 'customer' | 'staff' | 'bot' | 'other'
  /** Untrusted; '' where it says nothing. */
  name: string
  text: string
}

/** A reply before it is sent to a case's customer. */
export interface StaffReply {
  ticket: string
  text: string
  /** Set once it was sent. */
  sentByName: string | null
}

/** By the turn that showed it. */
export interface Replies {
  offer(workspace: string, turn: string, reply: Pick<StaffReply, 'ticket' | 'text'>): Promise<void>
  find(workspace: string, turn: string): Promise<StaffReply | null>
  /** False when somebody else was first. */
  send(workspace: string, turn: string, by: By): Promise<boolean>
}

export interface Tickets {
  /**
   * The ticket of the lane, opened anew when it had ended, or a new one. From then on the lane is the staff's: what waits
   * in it, and what was being answered, is handed on.
   */
  open(ticket: NewTicket): Promise<{ ticket: Ticket; isNew: boolean }>
  find(workspace: string, id: string): Promise<Ticket | null>
  byNumber(workspace: string, number: number): Promise<Ticket | null>
  /** The most urgent first, then the oldest. */
  list(workspace: string, filter: TicketFilter, limit: number): Promise<Ticket[]>
  /** Names of the files that the customer has sent in that conversation. */
  files(ticket: Ticket): Promise<string[]>
  /** What happened to it, oldest first. */
  lines(id: string, limit: number): Promise<TicketLine[]>
  /** Of those who have handled a case here: who is called so, else whose name begins so. */
  colleagues(workspace: string, name: string): Promise<Colleague[]>
  /** Of a lane of the customer's or the staff's. */
  ofLane(workspace: string, lane: string): Promise<{ ticket: Ticket; side: 'customer' | 'staff' } | null>
  /** Moves it, or says why it may not be. Two who claim at once get one yes and one no. */
  move(workspace: string, id: string, event: TicketEvent, by: By, changes?: Changes): Promise<Moved>
  /** What moves nothing: a summary, a priority, tags. Its timers follow. */
  change(workspace: string, id: string, changes: Changes): Promise<Ticket | null>
  /** Their customer's clock, in what they may still be told of. `home`: the customer's workspace. */
  rezone(home: string, customer: string, zone: string | null): Promise<void>
  /** Something has come due and been said: once. */
  said(workspace: string, id: string, kind: TimerKind, by: By): Promise<Ticket | null>
  /** Timers that are due; they stay until `rang`. */
  due(now: Date, limit: number): Promise<(Timer & { ticket: string; workspace: string; staffPlace: Place })[]>
  rang(timers: readonly (Timer & { ticket: string })[]): Promise<void>
  /** Kept with the ticket, seen by staff only; once per press. */
  note(workspace: string, id: string, text: string | null, by: By, event?: NoteEvent): Promise<void>
  /** What was noted by that press is none any more. False when there was none. */
  unnote(press: string): Promise<boolean>
  /** Where its card stands: from then on messages in that lane are the staff's. */
  carded(workspace: string, id: string, card: string, staffLane: string): Promise<void>
  /** A tag of its forum post makes room for the one that says it is solved. */
  dropped(workspace: string, id: string, tag: string): Promise<void>
  /** Its forum post is tagged so; without the tag, what made room for it is back. */
  marked(workspace: string, id: string, isMarked: boolean): Promise<void>
  /** In the workspace of the customer; their latest word on how it last ended counts. Null when the case is not theirs. */
  rate(
    home: string,
    id: string,
    customer: string,
    rating: { stars: number } | { comment: string },
  ): Promise<Ticket | null>
  /** Deletes cases that have ended and that nothing happened to for so long; bounded. `workspace`: only there. Returns how many. */
  purge(retentionDays: number, limit: number, workspace?: string | null): Promise<number>
}
