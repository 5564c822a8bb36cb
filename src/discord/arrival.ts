// The bot was added to a server: who to greet, where, and what it may not do yet.
import { ChannelType, type Guild, PermissionFlagsBits, type PermissionsBitField } from 'discord.js'
import type { ArrivalInbound } from '../core/inbound.ts'
import { toRoom } from './room.ts'

const NEEDED = [
  ['View Channels', PermissionFlagsBits.ViewChannel],
  ['Send Messages', PermissionFlagsBits.SendMessages],
  ['Create Public Threads', PermissionFlagsBits.CreatePublicThreads],
  ['Send Messages in Threads', PermissionFlagsBits.SendMessagesInThreads],
  ['Read Message History', PermissionFlagsBits.ReadMessageHistory],
  ['Add Reactions', PermissionFlagsBits.AddReactions],
] as const

/** Discord does not say who added the bot, so the owner is greeted. */
export function toArrival(guild: Guild, now: number): ArrivalInbound {
  const channel = firstWritable(guild) ?? guild.id
  const { workspace, audience, place } = toRoom(guild.id, {
    id: channel,
    type: ChannelType.GuildText,
    parentId: null,
    post: null,
  })
  return {
    type: 'arrival',
    arrival: 'installed',
    source: `installed:${guild.id}:${guild.joinedTimestamp}`,
    workspace,
    audience,
    place,
    room: 'channel',
    author: { id: guild.ownerId, name: '', kind: 'member', locale: guild.preferredLocale, isAdmin: true },
    sharedExternally: false,
    at: now,
    missing: missingFrom(guild.members.me?.permissions ?? null),
  }
}

function missingFrom(permissions: Readonly<PermissionsBitField> | null): string[] {
  return permissions === null ? [] : NEEDED.filter(([, bit]) => !permissions.has(bit)).map(([name]) => name)
}

function firstWritable(guild: Guild): string | null {
  const isWritable = (id: string): boolean =>
    guild.members.me
      ?.permissionsIn(id)
      .has(PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages) ?? false
  if (guild.systemChannelId && isWritable(guild.systemChannelId)) return guild.systemChannelId
  const texts = guild.channels.cache.filter((channel) => channel.type === ChannelType.GuildText)
  return texts.find((channel) => isWritable(channel.id))?.id ?? null
}
