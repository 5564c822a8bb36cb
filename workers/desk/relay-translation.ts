// The translation of a message that is handed on. Asked for once per text; the model may be away, but nobody waits for it
// longer than a moment: then the original goes out, and a task of its own puts it right once the model is back.

import type { Answers, Reads } from '../../src/core/answers.ts'
import { delay } from '../../src/core/clock.ts'
import type { Button, Content } from '../../src/core/content.ts'
import { isBotError, type Lang } from '../../src/core/error.ts'
import type { RelayFacts, TurnFacts } from '../../src/core/facts.ts'
import type { Settings } from '../../src/core/settings.ts'
import { parseTargetLang, type TargetLang } from '../../src/core/target-lang.ts'
import type { Tone, Tones } from '../../src/core/tone.ts'
import { madeBy, SAY, warningOf } from '../../src/core/translation-words.ts'
import type { Context, Handler } from '../../src/core/turn.ts'
import type { Line, Ticket } from '../../src/desk/model.ts'
import { BATCH_PRIORITY, RELAY_PRIORITY } from '../../src/llm/model.ts'
import { splitNotes } from '../../src/text/notes.ts'
import type { Correct, Translate, Translation } from '../../src/translation/model.ts'
import { hashOf } from '../hash.ts'
import { mannerOf } from '../manner.ts'
import { stillRunning } from '../still-running.ts'
import type { Screen } from './abuse.ts'
import { type DeskDeps, ticketIdOf } from './desk.ts'
import { RELAY_BUTTON, UNTRANSLATED } from './relay-words.ts'

export interface RelayDeps extends DeskDeps {
  answers: Pick<Answers, 'find' | 'rerun' | 'isStaff' | 'note'>
  translate: Translate
  correct: Correct
  /** Flags on a copy are answered anew when it changes. */
  reads: Reads
  /** What was said in it before that turn's message. */
  conversation(ticket: Ticket, before: string): Promise<Line[]>
  people: Pick<Tones, 'toneFor'>
  isRehearsal(): boolean
  /** Settings that another process has changed a moment ago are known after this. */
  readSettings(): Promise<void>
  /** Hides what staff need not read. */
  screen?: Screen
}

/** For both tries together. */
const PATIENCE_MS = 20_000
const AGAIN_AFTER_MS = 1_000
const TRIES = 2

export function staffSettings(
  { settingsOf }: Pick<RelayDeps, 'settingsOf'>,
  { staffPlace }: Ticket,
): Settings {
  return settingsOf(staffPlace.workspace, staffPlace.channel)
}

/** The languages of a case; null where there is one, or nobody wants a translation. */
export function langsOf(deps: RelayDeps, ticket: Ticket): { staff: TargetLang; customer: TargetLang } | null {
  const { staffLang } = staffSettings(deps, ticket)
  const customer = ticket.reads ?? ticket.lang
  return staffLang === 'off' || staffLang === customer ? null : { staff: staffLang, customer }
}

/** In which of its two languages the bot speaks to staff. */
export function spokenTo(deps: RelayDeps, ticket: Ticket): Lang {
  const { staffLang } = staffSettings(deps, ticket)
  return staffLang === 'ko' || staffLang === 'off' ? 'ko' : 'en'
}

/** Who reads a translation. */
export type Reader = 'customer' | 'staff'

/** Null when it reads as it is: it is in that language already, or has no words. */
export async function translationOf(
  context: Context,
  deps: RelayDeps,
  ticket: Ticket,
  { text, to, reader }: { text: string; to: TargetLang; reader: Reader },
): Promise<RelayFacts | null> {
  const { turn, post } = context
  const of = fingerprint(text, to)
  const { relay: kept } = turn.facts as TurnFacts
  if (kept?.of === of && (kept.text !== null || kept.decided)) return kept
  if (text.trim() === '') return null
  const tone = await toneOf(deps, ticket, reader)
  const made = await inTime(context, (signal) =>
    deps.translate({
      ...requestOf(deps, ticket, { text, to, tone, signal }),
      priority: RELAY_PRIORITY,
      context: contextOf(deps, ticket, turn.id),
      topic: post.outbound.topicOf(ticket.place),
      // Whose words they are is known, so that they can be forgotten.
      memory: { audience: ticket.audience, author: turn.author.id, about: ticket.customer },
    }),
  )
  if (made !== null && made.outcome !== 'translated') return null
  const facts = made ? factsOf(of, to, made) : { of, from: null, to, text: null, flags: [] }
  // Before it is posted: a crash in between does not ask the model again.
  await deps.answers.note(turn.workspace, turn.id, { relay: facts })
  if (made === null) await askLater(context, deps, ticket, { ...facts, reader })
  return facts
}

