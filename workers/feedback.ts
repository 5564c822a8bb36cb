// Helpful or not: stored with the answer; the person gets a short private thanks, and after a 👎 is asked why, if they like.
import type { Button } from '../src/core/content.ts'
import type { Both, Lang } from '../src/core/error.ts'
import { FEEDBACK_REASONS } from '../src/core/facts.ts'
import type { Handler, Turn } from '../src/core/turn.ts'
import { words } from '../src/core/wording.ts'
import type { People, Posts } from '../src/store/model.ts'
import { tellIn } from './tell.ts'

const MAX_WORDS_CHARS = 2_000

export function createFeedback(deps: {
  people: Pick<People, 'rate'>
  posts: Pick<Posts, 'turnOf'>
  /** Told of each 👎. */
  onDown?(turn: Turn, rated: string): Promise<void>
}): Handler {
  return async (context) => {
    const { turn, log } = context
    const message = turn.messages.at(-1)
    const value = message?.body['value'] === 'up' ? 'up' : 'down'
    const rated = await deps.posts.turnOf(turn.workspace, String(message?.body['message'] ?? ''))
    if (!rated) {
      log.info({}, 'feedback on a message that is not kept any more')
      return { type: 'dropped' }
    }
    await deps.people.rate(turn.workspace, turn.audience, rated.turn, turn.author.id, value)
    const tell = tellIn(context)
    if (value === 'up') return tell(inBoth('thanksUp'))
    await deps.onDown?.(turn, rated.turn)
    return tell(inBoth('thanksDown'), { buttons: reasonButtons(rated.turn, turn.author.lang ?? 'ko') })
  }
}

/** One of the choices, or the form behind the last of them. */
export function createReason(deps: {
  people: Pick<People, 'explain'>
  mask(text: string, lang: Lang): string
}): Handler {
  return async (context) => {
    const { turn } = context
    const body = turn.messages.at(-1)?.body ?? {}
    const lang = turn.author.lang ?? 'ko'
    const reason = FEEDBACK_REASONS.find((one) => one === body['reason']) ?? 'other'
    const said = String(body['text'] ?? '').trim()
    const kept = said === '' ? null : deps.mask(said, lang).slice(0, MAX_WORDS_CHARS).toWellFormed()
    // Who has pressed 👍 since is thanked all the same: that one counts.
    await deps.people.explain(turn.workspace, String(body['id']), turn.author.id, reason, kept)
    return tellIn(context)(inBoth('thanksReason'))
  }
}

function inBoth(name: 'thanksUp' | 'thanksDown' | 'thanksReason'): Both {
  return { ko: words('ko')[name], en: words('en')[name] }
}

function reasonButtons(turn: string, lang: Lang): Button[] {
  return FEEDBACK_REASONS.map((reason) => ({
    action: 'reason',
    value: `${turn}:${reason}`,
    label: words(lang).reasons[reason],
  }))
}
