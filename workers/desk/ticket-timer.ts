// Something has come due for a case: staff are warned before a target is missed, customers reminded and asked for stars.
// Looked at anew when it rings, for much may have happened since it was set.
import type { Context, Handler } from '../../src/core/turn.ts'
import { ENDED, type TargetName, type Ticket, type TimerKind } from '../../src/desk/model.ts'
import { plain } from '../card.ts'
import { mayBeTold } from '../staff.ts'
import { tellCustomer, tellStaff } from './case-told.ts'
import { byOf, type DeskDeps, isDirect, reaches, showTicket, staffThreadOf, ticketIdOf } from './desk.ts'
import { CUSTOMER, DUE } from './desk-words.ts'
import { stars } from './stars.ts'

export function createTicketTimer(deps: DeskDeps): Handler {
  return async (context) => {
    const { turn, log } = context
    const ticket = await deps.tickets.find(turn.workspace, ticketIdOf(turn))
    const kind = turn.messages.at(-1)?.body['kind'] as TimerKind
    // What was said by an earlier run of this very turn is said again into the same message.
    if (!ticket || (ticket.said.includes(kind) && turn.attempt === 1)) return { type: 'dropped' }
    const isDone = await RINGS[kind](context, deps, ticket)
    log.info({ ticket: ticket.id, timer: kind, outcome: isDone ? 'done' : 'nothing' }, 'ticket')
    return { type: 'done' }
  }
}

/** False when nothing had to be done any more. */
type Ring = (context: Context, deps: DeskDeps, ticket: Ticket) => Promise<boolean>

const RINGS: Readonly<Record<TimerKind, Ring>> = {
  'first-warn': target('first', 'first-warn'),
  'first-breach': target('first', 'first-breach'),
  'resolve-warn': target('resolve', 'resolve-warn'),
  'resolve-breach': target('resolve', 'resolve-breach'),
  async snooze(context, deps, ticket) {
    if (ticket.snoozedUntil === null || ENDED.includes(ticket.status)) return false
    // Told first: after a crash it is told again, into the same message.
    await tellStaff(context, ticket, DUE.awake)
    const awake = await deps.tickets.change(ticket.workspace, ticket.id, { snoozedUntil: null })
    if (awake) await showTicket(deps.enqueue, awake)
    return true
  },
  async remind(context, deps, ticket) {
    if (ticket.status !== 'waiting-customer' || ticket.waitingSince === null) return false
    const days = deps.times.staleDays(ticket)
    if (days === null || (await isTooEarly(deps, ticket))) return false
    const isThere = await tellCustomer(context, ticket, { text: CUSTOMER.remind(days)[ticket.lang] })
    if (isThere) await tellStaff(context, ticket, DUE.reminded)
    await note(context, deps, ticket, 'remind')
    return true
  },
  async expire(context, deps, ticket) {
    // Nobody waits for the customer any more by the settings, or they have not been reminded yet.
    if (deps.times.staleDays(ticket) === null || !ticket.said.includes('remind')) return false
    if (await isTooEarly(deps, ticket)) return false
    const moved = await deps.tickets.move(ticket.workspace, ticket.id, 'expire', byOf(context.turn))
    if (moved.outcome !== 'moved') return false
    const text = CUSTOMER[isDirect(ticket) ? 'expiredDirect' : 'expired'][ticket.lang]
    await tellCustomer(context, ticket, { text, buttons: stars(ticket.id) })
    await tellStaff(context, ticket, DUE.expired)
    await showTicket(deps.enqueue, moved.ticket)
    return true
  },
  async close(context, deps, ticket) {
    const moved = await deps.tickets.move(ticket.workspace, ticket.id, 'close', byOf(context.turn))
    if (moved.outcome !== 'moved') return false
    await showTicket(deps.enqueue, moved.ticket)
    return true
  },
  async rate(context, deps, ticket) {
    if (ticket.status !== 'resolved' || ticket.rating !== null) return false
    if (await isTooEarly(deps, ticket)) return false
    const text = CUSTOMER.askStars(ticket)[ticket.lang]
    await tellCustomer(context, ticket, { text, buttons: stars(ticket.id) })
    await note(context, deps, ticket, 'rate')
    return true
  },
}

/** It is night for the customer, as when the ring was late: its timers are set anew, for the morning. */
async function isTooEarly({ times, clock, tickets }: DeskDeps, ticket: Ticket): Promise<boolean> {
  if (times.isDaytime(ticket, new Date(clock.now()))) return false
  await tickets.change(ticket.workspace, ticket.id, {})
  return true
}

/** In the staff channel itself, where all see it, with the way to the case. */
function target(of: TargetName, kind: TimerKind): Ring {
  return async (context, deps, ticket) => {
    const { post, turn } = context
    const what = DUE[of]
    const due = deps.times.due(ticket)[of]
    if (due === null || ENDED.includes(ticket.status)) return false
    const isPaused = ticket.status === 'waiting-customer' || ticket.snoozedUntil !== null
    if (of === 'resolve' && isPaused) return false
    const { number, assigneeName, customerName, workspace, staffPlace } = ticket
    const name = plain(assigneeName ?? customerName)
    // Where the clock of whoever rang goes ahead of this one, theirs counts.
    const rungFor = Number(turn.messages.at(-1)?.body['due'] ?? 0)
    const now = new Date(Math.max(deps.clock.now(), rungFor))
    const breach: TimerKind = `${of}-breach`
    // Since it was set, the hours or the target may have changed: then it rings again when it is time.
    const at = deps.times.due(ticket, kind === breach ? 'breach' : 'warn')[of]
    if (at !== null && at > now) {
      await deps.tickets.change(ticket.workspace, ticket.id, {})
      return false
    }
    // Late to ring, as after an outage, it is what it is by now.
    const isMissed = due <= now
    const isTold = isMissed && kind !== breach && ticket.said.includes(breach) && turn.attempt === 1
    // The staff channel may be none any more: then it is only recorded.
    const { staffChannel } = deps.settingsOf(ticket.workspace, ticket.staffPlace.channel)
    if (isTold || staffChannel === null || !(await mayBeTold(post.outbound, staffPlace))) {
      await note(context, deps, ticket, kind)
      return false
    }
    const told = isMissed
      ? DUE.breach(what, number, name)
      : DUE.warn(what, number, name, deps.times.say(workspace, due, now))
    const thread = staffThreadOf(ticket)
    const link = thread === null ? null : deps.linkTo(thread, null)
    const text = [told, link ?? ''].filter(Boolean).join('\n')
    await reaches(post.send('say', { text, lang: 'ko' }, { place: staffPlace }))
    // Late to ring, the warning has told of what the other ring would.
    if (isMissed && kind !== breach) await note(context, deps, ticket, breach)
    await note(context, deps, ticket, kind)
    return true
  }
}

async function note({ turn }: Context, deps: DeskDeps, ticket: Ticket, kind: TimerKind): Promise<void> {
  const noted = await deps.tickets.said(ticket.workspace, ticket.id, kind, byOf(turn))
  if (noted && noted.revision !== ticket.revision) await showTicket(deps.enqueue, noted)
}
