// Refusals that several endpoints share: may the bot write here, is the thread open, is there anything to send.
import { apiError } from '../http/errors.ts'
import type { ChannelRecord, Json } from '../model.ts'
import { botCan, requireBot, type World } from '../world.ts'

export function requireSend(world: World, channel: ChannelRecord): void {
  requireBot(world, channel, channel.thread ? 'SEND_MESSAGES_IN_THREADS' : 'SEND_MESSAGES')
  if (channel.type === 15) throw apiError(50008)
  refuseLocked(world, channel)
}

/** In a locked thread only MANAGE_THREADS may create or change messages (topics/threads.mdx "Locked Threads"). */
export function refuseLocked(world: World, channel: ChannelRecord): void {
  if (channel.thread?.locked && !botCan(world, channel, 'MANAGE_THREADS')) throw apiError(160005)
}

export function refuseArchived(channel: ChannelRecord): void {
  if (channel.thread?.archived) throw apiError(50083)
}

export function isEmpty(body: Json, files: unknown[]): boolean {
  const some = (value: unknown) => Array.isArray(value) && value.length > 0
  const text = typeof body.content === 'string' ? body.content.trim() : ''
  return (
    !text &&
    !some(body.embeds) &&
    !some(body.components) &&
    !some(body.sticker_ids) &&
    !files.length &&
    !body.poll
  )
}
