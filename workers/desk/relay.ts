// Hands on what customer and staff write to each other, message for message, each in their own language: an edit goes into
// the same message, and a deletion takes it away (store/sweep.ts).
import { sourceOf } from '../../src/core/answers.ts'
import type { Content } from '../../src/core/content.ts'
import { BotError, type Both, isBotError, type Lang } from '../../src/core/error.ts'
import type { RelayFacts, TurnFacts } from '../../src/core/facts.ts'
import type { TargetLang } from '../../src/core/target-lang.ts'
import type { Context, Handler, Outcome, Turn } from '../../src/core/turn.ts'
import type { Moved, Ticket, TicketEvent } from '../../src/desk/model.ts'
import { splitNotes } from '../../src/text/notes.ts'
import { asQuote, plain } from '../card.ts'
import { linesOf, saidIn, writtenIn } from '../message-text.ts'
import { isOfStaff, mayBeTold } from '../staff.ts'
import { byOf, isNoPlace, showTicket, staffThreadOf } from './desk.ts'
import { CUSTOMER, DESK_CARD, STAFF } from './desk-words.ts'
import { filesOf, type HandedOn } from './relay-files.ts'
import { showNotice } from './relay-notice.ts'
import {
  doubts,
  isUntranslated,
  langsOf,
  originalButton,
  type RelayDeps,
  shownText,
  smallPrint,
  spokenTo,
  staffSettings,
  translationOf,
} from './relay-translation.ts'
import { BY_STAFF } from './relay-words.ts'

/** Until the card is there, which is a matter of a moment. */
const CARD_SOON_MS = 500
const NOTED = '📝'
/** A longer original stands behind a button. */
const MAX_QUOTED_CHARS = 600

export function createRelay(deps: RelayDeps): Handler {
  return async (context) => {
    const { turn } = context
    const before = await deps.answers.find(turn.workspace, turn.id)
    await takeAway(context)
    const found = await deps.tickets.ofLane(turn.workspace, turn.lane)
    // Handed back, closed, or its customer forgotten while this waited: nobody has it, and nothing is lost in silence.
    if (!found) {
      const lang = turn.author.lang ?? 'ko'
      await context.post.send('say', { text: CUSTOMER.tooLate[lang], lang })
      return { type: 'done' }
    }
    const { ticket, side } = found
    // What goes nowhere is lost, so nobody goes by what was set a moment ago.
    if (staffSettings(deps, ticket).staffChannel === null) await deps.readSettings()
    // The staff channel is none any more, as when others have come to read it: nothing leaves for it, or comes from it.
    const isNone = staffSettings(deps, ticket).staffChannel === null
    if (side === 'staff' && isNone) return { type: 'dropped' }
    if (side !== 'staff' && (isNone || !(await mayBeTold(context.post.outbound, ticket.staffPlace))))
      return notDelivered(context, ticket)
    const outcome = await (side === 'staff' ? fromStaff : fromCustomerThread)(context, deps, ticket)
    // An edit or a correction: whoever put a flag on a copy reads in translation what it says now.
    for (const post of before?.posts ?? [])
      if (post.id !== null) await deps.reads(post.place.workspace, turn.audience, [sourceOf(post)])
    return outcome
  }
}

/** What the bot had shown of an answer when a person took over, or of the wait for one. */
async function takeAway({ post, log }: Context): Promise<void> {
  try {
    await post.reply('answer', {}).discard()
    await post.reply('draft', {}).discard()
  } catch (error) {
    if (!isBotError(error) || error.retryable) throw error
    log.warn({ code: error.code, hint: error.hint }, 'what was shown of an answer stays')
  }
}

