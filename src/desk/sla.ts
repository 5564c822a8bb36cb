// Whether a case meets its targets: a fact of its own times in business time, whoever looks at it, and whenever. Pure.
import type { Target } from '../core/targets.ts'
import { addBusinessTime, businessMinutes } from './hours.ts'
import { ENDED, type TargetName, type Ticket } from './model.ts'
import type { Rules } from './timers.ts'

/** What follows from its times, and is kept so that a report need not know the hours of a desk. */
export interface Facts extends Pick<Ticket, 'missed'> {
  /** When its targets are missed as things stand; null without one, when it is met, and while its clock stands. */
  firstDueAt: Date | null
  resolveDueAt: Date | null
}

/** Staff are warned when so much of the time has gone by. */
const WARNED_AT = 0.8

interface Due {
  warn: Date | null
  breach: Date | null
}

/** When its targets are missed; null without one, or when it is met. */
export function dueOf(ticket: Ticket, rules: Rules): { first: Due; resolve: Due } {
  const { calendar } = rules
  const { first, resolve } = targetOf(ticket, rules)
  const due = (minutes: number | null, paused: number): Due => ({
    warn: minutes === null ? null : addBusinessTime(calendar, ticket.openedAt, minutes * WARNED_AT + paused),
    breach: minutes === null ? null : addBusinessTime(calendar, ticket.openedAt, minutes + paused),
  })
  return {
    first: due(ticket.firstResponseAt === null ? first : null, 0),
    resolve: due(resolve, ticket.pausedMinutes + snoozedMinutes(ticket, rules)),
  }
}

/** The clock of the resolution stands while the customer owes a reply, and while the case is put off; the first reply's never does. */
export function pauseAfter(
  before: Ticket,
  after: Pick<Ticket, 'status' | 'snoozedUntil'>,
  now: Date,
  { calendar }: Pick<Rules, 'calendar'>,
): Pick<Ticket, 'pausedSince' | 'pausedMinutes'> {
  const { pausedSince, pausedMinutes, snoozedUntil } = before
  if (isPaused(after)) return { pausedSince: pausedSince ?? now, pausedMinutes }
  if (pausedSince === null) return { pausedSince, pausedMinutes }
  // However late it is woken, it was put off until then.
  const isOver = before.status !== 'waiting-customer' && snoozedUntil !== null && snoozedUntil < now
  const end = isOver ? snoozedUntil : now
  return { pausedSince: null, pausedMinutes: pausedMinutes + businessMinutes(calendar, pausedSince, end) }
}

/** As `after` stands now; what was missed before stays so, whatever it has become. */
export function factsAfter(before: Ticket, after: Ticket, now: Date, rules: Rules): Facts {
  const { first, resolve } = dueOf(after, rules)
  const isOver = ENDED.includes(after.status)
  // Nothing is missed by a case that had ended.
  const missed = ENDED.includes(before.status)
    ? after.missed
    : [...new Set([...after.missed, ...missedBy(before, now, rules), ...missedBy(after, now, rules)])]
  return {
    missed,
    firstDueAt: isOver ? null : first.breach,
    resolveDueAt: isOver || after.status === 'waiting-customer' ? null : resolve.breach,
  }
}

function missedBy(ticket: Ticket, now: Date, rules: Rules): TargetName[] {
  const { calendar } = rules
  const { status, openedAt, firstResponseAt, resolvedAt, pausedSince } = ticket
  const ended = ENDED.includes(status) ? (resolvedAt ?? now) : null
  // Of one that was opened again, the first reply was given long ago.
  const isAnswered = firstResponseAt !== null && firstResponseAt < openedAt
  const { first } = targetOf(ticket, rules)
  const firstDue = first === null || isAnswered ? null : addBusinessTime(calendar, openedAt, first)
  const stood = status === 'waiting-customer' ? pausedSince : null
  const isMissed = (due: Date | null, end: Date | null): boolean =>
    due !== null && (end === null ? due <= now : due < end)
  return [
    ...(isMissed(firstDue, firstResponseAt ?? ended) ? (['first'] as const) : []),
    ...(isMissed(dueOf(ticket, rules).resolve.breach, ended ?? stood) ? (['resolve'] as const) : []),
  ]
}

function targetOf({ priority }: Ticket, { targets }: Rules): Target {
  return targets[priority] ?? { first: null, resolve: null }
}

function isPaused({ status, snoozedUntil }: Pick<Ticket, 'status' | 'snoozedUntil'>): boolean {
  return status === 'waiting-customer' || (snoozedUntil !== null && !ENDED.includes(status))
}

/** For which it will have been put off when it comes back. */
function snoozedMinutes(
  { status, pausedSince, snoozedUntil }: Ticket,
  { calendar }: Pick<Rules, 'calendar'>,
): number {
  if (status === 'waiting-customer' || pausedSince === null || snoozedUntil === null) return 0
  return businessMinutes(calendar, pausedSince, snoozedUntil)
}
