// Streamed messages: chunks, the states a stream can be in, and its death after five minutes.
import { blocksArg, dictsArg, isDict, stringArg } from './arguments.ts'
import { checkBlocks } from './blocks.ts'
import { announceChanged, type Platform } from './platform.ts'
import { Refusal } from './refusal.ts'
import type { Block, Dict, Message, Stream, StreamingState, StreamPart } from './shapes.ts'
import { pingsIn } from './visible.ts'
import { wireMessage } from './wire.ts'
import { mustChannel, type World } from './world.ts'

// docs.slack.dev chat.appendStream: markdown_text up to 12,000 characters.
const MAX_MARKDOWN = 12_000
// docs.slack.dev streaming chunks: title, details and output of a task 256 characters each.
const MAX_TASK_FIELD = 256
const TASK_STATUSES = new Set(['pending', 'in_progress', 'complete', 'error'])

export function newStream(world: World, recipientUserId?: string, recipientTeamId?: string): Stream {
  return {
    state: 'in_progress',
    startedAt: world.now(),
    stoppedByUser: false,
    parts: [],
    markdownChars: 0,
    recipientUserId,
    recipientTeamId,
    footer: [],
  }
}

/** Checks `markdown_text | chunks` of a streaming call and returns them as parts. */
export function partsArg(args: Dict): StreamPart[] {
  const markdown = stringArg(args, 'markdown_text')
  const chunks = dictsArg(args, 'chunks')
  // docs.slack.dev chat.appendStream: "either markdown_text or chunks", not both.
  if (markdown !== undefined && chunks !== undefined) {
    throw new Refusal('invalid_arguments', {
      response_metadata: { messages: ['[ERROR] markdown_text and chunks cannot be used together'] },
    })
  }
  if (markdown !== undefined) return [{ kind: 'text', text: markdown }]
  return (chunks ?? []).map(toPart)
}

function toPart(chunk: Dict): StreamPart {
  switch (chunk['type']) {
    case 'markdown_text':
      if (typeof chunk['text'] !== 'string') throw new Refusal('invalid_arguments')
      return { kind: 'text', text: chunk['text'] }
    case 'task_update': {
      const { id, title, status } = chunk
      if (typeof id !== 'string' || typeof title !== 'string') throw new Refusal('invalid_arguments')
      if (!TASK_STATUSES.has(String(status ?? 'pending'))) throw new Refusal('invalid_arguments')
      for (const field of ['title', 'details', 'output']) {
        if (String(chunk[field] ?? '').length > MAX_TASK_FIELD) throw new Refusal('msg_too_long')
      }
      return { kind: 'task', task: { ...chunk, id } }
    }
    case 'plan_update':
      if (typeof chunk['title'] !== 'string') throw new Refusal('invalid_arguments')
      if (chunk['title'].length > MAX_TASK_FIELD) throw new Refusal('msg_too_long')
      return { kind: 'plan', title: chunk['title'] }
    case 'blocks': {
      const blocks = blocksArg(chunk) ?? []
      // docs.slack.dev changelog 2026-04-16: a blocks chunk holds at most 50 blocks.
      checkBlocks(blocks)
      return { kind: 'blocks', blocks }
    }
    default:
      throw new Refusal('invalid_arguments')
  }
}

/** Adds parts to an open stream, or refuses the whole call and changes nothing. */
export function extendStream(world: World, stream: Stream, parts: StreamPart[]): void {
  const added = parts.reduce((sum, part) => sum + (part.kind === 'text' ? part.text.length : 0), 0)
  // Third parties measured the limit per call; we hold the whole message to it unless told otherwise.
  const counted = world.streamTextLimit === 'total' ? stream.markdownChars + added : added
  if (counted > MAX_MARKDOWN) throw new Refusal('msg_too_long')
  stream.markdownChars += added
  for (const part of parts) addPart(stream, part)
}

function addPart(stream: Stream, part: StreamPart): void {
  const last = stream.parts.at(-1)
  if (part.kind === 'text' && last?.kind === 'text') {
    last.text += part.text
    return
  }
  if (part.kind === 'task') {
    const known = stream.parts.find((one) => one.kind === 'task' && one.task.id === part.task.id)
    if (known?.kind === 'task') {
      // Measured by third parties: title and status replace, details and output append.
      for (const field of ['details', 'output']) {
        const joined = String(known.task[field] ?? '') + String(part.task[field] ?? '')
        if (joined !== '') part.task[field] = joined
      }
      Object.assign(known.task, part.task)
      return
    }
  }
  if (part.kind === 'plan') {
    const known = stream.parts.find((one) => one.kind === 'plan')
    if (known?.kind === 'plan') {
      known.title = part.title
      return
    }
  }
  stream.parts.push(part.kind === 'text' ? { ...part } : part)
}

/** Lets a stream die whose time is over. Called before anything looks at the message. */
export function settle(platform: Platform, message: Message): void {
  const { world } = platform
  const stream = message.stream
  if (stream?.state !== 'in_progress') return
  // node-slack-sdk#2702, python-slack-sdk#1859: about 5 minutes after the start, appends do not help.
  if (world.now() - stream.startedAt < world.streamLifetimeMs) return
  endStream(platform, message, 'errored')
}

export function settleAll(platform: Platform): void {
  for (const message of [...platform.world.openStreams]) settle(platform, message)
}

export function endStream(platform: Platform, message: Message, state: StreamingState): void {
  const { world } = platform
  const stream = message.stream
  if (!stream) return
  const previous = wireMessage(world, message)
  stream.state = state
  world.openStreams.delete(message)
  world.pings.push(...pingsIn(message))
  announceChanged(platform, mustChannel(world, message.channel), message, previous)
  world.changed()
}

/** The stream of a message, or the refusal Slack gives when it is not open. */
export function openStreamOf(
  platform: Platform,
  message: Message | undefined,
  call: 'append' | 'stop',
): Stream {
  if (!message || message.botId !== platform.world.botId) throw new Refusal('message_not_found')
  settle(platform, message)
  const stream = message.stream
  if (stream?.state === 'in_progress') return stream
  // After the person's Stop, append has its own error in third-party clients (`stopped_by_user`).
  if (stream?.stoppedByUser && call === 'append') throw new Refusal('stopped_by_user')
  throw new Refusal('message_not_in_streaming_state')
}

export function checkFooter(blocks: Block[] | undefined): Block[] {
  if (!blocks) return []
  if (!blocks.every(isDict)) throw new Refusal('invalid_blocks_format')
  checkBlocks(blocks)
  return blocks
}
