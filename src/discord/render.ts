// What people see: one post's content as the body of a Discord message. Pure. Pings are impossible twice over: the text
// is neutralised, and `allowed_mentions` allows none.
import type { APIActionRowComponent, APIButtonComponentWithCustomId } from 'discord.js'
import type { Button, Content } from '../core/content.ts'
import { BotError } from '../core/error.ts'
import { withMoments } from '../text/mentions.ts'
import { toCustomId } from './custom-id.ts'
import { neutralLine, toDiscordMarkdown, toGrowingMarkdown } from './markdown.ts'

export interface MessageBody {
  content: string
  components: APIActionRowComponent<APIButtonComponentWithCustomId>[]
  allowed_mentions: { parse: []; replied_user: false }
  flags: number
}

// Source: discord-api-docs resources/message, "Message Flags"; "Create Message" for the 2,000 characters.
export const SUPPRESS_EMBEDS = 1 << 2
export const EPHEMERAL = 1 << 6
const MAX_CONTENT_CHARS = 2_000
const MAX_LABEL_CHARS = 80
const BUTTONS_PER_ROW = 5
const MIN_NOTE_CHARS = 12

const WRITING_MARK = ' ▍'
const NO_MENTIONS: MessageBody['allowed_mentions'] = { parse: [], replied_user: false }

// Component types and styles: discord-api-docs components/reference.
const ACTION_ROW = 1
const BUTTON = 2
const STYLES = { primary: 1, secondary: 2, danger: 4 } as const

/** A finished post. `key` marks its buttons; null where nobody will look for it again. */
export function renderContent(content: Content, key: string | null): MessageBody {
  const text = withMoments(toDiscordMarkdown(content.text, MAX_CONTENT_CHARS), content.moments ?? [])
  if (text.length > MAX_CONTENT_CHARS)
    throw new BotError('content-too-long', {
      retryable: false,
      say: { ko: '답변이 너무 길어요.', en: 'The answer is too long.' },
      hint: `a post of ${text.length} characters was rendered for Discord, which takes ${MAX_CONTENT_CHARS}`,
    })
  return toBody(withNotes(text, content.notes ?? []), content.buttons ?? [], key)
}

/** A post while it grows; null when there is nothing to see yet. */
export function renderGrowing(
  text: string,
  growing: Pick<Content, 'buttons' | 'notes'>,
  key: string,
): MessageBody | null {
  const shown = toGrowingMarkdown(text, MAX_CONTENT_CHARS - WRITING_MARK.length)
  if (shown.trim() === '') return null
  // After a code block the mark would keep the block from closing.
  const mark = shown.endsWith('```') ? '' : WRITING_MARK
  return toBody(withNotes(shown + mark, growing.notes ?? []), growing.buttons ?? [], key)
}

function toBody(content: string, buttons: Button[], key: string | null): MessageBody {
  return {
    content,
    components: toRows(buttons, key),
    allowed_mentions: NO_MENTIONS,
    flags: SUPPRESS_EMBEDS,
  }
}

export function toRows(buttons: Button[], key: string | null): MessageBody['components'] {
  const cells = buttons.map(
    (button): APIButtonComponentWithCustomId => ({
      type: BUTTON,
      style: STYLES[button.style ?? 'secondary'],
      label: neutralLine(button.label, MAX_LABEL_CHARS),
      custom_id: toCustomId(button.action, button.value, key),
    }),
  )
  const rows: MessageBody['components'] = []
  for (let at = 0; at < cells.length; at += BUTTONS_PER_ROW)
    rows.push({ type: ACTION_ROW, components: cells.slice(at, at + BUTTONS_PER_ROW) })
  return rows
}

/** Small print under the text, shortened to the room that the text leaves; the longest note gives way first. */
function withNotes(text: string, notes: string[]): string {
  const lines = notes.map((note) => neutralLine(note, MAX_CONTENT_CHARS)).filter((line) => line !== '')
  const join = (): string =>
    [text, ...lines.map((line) => `-# ${line}`)].filter((part) => part !== '').join('\n')
  for (
    let excess = join().length - MAX_CONTENT_CHARS;
    excess > 0;
    excess = join().length - MAX_CONTENT_CHARS
  ) {
    if (lines.length === 0) break
    const at = lines.reduce(
      (longest, line, index) => (line.length > lines[longest]!.length ? index : longest),
      0,
    )
    const room = lines[at]!.length - excess
    if (room < MIN_NOTE_CHARS) lines.splice(at, 1)
    else lines[at] = neutralLine(lines[at]!, room)
  }
  return join()
}
