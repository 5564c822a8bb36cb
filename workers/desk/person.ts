// Someone is to be connected with a person: a case is opened on their conversation, and its card goes to the staff channel.
// From then on the bot says nothing there (store/receive.ts); what follows is ticket-card.ts, relay.ts.

import type { KeptAnswer } from '../../src/core/answers.ts'
import type { Content } from '../../src/core/content.ts'
import type { HandOverReason } from '../../src/core/decision.ts'
import { BotError, isBotError, type Lang } from '../../src/core/error.ts'
import type { TurnFacts } from '../../src/core/facts.ts'
import { DISCORD_DM, type Place } from '../../src/core/inbound.ts'
import { threadLaneOf, threadRootOf } from '../../src/core/route/lanes.ts'
import { staffPlaceOf } from '../../src/core/settings.ts'
import { type Context, type Handler, isPrivate, type Outcome, type Turn } from '../../src/core/turn.ts'
import { words } from '../../src/core/wording.ts'
import type { Ticket } from '../../src/desk/model.ts'
import type { People } from '../../src/store/model.ts'
import { replyLanguage } from '../../src/text/language.ts'
import { plain } from '../card.ts'
import { cardOf, connectedContent, type DeskDeps, isNoPlace, showTicket } from './desk.ts'
import { CUSTOMER } from './desk-words.ts'

export interface PersonDeps extends DeskDeps {
  people: Pick<People, 'staffOf' | 'zoneOf'>
}

const REASONS: readonly HandOverReason[] = ['command', 'thumbs-down', 'no-evidence', 'angry', 'rule']

export function createPerson(deps: PersonDeps): Handler {
  return async (context) => {
    const { turn, post } = context
    const text = turn.messages.map((message) => message.text).join('\n')
    const wish = wishOf(turn)
    const answer = wish.turn === null ? null : await deps.answers.find(turn.workspace, wish.turn)
    const lang = langOf(turn, text, answer)
    const end = (isTold: boolean): Outcome => ({
      type: 'done',
      facts: { handover: { ...wish, isTold } } satisfies TurnFacts,
    })
    const tell = async (content: Content, isTold: boolean): Promise<Outcome> => {
      await post.send('say', content, { isPrivate: isPrivate(turn) })
      return end(isTold)
    }
    const say = (text: string, isTold: boolean): Promise<Outcome> => tell({ text, lang }, isTold)
    const isDirect = turn.workspace === DISCORD_DM
    const staffPlace = isDirect
      ? await directStaff(turn, deps.people)
      : staffPlaceOf(turn.settings, turn.place)
    // What nobody asked for is no reason to say that there is nobody.
    const isAskedFor = wish.reason === 'button' || wish.reason === 'words' || wish.reason === 'command'
    if (!staffPlace)
      return isAskedFor ? say(CUSTOMER[isDirect ? 'nobodyAlone' : 'nobody'][lang], false) : end(false)

    const conversation = await conversationOf(context, deps, answer, lang)
    if (!conversation) return say(CUSTOMER.elsewhere[lang], false)
    const zone =
      (await deps.people.zoneOf(turn.workspace, turn.author.id)) ??
      (await post.outbound.zoneOf(conversation.place, turn.author.id))
    const { ticket, isNew } = await deps.tickets.open({
      workspace: staffPlace.workspace,
      audience: turn.audience,
      ...{ lane: conversation.lane, place: conversation.place, source: conversation.source },
      ...{ customer: turn.author.id, customerName: turn.author.name, lang },
      mood: moodOf(answer),
      reason: wish.reason,
      question: questionOf(turn, answer, wish.reason),
      tried: triedOf(answer),
      staffPlace,
      zone,
    })
    // What waited there for the bot goes to the person.
    if (ticket.lane !== turn.lane) await deps.wake(ticket.place.workspace, ticket.lane)
    // Again after a crash: the card's turn is known by its source.
    await deps.enqueue(cardOf(ticket))
    if (ticket.card !== null) await showTicket(deps.enqueue, ticket)
    await summarise(deps, ticket, turn, wish.turn)
    // Where the card is on its way, the customer hears of it once it stands.
    if (isNew && ticket.card !== null) return tell({ ...connectedContent(deps, ticket), lang }, true)
    if (!isNew && ticket.card !== null && isAskedFor) return say(words(lang).alreadyAsked, true)
    if (turn.handle !== null && wish.turn === null) return say(CUSTOMER.hereTold[lang], true)
    return end(true)
  }
}

interface Conversation {
  lane: string
  place: Place
  /** The message that staff should read first, as linkTo takes it. */
  source: string | null
}