function fingerprint(text: string, to: TargetLang): string {
  return hashOf(`${to}\n${text}`)
}

function factsOf(of: string, to: TargetLang, { from, translation, flags }: Translation): RelayFacts {
  return { of, from, to, text: translation, flags }
}

function requestOf(
  deps: RelayDeps,
  ticket: Ticket,
  what: { text: string; to: TargetLang; tone: Tone; signal: AbortSignal },
): Parameters<Translate>[0] {
  return {
    ...mannerOf(staffSettings(deps, ticket)),
    ...what,
    ...{ workspace: ticket.workspace, channel: ticket.place.channel, session: `ticket:${ticket.id}` },
  }
}

/** As the customer, or staff for them, have said; staff among themselves read as their channel has it. */
async function toneOf(deps: RelayDeps, ticket: Ticket, reader: Reader): Promise<Tone> {
  const { workspace, place, customer } = ticket
  const own = reader === 'customer' ? await deps.people.toneFor(place.workspace, customer, workspace) : null
  return own ?? staffSettings(deps, ticket).tone
}

const CONTEXT_LINES = 6
const SPEAKERS: Readonly<Record<Line['by'], string>> = {
  ...{ customer: 'Customer', staff: 'Support agent', bot: 'Support bot', other: 'Another person' },
}

/** What both sides said before, for a model only: a conversation that cannot be read now delays nothing. */
async function contextOf({ conversation }: RelayDeps, ticket: Ticket, turn: string): Promise<string[]> {
  const lines = await conversation(ticket, turn).catch(() => [])
  return lines.slice(-CONTEXT_LINES).map(({ by, text }) => `${SPEAKERS[by]}: ${text}`)
}

/** What staff wrote instead is what the same words become from now on. False where it cannot be kept. */
export async function remember(
  deps: RelayDeps,
  ticket: Ticket,
  { from, to }: RelayFacts,
  words: { text: string; translation: string; author: string; by: string },
): Promise<boolean> {
  return deps.correct({
    ...{ ...words, from, to, tone: await toneOf(deps, ticket, 'customer') },
    ...{ workspace: ticket.workspace, channel: ticket.place.channel, audience: ticket.audience },
    about: ticket.customer,
  })
}

/** Null when the model did not do it in time. */
async function inTime(
  { clock, signal, log }: Context,
  run: (signal: AbortSignal) => Promise<Translation>,
): Promise<Translation | null> {
  const late = new AbortController()
  const cancel = clock.after(PATIENCE_MS, () => late.abort())
  const both = AbortSignal.any([signal, late.signal])
  try {
    for (let tries = 1; ; tries++) {
      try {
        return await run(both)
      } catch (error) {
        // The message was edited meanwhile, or the process ends.
        signal.throwIfAborted()
        if (!late.signal.aborted && !isBotError(error)) throw error
        log.warn({ code: isBotError(error) ? error.code : 'late', tries }, 'a message was not translated')
        // What the model fails at by itself it has tried twice by then.
        const isHopeless = isBotError(error) && !error.retryable
        if (tries === TRIES || late.signal.aborted || isHopeless) return null
        await delay(clock, AGAIN_AFTER_MS, signal)
      }
    }
  } finally {
    cancel()
  }
}

