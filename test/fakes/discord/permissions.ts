// Who may do what where: role permissions, then channel overwrites, in Discord's documented order.
// Source: discord-api-docs topics/permissions.mdx "Permission Overwrites".
import type { ChannelRecord, GuildRecord } from './model.ts'

const bits = {
  ADD_REACTIONS: 6,
  ADMINISTRATOR: 3,
  ATTACH_FILES: 15,
  CREATE_PUBLIC_THREADS: 35,
  EMBED_LINKS: 14,
  MANAGE_CHANNELS: 4,
  MANAGE_GUILD: 5,
  MANAGE_MESSAGES: 13,
  MANAGE_THREADS: 34,
  MENTION_EVERYONE: 17,
  MODERATE_MEMBERS: 40,
  PIN_MESSAGES: 51,
  READ_MESSAGE_HISTORY: 16,
  SEND_MESSAGES: 11,
  SEND_MESSAGES_IN_THREADS: 38,
  USE_APPLICATION_COMMANDS: 31,
  USE_EXTERNAL_EMOJIS: 18,
  VIEW_CHANNEL: 10,
} as const

export type PermissionName = keyof typeof bits

export const ALL_PERMISSIONS = (1n << 53n) - 1n

export const EVERYONE_DEFAULT: PermissionName[] = [
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'SEND_MESSAGES_IN_THREADS',
  'CREATE_PUBLIC_THREADS',
  'READ_MESSAGE_HISTORY',
  'ADD_REACTIONS',
  'EMBED_LINKS',
  'ATTACH_FILES',
  'USE_APPLICATION_COMMANDS',
]

// The bot may mention everyone unless told otherwise: only then does a test of "nobody is pinged" prove anything.
export const BOT_DEFAULT: PermissionName[] = [...EVERYONE_DEFAULT, 'MENTION_EVERYONE', 'MANAGE_THREADS']

export function toBits(names: readonly PermissionName[]): bigint {
  return names.reduce((sum, name) => sum | (1n << BigInt(bits[name])), 0n)
}

export function has(permissions: bigint, name: PermissionName): boolean {
  return (permissions & (1n << BigInt(bits[name]))) !== 0n
}

/** Permissions of a member in a guild channel. For a thread, pass its parent channel. */
export function permissionsIn(guild: GuildRecord, channel: ChannelRecord | null, userId: string): bigint {
  const member = guild.members.get(userId)
  if (!member) return 0n
  if (guild.ownerId === userId) return ALL_PERMISSIONS
  let base = guild.roles.get(guild.id)?.permissions ?? 0n
  for (const roleId of member.roleIds) base |= guild.roles.get(roleId)?.permissions ?? 0n
  if (has(base, 'ADMINISTRATOR')) return ALL_PERMISSIONS
  if (!channel || channel.overwrites.size === 0) return base
  const apply = (ids: string[]) => {
    let allow = 0n
    let deny = 0n
    for (const id of ids) {
      allow |= channel.overwrites.get(id)?.allow ?? 0n
      deny |= channel.overwrites.get(id)?.deny ?? 0n
    }
    base = (base & ~deny) | allow
  }
  apply([guild.id])
  apply(member.roleIds)
  apply([userId])
  return base
}
