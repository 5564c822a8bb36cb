// A case that a person has: what is kept of it and what may be done with it. Nothing that runs.
import type { HandOverReason } from '../core/decision.ts'
import type { Both, Lang } from '../core/error.ts'
import type { Place } from '../core/inbound.ts'

export const STATUSES = ['open', 'waiting-staff', 'waiting-customer', 'resolved', 'closed'] as const
/** `open`: nobody has taken it. `closed`: spam, or could not be taken up. */
export type TicketStatus = (typeof STATUSES)[number]
/** Of these, no person has the case any more, and the bot speaks again. */
export const ENDED: readonly TicketStatus[] = ['resolved', 'closed']

/** Everything that may move a ticket from one status to another. */
export const EVENTS = ['customer-wrote', 'staff-wrote', 'claim', 'resolve', 'reopen', 'spam'] as const
export type TicketEvent = (typeof EVENTS)[number]

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
  /** Of its customer: 1 to 5. */
  rating: number | null
  createdAt: Date
  updatedAt: Date
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

export type Changes = Partial<Pick<Ticket, 'assignee' | 'assigneeName' | 'summaryKo' | 'summaryEn'>>

export interface Tickets {
  /**
   * The ticket of the lane, opened anew when it had ended, or a new one. From then on the lane is the staff's: what waits
   * in it is handed on, and an answer that is being written stops. `press`: the turn that asks, except which.
   */
  open(ticket: NewTicket, press: string): Promise<{ ticket: Ticket; isNew: boolean }>
  find(workspace: string, id: string): Promise<Ticket | null>
  /** Of a lane of the customer's or the staff's. */
  ofLane(workspace: string, lane: string): Promise<{ ticket: Ticket; side: 'customer' | 'staff' } | null>
  /** Moves it, or says why it may not be. Two who claim at once get one yes and one no. */
  move(workspace: string, id: string, event: TicketEvent, by: By, changes?: Changes): Promise<Moved>
  /** What moves nothing: a summary. */
  change(workspace: string, id: string, changes: Changes): Promise<Ticket | null>
  /** Kept with the ticket, seen by staff only; once per press. */
  note(workspace: string, id: string, text: string, by: By): Promise<void>
  /** Where its card stands: from then on messages in that lane are the staff's. */
  carded(workspace: string, id: string, card: string, staffLane: string): Promise<void>
  /** In the workspace of the customer; their latest word counts. Null when the case is not theirs. */
  rate(home: string, id: string, customer: string, rating: number): Promise<Ticket | null>
  /** Deletes cases that nothing happened to for so long; bounded. Returns how many. */
  purge(retentionDays: number, limit: number): Promise<number>
  /** Everything of a person's cases; gives the cards to take away. */
  forget(home: string, person: string): Promise<{ workspace: string; card: string | null }[]>
}
