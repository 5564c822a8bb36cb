// The buttons on a case's card that help whoever pressed them, and nobody else sees: a suggested reply, a fresh summary.
import type { Lang } from '../../src/core/error.ts'
import type { Context, Handler, Outcome } from '../../src/core/turn.ts'
import type { Line, Ticket } from '../../src/desk/model.ts'
import type { Model } from '../../src/llm/model.ts'
import { asQuote, plain } from '../card.ts'
import { refusalOf } from '../staff.ts'
import { tellIn } from '../tell.ts'
import { hiddenOn, ON_CARD } from './abuse.ts'
import { STAFF } from './desk-words.ts'
import { HELP } from './staff-help-words.ts'
import { isForAsker, offerReply, type StaffReplyDeps } from './staff-reply.ts'
import type { SuggestReply } from './suggest-reply.ts'
import { summaryOf } from './ticket-summary.ts'

export interface StaffHelpDeps extends Pick<StaffReplyDeps, 'tickets' | 'replies' | 'answers'> {
  model: Model
  conversation(ticket: Ticket): Promise<Line[]>
  suggest: SuggestReply
}

export function createStaffHelpButtons(deps: StaffHelpDeps): Handler {
  return async (context) => {
    const { turn } = context
    const { verb, id } = turn.messages.at(-1)?.body ?? {}
    const tell = tellIn(context)
    const refusal = await refusalOf(deps.answers, context, { isDecision: true })
    if (refusal) return tell(refusal)
    // What was hidden is named by its case and its turn.
    const [ticketId = '', hidden = ''] = String(id).split(':')
    const ticket = await deps.tickets.find(turn.workspace, ticketId)
    if (!ticket) return tell(STAFF.ticketGone)
    if (verb === 'suggest') return suggest(context, deps, ticket)
    if (verb === 'summary') return summarise(context, deps, ticket)
    if (verb === 'show') return show(context, deps, ticket, hidden)
    return { type: 'dropped' }
  }
}

/** What the customer wrote and was hidden; deleted, it is gone here too. */
async function show(
  context: Context,
  { answers, tickets }: StaffHelpDeps,
  ticket: Ticket,
  hidden: string,
): Promise<Outcome> {
  const { id, place, customerName } = ticket
  const reader = context.turn.author.lang ?? 'ko'
  if (hidden === ON_CARD) {
    const texts = hiddenOn(ticket)
    return say(context, texts.length === 0 ? HELP[reader].hiddenGone : asWritten(customerName, texts), reader)
  }
  const found = await answers.find(place.workspace, hidden)
  // Of a conversation that was merged into it too.
  const of = found && (await tickets.ofLane(place.workspace, found.lane))
  if (!found || of?.ticket.id !== id || found.question === '')
    return say(context, HELP[reader].hiddenGone, reader)
  const name = found.author === ticket.customer ? customerName : null
  return say(context, asWritten(name, [found.question]), reader)
}

/** Without a name where it was somebody else in the customer's thread: the message above it says who. */
function asWritten(name: string | null, texts: readonly string[]): string {
  return [...(name === null ? [] : [`**${plain(name)}**`]), ...texts.map(asQuote)].join('\n\n')
}

async function suggest(context: Context, deps: StaffHelpDeps, ticket: Ticket): Promise<Outcome> {
  const reader = context.turn.author.lang ?? 'ko'
  const lines = await deps.conversation(ticket)
  if (lines.length === 0) return say(context, HELP[reader].nothingSaid, reader)
  const offered = await deps.suggest(context, ticket, lines, reader)
  if (!offered) return say(context, HELP[reader].noSuggestion, reader)
  return offerReply(context, deps, ticket, offered)
}

async function summarise(
  context: Context,
  { model, conversation }: StaffHelpDeps,
  ticket: Ticket,
): Promise<Outcome> {
  const { turn, signal } = context
  const reader = turn.author.lang ?? 'ko'
  const lines = await conversation(ticket)
  if (lines.length === 0) return say(context, HELP[reader].nothingSaid, reader)
  const summary = await summaryOf(model, lines, {
    ...{ workspace: turn.workspace, session: turn.lane, priority: 0, signal },
  })
  const text = summary[reader] ?? summary[reader === 'ko' ? 'en' : 'ko']
  if (text === null) return say(context, HELP[reader].noSummary, reader)
  return say(context, `${HELP[reader].summary(ticket.number)}\n${asQuote(text)}`, reader)
}

async function say({ turn, post }: Context, text: string, lang: Lang): Promise<Outcome> {
  await post.reply('say', { isPrivate: isForAsker(turn) }).finish({ text, lang })
  return { type: 'done' }
}
