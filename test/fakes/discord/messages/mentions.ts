// Which mentions a text makes, and who would be notified by it under `allowed_mentions`.
// Source: discord-api-docs resources/message.mdx "Allowed Mentions Object".
import { type FieldProblem, formError } from '../http/errors.ts'
import type { ChannelRecord, Json, Mentions, MessageRecord, Ping } from '../model.ts'
import { botCan, type World } from '../world.ts'

export interface FoundMentions {
  userIds: string[]
  roleIds: string[]
  everyone: boolean
  here: boolean
}

/** Code spans and blocks are shown as typed and notify nobody. */
export function findMentions(text: string): FoundMentions {
  if (!text.includes('<@') && !text.includes('@everyone') && !text.includes('@here')) {
    return { userIds: [], roleIds: [], everyone: false, here: false }
  }
  const plain = text.replace(/```[\s\S]*?```|`[^`\n]*`/g, ' ')
  const ids = (pattern: RegExp) => [...new Set([...plain.matchAll(pattern)].map((m) => m[1]!))]
  return {
    userIds: ids(/<@!?(\d+)>/g),
    roleIds: ids(/<@&(\d+)>/g),
    everyone: plain.includes('@everyone'),
    here: plain.includes('@here'),
  }
}

interface Allowed {
  users: 'all' | Set<string>
  roles: 'all' | Set<string>
  everyone: boolean
  repliedUser: boolean
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

export function checkAllowedMentions(raw: unknown): void {
  if (typeof raw !== 'object' || raw === null) return
  const { parse, users, roles } = raw as Json
  const problems: FieldProblem[] = []
  for (const [kind, ids] of [
    ['users', listOf(users)],
    ['roles', listOf(roles)],
  ] as const) {
    // "parse: ["users"], users: [ids]" is invalid because the two are mutually exclusive (same page, third example).
    if (listOf(parse).includes(kind) && ids.length > 0)
      problems.push({
        path: ['allowed_mentions'],
        code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        message: `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      })
  }
  if (problems.length > 0) throw formError(problems)
}

function toAllowed(raw: unknown, origin: 'message' | 'interaction'): Allowed {
  if (typeof raw !== 'object' || raw === null) {
    // Without the field a normal message parses everything; interactions and webhooks parse users only (same page).
    const everything = origin === 'message'
    return {
      users: 'all',
      roles: everything ? 'all' : new Set(),
      everyone: everything,
      repliedUser: everything,
    }
  }
  const { parse, users, roles, replied_user: repliedUser } = raw as Json
  const kinds = listOf(parse)
  return {
    users: kinds.includes('users') ? 'all' : new Set(listOf(users)),
    roles: kinds.includes('roles') ? 'all' : new Set(listOf(roles)),
    everyone: kinds.includes('everyone'),
    repliedUser: repliedUser === true,
  }
}

const lets = (allowed: 'all' | Set<string>, id: string) => allowed === 'all' || allowed.has(id)

/** The mentions of a bot message that count, and the notifications they cause. */
export function applyMentions(
  world: World,
  channel: ChannelRecord,
  message: Pick<MessageRecord, 'id' | 'authorId' | 'reference'>,
  text: string,
  allowedRaw: unknown,
  origin: 'message' | 'interaction',
): { mentions: Mentions; pings: Ping[] } {
  const found = findMentions(text)
  const allowed = toAllowed(allowedRaw, origin)
  const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId)
  const mayMentionAll = botCan(world, channel, 'MENTION_EVERYONE')
  const userIds = found.userIds.filter((id) => lets(allowed.users, id) && world.users.has(id))
  const roleIds = found.roleIds.filter((id) => {
    const role = guild?.roles.get(id)
    return role !== undefined && lets(allowed.roles, id) && (role.mentionable || mayMentionAll)
  })
  const everyone = guild !== undefined && allowed.everyone && mayMentionAll
  const pings: Ping[] = []
  const ping = (kind: Ping['kind'], targetId: string) =>
    pings.push({ kind, targetId, messageId: message.id, channelId: channel.id })
  for (const id of userIds) if (id !== message.authorId) ping('user', id)
  for (const id of roleIds) ping('role', id)
  if (everyone && found.everyone) ping('everyone', channel.guildId!)
  if (everyone && found.here) ping('here', channel.guildId!)
  const replied = message.reference
    ? world.channels.get(message.reference.channelId)?.log.get(message.reference.messageId)?.authorId
    : undefined
  if (replied !== undefined && allowed.repliedUser && replied !== message.authorId) {
    ping('reply', replied)
    if (!userIds.includes(replied)) userIds.push(replied)
  }
  return { mentions: { userIds, roleIds, everyone: everyone && (found.everyone || found.here) }, pings }
}