/** Staff may answer in the customer's thread too: then the staff's thread shows it as theirs. */
async function fromCustomerThread(context: Context, deps: RelayDeps, ticket: Ticket): Promise<Outcome> {
  const { turn, post, log } = context
  const place = staffThreadOf(ticket)
  if (place === null) throw cardMissing()
  const isByStaff = turn.author.id !== ticket.customer && (await isWrittenByStaff(deps, ticket, turn))
  const langs = langsOf(deps, ticket)
  const { staffLang } = staffSettings(deps, ticket)
  // What is in the staff's language already is known to be so without the model.
  const to = isByStaff ? (langs?.customer ?? null) : staffLang === 'off' ? null : staffLang
  const reader = isByStaff ? 'customer' : 'staff'
  const hidden = isByStaff ? null : ((await deps.screen?.(context, ticket)) ?? null)
  const made =
    to && !hidden ? await translationOf(context, deps, ticket, { text: writtenIn(turn), to, reader }) : null
  const name = `**${plain(turn.author.name)}**${isByStaff ? ` ${DESK_CARD.inTheirThread}` : ''}`
  const lang = spokenTo(deps, ticket)
  const files = await filesOf(context, deps, lang)
  const copy = hidden
    ? { ...hidden, text: linesOf([name, hidden.text, ...files.lines]), lang, pictures: files.pictures }
    : toStaff(turn, deps, { name, lang, files, made: isByStaff ? null : made })
  try {
    await post.reply('copy', { place }).finish(copy)
  } catch (error) {
    if (!isNoPlace(error)) throw error
    log.error({ ticket: ticket.id }, 'the staff channel cannot be told')
    return notDelivered(context, ticket)
  }
  if (isByStaff) await showTheirWords(context, deps, ticket, made)
  // Whoever writes a third language is answered in it.
  const reads = isByStaff || made === null ? undefined : readsAfter(made.from, writtenIn(turn))
  if (reads !== undefined && reads !== ticket.reads)
    await deps.tickets.change(ticket.workspace, ticket.id, { reads })
  const moved = await move(context, deps, ticket, isByStaff ? 'staff-wrote' : 'customer-wrote')
  if (moved.outcome === 'moved' && !moved.isRepeat && ticket.status === 'resolved' && !isByStaff)
    await post.send('reopened', { text: DESK_CARD.reopened, lang: 'ko' }, { place })
  return done(made, turn)
}

const BY_SCRIPT: readonly TargetLang[] = ['ja', 'zh', 'th', 'ru', 'vi']

/** Null: the case's own language. Undefined where it says nothing: "OK" and "Danke!" come from people of any language. */
function readsAfter(from: TargetLang | null, text: string): TargetLang | null | undefined {
  const isTold = from !== null && (BY_SCRIPT.includes(from) || text.trim().split(/\s+/).length > 2)
  return isTold ? (from === 'ko' || from === 'en' ? null : from) : undefined
}

/** Whoever wrote it hears that nobody reads it. */
async function notDelivered({ post }: Context, { lang }: Ticket): Promise<Outcome> {
  await post.send('say', { text: CUSTOMER.notDelivered[lang], lang })
  return { type: 'done' }
}

/** The customer reads what staff wrote beside them in another language. */
async function showTheirWords(
  { turn, post }: Context,
  deps: RelayDeps,
  ticket: Ticket,
  made: RelayFacts | null,
): Promise<void> {
  const reply = post.reply('translation', { place: ticket.place })
  if (made === null || isUntranslated(made)) {
    await reply.discard()
    return
  }
  const notes = smallPrint(made, ticket.lang, deps)
  await reply.finish({ text: shownText(made, writtenIn(turn)), lang: ticket.lang, notes })
}

/** What a copy is made of. */
interface Shown {
  name: string
  files: HandedOn
  made: RelayFacts | null
}

/** The translation first, then what was written. */
function toStaff(turn: Turn, deps: RelayDeps, { name, files, made, lang }: Shown & { lang: Lang }): Content {
  const written = writtenIn(turn)
  const { pictures } = files
  if (made === null || isUntranslated(made)) {
    const notes = made ? { notes: smallPrint(made, lang, deps) } : {}
    return { text: linesOf([name, written, ...files.lines]), lang, pictures, ...notes }
  }
  const isShort = written.length <= MAX_QUOTED_CHARS
  const below = isShort ? `\n\n${asQuote(written)}` : ''
  return {
    text: linesOf([name, shownText(made, written), ...files.lines]) + below,
    ...{ lang, pictures, notes: [...doubts(made, lang), ...smallPrint(made, lang, deps)] },
    ...(isShort ? {} : originalButton(turn.workspace, turn.id)),
  }
}

