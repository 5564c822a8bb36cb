// A flag put on a message: its translation goes under it, once per message and language however many people react. Any other
// reaction is shown on the message's copy, where customer and staff write to each other.
import type { Decision } from '../decision.ts'
import type { Place, ReactionInbound } from '../inbound.ts'
import { modeIn, type Settings } from '../settings.ts'
import { flagSource, langOfFlag } from '../target-lang.ts'
import { accessOf } from './access.ts'
import { threadRootOf } from './lanes.ts'
import type { RouteView } from './view.ts'

export function routeReaction(inbound: ReactionInbound, view: RouteView): Decision {
  const { place, message, author, room } = inbound
  const to = langOfFlag(inbound.emoji)
  if (author.kind === 'bot') return { type: 'ignore', reason: 'bot' }
  const access = accessOf(inbound, view.settings)
  if (to === null) return access === 'never' ? { type: 'ignore', reason: access } : handOn(inbound)
  if (inbound.isRemoved) return { type: 'ignore', reason: 'reaction' }
  if (access !== 'yes') return { type: 'ignore', reason: access }
  const isOff = modeIn(view.settings, place.channel) === 'off' && room !== 'dm'
  if (isOff || view.settings.flags === 'off') return { type: 'ignore', reason: 'flags-off' }
  const once = flagSource(message, to)
  return {
    type: 'enqueue',
    // Not the lane of the thread: a translation makes no thread ours.
    lane: once,
    once,
    kind: 'flag',
    // Nobody is told a place in the queue for it: that would be one more message for all to see.
    queue: 'batch',
    ack: 'none',
    place: under(inbound, view.settings),
    text: '',
    body: { to, target: message, room },
    quietMs: 0,
  }
}

/** In the message's own lane: what is put there and taken away again comes in that order. */
function handOn({ place, message, emoji, isRemoved = false }: ReactionInbound): Decision {
  return {
    type: 'enqueue',
    lane: `react:${message}`,
    kind: 'reaction',
    queue: 'relay',
    ack: 'none',
    place,
    text: '',
    body: { target: message, post: threadRootOf(place, message), emoji, isRemoved },
    onlyIf: 'with-copy',
    quietMs: 0,
  }
}

/** The thread of the message; on Slack the worker learns which one that is. */
function under({ place, room, message }: ReactionInbound, settings: Settings): Place {
  if (place.thread !== null || (room === 'dm' && place.platform === 'discord')) return place
  // Discord shows by its own means which message a reply belongs to.
  if (place.platform === 'discord' && room === 'channel' && settings.answers === 'here') return place
  return { ...place, thread: threadRootOf(place, message) }
}
