// A channel with a pair of languages: what people write there is translated, by one turn per message. Who wants an answer
// mentions the bot.
import type { Enqueue } from '../decision.ts'
import type { MessageInbound } from '../inbound.ts'
import { pairOf } from '../language-pair.ts'
import { accessOf } from './access.ts'
import { answerTo } from './lanes.ts'
import type { RouteView } from './view.ts'

/** Null where it is not for translation: then it is a message as any other. */
export function autoOf(message: MessageInbound, { settings }: RouteView): Enqueue | null {
  const { room, author, place, mentionsBot, source, text } = message
  if (pairOf(settings.auto) === null || mentionsBot || room === 'dm' || text === '') return null
  // Bots that translate each other never stop. Staff among themselves write to be read as it is.
  if (author.kind === 'bot' || place.channel === settings.staffChannel) return null
  if (accessOf(message, settings) !== 'yes') return null
  return {
    type: 'enqueue',
    // Of its own, so that many are translated at once; shown in the order of their messages: store/order.ts.
    lane: `auto:${source}`,
    kind: 'auto',
    queue: 'batch',
    ack: 'none',
    place: answerTo(message, settings).place,
    text,
    body: { room },
    quietMs: 0,
  }
}
