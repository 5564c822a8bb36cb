// Turns a stored message into what a person sees, and finds the pings it would have caused.
import { isDict } from './arguments.ts'
import { type Button, buttonsOf, elementsOf } from './blocks.ts'
import type { Block, Dict, Message, Ping, StreamingState } from './shapes.ts'
import type { World } from './world.ts'

export interface VisibleMessage {
  ts: string
  user: string
  /** Shown text; formatting characters are kept, entities are resolved. */
  text: string
  blocks: Block[]
  metadata: Dict | undefined
  streamingState: StreamingState | undefined
  edited: boolean
  ephemeralTo: string | undefined
  buttons: Button[]
  reactions: { name: string; users: string[] }[]
  unfurl: { links: boolean; media: boolean }
  files: string[]
  isBot: boolean
  threadTs: string | undefined
}

export function visibleMessage(world: World, message: Message): VisibleMessage {
  const blocks = blocksOf(message)
  return {
    ts: message.ts,
    user: message.user,
    text: visibleText(world, message),
    blocks,
    metadata: message.metadata,
    streamingState: message.stream?.state,
    edited: message.edited !== undefined,
    ephemeralTo: message.ephemeralTo,
    buttons: elementsOf(blocks).flatMap(({ element }) => buttonsOf(element)),
    reactions: [...message.reactions].map(([name, users]) => ({ name, users: [...users] })),
    unfurl: message.unfurl,
    files: message.files.map((file) => file.name),
    isBot: message.botId !== undefined,
    threadTs: message.threadTs,
  }
}

/** The Markdown of a stream, its own blocks left out. */
export function streamMarkdown(message: Message): string {
  return (message.stream?.parts ?? []).map((part) => (part.kind === 'text' ? part.text : '')).join('')
}

/** Blocks as Slack reads them back; a stream's text becomes a rich_text block of Slack's own. */
export function blocksOf(message: Message): Block[] {
  const stream = message.stream
  if (!stream || stream.parts.length + stream.footer.length === 0) {
    if (message.blocks.length > 0 || message.markdown === undefined) return message.blocks
    return [autoRichText(message.ts, message.markdown)]
  }
  const body = stream.parts.flatMap((part, i): Block[] => {
    if (part.kind === 'text') return [autoRichText(`${message.ts}.${i}`, part.text)]
    if (part.kind === 'blocks') return part.blocks
    if (part.kind === 'plan') return [{ type: 'plan', title: part.title, tasks: [] }]
    return [{ ...part.task, type: 'task_card', task_id: part.task.id }]
  })
  return [...body, ...stream.footer]
}

export function autoRichText(seed: string, text: string): Block {
  const elements = [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }]
  return { type: 'rich_text', block_id: `auto-${seed}`, elements }
}

export function visibleText(world: World, message: Message): string {
  const stream = message.stream
  if (stream && stream.parts.length + stream.footer.length > 0) {
    const parts = stream.parts.map((part) => {
      if (part.kind === 'text') return entities(world, part.text)
      if (part.kind === 'blocks') return part.blocks.map((block) => blockText(world, block)).join('\n')
      return `\n${part.kind === 'plan' ? part.title : String(part.task['title'] ?? '')}\n`
    })
    const footer = stream.footer.map((block) => blockText(world, block)).filter((text) => text !== '')
    return [parts.join(''), ...footer].join('\n').trim()
  }
  if (message.markdown !== undefined) return entities(world, message.markdown)
  // docs.slack.dev chat.postMessage: with blocks, `text` is only the fallback for notifications.
  if (message.ownBlocks && message.blocks.length > 0) {
    const lines = message.blocks.map((block) => blockText(world, block))
    return lines.filter((line) => line !== '').join('\n')
  }
  const attachments = message.attachments.map((item) => attachmentText(item))
  return [entities(world, message.text), ...attachments].filter((line) => line !== '').join('\n')
}

function attachmentText(item: Dict): string {
  return ['pretext', 'title', 'text']
    .map((key) => String(item[key] ?? ''))
    .filter(Boolean)
    .join('\n')
}

function blockText(world: World, block: Dict): string {
  switch (block['type']) {
    case 'markdown':
      return entities(world, String(block['text'] ?? ''))
    case 'rich_text':
      return dicts(block['elements'])
        .map((element) => richText(world, element))
        .join('\n')
        .trimEnd()
    case 'actions':
    case 'context_actions':
    case 'divider':
      return ''
    case 'image':
      return String(block['alt_text'] ?? '')
    default:
      return textObjects(world, block).join('\n')
  }
}

