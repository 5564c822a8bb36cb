// The wire shape of a message, for REST answers and gateway events, with and without the MESSAGE_CONTENT intent.
import type { AttachmentRecord, Json, MessageRecord } from '../model.ts'
import { iso, toChannel, toMember, toUser } from '../payloads.ts'
import { findMessage, type World } from '../world.ts'

export const EPHEMERAL = 1 << 6
export const LOADING = 1 << 7
export const HAS_THREAD = 1 << 5
export const SUPPRESS_EMBEDS = 1 << 2
export const SUPPRESS_NOTIFICATIONS = 1 << 12
export const COMPONENTS_V2 = 1 << 15

export function toAttachment(world: World, attachment: AttachmentRecord): Json {
  const url = `${world.origin}${attachment.path}`
  return {
    id: attachment.id,
    filename: attachment.filename,
    size: attachment.size,
    url,
    proxy_url: url,
    content_type: attachment.contentType,
    ...(attachment.description === null ? {} : { description: attachment.description }),
    flags: 0,
  }
}

/** Emoji keys are the unicode emoji, or name:id of a custom one. */
export function toEmoji(key: string): Json {
  const [name, id] = key.split(':')
  return id === undefined ? { id: null, name: key } : { id, name }
}

function toReactions(world: World, message: MessageRecord): Json[] {
  return [...message.reactions].map(([key, users]) => ({
    emoji: toEmoji(key),
    count: users.size,
    count_details: { burst: 0, normal: users.size },
    burst_colors: [],
    me_burst: false,
    me: users.has(world.bot.id),
  }))
}

function toInteractionMetadata(world: World, message: MessageRecord): Json {
  const interaction = message.interaction
  if (!interaction) return {}
  const user = toUser(world.users.get(interaction.userId)!)
  const types = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const
  const metadata: Json = {
    id: interaction.id,
    type: types[interaction.kind],
    user,
    authorizing_integration_owners: interaction.guildId === null ? {} : { 0: interaction.guildId },
    ...(interaction.kind === 'component' ? { interacted_message_id: interaction.sourceMessageId } : {}),
    ...(interaction.targetMessageId ? { target_message_id: interaction.targetMessageId } : {}),
  }
  const legacy = { id: interaction.id, type: 2, name: interaction.commandName ?? '', user }
  if (interaction.kind === 'command') return { interaction_metadata: metadata, interaction: legacy }
  // A modal's metadata must repeat the interaction that opened it, which is not kept here: leave it out.
  return interaction.kind === 'component' ? { interaction_metadata: metadata } : {}
}

function toReference(world: World, message: MessageRecord, deep: boolean): Json {
  if (!message.reference) return {}
  const { channelId, messageId } = message.reference
  const original = world.channels.get(channelId)?.log.get(messageId)
  return {
    message_reference: {
      type: 0,
      channel_id: channelId,
      message_id: messageId,
      ...(message.guildId === null ? {} : { guild_id: message.guildId }),
    },
    // null = the original was deleted (discord-api-docs resources/message.mdx "referenced_message").
    ...(deep ? { referenced_message: original ? toMessage(world, original, false) : null } : {}),
  }
}

export function toMessage(world: World, message: MessageRecord, deep = true): Json {
  const author = world.users.get(message.authorId)!
  const thread = message.threadId === null ? undefined : world.channels.get(message.threadId)
  const users = message.mentions.userIds.map((id) => world.users.get(id)).filter((u) => u !== undefined)
  return {
    id: message.id,
    channel_id: message.channelId,
    author: toUser(author),
    type: message.type,
    content: message.content,
    mentions: users.map(toUser),
    mention_roles: message.mentions.roleIds,
    mention_everyone: message.mentions.everyone,
    attachments: message.attachments.map((a) => toAttachment(world, a)),
    embeds: message.embeds,
    components: message.components,
    timestamp: iso(message.createdAt),
    edited_timestamp: message.editedAt === null ? null : iso(message.editedAt),
    flags: message.flags,
    pinned: false,
    tts: false,
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(message.reactions.size > 0 ? { reactions: toReactions(world, message) } : {}),
    ...(thread ? { thread: toChannel(world, thread) } : {}),
    ...(message.interaction ? { application_id: world.applicationId, webhook_id: world.applicationId } : {}),
    ...toInteractionMetadata(world, message),
    ...toReference(world, message, deep),
  }
}

/** MESSAGE_CREATE and MESSAGE_UPDATE add guild_id and a partial member (events/gateway-events.mdx "Message Create"). */
export function toMessageEvent(world: World, message: MessageRecord): Json {
  const guild = message.guildId === null ? undefined : world.guilds.get(message.guildId)
  const member = guild?.members.get(message.authorId)
  return {
    ...toMessage(world, message),
    channel_type: world.channels.get(message.channelId)?.type ?? 0,
    ...(guild ? { guild_id: guild.id } : {}),
    ...(member ? { member: toMember(world, member, false) } : {}),
  }
}

/**
 * Is this text hidden from an app without MESSAGE_CONTENT? Not for its own messages, direct messages and messages that
 * mention it. Source: discord-api-docs events/gateway.mdx "Message Content Intent".
 */
export function isHidden(world: World, message: MessageRecord): boolean {
  if (message.guildId === null || message.authorId === world.bot.id) return false
  return !message.mentions.userIds.includes(world.bot.id)
}

export function withoutContent(payload: Json): Json {
  return { ...payload, content: '', embeds: [], attachments: [], components: [] }
}

/** For REST: what counts is the application's own switch, not the intents of a session. */
export function toRestMessage(world: World, message: MessageRecord): Json {
  const payload = toMessage(world, message)
  return !world.settings.messageContent && isHidden(world, message) ? withoutContent(payload) : payload
}

export function messageOrThrow(world: World, messageId: string): MessageRecord {
  const message = findMessage(world, messageId)
  if (!message) throw new Error(`There is no message ${messageId} in the fake Discord.`)
  return message
}
