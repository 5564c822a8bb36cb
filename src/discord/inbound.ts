// Messages, edits and deletions from the gateway (and from history, which has the same shape) as Inbound. The only
// place that reads Discord's messages; commands and buttons are in inbound-interaction.ts.
import {
  type APIAttachment,
  type APIGuildMember,
  type APIMessage,
  type GatewayMessageCreateDispatchData,
  type Guild,
  MessageReferenceType,
  MessageType,
  PermissionFlagsBits,
} from 'discord.js'
import type { Attachment, Author, DeleteInbound, EditInbound, MessageInbound } from '../core/inbound.ts'
import { Recent } from '../core/recent.ts'
import { nameOf, readText } from './inbound-text.ts'
import { type Room, type Rooms, tagsOf } from './room.ts'
import { timeOf } from './snowflake.ts'

export interface MessageReader {
  selfId(): string
  guild(id: string): Guild | null
  rooms: Rooms
  locales: Locales
}

/** From the gateway; a message from history lacks `guild_id` and `member`. */
export type RawMessage = APIMessage & Partial<Pick<GatewayMessageCreateDispatchData, 'guild_id' | 'member'>>

const MAX_EDIT_AGE_MS = 10 * 60_000

/** null for what nobody wrote to anybody: our own messages, joins, pins, the system's notes. */
export async function toMessage(raw: RawMessage, reader: MessageReader): Promise<MessageInbound | null> {
  const selfId = reader.selfId()
  if (raw.author.id === selfId || !isWritten(raw)) return null
  const guildId = raw.guild_id ?? null
  const guild = guildId === null ? null : reader.guild(guildId)
  const room = await reader.rooms.find(raw.channel_id, guildId)
  const isStarter = room.post !== null && raw.id === raw.channel_id
  return {
    type: 'message',
    source: raw.id,
    workspace: room.workspace,
    audience: room.audience,
    place: room.place,
    room: isStarter ? 'post' : room.room,
    ...tagsOf(room),
    author: toAuthor(raw, guild, reader.locales),
    sharedExternally: false,
    at: timeOf(raw.id),
    ...readText(raw, room, { selfId, guild }),
    attachments: toAttachments(raw),
    replyTo: replyOf(raw),
  }
}

/** Tells real edits from link previews and new threads, which Discord announces the same way. */
export function createEditReader(reader: MessageReader, now: () => number) {
  const seen = new Recent<string, string>({ max: 2_000 })
  return async (raw: RawMessage): Promise<EditInbound | null> => {
    const editedAt = raw.edited_timestamp
    if (!editedAt || raw.author?.id === reader.selfId() || !isWritten(raw)) return null
    if (seen.get(raw.id) === editedAt || now() - Date.parse(editedAt) > MAX_EDIT_AGE_MS) return null
    seen.set(raw.id, editedAt)
    // Without the Message Content intent an edit arrives blank.
    if (raw.content === '' && raw.attachments.length === 0) return null
    const guildId = raw.guild_id ?? null
    const room = await reader.rooms.find(raw.channel_id, guildId)
    const guild = guildId === null ? null : reader.guild(guildId)
    const { text } = readText(raw, room, { selfId: reader.selfId(), guild })
    const writtenAt = Date.parse(raw.timestamp)
    return {
      type: 'edit',
      workspace: room.workspace,
      audience: room.audience,
      source: raw.id,
      text,
      writtenAt,
    }
  }
}

export function toDelete(id: string, room: Room): DeleteInbound {
  return { type: 'delete', workspace: room.workspace, audience: room.audience, source: id }
}

function isWritten(raw: APIMessage): boolean {
  return raw.type === MessageType.Default || raw.type === MessageType.Reply
}

function replyOf(raw: APIMessage): string | null {
  const reference = raw.message_reference
  return reference && reference.type !== MessageReferenceType.Forward ? (reference.message_id ?? null) : null
}

function toAuthor(raw: RawMessage, guild: Guild | null, locales: Locales): Author {
  const { author, member } = raw
  return {
    id: author.id,
    name: member?.nick ?? nameOf(author),
    kind: author.bot || author.system || raw.webhook_id ? 'bot' : 'member',
    locale: locales.of(author.id, guild),
    isAdmin: guild !== null && isAdmin(author.id, member?.roles ?? [], guild),
  }
}

/** A message carries roles, not permissions. Channel overwrites cannot grant Manage Server. */
export function isAdmin(userId: string, roles: APIGuildMember['roles'], guild: Guild): boolean {
  if (guild.ownerId === userId) return true
  return [guild.id, ...roles].some((id) =>
    guild.roles.cache
      .get(id)
      ?.permissions.any(PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator),
  )
}

export function toAttachments(message: Pick<APIMessage, 'attachments' | 'message_snapshots'>): Attachment[] {
  const forwarded = (message.message_snapshots ?? []).flatMap((snapshot) => snapshot.message.attachments)
  return [...message.attachments, ...forwarded].map(toAttachment)
}

function toAttachment(raw: APIAttachment): Attachment {
  const mime = raw.content_type ?? 'application/octet-stream'
  return { id: raw.id, name: raw.filename, mime, bytes: raw.size, url: raw.url }
}

export interface Locales {
  /** What the person's client said last, else the server's language. */
  of(userId: string, guild: Guild | null): string | null
  learn(userId: string, locale: string): void
}

/** Messages carry no locale, interactions do: remembered for a while, in memory only. */
export function createLocales(): Locales {
  const known = new Recent<string, string>({ max: 5_000 })
  return {
    of(userId, guild) {
      const locale = known.get(userId)
      if (locale !== undefined) return locale
      // en-US is what every server has until somebody chooses: it says nothing.
      return guild && guild.preferredLocale !== 'en-US' ? guild.preferredLocale : null
    },
    learn: (userId, locale) => known.set(userId, locale),
  }
}
