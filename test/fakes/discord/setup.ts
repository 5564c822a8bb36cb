// Builds the place a test plays in: guilds, channels, roles and people, announced to a connected bot as Discord would.
import type { ChannelRecord, GuildRecord, RoleRecord, UserRecord } from './model.ts'
import { toChannel, toGuildCreate, toMember, toRole } from './payloads.ts'
import { ALL_PERMISSIONS, BOT_DEFAULT, EVERYONE_DEFAULT, type PermissionName, toBits } from './permissions.ts'
import { snowflakeAt } from './snowflake.ts'
import { newChannel, type World } from './world.ts'

export interface GuildOptions {
  /** A person’s name; by default somebody who is not there. */
  owner?: string
  locale?: string
  /** what the bot's own role allows; default: all it needs, and mentioning everyone */
  botPermissions?: PermissionName[]
  /** what everyone may do, the bot included */
  everyonePermissions?: PermissionName[]
}

/** Names of roles or people, `bot` or `everyone`. */
export type Overwrites = Record<string, { allow?: PermissionName[]; deny?: PermissionName[] }>

export interface ChannelOptions {
  guild?: string
  name?: string
  type?: 'text' | 'announcement' | 'forum'
  topic?: string
  /** names of forum tags */
  tags?: string[]
  /** per 'bot', 'everyone', or a role's or person's name */
  permissions?: Overwrites
  slowmodeSeconds?: number
}

export interface UserOptions {
  name?: string
  isBot?: boolean
  locale?: string
  admin?: boolean
  roles?: string[]
  /** default: a member of every guild */
  guilds?: string[]
  acceptsDms?: boolean
}

export interface RoleOptions {
  guild?: string
  permissions?: PermissionName[]
  mentionable?: boolean
}

/** A channel that only the bot, admins and these, by name of a role or person, can see. */
export function onlyFor(...names: string[]): Overwrites {
  const allowed = ['bot', ...names].map((name) => [name, { allow: ['VIEW_CHANNEL'] }] as const)
  return { everyone: { deny: ['VIEW_CHANNEL'] }, ...Object.fromEntries(allowed) }
}

const FIRST_GUILD = 'G1'
const DAY_MS = 86_400_000

export function resolveId(world: World, ref: string | { id: string }): string {
  return typeof ref === 'string' ? (world.names.get(ref) ?? ref) : ref.id
}

export function resolveChannel(world: World, ref: string | { id: string }): ChannelRecord {
  const id = resolveId(world, ref)
  const channel = world.channels.get(id) ?? world.channels.get(world.users.get(id)?.dmChannelId ?? '')
  if (!channel) throw new Error(`The fake Discord has no channel ${typeof ref === 'string' ? ref : ref.id}.`)
  return channel
}

function guildNamed(world: World, name = FIRST_GUILD): GuildRecord {
  return world.guilds.get(world.names.get(name) ?? name) ?? addGuild(world, name)
}

export function addGuild(world: World, name: string, options: GuildOptions = {}): GuildRecord {
  const existing = world.guilds.get(world.names.get(name) ?? '')
  if (existing) return existing
  // Guilds are older than the test, and a millisecond apart, so that they spread evenly over shards.
  const id = snowflakeAt(world.startedAt - DAY_MS + world.guilds.size)
  const ownerId = world.names.get(options.owner ?? '') ?? world.nextId()
  const everyone: RoleRecord = {
    id,
    name: '@everyone',
    permissions: toBits(options.everyonePermissions ?? EVERYONE_DEFAULT),
    mentionable: false,
    position: 0,
    managedBy: null,
  }
  const botRole: RoleRecord = {
    ...everyone,
    id: world.nextId(),
    name: world.bot.name,
    permissions: toBits(options.botPermissions ?? BOT_DEFAULT),
    position: 1,
    managedBy: world.bot.id,
  }
  const guild: GuildRecord = {
    id,
    name,
    ownerId,
    locale: options.locale ?? 'ko',
    roles: new Map([
      [id, everyone],
      [botRole.id, botRole],
    ]),
    members: new Map(),
    channelIds: new Set(),
    threadIds: new Set(),
    commands: [],
    createdAt: world.clock.now(),
  }
  world.guilds.set(id, guild)
  world.names.set(name, id)
  join(world, guild, world.bot, [botRole.id])
  for (const user of world.users.values()) {
    if (user !== world.bot && user.guildIds === null) join(world, guild, user, adminRoles(world, guild, user))
  }
  world.emit({ event: 'GUILD_CREATE', guildId: id, data: toGuildCreate(world, guild) })
  world.watch.changed()
  return guild
}

function join(world: World, guild: GuildRecord, user: UserRecord, roleIds: string[]): void {
  if (guild.members.has(user.id)) return
  const member = { userId: user.id, nick: null, roleIds, joinedAt: world.clock.now() }
  guild.members.set(user.id, member)
  world.emit({
    event: 'GUILD_MEMBER_ADD',
    guildId: guild.id,
    data: { ...toMember(world, member), guild_id: guild.id },
  })
}

export function addRole(world: World, name: string, options: RoleOptions = {}): RoleRecord {
  const guild = guildNamed(world, options.guild)
  const existing = [...guild.roles.values()].find((r) => r.name === name)
  if (existing) return existing
  const role: RoleRecord = {
    id: world.nextId(),
    name,
    permissions: toBits(options.permissions ?? []),
    mentionable: options.mentionable ?? false,
    position: guild.roles.size,
    managedBy: null,
  }
  guild.roles.set(role.id, role)
  world.names.set(name, role.id)
  const data = { guild_id: guild.id, role: toRole(role) }
  world.emit({ event: 'GUILD_ROLE_CREATE', guildId: guild.id, data })
  return role
}

