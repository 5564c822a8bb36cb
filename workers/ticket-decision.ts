// Buttons on a case's card, and the stars that its customer gives. Two who claim at once are heard one after the other.
import type { Button } from '../src/core/content.ts'
import type { Context, Handler, Outcome } from '../src/core/turn.ts'
import { EVENTS, type Ticket, type TicketEvent } from '../src/desk/model.ts'
import { plain } from './card.ts'
import { byOf, type DeskDeps, isNoPlace, showTicket, ticketIdOf } from './desk.ts'
import { CUSTOMER, STAFF } from './desk-words.ts'
import { tellIn } from './tell.ts'

export function createTicketDecision(deps: DeskDeps): Handler {
  return async (context) => {
    const { turn, log } = context
    const body = turn.messages.at(-1)?.body ?? {}
    const say = tellIn(context)
    if (body['isByStaff'] !== true) {
      log.warn({ verb: body['verb'], by: turn.author.id }, 'somebody who is not staff pressed a staff button')
      return say(STAFF.notStaff)
    }
    const event = EVENTS.find((one) => one === body['verb'])
    if (!event) return { type: 'dropped' }
    return act(context, deps, { workspace: turn.workspace, id: ticketIdOf(turn), event })
  }
}

/** Does it, has the card show it, and tells the customer what concerns them. */
export async function act(
  context: Context,
  { tickets, enqueue }: DeskDeps,
  { workspace, id, event }: { workspace: string; id: string; event: TicketEvent },
): Promise<Outcome> {
  const { turn, log } = context
  const by = byOf(turn)
  const changes = event === 'claim' ? { assignee: by.id, assigneeName: by.name } : {}
  const moved = await tickets.move(workspace, id, event, by, changes)
  if (moved.outcome === 'gone') return tellIn(context)(STAFF.ticketGone)
  if (moved.outcome === 'refused') {
    log.info({ ticket: id, event, status: moved.ticket.status, outcome: 'refused' }, 'ticket')
    return tellIn(context)(moved.why)
  }
  const { ticket } = moved
  log.info({ ticket: id, event, status: ticket.status, outcome: 'moved' }, 'ticket')
  await showTicket(enqueue, ticket)
  await tellCustomer(context, ticket, event)
  return { type: 'done' }
}

async function tellCustomer({ turn, post }: Context, ticket: Ticket, event: TicketEvent): Promise<void> {
  const { lang, place } = ticket
  const told =
    event === 'claim'
      ? CUSTOMER.claimed(plain(turn.author.name))
      : event === 'resolve'
        ? CUSTOMER.resolved
        : null
  if (!told) return
  const buttons = event === 'resolve' ? { buttons: stars(ticket.id) } : {}
  try {
    await post.send('told', { text: told[lang], lang, ...buttons }, { place })
  } catch (error) {
    // Who has left is not told, and the case ends all the same.
    if (!isNoPlace(error)) throw error
  }
}

function stars(id: string): Button[] {
  return [1, 2, 3, 4, 5].map((n) => ({ action: 'rating', value: `${id}:${n}`, label: '★'.repeat(n) }))
}

export function createRating({ tickets, enqueue }: DeskDeps): Handler {
  return async (context) => {
    const { turn } = context
    const rating = Math.round(Number(turn.messages.at(-1)?.body['rating']))
    if (!(rating >= 1 && rating <= 5)) return { type: 'dropped' }
    const rated = await tickets.rate(turn.workspace, ticketIdOf(turn), turn.author.id, rating)
    // Others may read the thread; only whose case it was can judge it.
    if (!rated) return { type: 'dropped' }
    await showTicket(enqueue, rated)
    return tellIn(context)(CUSTOMER.rated)
  }
}
