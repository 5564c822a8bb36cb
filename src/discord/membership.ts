// Who can read a private channel or has a role. Sources: discord-api-docs topics/permissions, "Permission Overwrites", and
// resources/guild, "Get Guild Member".
import {
  type APIGuildChannel,
  type APIGuildMember,
  type APIOverwrite,
  type APIRole,
  type GuildChannelType,
  OverwriteType,
  PermissionFlagsBits,
} from 'discord.js'
import type { Clock } from '../core/clock.ts'
import type { Outbound } from '../core/outbound.ts'
import { Recent } from '../core/recent.ts'
import type { Caller } from './caller.ts'
import { refusedWith, UNKNOWN_MEMBER } from './failure.ts'

const TTL_MS = 60_000
const { ViewChannel, Administrator } = PermissionFlagsBits

interface Scene {
  guild: string
  roles: readonly APIRole[]
  overwrites: readonly APIOverwrite[]
}

export function createMembership(
  caller: Caller,
  clock: Clock,
): Pick<Outbound, 'belongs' | 'isShared' | 'hasLeft'> {
  const known = new Recent<string, { value: unknown }>({ max: 2_000, ttlMs: TTL_MS, clock })
  const get = async <T>(path: `/${string}`): Promise<T | null> => {
    const before = known.get(path)
    if (before) return before.value as T | null
    const answer = await caller.call<T>({ method: 'GET', path }, { kind: 'other', channel: '' }, 'insist')
    if (answer.outcome !== 'ok') return null
    known.set(path, { value: answer.value })
    return answer.value
  }
  return {
    async belongs({ workspace, channel }, person, group) {
      const guild = workspace.slice('discord:'.length)
      if (!/^\d+$/.test(guild)) return false
      const member = await get<APIGuildMember>(`/guilds/${guild}/members/${person}`)
      if (!member) return false
      if (group !== null && member.roles.includes(group)) return true
      const roles = await get<APIRole[]>(`/guilds/${guild}/roles`)
      const place = await get<APIGuildChannel<GuildChannelType>>(`/channels/${channel}`)
      if (!roles || !place) return false
      const scene = { guild, roles, overwrites: place.permission_overwrites ?? [] }
      // Where everybody can read, that says nothing of who answers customers.
      return !canView(scene, [], null) && canView(scene, member.roles, person)
    },
    async hasLeft({ workspace }, person) {
      const guild = workspace.slice('discord:'.length)
      if (!/^\d+$/.test(guild)) return false
      const path = `/guilds/${guild}/members/${person}` as const
      const answer = await caller.call({ method: 'GET', path }, { kind: 'other', channel: '' }, 'drop')
      return refusedWith(answer, UNKNOWN_MEMBER)
    },
    isShared: async () => false,
  }
}

/** `person` null: just anybody of the server. */
function canView(
  { guild, roles, overwrites }: Scene,
  own: readonly string[],
  person: string | null,
): boolean {
  const held = roles.filter(({ id }) => id === guild || own.includes(id))
  let allowed = held.reduce((all, { permissions }) => all | BigInt(permissions), 0n)
  if ((allowed & Administrator) !== 0n) return true
  const apply = (which: readonly APIOverwrite[]): void => {
    const deny = which.reduce((all, one) => all | BigInt(one.deny), 0n)
    const allow = which.reduce((all, one) => all | BigInt(one.allow), 0n)
    allowed = (allowed & ~deny) | allow
  }
  apply(overwrites.filter(({ id }) => id === guild))
  apply(overwrites.filter(({ id, type }) => type === OverwriteType.Role && id !== guild && own.includes(id)))
  apply(overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === person))
  return (allowed & ViewChannel) !== 0n
}
