// chat.*: posting, editing and deleting.
import { boolArg, requiredArg, stringArg } from '../arguments.ts'
import { announceChanged, type Platform } from '../platform.ts'
import {
  addEphemeral,
  contentArg,
  deleteMessage,
  MAX_UPDATE_TEXT,
  metadataArg,
  postAsBot,
  replaceContent,
  threadArg,
} from '../posting.ts'
import { Refusal } from '../refusal.ts'
import type { ChannelRecord, Dict, Message } from '../shapes.ts'
import { settle } from '../streams.ts'
import { wireMessage } from '../wire.ts'
import { type Methods, messageIn, visibleChannel, writableChannel } from './context.ts'
import { checkFiles } from './uploads.ts'

function postMessage(args: Dict, platform: Platform): Dict {
  const { world } = platform
  const channel = writableChannel(world, stringArg(args, 'channel'))
  const content = contentArg(args)
  checkFiles(world, content.blocks)
  const threadTs = threadArg(channel, args)
  const metadata = metadataArg(args)
  const broadcast = threadTs !== undefined && boolArg(args, 'reply_broadcast', false)
  const message = postAsBot(platform, channel, content, {
    ...(threadTs ? { threadTs } : {}),
    ...(broadcast ? { broadcast, subtype: 'thread_broadcast' } : {}),
    ...(metadata ? { metadata } : {}),
    linkNames: boolArg(args, 'link_names', false) || stringArg(args, 'parse') === 'full',
    // docs.slack.dev messaging/unfurling-links: for apps, text links are off and media is on by default.
    unfurl: { links: boolArg(args, 'unfurl_links', false), media: boolArg(args, 'unfurl_media', true) },
  })
  return { channel: channel.id, ts: message.ts, message: wireMessage(world, message, true) }
}

function postEphemeral(args: Dict, platform: Platform): Dict {
  const { world } = platform
  const channel = writableChannel(world, stringArg(args, 'channel'))
  const user = requiredArg(args, 'user')
  if (!channel.members.has(user)) throw new Refusal('user_not_in_channel')
  const threadTs = threadArg(channel, args)
  const message = addEphemeral(world, channel, contentArg(args), user, threadTs)
  return { message_ts: message.ts }
}

function ownMessage(
  args: Dict,
  platform: Platform,
  refusal: string,
): { channel: ChannelRecord; message: Message } {
  const channel = visibleChannel(platform.world, requiredArg(args, 'channel', 'channel_not_found'))
  const message = messageIn(channel, stringArg(args, 'ts'))
  if (message.botId !== platform.world.botId) throw new Refusal(refusal)
  settle(platform, message)
  return { channel, message }
}

function update(args: Dict, platform: Platform): Dict {
  const { world } = platform
  const { channel, message } = ownMessage(args, platform, 'cant_update_message')
  // Measured by third parties (facts A3): an open stream refuses update and delete.
  if (message.stream?.state === 'in_progress') throw new Refusal('streaming_state_conflict')
  if (channel.archived) throw new Refusal('is_archived')
  const content = contentArg(args, MAX_UPDATE_TEXT)
  checkFiles(world, content.blocks)
  const metadata = metadataArg(args)
  const previous = wireMessage(world, message)
  replaceContent(world, message, content)
  if (metadata) message.metadata = metadata
  announceChanged(platform, channel, message, previous)
  world.changed()
  return {
    channel: channel.id,
    ts: message.ts,
    text: message.text,
    message: wireMessage(world, message, true),
  }
}

function remove(args: Dict, platform: Platform): Dict {
  const { channel, message } = ownMessage(args, platform, 'cant_delete_message')
  if (message.stream?.state === 'in_progress') throw new Refusal('cant_delete_message')
  deleteMessage(platform, channel, message)
  return { channel: channel.id, ts: message.ts }
}

function getPermalink(args: Dict, { world }: Platform): Dict {
  const channel = visibleChannel(world, requiredArg(args, 'channel', 'channel_not_found'))
  const message = messageIn(channel, stringArg(args, 'message_ts'))
  const path = `${channel.id}/p${message.ts.replace('.', '')}`
  return { channel: channel.id, permalink: `${world.baseUrl}/archives/${path}` }
}

const write = ['chat:write']
export const chatMethods: Methods = {
  'chat.postMessage': { run: postMessage, scopes: write },
  'chat.postEphemeral': { run: postEphemeral, scopes: write },
  'chat.update': { run: update, scopes: write },
  'chat.delete': { run: remove, scopes: write },
  'chat.getPermalink': { run: getPermalink },
}
