// What people see: one post's content as Slack blocks. Pure.
import type {
  ActionsBlock,
  Button as ButtonElement,
  ContextActionsBlock,
  KnownBlock,
  RichTextBlock,
  RichTextBlockElement,
} from '@slack/types'
import type { Button, Content, Picture } from '../core/content.ts'
import { BotError } from '../core/error.ts'
import type { ActionName } from '../core/inbound.ts'
import { fitLine } from '../text/line.ts'
import { parseMarkdown, toPlainText } from '../text/markdown.ts'
import { escapeMrkdwn, toFinalMarkdown } from './markdown.ts'
import { toRichText, trimEnd } from './render-rich-text.ts'

export interface Rendered {
  /** For notifications, screen readers and search. */
  text: string
  blocks: KnownBlock[]
  /** It shows files by their address. */
  hasFiles?: boolean
}

// docs.slack.dev reference/block-kit: a button's label 75 characters, its value 2,000, 25 elements in an actions block.
const MAX_LABEL_CHARS = 75
const MAX_NOTE_CHARS = 500
const MAX_ALT_CHARS = 2_000
const MAX_NOTES = 10
// chat.update takes no more than 4,000 characters of `text` (vercel/chat#901).
const MAX_FALLBACK_CHARS = 3_000
// Not documented; above about 13,200 characters over all blocks Slack answers msg_blocks_too_long (bolt-js#2509).
const MAX_TEXT_CHARS = 12_000
const MAX_BLOCKS_CHARS = 13_000
/** A rich_text block is begun anew above this, as a section would have to be. */
const MAX_BLOCK_CHARS = 3_000
/** docs.slack.dev markdown block: over all of them in one message. */
const MAX_MARKDOWN_CHARS = 12_000

/** The invisible content of the block whose id marks a streamed post; a no-break space, since texts may not be empty. */
const INVISIBLE = '\u00A0'

/** A finished post. `key` marks it; null where nobody will look for it again. */
export function renderContent(content: Content, key: string | null): Rendered {
  if (content.text.length > MAX_TEXT_CHARS)
    throw new BotError('content-too-long', {
      retryable: false,
      say: { ko: '답변이 너무 길어요.', en: 'The answer is too long.' },
      hint: `a post of ${content.text.length} characters was rendered for Slack, which takes about ${MAX_TEXT_CHARS}`,
    })
  const below = footer(content)
  const blocks = [
    ...body(content.text, key, MAX_BLOCKS_CHARS - charsIn(below)),
    ...pictureBlocks(content.pictures ?? []),
    ...fileBlocks(content.pictures ?? []),
    ...below,
  ]
  // What is sent once, to one person, has none.
  const hasFiles = key !== null && content.pictures?.some(({ link }) => link !== undefined)
  return {
    text: fallback(content.text),
    blocks: blocks.length > 0 ? blocks : [markerBlock(key)],
    ...(hasFiles ? { hasFiles } : {}),
  }
}

/** Those that are uploaded. docs.slack.dev reference/block-kit/blocks/image-block: an alt_text of 2,000 characters. */
function pictureBlocks(pictures: readonly Picture[]): KnownBlock[] {
  return pictures.flatMap(({ id, alt }) =>
    id === undefined
      ? []
      : [{ type: 'image' as const, slack_file: { id }, alt_text: fitLine(alt, MAX_ALT_CHARS) }],
  )
}

/** Other files, by what they are called. */
function fileBlocks(files: readonly Picture[]): KnownBlock[] {
  const links = files.flatMap(({ link, name }) =>
    link === undefined
      ? []
      : [`<${link}|${escapeMrkdwn(fitLine(name, MAX_ALT_CHARS)).replaceAll('|', '¦')}>`],
  )
  if (links.length === 0) return []
  return [{ type: 'section', text: { type: 'mrkdwn', text: links.map((link) => `📎 ${link}`).join('\n') } }]
}

/** A post while it grows; null when there is nothing to see yet. */
export function renderGrowing(text: string, key: string, buttons: Button[] = []): Rendered | null {
  if (text.trim() === '') return null
  return { text: fallback(text), blocks: [...body(text, key), ...buttonBlocks(buttons)] }
}

/** What stands under a text: small print, feedback, other buttons. */
export function footer(content: Pick<Content, 'notes' | 'buttons'>): KnownBlock[] {
  const notes = (content.notes ?? []).filter((note) => note.trim() !== '').slice(0, MAX_NOTES)
  const context: KnownBlock[] = notes.map((note) => ({
    type: 'context',
    // Plain text: names in it are whatever somebody calls themselves.
    elements: [{ type: 'plain_text', text: fitLine(note, MAX_NOTE_CHARS) }],
  }))
  return [...context, ...buttonBlocks(content.buttons ?? [])]
}

