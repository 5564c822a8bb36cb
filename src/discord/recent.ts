// The newest messages of a thread or channel. Source: discord-api-docs resources/message, "Get Channel Messages".
import { type APIMessage, MessageType } from 'discord.js'
import { DISCORD_DM, type Place } from '../core/inbound.ts'
import type { Outbound, RecentMessage } from '../core/outbound.ts'
import type { Caller } from './caller.ts'
import {
  MISSING_ACCESS,
  MISSING_PERMISSIONS,
  refusedWith,
  toBotError,
  UNKNOWN_CHANNEL,
  UNKNOWN_MESSAGE,
} from './failure.ts'
import { nameOf, readText } from './inbound-text.ts'
import { timeOf } from './snowflake.ts'

const NOT_THERE = [UNKNOWN_MESSAGE, UNKNOWN_CHANNEL, MISSING_ACCESS, MISSING_PERMISSIONS]
const DAY_MS = 86_400_000
/** Answers to commands are ours too, and what they show was asked for there. */
const WRITTEN: readonly MessageType[] = [
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
]

export function createRecent(caller: Caller): Outbound['recent'] {
  let selfId = ''
  const get = async <T>(
    path: `/${string}`,
    channel: string,
    query: Record<string, string>,
    signal: AbortSignal,
  ) => {
    const answer = await caller.call<T>(
      { method: 'GET', path, query },
      { kind: 'other', channel },
      'insist',
      signal,
    )
    if (refusedWith(answer, ...NOT_THERE)) return null
    if (answer.outcome !== 'ok') throw toBotError(answer, `messages of channel ${channel}`)
    return answer.value
  }
  return async (place, limit, signal, before) => {
    const channel = place.thread ?? place.channel
    const query = { limit: String(limit), ...(before === undefined ? {} : { before }) }
    const newest = await get<APIMessage[]>(`/channels/${channel}/messages`, channel, query, signal)
    if (newest === null) return null
    const messages = newest.toReversed()
    // What a thread was made from stands in its parent, with the thread's own id; a forum post has it in itself.
    if (place.thread !== null && messages.length < limit && !messages.some(({ id }) => id === place.thread)) {
      const path = `/channels/${place.channel}/messages/${place.thread}` as const
      const starter = await get<APIMessage>(path, place.channel, {}, signal)
      if (starter !== null) messages.unshift(starter)
    }
    const since = before === undefined ? 0 : timeOf(before) - DAY_MS
    // It never changes.
    selfId ||= (await get<{ id: string }>('/users/@me', channel, {}, signal))?.id ?? ''
    return messages
      .filter(({ id, type }) => WRITTEN.includes(type) && id !== before && timeOf(id) >= since)
      .map((raw) => toRecent(raw, place, selfId))
  }
}

function toRecent(raw: APIMessage, place: Place, selfId: string): RecentMessage {
  const room = place.workspace === DISCORD_DM ? 'dm' : 'channel'
  const { text } = readText(
    raw,
    { workspace: place.workspace, audience: '', place, room, post: null },
    { selfId, guild: null },
  )
  return { source: raw.id, author: nameOf(raw.author), isOwn: raw.author.id === selfId, text }
}
