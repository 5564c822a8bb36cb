// What a Web API method gets, and the checks most of them begin with.
// docs.slack.dev reference/methods/chat.postMessage: channel_not_found, is_archived and not_in_channel; chat:write.public.
import type { Platform } from '../platform.ts'
import { Refusal } from '../refusal.ts'
import type { ChannelRecord, Dict, Message } from '../shapes.ts'
import { dmOf, type World } from '../world.ts'

export interface Method {
  run: (args: Dict, platform: Platform) => Dict
  /** Bot scopes, one of which must be granted. */
  scopes?: string[]
  token?: 'bot' | 'app' | 'any'
}

export type Methods = Record<string, Method>

/** A conversation the bot can see; a user id means the DM with that user. */
export function visibleChannel(world: World, id: string | undefined): ChannelRecord {
  if (!id) throw new Refusal('channel_not_found')
  if (/^[UW]/.test(id) && world.users.has(id)) return dmOf(world, id)
  const channel = world.channels.get(id)
  // A private channel the bot is not in does not exist for it.
  if (!channel || (channel.kind !== 'channel' && !channel.members.has(world.botUserId))) {
    throw new Refusal('channel_not_found')
  }
  return channel
}

export function writableChannel(world: World, id: string | undefined): ChannelRecord {
  const channel = visibleChannel(world, id)
  if (channel.archived) throw new Refusal('is_archived')
  if (!channel.members.has(world.botUserId) && !world.scopes.includes('chat:write.public')) {
    throw new Refusal('not_in_channel')
  }
  return channel
}

export function messageIn(channel: ChannelRecord, ts: string | undefined): Message {
  const message = ts ? channel.messages.get(ts) : undefined
  if (!message) throw new Refusal('message_not_found')
  return message
}
