// chat.startStream, appendStream and stopStream.
import { blocksArg, requiredArg, stringArg } from '../arguments.ts'
import { announceMessage, type Platform } from '../platform.ts'
import { clearStatus, metadataArg, threadArg } from '../posting.ts'
import { Refusal } from '../refusal.ts'
import type { AgentSession, Dict } from '../shapes.ts'
import { checkFooter, endStream, extendStream, newStream, openStreamOf, partsArg } from '../streams.ts'
import { wireMessage } from '../wire.ts'
import { draftMessage, storeMessage } from '../world.ts'
import { type Methods, visibleChannel, writableChannel } from './context.ts'

function startStream(args: Dict, platform: Platform): Dict {
  const { world } = platform
  const channel = writableChannel(world, requiredArg(args, 'channel', 'channel_not_found'))
  const threadTs = threadArg(channel, args)
  const recipientUser = stringArg(args, 'recipient_user_id')
  const recipientTeam = stringArg(args, 'recipient_team_id')
  if (channel.kind === 'im') {
    // facts A3: a stream without thread_ts is a top-level message, in channels only.
    if (!threadTs) throw new Refusal('invalid_thread_ts')
  } else {
    // docs.slack.dev chat.startStream: both are required outside DMs.
    if (!recipientTeam) throw new Refusal('missing_recipient_team_id')
    if (!recipientUser) throw new Refusal('missing_recipient_user_id')
  }
  // docs.slack.dev reference/methods/chat.startStream and chat.stopStream have no unfurl arguments, nor has @slack/web-api
  // 7.x (ChatStartStreamArguments): a stream has the defaults of draftMessage. A later chat.update changes no preview
  // (measured: NousResearch/hermes-agent#97957, "Slack evaluates unfurls exactly once, at chat.postMessage").
  const stream = newStream(world, recipientUser, recipientTeam)
  extendStream(world, stream, partsArg(args))
  const message = draftMessage(world, channel, {
    user: world.botUserId,
    botId: world.botId,
    text: '',
    stream,
    ...(threadTs ? { threadTs } : {}),
  })
  world.openStreams.add(message)
  storeMessage(world, channel, message)
  clearStatus(channel, threadTs)
  // Not documented (facts D): we assume one `message` at the start and one `message_changed` at the end.
  announceMessage(platform, channel, message)
  return { channel: channel.id, ts: message.ts }
}

function appendStream(args: Dict, platform: Platform): Dict {
  const { world } = platform
  const channel = visibleChannel(world, requiredArg(args, 'channel', 'channel_not_found'))
  const message = channel.messages.get(requiredArg(args, 'ts'))
  const stream = openStreamOf(platform, message, 'append')
  const parts = partsArg(args)
  if (parts.length === 0) throw new Refusal('no_text')
  extendStream(world, stream, parts)
  world.changed()
  return { channel: channel.id, ts: message?.ts }
}

function stopStream(args: Dict, platform: Platform): Dict {
  const { world } = platform
  const channel = visibleChannel(world, requiredArg(args, 'channel', 'channel_not_found'))
  const message = channel.messages.get(requiredArg(args, 'ts'))
  const stream = openStreamOf(platform, message, 'stop')
  if (!message) throw new Refusal('message_not_found')
  const footer = checkFooter(blocksArg(args))
  const metadata = metadataArg(args)
  extendStream(world, stream, partsArg(args))
  stream.footer = footer
  if (metadata) message.metadata = metadata
  const status = stringArg(args, 'session_status')
  const session = message.threadTs ? channel.sessions.get(message.threadTs) : undefined
  if (status && session) session.status = status as AgentSession['status']
  endStream(platform, message, 'completed')
  return { channel: channel.id, ts: message.ts, message: wireMessage(world, message, true) }
}

const scopes = ['chat:write']
export const streamMethods: Methods = {
  'chat.startStream': { run: startStream, scopes },
  'chat.appendStream': { run: appendStream, scopes },
  'chat.stopStream': { run: stopStream, scopes },
}
