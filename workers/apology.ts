// What is said when a turn is given up: to whoever asked, with a short code by which the operator finds it; of a draft,
// of which they do not know, to staff.
import { isBotError } from '../src/core/error.ts'
import type { Logger } from '../src/core/logger.ts'
import { type Settings, staffPlaceOf } from '../src/core/settings.ts'
import { CARD } from '../src/core/staff-words.ts'
import { isPrivate, type Poster } from '../src/core/turn.ts'
import { words } from '../src/core/wording.ts'
import type { ClaimedTurn } from '../src/store/model.ts'
import { markUntranslated } from './translation/auto-mark.ts'
import { languageOf } from './turn.ts'

/** Failures that the person can mend by writing differently. */
const THEIRS = new Set(['model-too-long'])

export async function apologise(
  given: { turn: ClaimedTurn; poster: Poster; log: Logger; settings: Settings },
  failure: { error: unknown; code: string; toAsker: boolean },
): Promise<void> {
  const { turn, log } = given
  try {
    if (turn.kind === 'draft') await tellStaff(given, failure.code)
    else if (failure.toAsker) await tellAsker(given, failure)
  } catch (cause) {
    log.error({ reason: (cause as Error).message }, 'apology could not be shown')
  }
}

async function tellAsker(
  { turn, poster }: { turn: ClaimedTurn; poster: Poster },
  { error, code }: { error: unknown; code: string },
): Promise<void> {
  const lang = languageOf(turn)
  // Only what the person can do something about is said in its own words.
  const isTheirs = isBotError(error) && THEIRS.has(error.code)
  const text = isTheirs ? error.say(lang) : words(lang).failed(code)
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