/** The thread in which customer and staff will write; null when there can be none. */
async function conversationOf(
  context: Context,
  deps: PersonDeps,
  answer: KeptAnswer | null,
  lang: Lang,
): Promise<Conversation | null> {
  const { turn } = context
  const isHidden = answer?.isEphemeral ?? false
  const [lane, place] = answer && !isHidden ? [answer.lane, answer.place] : [turn.lane, turn.place]
  const shown = answer?.posts.find(({ slot, id }) => slot === 'answer.0' && id !== null)
  const asked = turn.handle === null ? (turn.messages[0]?.source ?? null) : null
  const isLane = !/^(?:cmd|msg):/.test(lane)
  if (isLane && (place.thread !== null || lane.startsWith('dm:')))
    return { lane, place, source: isHidden ? null : (shown?.id ?? asked) }
  // On a message of theirs, or of ours that all can see; else on one that is written for it.
  const root = lane.startsWith('msg:') ? lane.slice('msg:'.length) : isHidden ? null : (shown?.id ?? null)
  const on = root ?? (await openRoot(context, deps, lang))
  if (on === null) return null
  const thread = threadRootOf(place, on)
  const at = { ...turn.place, channel: place.channel, thread }
  return { lane: threadLaneOf(at, thread), place: at, source: on }
}

/** A message for all to see under which the two can talk; null where the bot may not write. */
async function openRoot({ turn, post }: Context, deps: PersonDeps, lang: Lang): Promise<string | null> {
  const place = { ...turn.place, thread: null }
  try {
    await post.send('root', { text: CUSTOMER.here(plain(turn.author.name))[lang], lang }, { place })
  } catch (error) {
    if (!isNoPlace(error) && !(isBotError(error) && error.code === 'handle-expired')) throw error
    return null
  }
  const kept = await deps.answers.find(turn.workspace, turn.id)
  const id = kept?.posts.find(({ slot }) => slot === 'root')?.id
  if (!id)
    throw new BotError('bug', {
      retryable: true,
      say: { ko: '', en: '' },
      hint: 'the post is not in the record',
    })
  return id
}

/** The button stands under an answer, whose turn it names; what the bot decides names it too. */
function wishOf({ messages }: Turn): { reason: HandOverReason; turn: string | null } {
  const body = messages.at(-1)?.body ?? {}
  const reason = REASONS.find((one) => one === body['reason'])
  const value = body['value']
  const turn = value === undefined ? null : String(value) || null
  return { reason: reason ?? (value === undefined ? 'words' : 'button'), turn }
}

/** A button has no words: it is pressed in the language of its answer, which may not be written down yet, or its question. */
function langOf({ author }: Turn, text: string, answer: KeptAnswer | null): Lang {
  if (answer?.lang) return answer.lang
  const said = text.trim() === '' ? (answer?.question ?? '') : text
  return replyLanguage({ text: said, userLang: author.lang ?? undefined }).lang
}

async function directStaff({ author }: Turn, people: PersonDeps['people']): Promise<Place | null> {
  const found = await people.staffOf(author.id)
  return found && { platform: 'discord', ...found, thread: null }
}

/** What they asked before; under the button, the question of that very answer. */
function questionOf(turn: Turn, answer: KeptAnswer | null, reason: HandOverReason): string {
  if (answer) return answer.question
  const asked = turn.messages.at(-1)?.text ?? ''
  // It is the question itself that calls a person.
  if (reason === 'rule') return asked
  return turn.history.findLast((line) => line.role === 'asker')?.text ?? asked
}

function moodOf(answer: KeptAnswer | null): Ticket['mood'] {
  const { mood } = (answer?.facts ?? {}) as TurnFacts
  return mood === 'angry' || mood === 'annoyed' || mood === 'calm' ? mood : null
}

function triedOf(answer: KeptAnswer | null): string[] {
  return ((answer?.facts ?? {}) as TurnFacts).sources?.map(({ title }) => title) ?? []
}

/** Written by the model when it has time; the card does without until then. */
async function summarise(
  { enqueue }: PersonDeps,
  ticket: Ticket,
  turn: Turn,
  answer: string | null,
): Promise<void> {
  await enqueue({
    ...{ workspace: ticket.workspace, place: ticket.staffPlace, lane: `ticket-summary:${ticket.id}` },
    ...{ source: `ticket:${ticket.id}:summary:${turn.id}`, kind: 'ticket-summary', queue: 'batch' },
    // What was said is read when it is summed up: who wants to be forgotten meanwhile is not in it.
    body: { id: ticket.id, answer },
  })
}
