// After a cold start or a lost session: fetches what was written meanwhile and hands it over like live messages.
// Overlap is harmless, since the inbox holds each message once.
import { type APIMessage, type Client, PermissionFlagsBits } from 'discord.js'
import type { Logger } from '../core/logger.ts'
import type { Caller } from './caller.ts'
import type { RawMessage } from './inbound.ts'
import { idAt, isNewer, timeOf } from './snowflake.ts'

export interface BackFillDeps {
  client: Client
  caller: Caller
  log: Logger
  now(): number
  /** Direct-message channels that are known; Discord does not list them. */
  dmChannels(): Promise<string[]>
  push(raw: RawMessage, shard: number): void
  signal: AbortSignal
}

const LIMIT = '100'
const MAX_AGE_MS = 2 * 60 * 60_000

/** Channels whose last message is newer than `since`, at most 100 messages each, none older than two hours. */
export async function backFill(deps: BackFillDeps, shard: number, since: string): Promise<void> {
  const { client, caller, log, signal } = deps
  const oldest = idAt(deps.now() - MAX_AGE_MS)
  const after = isNewer(since, oldest) ? since : oldest
  const rooms: { channel: string; guild_id?: string }[] = newerChannels(client, shard, after)
  if (shard === 0) rooms.push(...(await deps.dmChannels()).map((channel) => ({ channel })))
  let count = 0
  for (const { channel, guild_id } of rooms) {
    if (signal.aborted) return
    const answer = await caller.call<APIMessage[]>(
      { method: 'GET', path: `/channels/${channel}/messages`, query: { after, limit: LIMIT } },
      { kind: 'other', channel },
      'insist',
      signal,
    )
    if (answer.outcome !== 'ok') continue
    const messages = answer.value.filter((message) => timeOf(message.id) > deps.now() - MAX_AGE_MS)
    messages.sort((a, b) => (isNewer(a.id, b.id) ? 1 : -1))
    for (const message of messages) deps.push(guild_id ? { ...message, guild_id } : message, shard)
    count += messages.length
  }
  log.info({ shard, channels: rooms.length, messages: count }, 'caught up with what was written meanwhile')
}

function newerChannels(
  client: Client,
  shard: number,
  after: string,
): { channel: string; guild_id: string }[] {
  const needed = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory
  return [...client.channels.cache.values()].flatMap((channel) => {
    if (channel.isDMBased() || !channel.isTextBased() || channel.guild.shardId !== shard) return []
    const { lastMessageId, guildId } = channel
    if (!lastMessageId || !guildId || !isNewer(lastMessageId, after)) return []
    const own = channel.permissionsFor(client.user!.id)
    return own && !own.has(needed) ? [] : [{ channel: channel.id, guild_id: guildId }]
  })
}