/** Every text object below a block, buttons left out (they are listed separately). */
function textObjects(world: World, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => textObjects(world, item))
  if (!isDict(value)) return []
  const type = value['type']
  if (type === 'button' || type === 'feedback_buttons' || type === 'overflow') return []
  if (type === 'mrkdwn') return [entities(world, String(value['text'] ?? ''))]
  if (type === 'plain_text') return [String(value['text'] ?? '')]
  if (type === 'rich_text') return [blockText(world, value)]
  return Object.values(value).flatMap((item) => (typeof item === 'object' ? textObjects(world, item) : []))
}

function dicts(value: unknown): Dict[] {
  return Array.isArray(value) ? value.filter(isDict) : []
}

function richText(world: World, element: Dict): string {
  const inner = () => dicts(element['elements']).map((child) => richText(world, child))
  switch (element['type']) {
    case 'rich_text_list':
      return inner()
        .map((line) => `• ${line}`)
        .join('\n')
    case 'rich_text_quote':
      return inner()
        .join('')
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n')
    case 'text':
      return String(element['text'] ?? '')
    case 'link':
      return String(element['text'] ?? element['url'] ?? '')
    case 'user':
      return `@${world.users.get(String(element['user_id']))?.name ?? String(element['user_id'])}`
    case 'usergroup':
      return `@${String(element['usergroup_id'])}`
    case 'broadcast':
      return `@${String(element['range'])}`
    case 'channel':
      return `#${world.channels.get(String(element['channel_id']))?.name ?? String(element['channel_id'])}`
    case 'emoji':
      return `:${String(element['name'])}:`
    default:
      return inner().join('')
  }
}

/** Resolves `<@U1>`, `<#C1|name>`, `<url|label>`, `<!here>` and the three escapes, as Slack shows them. */
export function entities(world: World, text: string): string {
  return text
    .replace(/<([^<>\n]+)>/g, (whole, body: string) => {
      const [target = '', label] = body.split('|', 2)
      if (target.startsWith('@'))
        return `@${label ?? world.users.get(target.slice(1))?.name ?? target.slice(1)}`
      if (target.startsWith('#'))
        return `#${label ?? world.channels.get(target.slice(1))?.name ?? target.slice(1)}`
      if (target.startsWith('!')) return label ?? `@${target.slice(1)}`
      return /^(https?|mailto|tel):/.test(target) ? (label ?? target) : whole
    })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

/** Notifications this message causes, before duplicates are removed. */
export function pingsIn(message: Message): Ping[] {
  const found: Ping[] = []
  const add = (kind: Ping['kind'], target: string) => {
    if (found.some((ping) => ping.kind === kind && ping.target === target)) return
    found.push({ kind, target, channel: message.channel, ts: message.ts })
  }
  scanText(message.text, message.linkNames ?? false, add)
  scanText(message.markdown ?? streamMarkdown(message), false, add)
  for (const value of [message.blocks, message.attachments, blocksOf(message)]) scanValue(value, add)
  return found
}

type AddPing = (kind: Ping['kind'], target: string) => void

function scanText(text: string, linkNames: boolean, add: AddPing): void {
  // docs.slack.dev messaging/formatting-message-text: special mentions, user and group mentions.
  for (const [, keyword = ''] of text.matchAll(/<!(channel|here|everyone)(?:\|[^>]*)?>/g)) {
    add(keyword as Ping['kind'], keyword)
  }
  for (const [, id = ''] of text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g)) add('user', id)
  for (const [, id = ''] of text.matchAll(/<!subteam\^([A-Z0-9]+)(?:\|[^>]*)?>/g)) add('subteam', id)
  if (!linkNames) return
  // `link_names` and `parse=full` turn bare @channel into a mention (same page).
  for (const [, keyword = ''] of text.matchAll(/@(channel|here|everyone)\b/g)) {
    add(keyword as Ping['kind'], keyword)
  }
}

function scanValue(value: unknown, add: AddPing): void {
  if (Array.isArray(value)) {
    for (const item of value) scanValue(item, add)
    return
  }
  if (!isDict(value)) return
  const type = value['type']
  if (type === 'plain_text') return
  if (type === 'user') add('user', String(value['user_id']))
  else if (type === 'usergroup') add('subteam', String(value['usergroup_id']))
  else if (type === 'broadcast') add(value['range'] as Ping['kind'], String(value['range']))
  // A rich_text `text` element is literal: only its own mention elements notify.
  const literal = type === 'text'
  for (const [key, item] of Object.entries(value)) {
    if (typeof item === 'string') {
      const shown = key === 'text' || key === 'pretext' || (key === 'value' && 'short' in value)
      if (shown && !literal) scanText(item, false, add)
    } else scanValue(item, add)
  }
}
