// What happens to everything that Slack delivers, over HTTP and sockets alike: read, handed over, and only then
// acknowledged. A rejection here is what makes Slack deliver an event again.
import type { ReceiverEvent } from '@slack/bolt'
import type { Deliver } from '../core/adapter.ts'
import { type Clock, delay } from '../core/clock.ts'
import type { Command } from '../core/command.ts'
import type { Receipt } from '../core/decision.ts'
import { reasonOf } from '../core/error.ts'
import { type Inbound, langOfLocale } from '../core/inbound.ts'
import type { Logger } from '../core/logger.ts'
import type { Metrics } from '../core/metrics.ts'
import { threadLaneOf } from '../core/route/lanes.ts'
import { toEventInbound } from './inbound-event.ts'
import { toInteractionInbound } from './inbound-interaction.ts'
import type { SlackOutbound } from './outbound.ts'
import { createPrompter, type Prompts } from './prompts.ts'
import { createResponder } from './respond.ts'
import { createScopes } from './scopes.ts'
import { isDirect } from './stream.ts'
import { createTurnAway } from './turn-away.ts'
import { type Dict, dictOf, textOf } from './wire.ts'

export interface ReceiveDeps {
  deliver: Deliver
  isOpen(lane: { workspace: string; lane: string }): Promise<boolean>
  commands: readonly Command[]
  outbound: SlackOutbound
  prompts: Prompts
  clock: Clock
  log: Logger
  metrics: Metrics
}

type Status = NonNullable<Receipt['status']>

export type Process = (event: ReceiverEvent) => Promise<void>

const SETTLED_MS = 1_000
/** So many on their way at once mean that this process, or Slack, has no time for what only looks nice. */
const MOST_STATUSES = 24

export function createReceive(deps: ReceiveDeps): Process {
  const { outbound, clock, log, metrics } = deps
  const { people, sessions, installations } = outbound
  const now = (): number => clock.now()
  const missingScopes = createScopes(outbound.caller, clock)
  const { sawOwn, membersChanged } = outbound
  const { botUser, homeOf } = installations
  const eventReader = { people, botUser, sawOwn, membersChanged, missingScopes, now }
  const interactionReader = { people, botUser, homeOf, commands: deps.commands, now }
  const turnAway = createTurnAway(deps)
  const prompt = createPrompter(outbound, deps.prompts, clock)

  let statuses = 0
  const showStatus = async (place: Status['place'], text: string): Promise<void> => {
    statuses += 1
    await outbound.status(place, text).finally(() => {
      statuses -= 1
    })
  }

  /** Says that an answer is coming; one that was quicker than this took nothing away that came after it. */
  const announce = async (inbound: Inbound, { place, text }: Status): Promise<void> => {
    const isMessage = inbound.type === 'message'
    // Without a thread there is no status line; who wrote a command has read it in the acknowledgement.
    if (isMessage && place.thread === null && !isDirect(place.channel)) {
      const lang = langOfLocale(inbound.author.locale) ?? 'ko'
      await outbound.whisper(place, inbound.author.id, { text, lang })
    }
    await Promise.all([
      statuses < MOST_STATUSES ? showStatus(place, text) : null,
      isMessage ? sessions.begin(place, inbound.text, inbound.author.id) : null,
    ])
    if (place.thread === null) return
    // By then the answer has been written down as finished, if it was on the screen before.
    await delay(clock, SETTLED_MS)
    const lane = { workspace: place.workspace, lane: threadLaneOf(place, place.thread) }
    if (!(await deps.isOpen(lane))) await outbound.status(place, null)
  }

  /** What people see at once; nothing waits for it, and nothing fails because of it. */
  const show = (inbound: Inbound, receipt: Receipt): void => {
    const effects: Promise<unknown>[] = []
    const { status, react, reply } = receipt
    if (status) effects.push(announce(inbound, status))
    if (react && inbound.type === 'message')
      effects.push(outbound.react(inbound.place, inbound.source, react))
    if (reply && inbound.type === 'message')
      effects.push(outbound.whisper(inbound.place, inbound.author.id, reply.content))
    if (inbound.type === 'stop') effects.push(sessions.end(inbound.place))
    if (inbound.type === 'arrival' && inbound.arrival === 'dm-opened') effects.push(prompt(inbound))
    for (const effect of effects)
      effect.catch((error: unknown) => log.warn({ reason: reasonOf(error) }, 'a side effect failed'))
  }

  const respond = createResponder({
    deliver: deps.deliver,
    caller: outbound.caller,
    clock,
    log,
    whisper: (inbound, content) => outbound.whisper(inbound.place, inbound.author.id, content),
    acknowledged: show,
  })

  /** What cannot be read would fail again each time, so it is acknowledged and not kept. */
  const read = async <T>(body: Dict, reading: () => Promise<T>): Promise<T | null> => {
    try {
      return await reading()
    } catch (error) {
      const fields = { type: typeOf(body), event: textOf(body['event_id']), reason: reasonOf(error) }
      log.error(fields, 'a delivery could not be read and is skipped')
      return null
    }
  }

  const onEvent = async (body: Dict, ack: () => Promise<void>): Promise<void> => {
    const inbound = await read(body, () => toEventInbound(body, eventReader))
    if (inbound === 'unknown') countUnknown(body)
    if (inbound === null || inbound === 'unknown') return ack()
    const receipt = await deps.deliver(inbound)
    try {
      await ack()
    } finally {
      // The row is committed: what comes again because this acknowledgement was lost shows nothing anew.
      show(inbound, receipt)
    }
  }

  const onInteraction = async (body: Dict, ack: (answer?: object) => Promise<void>): Promise<void> => {
    const inbound = await read(body, () => toInteractionInbound(body, interactionReader))
    if (inbound === null) return ack()
    const isSlash = textOf(body['command']) !== ''
    await respond({ ack, inbound, triggerId: textOf(body['trigger_id']), isSlash })
  }

  const countUnknown = (body: Dict): void => {
    const type = typeOf(body)
    metrics.count('unknown_events_total', { platform: 'slack' })
    log.debug({ type, team: textOf(body['team_id']) }, 'an event of an unknown type was ignored')
  }

  return async ({ body, ack }) => {
    const payload = dictOf(body)
    const answer = async (reply?: object): Promise<void> => ack(reply)
    const type = textOf(payload['type'])
    const turnedAway = turnAway(payload)
    if (turnedAway) return answer(turnedAway.reply)
    if (type === 'event_callback') return onEvent(payload, answer)
    if (textOf(payload['command']) !== '' || INTERACTIONS.has(type)) return onInteraction(payload, answer)
    if (type === 'app_rate_limited')
      log.warn({ team: textOf(payload['team_id']) }, 'Slack holds events back: more than 30,000 in an hour')
    else countUnknown(payload)
    return answer()
  }
}

const INTERACTIONS = new Set(['message_action', 'block_actions', 'view_submission'])

/** The inner event's type, kept short: it is Slack's word, but it goes into a log. */
function typeOf(body: Dict): string {
  return (textOf(dictOf(body['event'])['type']) || textOf(body['type'])).slice(0, 60)
}
