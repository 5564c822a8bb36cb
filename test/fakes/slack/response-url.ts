// response_url: answers to commands and buttons that need no token and work for half an hour.
import { boolArg, isDict, stringArg } from './arguments.ts'
import { announceChanged, type Platform } from './platform.ts'
import { addEphemeral, contentArg, deleteMessage, postAsBot, replaceContent } from './posting.ts'
import { Refusal } from './refusal.ts'
import type { ChannelRecord, Dict, Message } from './shapes.ts'
import { settle } from './streams.ts'
import { wireMessage } from './wire.ts'
import { findMessage, mustChannel, type ResponseUrl, type World } from './world.ts'

// docs.slack.dev interactivity/handling-user-interaction: 30 minutes, 5 uses.
const LIFETIME_MS = 30 * 60_000
const USES = 5

export function createResponseUrl(
  world: World,
  target: Pick<ResponseUrl, 'channel' | 'user' | 'messageTs' | 'threadTs'>,
): string {
  const id = world.nextId('R')
  world.responseUrls.set(id, { ...target, expiresAt: world.now() + LIFETIME_MS, usesLeft: USES })
  return `${world.baseUrl}/response/${id}`
}

export function answerResponseUrl(
  platform: Platform,
  id: string,
  body: Buffer,
): { status: number; text: string } {
  const { world } = platform
  const target = world.responseUrls.get(id)
  if (!target) return { status: 404, text: 'invalid_url' }
  if (target.expiresAt < world.now() || target.usesLeft <= 0) {
    return { status: 404, text: target.usesLeft <= 0 ? 'used_url' : 'expired_url' }
  }
  let args: unknown
  try {
    args = JSON.parse(body.toString('utf8'))
  } catch {
    return { status: 400, text: 'invalid_payload' }
  }
  if (!isDict(args)) return { status: 400, text: 'invalid_payload' }
  target.usesLeft -= 1
  try {
    respondTo(platform, target, args)
    return { status: 200, text: 'ok' }
  } catch (error) {
    if (error instanceof Refusal) return { status: 400, text: error.code }
    throw error
  }
}

/** Also for the body of an acknowledgement, which may carry an answer to a slash command. */
export function respondTo(platform: Platform, target: ResponseUrl, args: Dict): void {
  const { world } = platform
  const channel = mustChannel(world, target.channel)
  const source = target.messageTs ? findMessage(world, target.messageTs) : undefined
  if (source && boolArg(args, 'delete_original', false)) {
    deleteSource(platform, channel, source)
    return
  }
  const content = contentArg(args)
  if (source && boolArg(args, 'replace_original', false)) {
    settle(platform, source)
    const previous = wireMessage(world, source)
    // Unlike chat.update, replace_original keeps nothing of the old message.
    replaceContent(world, source, { ...content, blocks: content.blocks ?? [] })
    if (!source.ephemeralTo) announceChanged(platform, channel, source, previous)
    world.changed()
    return
  }
  const threadTs = stringArg(args, 'thread_ts') ?? target.threadTs
  // docs.slack.dev slash-commands: ephemeral unless `response_type` is `in_channel`.
  if (stringArg(args, 'response_type') === 'in_channel') {
    postAsBot(platform, channel, content, {
      ...(threadTs ? { threadTs } : {}),
      // docs.slack.dev messaging/unfurling-links-in-messages: the same arguments as chat.postMessage, with its defaults.
      unfurl: { links: boolArg(args, 'unfurl_links', false), media: boolArg(args, 'unfurl_media', true) },
    })
  } else {
    addEphemeral(world, channel, content, target.user, threadTs)
  }
}

function deleteSource(platform: Platform, channel: ChannelRecord, source: Message): void {
  if (!source.ephemeralTo) {
    deleteMessage(platform, channel, source)
    return
  }
  channel.ephemerals.splice(channel.ephemerals.indexOf(source), 1)
  platform.world.ephemeralOf.delete(source.ts)
  platform.world.changed()
}
