// The card of a case in the staff channel: who, what, how it stands. Run again, it shows what has become of it. Once it
// stands, the customer is told, so that nobody is promised a person whom nothing reached.

import type { Button } from '../src/core/content.ts'
import { DISCORD_DM } from '../src/core/inbound.ts'
import { threadLaneOf } from '../src/core/route/lanes.ts'
import type { Context, Handler } from '../src/core/turn.ts'
import { ENDED, type Ticket } from '../src/desk/model.ts'
import { plain, quoted } from './card.ts'
import { type DeskDeps, isNoPlace, showTicket, ticketIdOf } from './desk.ts'
import { CUSTOMER, DESK_CARD, LANGUAGE_WORDS, MOOD_WORDS, REASON_WORDS, STATUS_WORDS } from './desk-words.ts'

export function createTicketCard(deps: DeskDeps): Handler {
  return async (context) => {
    const { turn, post, log } = context
    const ticket = await deps.tickets.find(turn.workspace, ticketIdOf(turn))
    const reply = post.reply('ticket', {})
    if (!ticket) {
      // Its customer wanted to be forgotten.
      await reply.discard()
      return { type: 'dropped' }
    }
    try {
      await reply.finish({
        text: cardText(ticket, linkOf(ticket, deps)),
        lang: 'ko',
        notes: ENDED.includes(ticket.status) ? [] : [DESK_CARD.how],
        buttons: buttonsOf(ticket),
      })
    } catch (error) {
      if (!isNoPlace(error) || ticket.staffLane !== null) throw error
      log.error({ channel: ticket.staffPlace.channel }, 'the staff channel cannot be told')
      await giveUp(context, deps, ticket)
      return { type: 'done' }
    }
    if (ticket.staffLane === null) await introduce(context, deps, ticket)
    return { type: 'done' }
  }
}

/** Told before it is noted that the card stands: a crash in between only says the same again, in the same message. */
async function introduce({ turn, post }: Context, deps: DeskDeps, ticket: Ticket): Promise<void> {
  const kept = await deps.answers.find(turn.workspace, turn.id)
  const card = kept?.posts.find(({ slot }) => slot === 'ticket.0')?.id
  if (!card) throw new Error('the card that was just posted is not in the record')
  const { lang, place } = ticket
  try {
    await post.send('told', { text: CUSTOMER.connected(ticket)[lang], lang }, { place })
  } catch (error) {
    if (!isNoPlace(error)) throw error
  }
  const staffLane = threadLaneOf(ticket.staffPlace, card)
  await deps.tickets.carded(turn.workspace, ticket.id, turn.id, staffLane)
  // What has changed since it was read found no card to show it on.
  const now = await deps.tickets.find(turn.workspace, ticket.id)
  if (now && now.revision !== ticket.revision) await showTicket(deps.enqueue, now)
}

/** There is nobody: the customer hears of it, and the bot answers again. */
async function giveUp({ turn, post }: Context, deps: DeskDeps, ticket: Ticket): Promise<void> {
  const { lang, place } = ticket
  await deps.tickets.move(turn.workspace, ticket.id, 'spam', { id: '', name: '', press: turn.id })
  await post.send('told', { text: CUSTOMER.nobody[lang], lang }, { place })
}

/** Sets the card's turn pending again. */
export function createTicketRefresh(deps: DeskDeps): Handler {
  return async ({ turn }) => {
    const ticket = await deps.tickets.find(turn.workspace, ticketIdOf(turn))
    const lane = ticket?.card ? await deps.answers.rerun(turn.workspace, ticket.card) : null
    if (lane !== null) await deps.wake(turn.workspace, lane)
    return { type: 'done' }
  }
}

/** Nobody can open another's direct messages: there the link leads to the person. */
function linkOf({ place, source, customer }: Ticket, { linkTo }: DeskDeps): string | null {
  return place.workspace === DISCORD_DM ? `https://discord.com/users/${customer}` : linkTo(place, source)
}

function cardText(ticket: Ticket, link: string | null): string {
  const { number, customerName, question, summaryKo, summaryEn } = ticket
  const summary = [summaryKo, summaryEn].filter(Boolean).map((text) => `> ${text}`)
  const parts = [
    `**${DESK_CARD.title(number)}** — ${plain(customerName)}`,
    quoted(question),
    summary.length > 0 ? [`**${DESK_CARD.summary}**`, ...summary].join('\n') : '',
    factsOf(ticket).join('\n'),
    link ?? '',
  ]
  return parts.filter(Boolean).join('\n\n')
}

function factsOf(ticket: Ticket): string[] {
  const { status, assigneeName, lang, mood, reason, tried, rating, resolvedByName } = ticket
  const lines: [string, string][] = [
    [DESK_CARD.status, STATUS_WORDS[status] + (resolvedByName ? ` — ${plain(resolvedByName)}` : '')],
    [DESK_CARD.assignee, plain(assigneeName ?? '–')],
    [DESK_CARD.language, LANGUAGE_WORDS[lang]],
    ...(mood && mood !== 'calm' ? [[DESK_CARD.mood, MOOD_WORDS[mood]] as [string, string]] : []),
    [DESK_CARD.reason, REASON_WORDS[reason]],
    [DESK_CARD.tried, tried.length > 0 ? tried.map(plain).join(', ') : DESK_CARD.nothingTried],
    ...(rating === null ? [] : [[DESK_CARD.rating, '★'.repeat(rating)] as [string, string]]),
  ]
  return lines.map(([name, value]) => `- ${name}: ${value}`)
}

function buttonsOf({ id, status, assignee }: Ticket): Button[] {
  const button = (verb: string, label: string, style?: Button['style']): Button => ({
    ...{ action: 'ticket', value: `${verb}:${id}`, label },
    ...(style ? { style } : {}),
  })
  if (ENDED.includes(status)) return [button('reopen', DESK_CARD.reopen)]
  return [
    ...(assignee === null ? [button('claim', DESK_CARD.claim, 'primary')] : []),
    button('resolve', DESK_CARD.resolve),
    button('spam', DESK_CARD.spam, 'danger'),
  ]
}