async function fromStaff(context: Context, deps: RelayDeps, ticket: Ticket): Promise<Outcome> {
  const { turn, post } = context
  const { said, note } = splitNotes(writtenIn(turn))
  if (note === '') await unmark(context, deps)
  else await keepNote(context, deps, ticket, note)
  if (said === '' && note !== '') return takeBack(context, ticket)
  const langs = langsOf(deps, ticket)
  const wanted = langs && { text: said, to: langs.customer, reader: 'customer' as const }
  const made = wanted && (await translationOf(context, deps, ticket, wanted))
  const settings = staffSettings(deps, ticket)
  if (made && settings.hold === 'on' && !made.decided) {
    await showNotice(context, deps, { made, isSent: false, lang: spokenTo(deps, ticket) })
    return done(made)
  }
  const tell = async ({ ko }: Both): Promise<Outcome> => {
    await post.send('say', { text: ko, lang: 'ko' })
    return done(made)
  }
  // Judged before it is sent: a case that was closed is nobody's to write to. Who answers it has it.
  const moved = await move(context, deps, ticket, 'staff-wrote')
  if (moved.outcome === 'gone') return { type: 'dropped' }
  if (moved.outcome === 'refused') return tell(moved.why)
  try {
    const name = settings.staffName ?? turn.author.name
    const files = await filesOf(context, deps, ticket.lang)
    const copy = toCustomer(turn, deps, ticket, { name, files, made })
    await post.reply('copy', { place: ticket.place }).finish(copy)
  } catch (error) {
    if (!isNoPlace(error)) throw error
    return tell(STAFF.gone)
  }
  // It stands in the thread, where they will not read it any more.
  if (await post.outbound.hasLeft(ticket.place, ticket.customer))
    await post.send('left', { text: STAFF.left.ko, lang: 'ko' })
  await showNotice(context, deps, { made, isSent: true, lang: spokenTo(deps, ticket) })
  return done(made)
}

function toCustomer(turn: Turn, deps: RelayDeps, { lang }: Ticket, { name, files, made }: Shown): Content {
  const said = saidIn(turn)
  const shown = made ? shownText(made, said) : said
  const text = linesOf([`**${plain(name)}** ${BY_STAFF[lang]}`, shown, ...files.lines])
  const { pictures } = files
  if (made === null) return { text, lang, pictures }
  const button = isUntranslated(made) ? {} : originalButton(turn.workspace, turn.id)
  return { text, lang, pictures, notes: smallPrint(made, lang, deps), ...button }
}

async function keepNote(
  { turn, post }: Context,
  { tickets }: RelayDeps,
  ticket: Ticket,
  note: string,
): Promise<void> {
  await tickets.note(ticket.workspace, ticket.id, note, byOf(turn))
  const source = turn.messages[0]?.source
  if (source) await post.outbound.react(turn.place, source, NOTED)
}

/** What was a message to the customer before it was edited is none any more. */
async function takeBack({ post }: Context, ticket: Ticket): Promise<Outcome> {
  await post.reply('copy', { place: ticket.place }).discard()
  await post.reply('notice', {}).discard()
  return { type: 'done' }
}

/** A note that was edited into a message goes out of the case's history. */
async function unmark({ turn, post }: Context, { tickets }: RelayDeps): Promise<void> {
  const source = turn.messages[0]?.source
  if ((await tickets.unnote(turn.id)) && source) await post.outbound.react(turn.place, source, NOTED, true)
}

function done(relay: RelayFacts | null, turn?: Turn): Outcome {
  const { takenOver } = (turn?.facts ?? {}) as TurnFacts
  const facts: TurnFacts = { ...(relay ? { relay } : {}), ...(takenOver ? { takenOver } : {}) }
  return { type: 'done', ...(Object.keys(facts).length > 0 ? { facts: { ...facts } } : {}) }
}

async function move(
  { turn }: Context,
  { tickets, enqueue }: RelayDeps,
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

function isWrittenByStaff(
  { answers }: RelayDeps,
  { workspace, staffPlace }: Ticket,
  { author }: Turn,
): Promise<boolean> {
  return isOfStaff(answers, { workspace, author }, staffPlace.channel)
}

function cardMissing(): BotError {
  return new BotError('desk-not-ready', {
    retryable: true,
    say: { ko: '', en: '' },
    hint: 'The card of the case is not posted yet.',
    retryAfterMs: CARD_SOON_MS,
  })
}
