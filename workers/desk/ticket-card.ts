// The card of a case in the staff channel: who, what, how it stands. Run again, it shows what has become of it. Once it
// stands, the customer is told, so that nobody is promised a person whom nothing reached.

import type { Button } from '../../src/core/content.ts'
import type { Both } from '../../src/core/error.ts'
import { DISCORD_DM } from '../../src/core/inbound.ts'
import { threadLaneOf } from '../../src/core/route/lanes.ts'
import { PRIORITY_WORDS } from '../../src/core/targets.ts'
import type { Context, Handler } from '../../src/core/turn.ts'
import { ENDED, type Ticket } from '../../src/desk/model.ts'
import { helpButtons } from '../buttons.ts'
import { plain, quoted } from '../card.ts'
import { HIDDEN, screened } from '../screened.ts'
import { mayBeTold } from '../staff.ts'
import { type AbuseDeps, recordOpening, respondToOpening, showButtons } from './abuse.ts'
import { tellCustomer, tellStaff } from './case-told.ts'
import { connectedContent, type DeskDeps, isNoPlace, showTicket, staffThreadOf, ticketIdOf } from './desk.ts'
import {
  CATEGORY_WORDS,
  CUSTOMER,
  DESK_CARD,
  DUE,
  LANGUAGE_WORDS,
  MOOD_WORDS,
  REASON_WORDS,
  STATUS_WORDS,
} from './desk-words.ts'

type CardDeps = DeskDeps & AbuseDeps

export function createTicketCard(deps: CardDeps): Handler {
  return async (context) => {
    const { turn, post, log } = context
    const ticket = await deps.tickets.find(turn.workspace, ticketIdOf(turn))
    const reply = post.reply('ticket', {})
    if (!ticket) {
      // Its customer wanted to be forgotten.
      await reply.discard()
      return { type: 'dropped' }
    }
    if (!(await mayBeTold(post.outbound, ticket.staffPlace))) {
      log.error({ ticket: ticket.id }, 'others can read the staff channel: a case is not shown there')
      // What stands there already stays as it is.
      if (ticket.staffLane === null) await giveUp(context, deps, ticket)
      return { type: 'done' }
    }
    try {
      await reply.finish({
        text: cardText(ticket, await deps.tickets.files(ticket), deps),
        lang: 'ko',
        buttons: buttonsOf(ticket),
      })
    } catch (error) {
      if (!isNoPlace(error) || ticket.staffLane !== null) throw error
      log.error({ channel: ticket.staffPlace.channel }, 'the staff channel cannot be told')
      await giveUp(context, deps, ticket)
      return { type: 'done' }
    }
    const posts = (await deps.answers.find(turn.workspace, turn.id))?.posts ?? []
    if (posts.some(({ slot, id }) => slot === 'how' && id !== null)) await markSolved(context, deps, ticket)
    else await introduce(context, deps, ticket, posts.find(({ slot }) => slot === 'ticket.0')?.id)
    return { type: 'done' }
  }
}

/** Begun anew after a crash, until staff have been told how it works: what was said is then said in the same messages. */
async function introduce(
  context: Context,
  deps: CardDeps,
  ticket: Ticket,
  card: string | null | undefined,
): Promise<void> {
  const { turn, post } = context
  if (!card) throw new Error('the card that was just posted is not in the record')
  const staffLane = threadLaneOf(ticket.staffPlace, card)
  const nth = await recordOpening(context, deps, ticket)
  // Before anything is said, since staff may write under the card as soon as they see it.
  await deps.tickets.carded(turn.workspace, ticket.id, turn.id, staffLane)
  await tellCustomer({ post }, ticket, connectedContent(deps, ticket))
  // There is a thread to write in from the start, which Discord would else leave to staff to make.
  const place = staffThreadOf({ ...ticket, staffLane })!
  const title = DESK_CARD.subject(ticket)[ticket.lang]
  await post.send('how', { text: DESK_CARD.how, lang: 'ko' }, { place, title })
  await respondToOpening(context, deps, { ...ticket, staffLane }, nth)
  // What has changed since it was read found no card to show it on.
  const now = await deps.tickets.find(turn.workspace, ticket.id)
  if (now && now.revision !== ticket.revision) await showTicket(deps.enqueue, now)
}

/**
 * On a forum post: its tag follows what the case has become. A word after the end, such as the stars, has opened it again.
 * Without the permission staff are told, once.
 */
async function markSolved({ post, log }: Context, deps: DeskDeps, ticket: Ticket): Promise<void> {
  const { id, place, workspace, isMarked, droppedTag } = ticket
  // What closes after a time stays solved.
  if (ticket.status === 'closed') return
  const isSolved = ticket.status === 'resolved'
  if (place.platform !== 'discord' || place.thread === null) return
  const { solvedTag, archive } = deps.settingsOf(workspace, place.channel)
  const isArchived = archive === 'on'
  if (isSolved === isMarked && !(isSolved && isArchived)) return
  const outcome = await post.outbound.markSolved(place, isSolved, {
    ...{ tag: solvedTag, isArchived, dropped: droppedTag },
    onDrop: (tag) => deps.tickets.dropped(workspace, id, tag),
  })
  if (isSolved === isMarked) return
  if (outcome === 'refused') {
    log.warn({ channel: place.channel }, 'no tag on a forum post: give the bot Manage Threads there')
    await tellStaff({ post }, ticket, DESK_CARD.noTag, 'tag')
  }
  await deps.tickets.marked(workspace, id, isSolved)
}

