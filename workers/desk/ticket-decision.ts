// Buttons on a case's card, and the stars that its customer gives. Two who claim at once are heard one after the other.
import type { Content } from '../../src/core/content.ts'
import type { Context, Handler } from '../../src/core/turn.ts'
import { EVENTS, type Moved, type Ticket, type TicketEvent } from '../../src/desk/model.ts'
import { plain } from '../card.ts'
import { refusalOf } from '../staff.ts'
import { tellIn } from '../tell.ts'
import { articleOf } from './case-article.ts'
import { tellCustomer } from './case-told.ts'
import { byOf, type DeskDeps, isDirect, shownName, showTicket, ticketIdOf } from './desk.ts'
import { CUSTOMER, STAFF } from './desk-words.ts'
import { stars } from './stars.ts'

export function createTicketDecision(deps: DeskDeps): Handler {
  return async (context) => {
    const { turn } = context
    const body = turn.messages.at(-1)?.body ?? {}
    const say = tellIn(context)
    const refusal = await refusalOf(deps.answers, context, { isDecision: true })
    if (refusal) return say(refusal)
    const event = EVENTS.find((one) => one === body['verb'])
    if (!event) return { type: 'dropped' }
    const moved = await carryOut(context, deps, { workspace: turn.workspace, id: ticketIdOf(turn), event })
    if (moved.outcome === 'gone') return say(STAFF.ticketGone)
    return moved.outcome === 'refused' ? say(moved.why) : { type: 'done' }
  }
}

/** Does it, has the card show it, and tells the customer what concerns them. */
export async function carryOut(
  context: Context,
  deps: DeskDeps,
  { workspace, id, event }: { workspace: string; id: string; event: TicketEvent },
): Promise<Moved> {
  const { turn, log } = context
  const by = byOf(turn)
  const changes = event === 'claim' ? { assignee: by.id, assigneeName: by.name } : {}
  const moved = await deps.tickets.move(workspace, id, event, by, changes)
  const status = moved.outcome === 'gone' ? null : moved.ticket.status
  log.info({ ticket: id, event, status, outcome: moved.outcome }, 'ticket')
  if (moved.outcome !== 'moved') return moved
  // In this order: what the card's turn does to a forum post, which may be archived, comes last.
  const told = toldOf(context, deps, moved.ticket, event)
  if (told) await tellCustomer(context, moved.ticket, told)
  await showTicket(deps.enqueue, moved.ticket)
  if (event === 'resolve') await deps.enqueue(articleOf(moved.ticket))
  return moved
}

type Told = Pick<Content, 'text' | 'buttons'>

/** What the customer is told of it; null when it is no concern of theirs. */
function toldOf({ turn }: Context, deps: DeskDeps, ticket: Ticket, event: TicketEvent): Told | null {
  const { times, clock } = deps
  const { id, lang } = ticket
  if (event === 'claim')
    return { text: CUSTOMER.claimed(plain(shownName(deps, ticket, turn.author.name)))[lang] }
  if (event === 'hand-back') return { text: CUSTOMER.handedBack[lang] }
  if (event !== 'resolve') return null
  // Nobody is asked at night how it was: src/desk/timers.ts does in the morning.
  const isByDay = times.isDaytime(ticket, new Date(clock.now()))
  const buttons = isByDay ? { buttons: stars(id) } : {}
  if (isDirect(ticket)) {
    const asked = isByDay ? ` ${CUSTOMER.howWasIt[lang]}` : ''
    return { text: CUSTOMER.resolvedDirect[lang] + asked, ...buttons }
  }
  return { text: CUSTOMER[isByDay ? 'resolved' : 'resolvedQuietly'][lang], ...buttons }
}

const MAX_COMMENT = 1_000

export function createRating({ tickets, enqueue }: DeskDeps): Handler {
  return async (context) => {
    const { turn } = context
    const body = turn.messages.at(-1)?.body ?? {}
    const comment = String(body['text'] ?? '')
      .trim()
      .slice(0, MAX_COMMENT)
      .toWellFormed()
    const given = Math.round(Number(body['rating']))
    const isStars = comment === ''
    if (isStars && !(given >= 1 && given <= 5)) return { type: 'dropped' }
    const id = ticketIdOf(turn)
    const rated = await tickets.rate(
      turn.workspace,
      id,
      turn.author.id,
      isStars ? { stars: given } : { comment },
    )
    // Others may read the thread; only whose case it was can judge it.
    if (!rated) return { type: 'dropped' }
    await showTicket(enqueue, rated)
    if (!isStars) return tellIn(context)(CUSTOMER.commented)
    const label = CUSTOMER.comment[turn.author.lang ?? rated.lang]
    return tellIn(context)(CUSTOMER.rated, { buttons: [{ action: 'rating', value: `${id}:comment`, label }] })
  }
}
