// Who can read a private channel or has a role. Sources: discord-api-docs topics/permissions, "Permission Overwrites", and
// resources/guild, "Get Guild Member".
import {
  type APIGuild,
  type APIGuildChannel,
  type APIGuildMember,
  type APIOverwrite,
  type APIRole,
  type GuildChannelType,
  OverwriteType,
  PermissionFlagsBits,
} from 'discord.js'
import type { Clock } from '../core/clock.ts'
import type { Outbound, Readers } from '../core/outbound.ts'
import { Recent } from '../core/recent.ts'
import type { Caller } from './caller.ts'
import { MISSING_ACCESS, refusedWith, UNKNOWN_CHANNEL, UNKNOWN_MEMBER, UNKNOWN_USER } from './failure.ts'
import { nameOf } from './inbound-text.ts'

const TTL_MS = 60_000
const NOT_THERE = [UNKNOWN_MEMBER, UNKNOWN_USER, UNKNOWN_CHANNEL, MISSING_ACCESS]
const { ViewChannel, Administrator } = PermissionFlagsBits

interface Scene {
  guild: string
  roles: readonly APIRole[]
  overwrites: readonly APIOverwrite[]
}

/** What Discord said; null when it has no such thing, or does not let the bot see it. `at`: when, by the monotonic clock. */
interface Said<T> {
  value: T | null
  at: number
}

export function createMembership(
  caller: Caller,
  clock: Clock,
): Pick<Outbound, 'belongs' | 'nameOf' | 'readersOf' | 'hasLeft'> {
  const known = new Recent<string, Said<unknown>>({ max: 2_000, ttlMs: TTL_MS, clock })
  /** Null when it cannot be asked now. */
  const get = async <T>(path: `/${string}`, maxAgeMs = TTL_MS): Promise<Said<T> | null> => {
    const before = known.get(path)
    if (before && clock.monotonic() - before.at < maxAgeMs) return before as Said<T>
    // Once only: a form that waits for this is to be opened within three seconds.
    const answer = await caller.call<T>({ method: 'GET', path }, { kind: 'other', channel: '' }, 'drop')
    const isAnswer = answer.outcome === 'ok' || refusedWith(answer, ...NOT_THERE)
    if (!isAnswer) return null
    const said = { value: answer.outcome === 'ok' ? answer.value : null, at: clock.monotonic() }
    known.set(path, said)
    return said
  }
  const sceneOf = async (guild: string, channel: string, maxAgeMs?: number): Promise<Said<Scene> | null> => {
    const place = await get<APIGuildChannel<GuildChannelType>>(`/channels/${channel}`, maxAgeMs)
    const roles = place?.value ? await get<APIRole[]>(`/guilds/${guild}/roles`, maxAgeMs) : place
    if (!place || !roles) return null
    if (!place.value || !roles.value) return { value: null, at: place.at }
    const overwrites = place.value.permission_overwrites ?? []
    return { value: { guild, roles: roles.value as APIRole[], overwrites }, at: place.at }
  }
  return {
    async belongs({ workspace, channel }, person, group) {
      const guild = workspace.slice('discord:'.length)
      if (!/^\d+$/.test(guild)) return false
      const member = await get<APIGuildMember>(`/guilds/${guild}/members/${person}`)
      if (!member) return null
      if (!member.value) return false
      if (group !== null && member.value.roles.includes(group)) return true
      const scene = await sceneOf(guild, channel)
      if (!scene) return null
      // Where everybody can read, that says nothing of who answers customers.
      if (scene.value === null || canView(scene.value, [], null)) return false
      if (canView(scene.value, member.value.roles, person)) return true
      // Its owner may do everything, without any role.
      const server = await get<APIGuild>(`/guilds/${guild}`)
      return server && server.value?.owner_id === person
    },
    async nameOf({ workspace }, person) {
      const guild = workspace.slice('discord:'.length)
      if (!/^\d+$/.test(guild)) return null
      const member = await get<APIGuildMember>(`/guilds/${guild}/members/${person}`)
      return member?.value ? (member.value.nick ?? nameOf(member.value.user)) : null
    },
    async readersOf({ workspace, channel }, maxAgeMs = 0): Promise<Readers> {
      const guild = workspace.slice('discord:'.length)
      if (!/^\d+$/.test(guild)) return 'gone'
      const scene = await sceneOf(guild, channel, maxAgeMs)
      if (!scene) return 'unknown'
      if (!scene.value) return 'gone'
      return canView(scene.value, [], null) ? 'everyone' : 'members'
    },
    async hasLeft({ workspace }, person) {
      const guild = workspace.slice('discord:'.length)
      if (!/^\d+$/.test(guild)) return false
      const path = `/guilds/${guild}/members/${person}` as const
      const answer = await caller.call({ method: 'GET', path }, { kind: 'other', channel: '' }, 'drop')
      return refusedWith(answer, UNKNOWN_MEMBER)
    },
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