function adminRoles(world: World, guild: GuildRecord, user: UserRecord): string[] {
  if (!user.admin) return []
  const role = addRole(world, `${guild.name} admins`, { guild: guild.id, permissions: ['ADMINISTRATOR'] })
  role.permissions = ALL_PERMISSIONS
  return [role.id]
}

export function addUser(world: World, name: string, options: UserOptions = {}): UserRecord {
  const existing = world.users.get(world.names.get(name) ?? '')
  if (existing) return existing
  const user: UserRecord = {
    id: world.nextId(),
    name: options.name ?? name,
    isBot: options.isBot ?? false,
    locale: options.locale ?? 'ko',
    admin: options.admin ?? false,
    guildIds: options.guilds ? new Set(options.guilds.map((g) => guildNamed(world, g).id)) : null,
    dmChannelId: null,
    acceptsDms: options.acceptsDms ?? true,
  }
  world.users.set(user.id, user)
  world.names.set(name, user.id)
  if (world.guilds.size === 0 && user.guildIds === null) guildNamed(world)
  for (const guild of world.guilds.values()) {
    if (user.guildIds !== null && !user.guildIds.has(guild.id)) continue
    const roles = (options.roles ?? []).map((role) => addRole(world, role, { guild: guild.id }).id)
    join(world, guild, user, [...adminRoles(world, guild, user), ...roles])
  }
  return user
}

const channelTypes = { text: 0, announcement: 5, forum: 15 } as const

export function addChannel(world: World, name: string, options: ChannelOptions = {}): ChannelRecord {
  const existing = world.channels.get(world.names.get(name) ?? '')
  if (existing) return existing
  const guild = guildNamed(world, options.guild)
  const channel = newChannel(world, {
    guildId: guild.id,
    type: channelTypes[options.type ?? 'text'],
    name: options.name ?? name,
    topic: options.topic ?? null,
    position: guild.channelIds.size,
    slowmodeSeconds: options.slowmodeSeconds ?? 0,
    tags: (options.tags ?? []).map((tag) => ({ id: world.nextId(), name: tag })),
  })
  overwrite(world, guild, channel, options.permissions ?? {})
  guild.channelIds.add(channel.id)
  world.names.set(name, channel.id)
  world.emit({ event: 'CHANNEL_CREATE', guildId: guild.id, data: toChannel(world, channel) })
  world.watch.changed()
  return channel
}

function overwrite(world: World, guild: GuildRecord, channel: ChannelRecord, permissions: Overwrites): void {
  for (const [who, { allow = [], deny = [] }] of Object.entries(permissions)) {
    const id = who === 'bot' ? world.bot.id : who === 'everyone' ? guild.id : resolveId(world, who)
    const type = guild.roles.has(id) ? 0 : 1
    channel.overwrites.set(id, { id, type, allow: toBits(allow), deny: toBits(deny) })
  }
}

/** An admin changes who may do what in a channel (resources/channel.mdx "Edit Channel Permissions": CHANNEL_UPDATE). */
export function setPermissions(world: World, channel: ChannelRecord, permissions: Overwrites): void {
  const guild = world.guilds.get(channel.guildId ?? '')
  if (!guild) throw new Error('A direct-message channel has no permissions.')
  overwrite(world, guild, channel, permissions)
  world.emit({ event: 'CHANNEL_UPDATE', guildId: guild.id, data: toChannel(world, channel) })
  world.watch.changed()
}

export function removeChannel(world: World, channel: ChannelRecord): void {
  const guild = world.guilds.get(channel.guildId ?? '')
  if (!guild) throw new Error('A direct-message channel cannot be deleted.')
  const { id, type } = channel
  const event = channel.thread ? 'THREAD_DELETE' : 'CHANNEL_DELETE'
  const ids = { id, guild_id: guild.id, parent_id: channel.parentId, type }
  const data = channel.thread ? ids : toChannel(world, channel)
  // A channel takes its threads along; only one event tells of it (topics/threads.mdx "Editing & Deleting Threads").
  for (const threadId of channel.thread ? [] : [...guild.threadIds])
    if (world.channels.get(threadId)?.parentId === id) forget(world, guild, threadId)
  forget(world, guild, id)
  world.emit({ event, guildId: guild.id, data })
  world.watch.changed()
}

function forget(world: World, guild: GuildRecord, channelId: string): void {
  for (const message of world.channels.get(channelId)?.log.all() ?? []) world.messageHome.delete(message.id)
  world.channels.delete(channelId)
  guild.channelIds.delete(channelId)
  guild.threadIds.delete(channelId)
}

/** The bot is thrown out: GUILD_DELETE without `unavailable` (events/gateway-events.mdx "Guild Delete"). */
export function removeGuild(world: World, name: string): void {
  const guild = world.guilds.get(world.names.get(name) ?? name)
  if (!guild) throw new Error(`The fake Discord has no guild ${name}.`)
  for (const id of [...guild.channelIds, ...guild.threadIds]) forget(world, guild, id)
  world.guilds.delete(guild.id)
  world.names.delete(name)
  world.emit({ event: 'GUILD_DELETE', guildId: guild.id, data: { id: guild.id } })
  world.watch.changed()
}
