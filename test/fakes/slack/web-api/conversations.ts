// conversations.* and reactions.*: reading channels, threads and members; reacting.
import { boolArg, numberArg, requiredArg, stringArg } from '../arguments.ts'
import { announceReaction, type Platform } from '../platform.ts'
import { Refusal } from '../refusal.ts'
import type { ChannelRecord, Dict } from '../shapes.ts'
import { settle } from '../streams.ts'
import { wireChannel, wireMessage } from '../wire.ts'
import { dmOf } from '../world.ts'
import { type Methods, messageIn, visibleChannel } from './context.ts'

interface Window {
  oldest: string
  latest: string
  inclusive: boolean
  limit: number
}

function windowArg(args: Dict, fallbackLimit: number, maxLimit: number): Window {
  return {
    oldest: stringArg(args, 'oldest') || '0',
    latest: stringArg(args, 'latest') || '9999999999.999999',
    inclusive: boolArg(args, 'inclusive', false),
    limit: Math.min(Math.max(1, numberArg(args, 'limit', fallbackLimit)), maxLimit),
  }
}

/** docs.slack.dev changelog 2025-05-29: such apps get at most 15 messages at a time. */
function maxPage({ world }: Platform): number {
  return world.distribution === 'commercial' ? 15 : 1000
}

/** Slack's ts values have a fixed width, so they compare as strings. */
function padded(ts: string): string {
  const [seconds = '0', micros = ''] = ts.split('.')
  return `${seconds.padStart(10, '0')}.${micros.padEnd(6, '0')}`
}

function within(ts: string, window: Window): boolean {
  const [oldest, latest] = [padded(window.oldest), padded(window.latest)]
  return window.inclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest
}

function page(platform: Platform, channel: ChannelRecord, list: string[], args: Dict, limit: number): Dict {
  const offset = numberArg({ at: decodeCursor(stringArg(args, 'cursor')) }, 'at', 0)
  const slice = list.slice(offset, offset + limit)
  const next = offset + limit < list.length ? encodeCursor(offset + limit) : ''
  const withMetadata = boolArg(args, 'include_all_metadata', false)
  const messages = slice.flatMap((ts) => {
    const message = channel.messages.get(ts)
    if (!message) return []
    settle(platform, message)
    return [wireMessage(platform.world, message, withMetadata)]
  })
  return { messages, has_more: next !== '', response_metadata: { next_cursor: next } }
}

function encodeCursor(offset: number): string {
  return Buffer.from(`next:${offset}`).toString('base64')
}

function decodeCursor(cursor: string | undefined): number {
  if (!cursor) return 0
  const offset = Number(Buffer.from(cursor, 'base64').toString().replace('next:', ''))
  if (!Number.isInteger(offset)) throw new Refusal('invalid_cursor')
  return offset
}

function readable(platform: Platform, args: Dict): ChannelRecord {
  const channel = visibleChannel(platform.world, stringArg(args, 'channel'))
  if (!channel.members.has(platform.world.botUserId)) throw new Refusal('not_in_channel')
  return channel
}

function replies(args: Dict, platform: Platform): Dict {
  const channel = readable(platform, args)
  const ts = requiredArg(args, 'ts', 'thread_not_found')
  const message = channel.messages.get(ts)
  const rootTs = message?.threadTs ?? ts
  const root = channel.messages.get(rootTs)
  const known = channel.replies.get(rootTs) ?? []
  if (!root && known.length === 0) throw new Refusal('thread_not_found')
  const window = windowArg(args, 1000, maxPage(platform))
  const listed = known.filter((reply) => within(reply, window))
  // docs.slack.dev conversations.replies: the parent always comes first.
  return page(platform, channel, root ? [rootTs, ...listed] : listed, args, window.limit)
}

function history(args: Dict, platform: Platform): Dict {
  const channel = readable(platform, args)
  const window = windowArg(args, 100, maxPage(platform))
  const listed: string[] = []
  for (let i = channel.topLevel.length - 1; i >= 0; i -= 1) {
    const ts = channel.topLevel[i] ?? ''
    if (ts < padded(window.oldest)) break
    if (within(ts, window)) listed.push(ts)
  }
  return page(platform, channel, listed, args, window.limit)
}

function members(args: Dict, { world }: Platform): Dict {
  const channel = visibleChannel(world, stringArg(args, 'channel'))
  return { members: [...channel.members], response_metadata: { next_cursor: '' } }
}

function open(args: Dict, { world }: Platform): Dict {
  const users = stringArg(args, 'users')
  const id = stringArg(args, 'channel')
  if (id) return { channel: wireChannel(world, visibleChannel(world, id)) }
  if (!users || !world.users.has(users)) throw new Refusal('user_not_found')
  return { channel: { id: dmOf(world, users).id } }
}

function list(_args: Dict, { world }: Platform): Dict {
  const seen = [...world.channels.values()].filter(
    (channel) => channel.kind === 'channel' || channel.members.has(world.botUserId),
  )
  return {
    channels: seen.filter((channel) => channel.kind !== 'im').map((channel) => wireChannel(world, channel)),
    response_metadata: { next_cursor: '' },
  }
}

function join(args: Dict, { world }: Platform): Dict {
  const channel = visibleChannel(world, stringArg(args, 'channel'))
  if (channel.kind !== 'channel') throw new Refusal('method_not_supported_for_channel_type')
  if (channel.archived) throw new Refusal('is_archived')
  channel.members.add(world.botUserId)
  return { channel: wireChannel(world, channel) }
}

function react(args: Dict, platform: Platform, add: boolean): Dict {
  const { world } = platform
  const channel = readable(platform, args)
  const message = messageIn(channel, stringArg(args, 'timestamp'))
  const name = requiredArg(args, 'name', 'no_reaction_specified')
  const users = message.reactions.get(name) ?? new Set()
  if (add && users.has(world.botUserId)) throw new Refusal('already_reacted')
  if (!add && !users.has(world.botUserId)) throw new Refusal('no_reaction')
  if (add) users.add(world.botUserId)
  else users.delete(world.botUserId)
  if (users.size > 0) message.reactions.set(name, users)
  else message.reactions.delete(name)
  const item = { type: 'message', channel: channel.id, ts: message.ts }
  const type = add ? 'reaction_added' : 'reaction_removed'
  const event = { type, user: world.botUserId, reaction: name, item, item_user: message.user }
  announceReaction(platform, { ...event, event_ts: world.nextTs() }, channel)
  world.changed()
  return {}
}

const read = ['channels:history', 'groups:history', 'im:history', 'mpim:history']
export const conversationMethods: Methods = {
  'conversations.info': {
    run: (args, { world }) => ({
      channel: wireChannel(world, visibleChannel(world, stringArg(args, 'channel'))),
    }),
  },
  'conversations.members': { run: members },
  'conversations.replies': { run: replies, scopes: read },
  'conversations.history': { run: history, scopes: read },
  'conversations.open': { run: open, scopes: ['im:write'] },
  'conversations.list': { run: list },
  'conversations.join': { run: join, scopes: ['channels:join'] },
  'reactions.add': { run: (args, platform) => react(args, platform, true), scopes: ['reactions:write'] },
  'reactions.remove': { run: (args, platform) => react(args, platform, false), scopes: ['reactions:write'] },
}
