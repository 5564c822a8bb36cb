// The fake Slack as the page shows it: blocks become text, small print and buttons.
import type { Block, FakeSlack, VisibleMessage } from '../fakes/slack/index.ts'
import type { Cast } from './cast.ts'
import type { Meta, Part, ViewButton, ViewMessage } from './view.ts'

type Json = Readonly<Record<string, unknown>>

export interface SlackRoom {
  channel: string
  room: string
}

export function slackRooms(slack: FakeSlack, cast: Cast): SlackRoom[] {
  const rooms = cast.rooms.slack.map(({ id }) => ({ channel: id, room: id }))
  return [...rooms, ...cast.people.map((one) => ({ channel: slack.dm(one.slack), room: `dm:${one.slack}` }))]
}

/** Every message that somebody can see, threads under their roots; `times` and `files` are filled in by the board. */
export function slackMessages(slack: FakeSlack, cast: Cast): ViewMessage[] {
  return slackRooms(slack, cast).flatMap(({ channel, room }) => {
    const roots = slack.timeline(channel)
    const replies = roots.flatMap((root) => slack.thread(channel, root.ts).slice(1))
    const whispers = cast.people.flatMap((one) => slack.ephemerals(channel, one.slack))
    return [...roots, ...replies, ...whispers].map((message) => toView(message, room))
  })
}

function toView(message: VisibleMessage, room: string): ViewMessage {
  const isReply = message.threadTs !== undefined && message.threadTs !== message.ts
  return {
    id: message.ts,
    platform: 'slack',
    room,
    parent: isReply ? (message.threadTs ?? null) : null,
    author: message.user,
    isBot: message.isBot,
    title: null,
    tags: [],
    parts: partsOf(message),
    buttons: message.blocks.flatMap(buttonsOf),
    files: [],
    reactions: message.reactions.map(({ name, users }) => ({ emoji: `:${name}:`, users })),
    onlyFor: message.ephemeralTo ?? null,
    isGrowing: message.streamingState === 'in_progress',
    isEdited: message.edited,
    replyTo: null,
    used: null,
    times: null,
  }
}

function partsOf(message: VisibleMessage): Part[] {
  const parts = message.blocks
    .flatMap(partOf)
    .filter(({ kind, text }) => kind === 'rich' || text.trim() !== '')
  return parts.length > 0 ? parts : [{ kind: 'mrkdwn', text: message.text }]
}

function partOf(block: Block): Part[] {
  switch (block.type) {
    case 'markdown':
      return [{ kind: 'markdown', text: String(block['text'] ?? '') }]
    case 'rich_text':
      return [richPart(block)]
    case 'context':
      return list(block['elements']).map((element) => ({
        kind: 'small',
        text: String(element['text'] ?? ''),
      }))
    case 'section':
    case 'header':
      return isJson(block['text']) ? [{ kind: 'mrkdwn', text: String(block['text']['text'] ?? '') }] : []
    default:
      return []
  }
}

/** The text of a stream comes back as one text element that holds its Markdown; all else is rich text as it stands. */
function richPart(block: Block): Part {
  const sections = list(block['elements'])
  const [only] = sections.length === 1 ? list(sections[0]?.['elements']) : []
  if (block.block_id?.startsWith('auto-') && only)
    return { kind: 'markdown', text: String(only['text'] ?? '') }
  return { kind: 'rich', text: '', rich: sections }
}

function buttonsOf(block: Block): ViewButton[] {
  return [...list(block['elements']), ...list([block['accessory']])].flatMap((element) => {
    const id = String(element['action_id'] ?? '')
    if (element['type'] === 'feedback_buttons') {
      return [element['positive_button'], element['negative_button']]
        .filter(isJson)
        .map((one) => toButton(id, one))
    }
    return element['type'] === 'button' || element['type'] === 'icon_button' ? [toButton(id, element)] : []
  })
}

function toButton(id: string, from: Json): ViewButton {
  const text = isJson(from['text']) ? String(from['text']['text'] ?? '') : ''
  const style = from['style'] === 'primary' || from['style'] === 'danger' ? from['style'] : 'plain'
  return { id, value: String(from['value'] ?? ''), label: text, style, disabled: false }
}

export function slackMeta(slack: FakeSlack, cast: Cast, messages: readonly ViewMessage[]): Meta['slack'] {
  const meta: Meta['slack'] = { status: {}, stoppable: [], prompts: {} }
  const channelOf = new Map(slackRooms(slack, cast).map(({ channel, room }) => [room, channel]))
  for (const message of messages) {
    if (message.parent !== null || message.onlyFor !== null) continue
    const channel = channelOf.get(message.room) ?? ''
    const status = slack.status(channel, message.id)
    if (status) meta.status[message.id] = status
    if (slack.session(channel, message.id)?.status === 'processing') meta.stoppable.push(message.id)
  }
  for (const [room, channel] of channelOf) {
    const prompts = slack.prompts(channel)
    if (prompts) meta.prompts[room] = prompts.prompts
  }
  return meta
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : []
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