/** There is nobody: the customer hears of it, and the bot answers again. */
async function giveUp({ turn, post }: Context, deps: DeskDeps, ticket: Ticket): Promise<void> {
  await deps.tickets.move(turn.workspace, ticket.id, 'spam', { id: '', name: '', press: turn.id })
  await tellCustomer({ post }, ticket, { text: CUSTOMER.nobody[ticket.lang] })
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

function cardText(ticket: Ticket, files: readonly string[], deps: DeskDeps): string {
  const { number, customerName, question, summaryKo, summaryEn } = ticket
  const summary = [summaryKo, summaryEn].filter(Boolean).map((text) => `> ${text}`)
  const parts = [
    `**${DESK_CARD.title(number)}** — ${plain(customerName)}`,
    quoted(screened(question)),
    summary.length > 0 ? [`**${DESK_CARD.summary}**`, ...summary].join('\n') : '',
    factsOf(ticket, files, deps).join('\n'),
    linkOf(ticket, deps) ?? '',
  ]
  return parts.filter(Boolean).join('\n\n')
}

function factsOf(ticket: Ticket, files: readonly string[], deps: DeskDeps): string[] {
  const { category, priority, tags, snoozedUntil, ratingComment, missed } = ticket
  const { status, assigneeName, lang, mood, reason, tried, rating, resolvedByName } = ticket
  const lines: [string, string][] = [
    [DESK_CARD.status, STATUS_WORDS[status] + (resolvedByName ? ` — ${plain(resolvedByName)}` : '')],
    [DESK_CARD.assignee, plain(assigneeName ?? '–')],
    [DESK_CARD.language, LANGUAGE_WORDS[lang]],
    ...(category ? [[DESK_CARD.category, CATEGORY_WORDS[category]] as [string, string]] : []),
    ...(priority === 'normal'
      ? []
      : [[DESK_CARD.priority, both(PRIORITY_WORDS[priority])] as [string, string]]),
    ...(tags.length > 0 ? [[DESK_CARD.tags, tags.map(plain).join(', ')] as [string, string]] : []),
    ...dueOf(ticket, deps),
    ...(missed.length > 0
      ? [[DESK_CARD.missed, missed.map((of) => both(DUE[of])).join(', ')] as [string, string]]
      : []),
    ...(snoozedUntil && !ENDED.includes(status)
      ? [[DESK_CARD.snoozed, momentOf(ticket, snoozedUntil, deps)] as [string, string]]
      : []),
    ...(mood && mood !== 'calm' ? [[DESK_CARD.mood, MOOD_WORDS[mood]] as [string, string]] : []),
    [DESK_CARD.reason, REASON_WORDS[reason]],
    ...(files.length > 0 ? [[DESK_CARD.files, files.map(plain).join(', ')] as [string, string]] : []),
    [DESK_CARD.tried, tried.length > 0 ? tried.map(plain).join(', ') : DESK_CARD.nothingTried],
    ...(rating === null
      ? []
      : [
          [
            DESK_CARD.rating,
            '★'.repeat(rating) + (ratingComment ? ` ${plain(screened(ratingComment, both(HIDDEN)))}` : ''),
          ] as [string, string],
        ]),
  ]
  return lines.map(([name, value]) => `- ${name}: ${value}`)
}

function dueOf(ticket: Ticket, deps: DeskDeps): [string, string][] {
  if (ENDED.includes(ticket.status)) return []
  const { first, resolve } = deps.times.due(ticket)
  const at = first ?? resolve
  if (at === null) return []
  const what = first === null ? DUE.resolve : DUE.first
  return [[DESK_CARD.due, `${both(what)} — ${momentOf(ticket, at, deps)}`]]
}

function momentOf({ workspace }: Ticket, at: Date, { times, clock }: DeskDeps): string {
  return both(times.say(workspace, at, new Date(clock.now())))
}

function both({ ko, en }: Both): string {
  return `${ko} · ${en}`
}

function buttonsOf(ticket: Ticket): Button[] {
  const { id, status, assignee } = ticket
  const button = (verb: string, label: string, style?: Button['style']): Button => ({
    ...{ action: 'ticket', value: `${verb}:${id}`, label },
    ...(style ? { style } : {}),
  })
  if (ENDED.includes(status)) return [button('reopen', DESK_CARD.reopen), ...showButtons(ticket)]
  return [
    ...(assignee === null ? [button('claim', DESK_CARD.claim, 'primary')] : []),
    button('resolve', DESK_CARD.resolve),
    button('spam', DESK_CARD.spam, 'danger'),
    ...helpButtons(id),
    ...showButtons(ticket),
  ]
}