/** A stream's first chunk carries this block, so that a start whose answer was lost can be found. */
export function markerBlock(key: string | null): KnownBlock {
  return { type: 'context', ...marked(key), elements: [{ type: 'plain_text', text: INVISIBLE }] }
}

function body(markdown: string, key: string | null, room = MAX_BLOCKS_CHARS): KnownBlock[] {
  if (markdown.trim() === '') return []
  const elements = toRichText(markdown)
  if (elements.length > 0 && charsIn(elements) <= room) return toBlocks(elements, key)
  // A table with one long cell is padded far beyond its text; Slack draws this one itself. Its id may not be kept, but
  // the post's metadata names it too.
  const text = toFinalMarkdown(markdown)
  if (elements.length > 0 && text.length <= Math.min(room, MAX_MARKDOWN_CHARS))
    return [{ type: 'markdown', ...marked(key), text }]
  return toBlocks([{ type: 'rich_text_section', elements: [{ type: 'text', text: markdown }] }], key)
}

function toBlocks(elements: RichTextBlockElement[], key: string | null): RichTextBlock[] {
  const blocks: RichTextBlock[] = []
  let room = 0
  for (const element of elements) {
    const chars = charsIn(element)
    if (blocks.length === 0 || chars > room) {
      blocks.push({ type: 'rich_text', ...(blocks.length === 0 ? marked(key) : {}), elements: [] })
      room = MAX_BLOCK_CHARS
    }
    blocks.at(-1)!.elements.push(element)
    room -= chars
  }
  for (const { elements: own } of blocks) {
    const last = own.at(-1)
    if (last?.type === 'rich_text_section') last.elements = trimEnd(last.elements)
  }
  return blocks
}

function marked(key: string | null): { block_id?: string } {
  return key === null ? {} : { block_id: key }
}

/** Characters of every text inside, as Slack seems to count them. */
function charsIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + charsIn(item), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce(
    (sum, [name, item]) => sum + (name === 'text' && typeof item === 'string' ? item.length : charsIn(item)),
    0,
  )
}

function fallback(markdown: string): string {
  const plain = toPlainText(parseMarkdown(markdown)).trim()
  for (let chars = MAX_FALLBACK_CHARS; ; chars = Math.floor(chars / 2)) {
    const cut = plain.length > chars ? `${plain.slice(0, chars).toWellFormed()}…` : plain
    const text = escapeMrkdwn(cut)
    // Escaping can make a text of brackets five times as long.
    if (text.length <= MAX_FALLBACK_CHARS + 500) return text || INVISIBLE
  }
}

function buttonBlocks(buttons: Button[]): KnownBlock[] {
  const up = buttons.find(({ action, value }) => action === 'feedback' && value === 'up')
  const down = buttons.find(({ action, value }) => action === 'feedback' && value === 'down')
  const isPair = up !== undefined && down !== undefined
  const rest = isPair ? buttons.filter((button) => button !== up && button !== down) : buttons
  const blocks: KnownBlock[] = []
  if (isPair) blocks.push(feedback(up, down))
  if (rest.length > 0) blocks.push(actions(rest))
  return blocks
}

function feedback(up: Button, down: Button): ContextActionsBlock {
  const toButton = ({ label, value }: Button) => ({
    text: { type: 'plain_text' as const, text: fitLine(label, MAX_LABEL_CHARS) },
    accessibility_label: fitLine(label, MAX_LABEL_CHARS),
    value,
  })
  return {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: toActionId('feedback', 0),
        positive_button: toButton(up),
        negative_button: toButton(down),
      },
    ],
  }
}

function actions(buttons: Button[]): ActionsBlock {
  return {
    type: 'actions',
    elements: buttons.slice(0, 25).map(
      (button, index): ButtonElement => ({
        type: 'button',
        action_id: toActionId(button.action, index),
        text: { type: 'plain_text', text: fitLine(button.label, MAX_LABEL_CHARS) },
        value: button.value,
        ...(button.style ? { style: button.style } : {}),
      }),
    ),
  }
}

const ACTIONS: readonly ActionName[] = [
  'feedback',
  'reason',
  'person',
  'stop',
  'settings',
  'suggest',
  'share',
  'draft',
  'answer',
  'proposal',
  'relay',
  'original',
  'ticket',
  'rating',
  'reply',
]

/** Ids must differ within a block, so the place is part of it. */
function toActionId(action: ActionName, index: number): string {
  return `${action}:${index}`
}

export function parseActionId(id: string): ActionName | null {
  return ACTIONS.find((action) => id === action || id.startsWith(`${action}:`)) ?? null
}
