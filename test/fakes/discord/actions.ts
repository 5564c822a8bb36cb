// What can happen to messages, whoever does it: create, edit, delete, react. Changes the world and tells the gateway.
import { apiError } from './http/errors.ts'
import { messageOrThrow, toEmoji, toMessageEvent } from './messages/payload.ts'
import type {
  AttachmentRecord,
  ChannelRecord,
  InteractionState,
  Json,
  Mentions,
  MessageRecord,
} from './model.ts'
import { toChannel, toMember } from './payloads.ts'
import { messageChanged, type World } from './world.ts'

export const THREAD_STARTER = 21

export interface NewMessage {
  id?: string
  authorId: string
  content: string
  type?: number
  embeds?: Json[]
  components?: Json[]
  attachments?: AttachmentRecord[]
  flags?: number
  nonce?: string | number | null
  reference?: MessageRecord['reference']
  mentions?: Mentions
  ephemeralTo?: string | null
  interaction?: InteractionState | null
}

export function createMessage(world: World, channel: ChannelRecord, fields: NewMessage): MessageRecord {
  const message: MessageRecord = {
    id: fields.id ?? world.nextId(),
    channelId: channel.id,
    guildId: channel.guildId,
    authorId: fields.authorId,
    type: fields.type ?? (fields.reference ? 19 : 0),
    content: fields.content,
    embeds: fields.embeds ?? [],
    components: fields.components ?? [],
    attachments: fields.attachments ?? [],
    flags: fields.flags ?? 0,
    nonce: fields.nonce ?? null,
    createdAt: world.clock.now(),
    editedAt: null,
    reference: fields.reference ?? null,
    mentions: fields.mentions ?? { userIds: [], roleIds: [], everyone: false },
    reactions: new Map(),
    threadId: null,
    ephemeralTo: fields.ephemeralTo ?? null,
    interaction: fields.interaction ?? null,
    deleted: false,
  }
  channel.log.add(message)
  world.messageHome.set(message.id, channel.id)
  world.typing.get(channel.id)?.delete(message.authorId)
  if (message.ephemeralTo === null) {
    channel.lastMessageId = message.id
    if (channel.thread) {
      // Sending into an archived thread unarchives it (discord-api-docs resources/channel.mdx, thread metadata).
      if (channel.thread.archived) setArchived(world, channel, false)
      if (message.type !== THREAD_STARTER) channel.thread.totalSent++
      channel.thread.memberIds.add(message.authorId)
    }
    announce(world, 'MESSAGE_CREATE', message)
  }
  messageChanged(world, 'create', message)
  return message
}

export function announce(
  world: World,
  event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE',
  message: MessageRecord,
): void {
  world.emit({ event, guildId: message.guildId, data: toMessageEvent(world, message), message })
}

export type MessageEdit = Partial<
  Pick<MessageRecord, 'content' | 'embeds' | 'components' | 'attachments' | 'flags' | 'mentions'>
>

export function editMessage(world: World, message: MessageRecord, edit: MessageEdit): void {
  Object.assign(message, edit)
  message.editedAt = world.clock.now()
  if (message.ephemeralTo === null) announce(world, 'MESSAGE_UPDATE', message)
  messageChanged(world, 'update', message)
}

export function deleteMessage(world: World, message: MessageRecord): void {
  const channel = world.channels.get(message.channelId)
  channel?.log.remove(message.id)
  world.messageHome.delete(message.id)
  world.deleted.add(message.id)
  message.deleted = true
  if (message.ephemeralTo === null) {
    world.emit({
      event: 'MESSAGE_DELETE',
      guildId: message.guildId,
      data: {
        id: message.id,
        channel_id: message.channelId,
        ...(message.guildId === null ? {} : { guild_id: message.guildId }),
      },
    })
  }
  messageChanged(world, 'delete', message)
}

