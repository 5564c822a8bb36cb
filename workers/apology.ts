// What is said when a turn is given up: to whoever asked, with a short code by which the operator finds it; of a draft,
// of which they do not know, to staff.
import { type BotError, type Both, isBotError } from '../src/core/error.ts'
import type { Logger } from '../src/core/logger.ts'
import { type Settings, staffPlaceOf } from '../src/core/settings.ts'
import { CARD } from '../src/core/staff-words.ts'
import { isPrivate, type Poster } from '../src/core/turn.ts'
import { words } from '../src/core/wording.ts'
import type { ClaimedTurn, TurnResult } from '../src/store/model.ts'
import { planFailure } from './failure.ts'
import { markUntranslated } from './translation/auto-mark.ts'
import { languageOf } from './turn.ts'
import { questionOf, toFacts } from './written.ts'

/** Failures that the person can mend by writing differently. */
const THEIRS = new Set(['model-too-long'])
/** What keeps an apology from being shown for a while, or until the question that has changed meanwhile is read again. */
const PASSING = new Set(['platform-busy', 'platform-unreachable', 'interrupted'])

/** A turn is held for its apology this long at most. */
const OWED_FOR_MS = 6 * 60 * 60_000

/** An apology with all that it says, kept with its turn until it is shown. */
export interface Owed {
  code: string
  errorCode: string
  errorHint: string
  toAsker: boolean
  /** Only what the person can do something about is said in its own words. */
  own: Both | null
  since: number
  /** The question that it is for. */
  to: string
}

/** `error` null: the turn has taken its workers down. */
export function toOwed(
  turn: ClaimedTurn,
  error: unknown,
  { code, toAsker, now }: { code: string; toAsker: boolean; now: number },
): Owed {
  const isForeseen = isBotError(error)
  return {
    code,
    errorCode: isForeseen ? error.code : error === null ? 'crashed' : 'bug',
    errorHint: isForeseen ? error.hint : 'See the log lines with this turn id.',
    toAsker,
    own: isForeseen && THEIRS.has(error.code) ? { ko: error.say('ko'), en: error.say('en') } : null,
    since: now,
    to: questionOf(turn),
  }
}

/** Null when nothing is owed, or when something else is asked by now. */
export function owedOf(turn: ClaimedTurn): Owed | null {
  const owed = (turn.facts['owed'] ?? null) as Owed | null
  return owed?.to === questionOf(turn) ? owed : null
}

interface Given {
  turn: ClaimedTurn
  poster: Poster
  log: Logger
  settings: Settings
}

/** Apologises, and says how the turn ends, or with what it goes back while that cannot be shown. `random` in [0, 1). */
export async function settle(
  given: Given,
  owed: Owed,
  { now, random }: { now: number; random: number },
): Promise<{ result: TurnResult; isOver: boolean }> {
  const { turn } = given
  const { code, errorCode, errorHint } = owed
  const cause = turn.messages.length > 0 ? await apologise(given, owed, now) : null
  const attempts = turn.attempts + (turn.facts['owed'] ? 0 : 1)
  const failed = { errorCode, errorHint, code, attempts }
  if (!cause) return { result: { ...failed, state: 'failed', facts: { failed: errorCode } }, isOver: true }
  const plan = planFailure(cause, attempts, 0, random)
  const notBeforeMs = plan.type === 'wait' ? plan.ms : 0
  const facts = { ...toFacts(turn, null), owed }
  return { result: { ...failed, state: 'pending', notBeforeMs, facts }, isOver: false }
}

/** Returns what kept it from being shown when that may pass and there is time left; null when it is over, shown or not. */
async function apologise(given: Given, owed: Owed, now: number): Promise<BotError | null> {
  const { turn, log } = given
  try {
    if (turn.kind === 'draft') await tellStaff(given, owed.code)
    else if (owed.toAsker && !isOwnTask(turn)) await tellAsker(given, owed)
  } catch (cause) {
    const isPassing = isBotError(cause) && PASSING.has(cause.code) && now - owed.since < OWED_FOR_MS
    const fields = { reason: (cause as Error).message, code: owed.code }
    if (!isPassing) log.error(fields, 'apology could not be shown')
    else log.warn(fields, 'apology could not be shown yet')
    return isPassing ? cause : null
  }
  return null
}

/** Nobody has asked for a summary or the like: where it would stand, nobody knows what failed. */
function isOwnTask({ queue, kind, author }: ClaimedTurn): boolean {
  return queue === 'batch' && kind !== 'auto' && author.kind === 'bot'
}

async function tellAsker(
  { turn, poster }: { turn: ClaimedTurn; poster: Poster },
  { own, code }: Owed,
): Promise<void> {
  const lang = languageOf(turn)
  const text = own ? own[lang] : words(lang).failed(code)
  // Nobody else in the channel asked for anything.
  if (turn.kind === 'flag') return poster.whisper(turn.author.id, { text, lang })
  if (turn.kind === 'auto') {
    // What it was before an edit says something else.
    await poster.reply('answer', {}).discard()
    return markUntranslated(turn, poster)
  }
  const options = { isPrivate: isPrivate(turn) }
  if (turn.queue !== 'chat') return poster.send('say', { text, lang }, options)
  // An apology takes the place of whatever was shown of the answer.
  const button = { action: 'person' as const, value: turn.id, label: words(lang).person }
  await poster.reply('answer', options).finish({ text, lang, buttons: [button] })
}

async function tellStaff(
  { turn, poster, settings }: { turn: ClaimedTurn; poster: Poster; settings: Settings },
  code: string,
): Promise<void> {
  const place = staffPlaceOf(settings, turn.place)
  if (place) await poster.send('staff-card', { text: CARD.failed(code), lang: 'ko' }, { place })
}
