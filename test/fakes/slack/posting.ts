// What posting, editing and deleting do to the workspace, whoever asks: a method, a command's answer, a person.
import { blocksArg, dictArg, dictsArg, stringArg } from './arguments.ts'
import { checkBlocks } from './blocks.ts'
import {
  announceChanged,
  announceDeleted,
  announceMessage,
  type DeliverOptions,
  type Platform,
} from './platform.ts'
import { Refusal } from './refusal.ts'
import type { Block, ChannelRecord, Dict, Message } from './shapes.ts'
import { autoRichText, pingsIn } from './visible.ts'
import { wireMessage } from './wire.ts'
import { draftMessage, removeMessage, storeMessage, type World } from './world.ts'

// docs.slack.dev chat.postMessage: text over 40,000 characters; facts A2.
const MAX_TEXT = 40_000
const MAX_MARKDOWN = 12_000
// vercel/chat#901: chat.update answers `msg_too_long` above 4,000 characters of text; a post takes more.
export const MAX_UPDATE_TEXT = 4000

export interface Content {
  text: string
  markdown: string | undefined
  blocks: Block[] | undefined
  attachments: Dict[] | undefined
}

export function contentArg(args: Dict, maxText = MAX_TEXT): Content {
  const text = stringArg(args, 'text')
  const markdown = stringArg(args, 'markdown_text')
  const blocks = blocksArg(args)
  const attachments = dictsArg(args, 'attachments')
  // docs.slack.dev chat.postMessage: `markdown_text_conflict` with text or blocks.
  if (markdown !== undefined && (text !== undefined || blocks !== undefined)) {
    throw new Refusal('markdown_text_conflict')
  }
  if (!text && !markdown && !blocks?.length && !attachments?.length) throw new Refusal('no_text')
  if ((text ?? '').length > maxText) throw new Refusal('msg_too_long')
  if ((markdown ?? '').length > MAX_MARKDOWN) throw new Refusal('msg_too_long')
  if (blocks) checkBlocks(blocks)
  return { text: text ?? '', markdown, blocks, attachments }
}

function ownBlocks(ts: string, content: Content): Pick<Message, 'blocks' | 'ownBlocks'> {
  if (content.blocks?.length) return { blocks: content.blocks, ownBlocks: true }
  return { blocks: content.text ? [autoRichText(ts, content.text)] : [], ownBlocks: false }
}

/** Stores a post of the app and tells everybody, also used for replies to commands and buttons. */
export function postAsBot(
  platform: Platform,
  channel: ChannelRecord,
  content: Content,
  more: Partial<Message> = {},
): Message {
  const { world } = platform
  const ts = world.nextTs()
  const message = draftMessage(world, channel, {
    ts,
    user: world.botUserId,
    botId: world.botId,
    text: content.text,
    ...(content.markdown === undefined ? {} : { markdown: content.markdown }),
    ...ownBlocks(ts, content),
    attachments: content.attachments ?? [],
    ...more,
  })
  storeMessage(world, channel, message)
  world.pings.push(...pingsIn(message))
  clearStatus(channel, message.threadTs)
  announceMessage(platform, channel, message)
  return message
}

/** facts A4: a status goes away with the app's next message in that thread. */
export function clearStatus(channel: ChannelRecord, threadTs: string | undefined): void {
  if (threadTs) channel.statuses.delete(threadTs)
}

export function threadArg(channel: ChannelRecord, args: Dict): string | undefined {
  const threadTs = stringArg(args, 'thread_ts')
  if (!threadTs) return undefined
  const root = channel.messages.get(threadTs)
  // Slack takes an unknown thread_ts of the right form, and answers into a thread without a root.
  if (!/^\d{10}\.\d{6}$/.test(threadTs)) throw new Refusal('invalid_thread_ts')
  // docs.slack.dev chat.postMessage: use the parent's ts; a reply's ts lands in the parent's thread.
  return root?.threadTs ?? threadTs
}

export function metadataArg(args: Dict): Dict | undefined {
  const metadata = dictArg(args, 'metadata')
  if (metadata && !metadata['entities'] && typeof metadata['event_type'] !== 'string') {
    throw new Refusal('invalid_metadata_format')
  }
  return metadata
}

/** Ephemeral messages leave no history and cause no events. */
export function addEphemeral(
  world: World,
  channel: ChannelRecord,
  content: Content,
  user: string,
  threadTs?: string,
): Message {
  const ts = world.nextTs()
  const message = draftMessage(world, channel, {
    ts,
    user: world.botUserId,
    botId: world.botId,
    text: content.text,
    ...(content.markdown === undefined ? {} : { markdown: content.markdown }),
    ...ownBlocks(ts, content),
    ...(threadTs ? { threadTs } : {}),
    ephemeralTo: user,
  })
  channel.ephemerals.push(message)
  world.ephemeralOf.set(message.ts, message)
  world.changed()
  return message
}

export function replaceContent(world: World, message: Message, content: Content): void {
  const streamed =
    message.stream !== undefined && message.stream.parts.length + message.stream.footer.length > 0
  // docs.slack.dev chat.update, python-slack-sdk#523: blocks left out are kept, so that new text alone is not
  // seen; an empty array removes them. A stream's parts
  // are replaced as a whole (our assumption; it is how a dead stream is repaired, facts A3).
  const keepBlocks = message.ownBlocks && content.blocks === undefined && content.markdown === undefined
  if (!keepBlocks || streamed) Object.assign(message, ownBlocks(message.ts, content))
  if (message.stream) {
    message.stream.parts = []
    message.stream.footer = []
  }
  message.text = content.text
  if (content.markdown === undefined) delete message.markdown
  else message.markdown = content.markdown
  if (content.attachments) message.attachments = content.attachments
  message.edits += 1
  message.edited = { user: message.user, ts: world.nextTs() }
  world.pings.push(...pingsIn(message))
}

/** A root with replies becomes a tombstone (matterbridge#600, openclaw#22035); any other message goes. */
export function deleteMessage(
  platform: Platform,
  channel: ChannelRecord,
  message: Message,
  options?: DeliverOptions,
): void {
  const { world } = platform
  const previous = wireMessage(world, message)
  if ((channel.replies.get(message.ts)?.length ?? 0) === 0) {
    removeMessage(world, channel, message)
    announceDeleted(platform, channel, previous, options)
    return
  }
  const gone = { subtype: 'tombstone', text: 'This message was deleted.', user: 'USLACKBOT', tombstone: true }
  Object.assign(message, gone, { blocks: [], ownBlocks: false, attachments: [], files: [] })
  delete message.markdown
  delete message.botId
  delete message.stream
  announceChanged(platform, channel, message, previous, options)
  world.changed()
}
