// Everything that the Events API brings, as Inbound; null for what is none of ours.
import type { ArrivalInbound, Inbound, ReactionInbound, StopInbound } from '../core/inbound.ts'
import { langOfFlag } from '../core/target-lang.ts'
import { flagOfName } from './emoji.ts'
import { type MessageReader, toMessageInbound } from './inbound-message.ts'
import { type Origin, originOfEvent, toAuthor, toRoom, withBotUser } from './room.ts'
import { type Dict, dictOf, textOf, timeOf } from './wire.ts'

export interface EventReader extends MessageReader {
  /** Scopes that the bot should have and has not. */
  missingScopes(workspace: string): Promise<string[]>
  /** The bot's own id in a workspace; '' while it is not known. */
  botUser(workspace: string): string
  /** Somebody joined or left a channel. */
  membersChanged(workspace: string, channel: string): void
  now(): number
}

/** `unknown`: an event type that we did not subscribe to. */
export async function toEventInbound(body: Dict, reader: EventReader): Promise<Inbound | null | 'unknown'> {
  const event = dictOf(body['event'])
  const origin = withBotUser(originOfEvent(body), reader.botUser)
  const channel = textOf(event['channel'])
  if (channel !== '' && 'is_ext_shared_channel' in body)
    reader.people.learn(origin.workspace, channel, origin.isShared)
  switch (textOf(event['type'])) {
    case 'message':
    case 'app_mention':
      return toMessageInbound(event, origin, reader)
    case 'app_home_opened':
      return textOf(event['tab']) === 'messages' ? toOpened(event, origin, reader) : null
    case 'member_joined_channel':
      reader.membersChanged(origin.workspace, channel)
      return toInvited(event, origin, reader)
    case 'agent_session_stopped':
      return toStop(event, origin, reader)
    case 'reaction_added':
    case 'reaction_removed':
      return toReaction(event, origin, reader)
    case 'member_left_channel':
      reader.membersChanged(origin.workspace, channel)
      return null
    case 'app_context_changed':
    case 'agent_session_title_changed':
    case 'channel_left':
    case 'group_left':
      return null
    default:
      return 'unknown'
  }
}

/** Once per person: the store drops the same source. */
async function toOpened(event: Dict, origin: Origin, reader: EventReader): Promise<ArrivalInbound> {
  const user = textOf(event['user'])
  const arrival = { arrival: 'dm-opened', source: `dm-opened:${user}`, missing: [] } as const
  return toArrival(event, origin, reader, user, { ...arrival, missing: [] })
}

/** Of the bot itself; somebody invited it, or it joined by itself and nobody is to be told. */
async function toInvited(event: Dict, origin: Origin, reader: EventReader): Promise<ArrivalInbound | null> {
  const inviter = textOf(event['inviter'])
  if (textOf(event['user']) !== origin.botUser || inviter === '') return null
  const source = `invited:${textOf(event['channel'])}:${textOf(event['event_ts'])}`
  const missing = await reader.missingScopes(origin.workspace)
  return toArrival(event, origin, reader, inviter, { arrival: 'invited', source, missing })
}

async function toArrival(
  event: Dict,
  origin: Origin,
  reader: EventReader,
  user: string,
  what: Pick<ArrivalInbound, 'arrival' | 'source' | 'missing'>,
): Promise<ArrivalInbound> {
  const person = await reader.people.person(origin.workspace, user)
  return {
    type: 'arrival',
    ...toRoom(origin, textOf(event['channel']), null),
    author: toAuthor(user, { name: '', team: '', isBot: false }, person, origin),
    at: timeOf(textOf(event['event_ts'])) || reader.now(),
    ...what,
  }
}

/** Source: docs.slack.dev reference/events/reaction_added, reaction_removed. */
async function toReaction(event: Dict, origin: Origin, reader: EventReader): Promise<ReactionInbound | null> {
  // A thumb of any colour is a thumb.
  const name = textOf(event['reaction']).replace(/::skin-tone-\d$/, '')
  const flag = flagOfName(name)
  const isFlag = flag !== null && langOfFlag(flag) !== null
  const emoji = isFlag ? flag : name
  const item = dictOf(event['item'])
  const [user, channel, ts] = [textOf(event['user']), textOf(item['channel']), textOf(item['ts'])]
  if (emoji === '' || textOf(item['type']) !== 'message') return null
  if (user === '' || user === origin.botUser || channel === '' || ts === '') return null
  const person = await reader.people.person(origin.workspace, user)
  const message = `${channel}:${ts}`
  return {
    type: 'reaction',
    // The event's own channel is that of the item: Slack gives it nowhere else.
    ...toRoom(origin, channel, null),
    author: toAuthor(user, { name: '', team: '', isBot: false }, person, origin),
    at: timeOf(textOf(event['event_ts'])) || reader.now(),
    source: `react:${message}:${user}:${emoji}${isFlag ? '' : `:${textOf(event['event_ts'])}`}`,
    emoji,
    ...(textOf(event['type']) === 'reaction_removed' ? { isRemoved: true } : {}),
    message,
  }
}

/** Slack's own Stop button, shown while an agent session is processing. */
async function toStop(event: Dict, origin: Origin, reader: EventReader): Promise<StopInbound> {
  const user = textOf(event['user'])
  const { workspace, place } = toRoom(origin, textOf(event['channel']), textOf(event['thread_ts']) || null)
  const person = await reader.people.person(workspace, user)
  const author = toAuthor(user, { name: '', team: '', isBot: false }, person, origin)
  return { type: 'stop', workspace, place, author }
}
