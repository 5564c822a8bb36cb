// Markdown as Discord shows it: no mention can ping, tables become monospace blocks, headings that Discord does not know
// become bold, every mark and fence is closed. Pure.
import type { Heading, Root, Table } from 'mdast'
import { openFence } from '../text/fences.ts'
import { fitLine } from '../text/line.ts'
import { closeForCommonMark, monospaceTable, parseMarkdown, safePrefix } from '../text/markdown.ts'
import { neutralize } from '../text/mentions.ts'

const FENCE = '```'
/** Discord shows `#` to `###` as headings. */
const DEEPEST_HEADING = 3

/** A whole text; tables stay as they were written where their monospace form would pass `maxChars`. */
export function toDiscordMarkdown(text: string, maxChars: number): string {
  const tabled = closeAll(withBlocks(text))
  return tabled.length <= maxChars ? tabled : closeAll(text)
}

/** A text that is still growing, without an unfinished mark at its end. */
export function toGrowingMarkdown(text: string, maxChars: number): string {
  const shown = toDiscordMarkdown(safePrefix(text).trimEnd(), maxChars)
  if (shown.length <= maxChars) return shown
  const room = maxChars - FENCE.length - 1
  return closeFence(shown.slice(0, /[\uD800-\uDBFF]/.test(shown[room - 1]!) ? room - 1 : room))
}

/** One line without line breaks or pings, cut between graphemes. */
export function neutralLine(text: string, maxChars: number): string {
  return fitLine(neutralize(text.replace(/\s+/g, ' '), 'discord'), maxChars)
}

function closeAll(text: string): string {
  return closeFence(closeForCommonMark(neutralize(text, 'discord')))
}

/** A fence that nobody closed would swallow the small print below the text. */
function closeFence(text: string): string {
  const fence = openFence(text)
  return fence ? `${text.trimEnd()}\n${fence.indent}${fence.marker}` : text
}

function withBlocks(text: string): string {
  if (!text.includes('|') && !text.includes('####')) return text
  let at = 0
  let out = ''
  for (const block of parseMarkdown(text).children) {
    const shown = toBlock(block, text)
    const start = block.position?.start.offset
    const end = block.position?.end.offset
    if (shown === null || start === undefined || end === undefined) continue
    out += text.slice(at, start) + shown
    at = end
  }
  return out + text.slice(at)
}

function toBlock(block: Root['children'][number], text: string): string | null {
  if (block.type === 'table') return toCodeBlock(block)
  if (block.type === 'heading' && block.depth > DEEPEST_HEADING) return toBold(block, text)
  return null
}

function toCodeBlock(table: Table): string {
  // A fence inside a cell would end the block early.
  return `${FENCE}\n${monospaceTable(table).replaceAll(FENCE, "'''")}\n${FENCE}`
}

function toBold(heading: Heading, text: string): string {
  const first = heading.children[0]?.position?.start.offset
  const last = heading.children.at(-1)?.position?.end.offset
  const inner = first === undefined || last === undefined ? '' : text.slice(first, last)
  return inner.includes('**') || inner === '' ? inner : `**${inner}**`
}
