// Everything a fake Discord knows, plus the look-ups its parts share. No network here: the gateway sets `emit`.
import type { Clock } from './clock.ts'
import { apiError } from './http/errors.ts'
import { MessageLog } from './messages/log.ts'
import type {
  Call,
  ChannelRecord,
  CommandRecord,
  Dispatch,
  GuildRecord,
  InteractionState,
  MessageRecord,
  Ping,
  UserRecord,
  Violation,
} from './model.ts'
import { has, type PermissionName, permissionsIn } from './permissions.ts'
import { createSnowflakes } from './snowflake.ts'
import type { Watch } from './watch.ts'

export interface Settings {
  port: number
  token: string
  botName: string
  clock: Clock
  /** Is MESSAGE_CONTENT switched on in the developer portal? */
  messageContent: boolean
  /** Is GUILD_MEMBERS switched on in the developer portal? */
  guildMembers: boolean
  validate: 'on' | 'off'
  rateLimits: 'real' | 'off'
  rateScale: number
  shards: number
  maxConcurrency: number
  heartbeatIntervalMs: number
  resumeWindowMs: number
  interactionDeadlineMs: number
  interactionLifetimeMs: number
  nonceWindowMs: number
  keepCalls: number
}

export interface World {
  settings: Settings
  clock: Clock
  /** ms since 1970 */
  startedAt: number
  watch: Watch
  nextId: () => string
  bot: UserRecord
  applicationId: string
  users: Map<string, UserRecord>
  guilds: Map<string, GuildRecord>
  channels: Map<string, ChannelRecord>
  /** names given by tests → ids */
  names: Map<string, string>
  messageHome: Map<string, string>
  /** Messages that were deleted one by one. */
  deleted: Set<string>
  nonces: Map<string, { messageId: string; channelId: string; at: number }>
  globalCommands: CommandRecord[]
  interactions: Map<string, InteractionState>
  files: Map<string, { bytes: Uint8Array; contentType: string }>
  typing: Map<string, Map<string, number>>
  pings: Ping[]
  calls: Call[]
  violations: Violation[]
  /** http://127.0.0.1:PORT once listening */
  origin: string
  emit: (dispatch: Dispatch) => void
  /** told at once of every message change, ephemeral ones included; cheap enough for benches */
  messageListeners: Set<(change: MessageChange, message: MessageRecord) => void>
}

export type MessageChange = 'create' | 'update' | 'delete'

export function messageChanged(world: World, change: MessageChange, message: MessageRecord): void {
  for (const listener of world.messageListeners) listener(change, message)
  world.watch.changed()
}

export function createWorld(settings: Settings, watch: Watch): World {
  const nextId = createSnowflakes(settings.clock)
  const bot: UserRecord = {
    id: nextId(),
    name: settings.botName,
    isBot: true,
    locale: 'en-US',
    admin: false,
    guildIds: null,
    dmChannelId: null,
    acceptsDms: false,
  }
  return {
    settings,
    clock: settings.clock,
    startedAt: settings.clock.now(),
    watch,
    nextId,
    bot,
    applicationId: bot.id,
    users: new Map([[bot.id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    names: new Map([[bot.name, bot.id]]),
    messageHome: new Map(),
    deleted: new Set(),
    nonces: new Map(),
    globalCommands: [],
    interactions: new Map(),
    files: new Map(),
    typing: new Map(),
    pings: [],
    calls: [],
    violations: [],
    origin: '',
    emit: () => undefined,
    messageListeners: new Set(),
  }
}

export function newChannel(
  world: World,
  fields: Partial<ChannelRecord> & Pick<ChannelRecord, 'type'>,
): ChannelRecord {
  const channel: ChannelRecord = {
    id: world.nextId(),
    guildId: null,
    name: '',
    topic: null,
    parentId: null,
    position: 0,
    slowmodeSeconds: 0,
    tags: [],
    overwrites: new Map(),
    log: new MessageLog(),
    lastMessageId: null,
    createdAt: world.clock.now(),
    thread: null,
    recipientId: null,
    ...fields,
  }
  world.channels.set(channel.id, channel)
  return channel
}

export function findMessage(world: World, messageId: string): MessageRecord | undefined {
  const home = world.messageHome.get(messageId)
  return home === undefined ? undefined : world.channels.get(home)?.log.get(messageId)
}

/** The direct-message channel between the bot and a person, made on first use. */
export function dmChannel(world: World, user: UserRecord): ChannelRecord {
  const existing = user.dmChannelId === null ? undefined : world.channels.get(user.dmChannelId)
  if (existing) return existing
  const channel = newChannel(world, { type: 1, recipientId: user.id })
  user.dmChannelId = channel.id
  return channel
}

export function permissionsOf(world: World, channel: ChannelRecord, userId: string): bigint {
  const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId)
  if (!guild) return (1n << 53n) - 1n
  // A thread has no overwrites of its own; its parent's apply (discord-api-docs topics/threads.mdx "Permissions").
  const owner = channel.thread && channel.parentId ? world.channels.get(channel.parentId) : channel
  return permissionsIn(guild, owner ?? channel, userId)
}

export function botCan(world: World, channel: ChannelRecord, permission: PermissionName): boolean {
  return has(permissionsOf(world, channel, world.bot.id), permission)
}

/** A channel the bot may see: 10003 unknown, 50001 without VIEW_CHANNEL. */
export function channelForBot(world: World, channelId: string): ChannelRecord {
  const channel = world.channels.get(channelId)
  if (!channel) throw apiError(10003)
  if (!botCan(world, channel, 'VIEW_CHANNEL')) throw apiError(50001)
  return channel
}

export function requireBot(world: World, channel: ChannelRecord, ...permissions: PermissionName[]): void {
  for (const permission of permissions) if (!botCan(world, channel, permission)) throw apiError(50013)
}

export function messageIn(channel: ChannelRecord, messageId: string): MessageRecord {
  const message = channel.log.get(messageId)
  // Ephemeral messages do not exist for the channel endpoints (discord-api-docs resources/message.mdx, EPHEMERAL).
  if (!message || message.ephemeralTo !== null) throw apiError(10008)
  return message
}
