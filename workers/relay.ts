// Hands on what customer and staff write to each other, message for message: an edit goes into the same message, and a
// deletion takes it away (store/sweep.ts). Nothing of it reaches the model.
import { BotError, type Both, type Lang } from '../src/core/error.ts'
import type { Context, Handler, Outcome, Turn } from '../src/core/turn.ts'
import type { Moved, Ticket, TicketEvent } from '../src/desk/model.ts'
import { plain } from './card.ts'
import { byOf, type DeskDeps, isNoPlace, showTicket, staffThreadOf } from './desk.ts'
import { DESK_CARD, STAFF } from './desk-words.ts'

/** Until the card is there, which is a matter of a moment. */
const CARD_SOON_MS = 500
const NOTED = '📝'
const NOTE = /^\s*\/\//

export function createRelay(deps: DeskDeps): Handler {
  return async (context) => {
    const { turn } = context
    const found = await deps.tickets.ofLane(turn.workspace, turn.lane)
    // Its customer wanted to be forgotten meanwhile.
    if (!found) return { type: 'dropped' }
    const { ticket, side } = found
    return side === 'staff' ? fromStaff(context, deps, ticket) : fromCustomerThread(context, deps, ticket)
  }
}

/** Staff may answer in the customer's thread too: then the staff's thread shows it as theirs. */
async function fromCustomerThread(context: Context, deps: DeskDeps, ticket: Ticket): Promise<Outcome> {
  const { turn, post } = context
  const place = staffThreadOf(ticket)
  if (place === null) throw cardMissing()
  const isByStaff = turn.author.id !== ticket.customer && (await isOfStaff(deps, ticket, turn))
  const text = `**${plain(turn.author.name)}**${isByStaff ? ` ${DESK_CARD.inTheirThread}` : ''}\n${textOf(turn, deps, 'ko')}`
  await post.reply('copy', { place }).finish({ text, lang: ticket.lang })
  const moved = await move(context, deps, ticket, isByStaff ? 'staff-wrote' : 'customer-wrote')
  if (moved.outcome === 'moved' && !moved.isRepeat && ticket.status === 'resolved' && !isByStaff)
    await post.send('reopened', { text: DESK_CARD.reopened, lang: 'ko' }, { place })
  return { type: 'done' }
}

async function fromStaff(context: Context, deps: DeskDeps, ticket: Ticket): Promise<Outcome> {
  const { turn, post } = context
  const written = turn.messages.map(({ text }) => text).join('\n')
  if (NOTE.test(written)) {
    await deps.tickets.note(ticket.workspace, ticket.id, written.replace(NOTE, '').trim(), byOf(turn))
    const source = turn.messages[0]?.source
    if (source) await post.outbound.react(turn.place, source, NOTED)
    return { type: 'done' }
  }
  const tell = async ({ ko }: Both): Promise<Outcome> => {
    await post.send('say', { text: ko, lang: 'ko' })
    return { type: 'done' }
  }
  // Judged before it is sent: a case that was closed is nobody's to write to. Who answers it has it.
  const moved = await move(context, deps, ticket, 'staff-wrote')
  if (moved.outcome === 'gone') return { type: 'dropped' }
  if (moved.outcome === 'refused') return tell(moved.why)
  const { lang, place } = ticket
  const text = `**${plain(turn.author.name)}** ${BY_STAFF[lang]}\n${textOf(turn, deps, lang)}`
  try {
    await post.reply('copy', { place }).finish({ text, lang })
  } catch (error) {
    if (!isNoPlace(error)) throw error
    return tell(STAFF.gone)
  }
  return { type: 'done' }
}

const BY_STAFF: Readonly<Record<Lang, string>> = { ko: '담당자', en: '(support team)' }

async function move(
  { turn }: Context,
  { tickets, enqueue }: DeskDeps,
  ticket: Ticket,
  event: TicketEvent,
): Promise<Moved> {
  const { id, name } = turn.author
  const takes = event === 'staff-wrote' && ticket.assignee === null
  const changes = takes ? { assignee: id, assigneeName: name } : {}
  const moved = await tickets.move(ticket.workspace, ticket.id, event, byOf(turn), changes)
  if (moved.outcome === 'moved') await showTicket(enqueue, moved.ticket)
  return moved
}

async function isOfStaff({ answers }: DeskDeps, ticket: Ticket, { author }: Turn): Promise<boolean> {
  return author.isAdmin || answers.isStaff(ticket.workspace, author.id, ticket.staffPlace.channel)
}

/** Files stay where they are: they are named, with the way to them. */
function textOf({ messages, place }: Turn, { linkTo }: DeskDeps, lang: Lang): string {
  return messages
    .map(({ text, attachments, source }) => {
      const link = attachments.length > 0 ? linkTo(place, source) : null
      const files = attachments.map(({ name, bytes }) => `📎 ${plain(name)} (${sizeOf(bytes, lang)})`)
      return [text, ...files, ...(link ? [link] : [])].filter((line) => line !== '').join('\n')
    })
    .join('\n')
}

function sizeOf(bytes: number, lang: Lang): string {
  const kb = Math.max(1, Math.round(bytes / 1024))
  return kb < 1_024 ? `${kb.toLocaleString(lang)} KB` : `${Math.round(kb / 102.4) / 10} MB`
}

function cardMissing(): BotError {
  return new BotError('desk-not-ready', {
    retryable: true,
    say: { ko: '', en: '' },
    hint: 'The card of the case is not posted yet.',
    retryAfterMs: CARD_SOON_MS,
  })
}
