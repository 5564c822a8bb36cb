// What comes due for a case, and when: reminders and targets. All of it follows from the ticket, so that whoever moves it
// can say anew what is to come. Pure.
import type { Targets } from '../core/targets.ts'
import { type Calendar, inDaytime } from './hours.ts'
import { ENDED, type Ticket, type TicketEvent, type Timer, type TimerKind } from './model.ts'
import { dueOf, pauseAfter } from './sla.ts'

export interface Rules {
  calendar: Calendar
  targets: Targets
  /** Days without a reply of the customer's until they are reminded, and again until the case ends; null = never. */
  staleDays: number | null
}

/** What moves with a case beside its status. */
export type Course = Pick<
  Ticket,
  | 'openedAt'
  | 'waitingSince'
  | 'pausedSince'
  | 'pausedMinutes'
  | 'missed'
  | 'wasLate'
  | 'said'
  | 'snoozedUntil'
  | 'opening'
  | 'rating'
  | 'ratingComment'
>

const DAY_MS = 86_400_000
/** Resolved so long ago, what its customer writes is a new matter. */
const CLOSES_AFTER_DAYS = 14
const OF_WAITING: readonly TimerKind[] = ['remind', 'expire']

/** The customer's own zone; where nobody has said it, the desk's. */
export function zoneOf({ zone }: Pick<Ticket, 'zone'>, { calendar }: Pick<Rules, 'calendar'>): string {
  return zone ?? calendar.zone
}

/** `before` has become `after` in its status. */
export function courseAfter(
  before: Ticket,
  after: Pick<Ticket, 'status'>,
  event: TicketEvent,
  now: Date,
  rules: Pick<Rules, 'calendar'>,
): Course {
  const isReopened = ENDED.includes(before.status) && !ENDED.includes(after.status)
  const isWaiting = after.status === 'waiting-customer'
  const { missed, wasLate, opening, rating, ratingComment } = before
  if (isReopened)
    return {
      ...{ openedAt: now, waitingSince: isWaiting ? now : null },
      ...{ pausedSince: isWaiting ? now : null, pausedMinutes: 0, said: [], snoozedUntil: null },
      ...{ missed: [], wasLate: wasLate || missed.length > 0 },
      // Its customer is asked anew; what they gave before is kept apart.
      ...{ opening: opening + 1, rating: null, ratingComment: null },
    }
  const isOver = event === 'customer-wrote' || ENDED.includes(after.status)
  const snoozedUntil = isOver ? null : before.snoozedUntil
  return {
    ...{ openedAt: before.openedAt, opening, rating, ratingComment, missed, wasLate, snoozedUntil },
    // What staff write again gives the customer time again.
    waitingSince: isWaiting ? (event === 'staff-wrote' ? now : (before.waitingSince ?? now)) : null,
    ...pauseAfter(before, { status: after.status, snoozedUntil }, now, rules),
    said: saidAfter(before, after, event, inDaytime(now, zoneOf(before, rules)) <= now),
  }
}

function saidAfter(
  { said }: Ticket,
  after: Pick<Ticket, 'status'>,
  event: TicketEvent,
  isDaytime: boolean,
): TimerKind[] {
  if (event === 'customer-wrote' || event === 'staff-wrote')
    return said.filter((one) => !OF_WAITING.includes(one))
  // By day the customer is asked for stars in the very message that tells the end.
  return after.status === 'resolved' && isDaytime && !said.includes('rate') ? [...said, 'rate'] : said
}

/** All that is to come, as things stand. */
export function timersOf(ticket: Ticket, now: Date, rules: Rules): Timer[] {
  const zone = zoneOf(ticket, rules)
  const timers: Timer[] = []
  const add = (kind: TimerKind, due: Date | null): void => {
    if (due && !ticket.said.includes(kind)) timers.push({ kind, due })
  }
  if (ticket.status === 'closed') return []
  if (ticket.status === 'resolved') {
    const resolved = ticket.resolvedAt ?? now
    if (ticket.rating === null) add('rate', inDaytime(now, zone))
    add('close', new Date(resolved.getTime() + CLOSES_AFTER_DAYS * DAY_MS))
    return timers
  }
  const { first, resolve } = dueOf(ticket, rules)
  // Whoever has had no reply yet has none while the case is put off either.
  add('first-warn', first.warn)
  add('first-breach', first.breach)
  // Also when it is over: until the ring has been heard it is snoozed.
  if (ticket.snoozedUntil) return [...timers, { kind: 'snooze', due: ticket.snoozedUntil }]
  if (ticket.status !== 'waiting-customer') {
    add('resolve-warn', resolve.warn)
    add('resolve-breach', resolve.breach)
  } else if (rules.staleDays !== null && ticket.waitingSince) {
    const span = rules.staleDays * DAY_MS
    const since = ticket.waitingSince.getTime()
    // Never in the past, as after a snooze or an outage: then both would come at once, and maybe at night.
    const byDay = (at: number): Date => inDaytime(new Date(Math.max(at, now.getTime())), zone)
    const remind = byDay(since + span)
    add('remind', remind)
    const isReminded = ticket.said.includes('remind')
    add('expire', byDay(isReminded ? since + 2 * span : remind.getTime() + span))
  }
  return timers
}