export function setReaction(
  world: World,
  message: MessageRecord,
  userId: string,
  emoji: string,
  on: boolean,
): void {
  const users = message.reactions.get(emoji) ?? new Set()
  if (users.has(userId) === on) return
  if (on && !message.reactions.has(emoji) && message.reactions.size >= 20) throw apiError(30010)
  if (on) users.add(userId)
  else users.delete(userId)
  if (users.size > 0) message.reactions.set(emoji, users)
  else message.reactions.delete(emoji)
  const guild = message.guildId === null ? undefined : world.guilds.get(message.guildId)
  const member = guild?.members.get(userId)
  world.emit({
    event: on ? 'MESSAGE_REACTION_ADD' : 'MESSAGE_REACTION_REMOVE',
    guildId: message.guildId,
    data: {
      user_id: userId,
      channel_id: message.channelId,
      message_id: message.id,
      emoji: toEmoji(emoji),
      burst: false,
      type: 0,
      ...(guild ? { guild_id: guild.id } : {}),
      ...(on ? { message_author_id: message.authorId } : {}),
      ...(on && member ? { member: toMember(world, member) } : {}),
    },
  })
  world.watch.changed()
}

/** Shows "… is typing" for 10 s. Source: discord-api-docs resources/channel.mdx "Trigger Typing Indicator". */
export function startTyping(world: World, channel: ChannelRecord, userId: string): void {
  const users = world.typing.get(channel.id) ?? new Map<string, number>()
  users.set(userId, world.clock.now())
  world.typing.set(channel.id, users)
  world.emit({
    event: 'TYPING_START',
    guildId: channel.guildId,
    data: {
      channel_id: channel.id,
      user_id: userId,
      timestamp: Math.floor(world.clock.now() / 1000),
      ...(channel.guildId === null ? {} : { guild_id: channel.guildId }),
    },
  })
  world.watch.changed()
}

export function setArchived(world: World, channel: ChannelRecord, archived: boolean): void {
  const thread = channel.thread
  if (!thread || thread.archived === archived) return
  thread.archived = archived
  thread.archiveChangedAt = world.clock.now()
  world.emit({ event: 'THREAD_UPDATE', guildId: channel.guildId, data: toChannel(world, channel) })
  world.watch.changed()
}

export interface NewThread {
  id?: string
  name: string
  ownerId: string
  autoArchiveMinutes?: number
  appliedTags?: string[]
  type?: number
}

/** Opens a thread and announces it; the caller creates the starter message of a forum post. */
export function createThread(
  world: World,
  parent: ChannelRecord,
  make: (fields: Partial<ChannelRecord> & Pick<ChannelRecord, 'type'>) => ChannelRecord,
  fields: NewThread,
): ChannelRecord {
  const channel = make({
    ...(fields.id === undefined ? {} : { id: fields.id }),
    guildId: parent.guildId,
    type: fields.type ?? (parent.type === 5 ? 10 : 11),
    name: fields.name,
    parentId: parent.id,
    createdAt: world.clock.now(),
    thread: {
      ownerId: fields.ownerId,
      archived: false,
      locked: false,
      autoArchiveMinutes: fields.autoArchiveMinutes ?? 4320,
      archiveChangedAt: world.clock.now(),
      appliedTags: fields.appliedTags ?? [],
      memberIds: new Set([fields.ownerId]),
      totalSent: 0,
    },
  })
  // A forum's last_message_id is its newest post (topics/threads.mdx "Forum and Media Channel Fields").
  if (parent.type === 15) parent.lastMessageId = channel.id
  if (parent.guildId !== null) world.guilds.get(parent.guildId)?.threadIds.add(channel.id)
  // `newly_created` tells a new thread from one merely shown (events/gateway-events.mdx "Thread Create").
  world.emit({
    event: 'THREAD_CREATE',
    guildId: parent.guildId,
    data: { ...toChannel(world, channel), newly_created: true, member_ids_preview: [fields.ownerId] },
  })
  world.watch.changed()
  return channel
}

/** Discord resolves a link's preview later and sends MESSAGE_UPDATE with the text unchanged (events/gateway-events.mdx "Message Update"). */
export function resolveEmbeds(world: World, messageId: string, embed: Json): void {
  const message = messageOrThrow(world, messageId)
  message.embeds = [...message.embeds, { type: 'link', ...embed }]
  announce(world, 'MESSAGE_UPDATE', message)
  messageChanged(world, 'update', message)
}
