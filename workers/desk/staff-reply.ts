// A reply that staff look at before their customer gets it: shown with buttons, and once somebody presses, handed on as if
// they had written it in the case's thread (relay.ts).
import type { Content } from '../../src/core/content.ts'
import { BotError, type Lang } from '../../src/core/error.ts'
import type { Place } from '../../src/core/inbound.ts'
import { threadLaneOf } from '../../src/core/route/lanes.ts'
import { TOLD } from '../../src/core/staff-words.ts'
import type { Context, Handler, Outcome, Turn } from '../../src/core/turn.ts'
import type { Replies, Ticket } from '../../src/desk/model.ts'
import { asQuote, plain } from '../card.ts'
import { textOf } from '../long-form.ts'
import { refusalOf } from '../staff.ts'
import { tellIn } from '../tell.ts'
import { byOf, type DeskDeps, staffThreadOf } from './desk.ts'
import { STAFF } from './desk-words.ts'
import { REPLY_CARD, REPLY_TOLD } from './staff-help-words.ts'

export interface StaffReplyDeps extends DeskDeps {
  replies: Replies
}

/** The case in whose staff thread this was said; null anywhere else. */
export async function caseHere({ tickets }: Pick<DeskDeps, 'tickets'>, turn: Turn): Promise<Ticket | null> {
  const { place, workspace } = turn
  if (place.thread === null) return null
  const found = await tickets.ofLane(workspace, threadLaneOf(place, place.thread))
  return found?.side === 'staff' ? found.ticket : null
}

/**
 * Only for whoever asked, where the platform can do that in a thread. Discord cannot without an interaction; there the
 * thread is the staff's anyway.
 */
export function isForAsker({ handle, place }: Pick<Turn, 'handle' | 'place'>): boolean {
  return handle !== null || place.platform === 'slack'
}

export interface Offered {
  title: string
  text: string
  /** Of whoever reads the preview. */
  reader: Lang
  notes?: string[]
  /** Stands under the text and is not sent. */
  below?: string
}

/** Shows it with Send and Edit; kept by the turn, which the buttons name. */
export async function offerReply(
  context: Context,
  { replies }: Pick<StaffReplyDeps, 'replies'>,
  ticket: Ticket,
  offered: Offered,
): Promise<Outcome> {
  const { turn, post } = context
  const { title, text, reader, notes = [], below = '' } = offered
  const content: Content = {
    text: [title, asQuote(text), below].filter((part) => part !== '').join('\n\n'),
    lang: reader,
    notes,
    buttons: [
      { action: 'reply', value: `send:${turn.id}`, label: REPLY_CARD.send, style: 'primary' },
      { action: 'reply', value: `edit:${turn.id}`, label: REPLY_CARD.edit },
    ],
  }
  // Before anybody can press.
  await replies.offer(turn.workspace, turn.id, { ticket: ticket.id, text })
  await post.reply('say', { isPrivate: isForAsker(turn) }).finish(content)
  return { type: 'done' }
}

export function createReplyDecision(deps: StaffReplyDeps): Handler {
  return async (context) => {
    const { turn, log } = context
    const body = turn.messages.at(-1)?.body ?? {}
    const say = tellIn(context)
    const refusal = await refusalOf(deps.answers, context, { isDecision: true })
    if (refusal) return say(refusal)
    const id = String(body['id'])
    const reply = await deps.replies.find(turn.workspace, id)
    if (!reply) return say(REPLY_TOLD.gone)
    const text = body['verb'] === 'edit' ? textOf(body) : reply.text
    if (text.trim() === '') return say(TOLD.empty)
    const ticket = await deps.tickets.find(turn.workspace, reply.ticket)
    const place = ticket && staffThreadOf(ticket)
    if (!ticket || !place) return say(STAFF.ticketGone)
    if (ticket.status === 'closed') return say(REPLY_TOLD.closed)
    if (!(await deps.replies.send(turn.workspace, id, byOf(turn)))) {
      const first = await deps.replies.find(turn.workspace, id)
      return say(TOLD.sentBefore(first?.sentByName ?? ''))
    }
    const isSent = await handOn(context, deps, { ticket, place, text })
    log.info({ ticket: ticket.id, outcome: isSent ? 'sent' : 'refused' }, 'reply of staff')
    return isSent ? { type: 'done' } : say(REPLY_TOLD.busy)
  }
}

/** The others in the thread see what was sent; that post then stands for the message that is handed on. */
async function handOn(
  { turn, post }: Context,
  { answers, enqueue }: StaffReplyDeps,
  { ticket, place, text }: { ticket: Ticket; place: Place; text: string },
): Promise<boolean> {
  const shown = `**${plain(REPLY_CARD.sent(turn.author.name))}**\n${asQuote(text)}`
  await post.reply('sent', { place }).finish({ text: shown, lang: ticket.lang })
  const kept = await answers.find(turn.workspace, turn.id)
  const message = kept?.posts.find(({ slot }) => slot === 'sent.0')?.id
  if (!message || ticket.staffLane === null) throw notKept()
  return enqueue({
    ...{ workspace: turn.workspace, lane: ticket.staffLane, place, kind: 'relay', queue: 'relay' },
    source: place.platform === 'slack' ? `${place.channel}:${message}` : message,
    ...{ text, body: {} },
    of: { author: { ...turn.author, locale: turn.author.lang }, audience: turn.audience },
  })
}

function notKept(): BotError {
  return new BotError('bug', {
    retryable: true,
    say: { ko: '', en: '' },
    hint: 'the post that was just written is not in the record',
  })
}
