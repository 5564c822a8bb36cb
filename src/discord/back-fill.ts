// After a cold start or a lost session: fetches what was written meanwhile and hands it over like live messages.
// Overlap is harmless, since the inbox holds each message once.
import { type APIMessage, type Client, PermissionFlagsBits } from 'discord.js'
import { type Clock, delay } from '../core/clock.ts'
import { isBotError, reasonOf } from '../core/error.ts'
import type { Logger } from '../core/logger.ts'
import type { Caller } from './caller.ts'
import type { RawMessage } from './inbound.ts'
import { idAt, isNewer } from './snowflake.ts'

export interface BackFillDeps {
  client: Client
  caller: Caller
  clock: Clock
  log: Logger
  /** Direct-message channels that are known; Discord does not list them. */
  dmChannels(): Promise<string[]>
  push(raw: RawMessage, shard: number): void
  signal: AbortSignal
}

const PAGE = 100
/** Of one channel: 1,000 messages. */
const MAX_PAGES = 10
const MAX_AGE_MS = 2 * 60 * 60_000
const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 60_000

/** One channel, and how far it has been read. */
interface Room {
  channel: string
  guild_id?: string
  after: string
  pages: number
  failures: number
  /** By the monotonic clock. */
  dueAt: number
}

/**
 * Channels whose last message is newer than `since`: at most 1,000 messages each, none older than two hours. Resolves
 * once every channel has been read; one that cannot be is tried again until it can, and holds no other up. `tried` is
 * called when each has had its turn. Throws the signal's reason.
 */
export async function backFill(
  deps: BackFillDeps,
  shard: number,
  since: string,
  tried: () => void,
): Promise<void> {
  const { client, clock, log, signal } = deps
  const oldest = idAt(clock.now() - MAX_AGE_MS)
  const after = isNewer(since, oldest) ? since : oldest
  const start = { after, pages: 0, failures: 0, dueAt: 0 }
  const rooms: Room[] = newerChannels(client, shard, after).map((room) => ({ ...room, ...start }))
  if (shard === 0) rooms.push(...(await deps.dmChannels()).map((channel) => ({ channel, ...start })))
  let count = 0
  for (let left = rooms; left.length > 0; ) {
    const due = left.filter(({ dueAt }) => dueAt <= clock.monotonic())
    for (const room of due) count += await readOn(deps, shard, room)
    left = left.filter(({ dueAt }) => dueAt !== READ)
    tried()
    if (left.length === 0) break
    const next = Math.min(...left.map(({ dueAt }) => dueAt))
    await delay(clock, Math.max(0, next - clock.monotonic()), signal)
    signal.throwIfAborted()
  }
  log.info({ shard, channels: rooms.length, messages: count }, 'caught up with what was written meanwhile')
}

/** In place of when a room is due: there is nothing left to read. */
const READ = Number.POSITIVE_INFINITY

/** Reads a room to its end, or until it fails, which says when it is due again. Returns how many messages there were. */
async function readOn(
  { caller, clock, log, push, signal }: BackFillDeps,
  shard: number,
  room: Room,
): Promise<number> {
  const { channel, guild_id } = room
  let count = 0
  try {
    for (;;) {
      const query = { after: room.after, limit: String(PAGE) }
      const call = { method: 'GET', path: `/channels/${channel}/messages`, query } as const
      const answer = await caller.call<APIMessage[]>(call, { kind: 'other', channel }, 'insist', signal)
      // Gone, or not for the bot to read.
      const messages = answer.outcome === 'ok' ? answer.value : []
      messages.sort((a, b) => (isNewer(a.id, b.id) ? 1 : -1))
      for (const message of messages) push(guild_id ? { ...message, guild_id } : message, shard)
      count += messages.length
      room.after = messages.at(-1)?.id ?? room.after
      room.pages += 1
      room.dueAt = READ
      if (messages.length < PAGE) return count
      if (room.pages < MAX_PAGES) continue
      log.warn({ shard, channel, messages: PAGE * MAX_PAGES }, 'more was missed than is caught up with')
      return count
    }
  } catch (error) {
    signal.throwIfAborted()
    const asked = isBotError(error) ? (error.retryAfterMs ?? 0) : 0
    const pause = Math.max(asked, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** room.failures))
    room.failures += 1
    room.dueAt = clock.monotonic() + pause
    log.warn(
      { shard, channel, ms: pause, reason: reasonOf(error) },
      'catching up with a channel failed; trying again',
    )
    return count
  }
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