async function askLater(
  { turn }: Context,
  { enqueue }: RelayDeps,
  ticket: Ticket,
  { of, to, reader }: Pick<RelayFacts, 'of' | 'to'> & { reader: Reader },
): Promise<void> {
  await enqueue({
    ...{ workspace: turn.workspace, place: turn.place, lane: `relay-again:${turn.id}` },
    ...{ source: `relay-again:${turn.id}:${of}`, kind: 'relay-again', queue: 'batch' },
    // Of a customer's direct message the case is in another workspace.
    body: { id: ticket.id, home: ticket.workspace, turn: turn.id, of, to, reader },
  })
}

/** Once the model answers again, what went out as it was written is replaced by its translation. */
export function createRelayAgain(deps: RelayDeps): Handler {
  return async (context) => {
    const { turn, post, signal } = context
    const body = turn.messages[0]?.body ?? {}
    const id = String(body['turn'])
    const to = parseTargetLang(String(body['to'])) ?? 'ko'
    const ticket = await deps.tickets.find(String(body['home']), ticketIdOf(turn))
    const found = await deps.answers.find(turn.workspace, id)
    if (!ticket || !found || !isWanted(found.facts, body['of'])) return { type: 'dropped' }
    const isByStaff = turn.workspace === ticket.workspace && found.lane === ticket.staffLane
    const text = isByStaff ? splitNotes(found.question).said : found.question
    const tone = await toneOf(deps, ticket, body['reader'] === 'customer' ? 'customer' : 'staff')
    const request = requestOf(deps, ticket, { text, to, tone, signal })
    const topic = post.outbound.topicOf(ticket.place)
    const said = contextOf(deps, ticket, id)
    const made = await deps.translate({ ...request, context: said, topic, priority: BATCH_PRIORITY })
    const now = await deps.answers.find(turn.workspace, id)
    // Edited meanwhile, or staff have seen to it.
    if (!now || made.outcome !== 'translated' || !isWanted(now.facts, body['of'])) return { type: 'dropped' }
    if (now.isOpen) throw stillRunning()
    await deps.answers.note(turn.workspace, id, { relay: factsOf(String(body['of']), to, made) })
    await runAgain(deps, turn.workspace, id)
    return { type: 'done' }
  }
}

function isWanted(facts: Record<string, unknown>, of: unknown): boolean {
  const { relay } = facts as TurnFacts
  return relay?.of === of && relay?.text === null && relay?.decided === undefined
}

/** The turn that handed it on shows what is noted with it. False when it is no longer kept. */
export async function runAgain(
  { answers, wake }: Pick<RelayDeps, 'answers' | 'wake'>,
  workspace: string,
  id: string,
): Promise<boolean> {
  const lane = await answers.rerun(workspace, id)
  if (lane === null) {
    if ((await answers.find(workspace, id))?.isOpen) throw stillRunning()
    return false
  }
  await wake(workspace, lane)
  return true
}

/** What its reader gets. */
export function shownText({ text, decided }: RelayFacts, original: string): string {
  return decided?.text ?? text ?? original
}

/** Neither the model nor staff have put it into the reader's language. */
export function isUntranslated({ text, decided }: RelayFacts): boolean {
  return (decided?.text ?? text) === null
}

/** Under a copy: that it is a translation, for its reader. What is doubtful about it is for staff to read. */
export function smallPrint(
  made: RelayFacts,
  lang: Lang,
  { isRehearsal }: Pick<RelayDeps, 'isRehearsal'>,
): string[] {
  // Staff who send it as it is want it so.
  if (isUntranslated(made)) return made.decided ? [] : [UNTRANSLATED]
  if (made.decided?.text != null) return []
  return [...(isRehearsal() ? [SAY.rehearsal[lang]] : []), madeBy(made.from, made.to, lang)]
}

export function doubts({ flags, decided }: RelayFacts, lang: Lang): string[] {
  const warning = decided?.text == null ? warningOf(flags, lang) : null
  return warning === null ? [] : [warning]
}

export function originalButton(workspace: string, turn: string): Required<Pick<Content, 'buttons'>> {
  const button: Button = { action: 'original', value: `${workspace}|${turn}`, label: RELAY_BUTTON.original }
  return { buttons: [button] }
}
