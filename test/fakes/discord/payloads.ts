// Wire shapes of users, members, roles, guilds and channels, complete enough for Discord's published schemas.
// Source: schemas of `discord-api-spec`; gateway extras from discord-api-docs events/gateway-events.mdx.
import type { ChannelRecord, GuildRecord, Json, MemberRecord, RoleRecord, UserRecord } from './model.ts'
import { permissionsOf, type World } from './world.ts'

export const iso = (ms: number) => new Date(ms).toISOString()

export function toUser(user: UserRecord): Json {
  return {
    id: user.id,
    username: user.name.toLowerCase().replaceAll(' ', '_'),
    global_name: user.isBot ? null : user.name,
    avatar: null,
    discriminator: user.isBot ? '0001' : '0',
    public_flags: 0,
    flags: 0,
    ...(user.isBot ? { bot: true } : {}),
    banner: null,
    accent_color: null,
    primary_guild: null,
  }
}

export function toMember(world: World, member: MemberRecord, withUser = true): Json {
  const user = world.users.get(member.userId)
  return {
    ...(withUser && user ? { user: toUser(user) } : {}),
    avatar: null,
    banner: null,
    communication_disabled_until: null,
    flags: 0,
    joined_at: iso(member.joinedAt),
    nick: member.nick,
    pending: false,
    premium_since: null,
    roles: member.roleIds,
    mute: false,
    deaf: false,
  }
}

export function toRole(role: RoleRecord): Json {
  return {
    id: role.id,
    name: role.name,
    permissions: role.permissions.toString(),
    position: role.position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: role.managedBy !== null,
    mentionable: role.mentionable,
    icon: null,
    unicode_emoji: null,
    ...(role.managedBy ? { tags: { bot_id: role.managedBy } } : {}),
    flags: 0,
  }
}

export function toGuild(guild: GuildRecord): Json {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: [],
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    roles: [...guild.roles.values()].map(toRole),
    default_message_notifications: 0,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
  }
}

/** What GUILD_CREATE carries on top of the REST guild; only active threads are listed (topics/threads.mdx "Gateway Events"). */
export function toGuildCreate(world: World, guild: GuildRecord): Json {
  const visible = (ids: Iterable<string>) =>
    [...ids].map((id) => world.channels.get(id)).filter((c) => c !== undefined)
  // Without the GUILD_MEMBERS intent a large guild lists few members; the bot itself is always there.
  const members = [...guild.members.values()]
  return {
    ...toGuild(guild),
    joined_at: iso(guild.createdAt),
    large: members.length > 250,
    unavailable: false,
    member_count: members.length,
    voice_states: [],
    members: members.slice(0, 250).map((m) => toMember(world, m)),
    channels: visible(guild.channelIds).map((c) => toChannel(world, c)),
    threads: visible(guild.threadIds)
      .filter((c) => c.thread && !c.thread.archived)
      .map((c) => toChannel(world, c)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  }
}

function toThread(world: World, channel: ChannelRecord): Json {
  const thread = channel.thread!
  return {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    parent_id: channel.parentId,
    name: channel.name,
    flags: 0,
    last_message_id: channel.lastMessageId,
    rate_limit_per_user: channel.slowmodeSeconds,
    owner_id: thread.ownerId,
    thread_metadata: {
      archived: thread.archived,
      archive_timestamp: iso(thread.archiveChangedAt),
      auto_archive_duration: thread.autoArchiveMinutes,
      locked: thread.locked,
      create_timestamp: iso(channel.createdAt),
    },
    message_count: Math.min(thread.totalSent, channel.log.size),
    member_count: Math.min(thread.memberIds.size, 50),
    total_message_sent: thread.totalSent,
    applied_tags: thread.appliedTags,
    ...(thread.memberIds.has(world.bot.id) ? { member: toThreadMember(channel, world.bot.id) } : {}),
  }
}

export function toThreadMember(channel: ChannelRecord, userId: string): Json {
  return { id: channel.id, user_id: userId, join_timestamp: iso(channel.createdAt), flags: 0 }
}

export function toChannel(world: World, channel: ChannelRecord): Json {
  if (channel.thread) return toThread(world, channel)
  if (channel.guildId === null) {
    const recipient = channel.recipientId === null ? undefined : world.users.get(channel.recipientId)
    return {
      id: channel.id,
      type: 1,
      flags: 0,
      last_message_id: channel.lastMessageId,
      recipients: recipient ? [toUser(recipient)] : [],
    }
  }
  return {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    name: channel.name,
    topic: channel.topic,
    flags: 0,
    parent_id: channel.parentId,
    position: channel.position,
    nsfw: false,
    rate_limit_per_user: channel.slowmodeSeconds,
    last_message_id: channel.lastMessageId,
    permission_overwrites: [...channel.overwrites.values()].map((o) => ({
      id: o.id,
      type: o.type,
      allow: o.allow.toString(),
      deny: o.deny.toString(),
    })),
    ...(channel.type === 15
      ? {
          available_tags: channel.tags.map((t) => ({
            id: t.id,
            name: t.name,
            moderated: false,
            emoji_id: null,
            emoji_name: null,
          })),
          default_reaction_emoji: null,
          default_sort_order: null,
          default_forum_layout: 0,
        }
      : {}),
  }
}

/** The partial channel an interaction carries, with what the person may do there. */
export function toInteractionChannel(world: World, channel: ChannelRecord, userId: string): Json {
  return { ...toChannel(world, channel), permissions: permissionsOf(world, channel, userId).toString() }
}
