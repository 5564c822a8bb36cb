// Messages, edits and deletions as Inbound. The only place that reads Slack's message events.
import type { Attachment, DeleteInbound, EditInbound, MessageInbound } from '../core/inbound.ts'
import type { Directory } from './directory.ts'
import { readText } from './inbound-text.ts'
import { type Origin, threadOf, toAuthor, toRoom } from './room.ts'
import { type Dict, dictOf, listOf, textOf, timeOf } from './wire.ts'

export interface MessageReader {
  people: Directory
  /** Our own message came by. */
  sawOwn(channel: string, message: Dict): void
}

/** Subtypes that somebody wrote; the rest are joins, topics and other notes of the system. */
export const WRITTEN: ReadonlySet<string> = new Set([
  '',
  'file_share',
  'thread_broadcast',
  'me_message',
  'bot_message',
])

/** Of `message` and `app_mention`, which are the same message twice: either one is enough. */
export async function toMessageInbound(
  event: Dict,
  origin: Origin,
  reader: MessageReader,
): Promise<MessageInbound | EditInbound | DeleteInbound | null> {
  switch (textOf(event['subtype'])) {
    case 'message_changed':
      return toEdit(event, origin, reader)
    case 'message_deleted':
      return toDelete(event, origin)
    default:
      return toMessage(event, origin, reader)
  }
}

async function toMessage(event: Dict, origin: Origin, reader: MessageReader): Promise<MessageInbound | null> {
  const channel = textOf(event['channel'])
  if (!WRITTEN.has(textOf(event['subtype']))) return null
  if (isOwn(event, origin)) {
    reader.sawOwn(channel, event)
    return null
  }
  const id = textOf(event['user']) || textOf(event['bot_id'])
  const ts = textOf(event['ts'])
  if (id === '' || ts === '') return null
  const isBot = textOf(event['bot_id']) !== '' || textOf(event['subtype']) === 'bot_message'
  const [read, person] = await Promise.all([
    readText(rawText(event), { ...textReader(origin, reader), author: id }),
    isBot ? null : reader.people.person(origin.workspace, id),
  ])
  const profile = dictOf(event['user_profile'])
  const team = textOf(event['user_team']) || textOf(event['source_team']) || textOf(profile['team'])
  const name = textOf(profile['display_name']) || textOf(profile['real_name']) || textOf(event['username'])
  return {
    type: 'message',
    source: `${channel}:${ts}`,
    ...toRoom(origin, channel, threadOf(event)),
    author: toAuthor(id, { name, team, isBot }, person, origin),
    at: timeOf(ts),
    ...read,
    attachments: toAttachments(event),
    replyTo: null,
  }
}

async function toEdit(
  event: Dict,
  origin: Origin,
  reader: MessageReader,
): Promise<EditInbound | DeleteInbound | null> {
  const channel = textOf(event['channel'])
  const now = dictOf(event['message'])
  const before = dictOf(event['previous_message'])
  const { workspace, audience } = toRoom(origin, channel, null)
  const source = `${channel}:${textOf(now['ts'])}`
  // Deleting a message with replies leaves a tombstone in its place.
  if (textOf(now['subtype']) === 'tombstone') return { type: 'delete', workspace, audience, source }
  if (isOwn(now, origin)) {
    reader.sawOwn(channel, now)
    return null
  }
  // Slack also says "changed" when it has found out the language, or when a thread gets a reply.
  const isEdited = before['text'] === undefined ? now['edited'] !== undefined : now['text'] !== before['text']
  if (!isEdited) return null
  const author = textOf(now['user'])
  const { text } = await readText(rawText(now), { ...textReader(origin, reader), author })
  const writtenAt = Number(source.slice(source.indexOf(':') + 1)) * 1_000
  return { type: 'edit', workspace, audience, source, text, writtenAt }
}

/** Of ours too: what was made of it, as under a flag, goes with it. */
function toDelete(event: Dict, origin: Origin): DeleteInbound | null {
  const channel = textOf(event['channel'])
  const ts = textOf(event['deleted_ts'])
  if (ts === '') return null
  const { workspace, audience } = toRoom(origin, channel, null)
  return { type: 'delete', workspace, audience, source: `${channel}:${ts}` }
}

function isOwn(message: Dict, origin: Origin): boolean {
  if (origin.botUser !== '' && message['user'] === origin.botUser) return true
  const app = textOf(message['app_id']) || textOf(dictOf(message['bot_profile'])['app_id'])
  return app !== '' && app === origin.appId
}

function textReader(origin: Origin, reader: MessageReader) {
  return { workspace: origin.workspace, botUser: origin.botUser, people: reader.people }
}

/** A forwarded message has its words in an attachment. */
export function rawText(message: Dict): string {
  const forwarded = listOf(message['attachments'])
    .filter((one) => one['is_share'] === true || one['is_msg_unfurl'] === true)
    .map((one) => textOf(one['text']) || textOf(one['fallback']))
  return [textOf(message['text']), ...forwarded].filter((part) => part !== '').join('\n')
}

export function toAttachments(message: Dict): Attachment[] {
  return listOf(message['files'])
    .filter((file) => textOf(file['id']) !== '' && textOf(file['mode']) !== 'tombstone')
    .map((file) => ({
      id: textOf(file['id']),
      name: textOf(file['name']) || textOf(file['title']),
      mime: textOf(file['mimetype']) || 'application/octet-stream',
      bytes: Number(file['size'] ?? 0) || 0,
      url: textOf(file['url_private_download']) || textOf(file['url_private']),
    }))
}
