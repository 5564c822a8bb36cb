// From Markdown to passages: along the headings, about as long as an answer can quote, cut where a sentence ends.
// Tables and code stay whole as long as they fit in a prompt. Works line by line, so that a large file costs no more
// per line than a small one.
import { isDelimiterRow, isTableRow, nextFence } from '../text/fences.ts'
import { parseMarkdown, toPlainText } from '../text/markdown.ts'
import { normalizeText } from '../text/normalize.ts'
import { showPart, splitParts } from '../text/split.ts'
import type { Passage } from './model.ts'

export interface ChunkOptions {
  targetChars: number
  /** For a table or a piece of code, which is better whole. */
  maxChars: number
}

const DEFAULTS: ChunkOptions = { targetChars: 500, maxChars: 2_000 }

/** A remainder shorter than this is read with what stands before it. */
const MIN_SHARE = 0.2
/** Longer ones are text that happens to begin with a "#". */
const MAX_HEADING_CHARS = 200

type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'prose' | 'table' | 'code'; text: string }

/** In reading order. A heading without text of its own or below it is a passage, so that nothing is lost. */
export function chunkMarkdown(markdown: string, options: ChunkOptions = DEFAULTS): Passage[] {
  const passages: Passage[] = []
  let path: { level: number; text: string }[] = []
  let blocks: string[] = []
  let isBare = false
  const close = (nextLevel: number): void => {
    const headings = path.map(({ text }) => text)
    for (const text of pack(blocks, options.targetChars)) passages.push({ headings, text })
    const last = path.at(-1)
    if (isBare && blocks.length === 0 && last && nextLevel <= last.level)
      passages.push({ headings, text: last.text })
    blocks = []
  }
  for (const block of toBlocks(normalizeText(markdown))) {
    if (block.kind !== 'heading') {
      blocks.push(...toPieces(block, options))
      continue
    }
    close(block.level)
    path = [...path.filter(({ level }) => level < block.level), block]
    isBare = true
  }
  close(0)
  return passages
}

/** A block as one piece, or cut: prose at sentence ends, a table at its rows with the header again. */
function toPieces({ kind, text }: Block, { targetChars, maxChars }: ChunkOptions): string[] {
  const most = kind === 'prose' ? targetChars : maxChars
  if (text.length <= most) return [text]
  if (kind === 'table') return tableParts(text, most)
  return toParts(text, most)
}

function toParts(text: string, maxChars: number): string[] {
  return splitParts(text, maxChars).flatMap((part) => (part.body.trim() === '' ? [] : [showPart(part)]))
}

/** splitParts looks at the whole rest for each part, which a table of 20,000 rows would feel. */
function tableParts(text: string, maxChars: number): string[] {
  const [first = '', second = '', ...rows] = text.split('\n')
  const header = `${first}\n${second}`
  // A header that fills a part by itself is not repeated.
  const start = header.length <= maxChars / 3 ? header : ''
  const parts: string[] = []
  let part = header
  for (const row of rows) {
    if (part.length + row.length + 1 > maxChars && part !== start) {
      parts.push(part)
      part = start
    }
    part = part === '' ? row : `${part}\n${row}`
  }
  parts.push(part)
  return parts.flatMap((each) => (each.length > maxChars ? toParts(each, maxChars) : [each]))
}

/** Joins pieces up to the target; a long table takes the line that introduces it along. */
function pack(pieces: readonly string[], targetChars: number): string[] {
  const packed: string[] = []
  for (const piece of pieces) {
    const last = packed.at(-1)
    const together = last === undefined ? 0 : last.length + piece.length
    const isShort = Math.min(last?.length ?? 0, piece.length) < targetChars * MIN_SHARE
    const isRoom =
      together <= targetChars || (isShort && together <= Math.max(targetChars * 1.25, piece.length * 1.25))
    if (last !== undefined && isRoom) packed[packed.length - 1] = `${last}\n\n${tidy(piece)}`
    else packed.push(tidy(piece))
  }
  return packed
}

/** Without blank lines around; the first line's indentation may mean something. */
function tidy(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, '').trimEnd()
}

function toBlocks(text: string): Block[] {
  const blocks: Block[] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as string
    const heading = toHeading(line) ?? toUnderlinedHeading(line, lines[at + 1])
    const end = heading ? at + heading.lines : endOfBlock(lines, at)
    if (heading) blocks.push({ kind: 'heading', level: heading.level, text: heading.text })
    else if (line.trim() !== '')
      blocks.push({ kind: kindOf(lines, at), text: lines.slice(at, end).join('\n') })
    at = end
  }
  return blocks
}

type Heading = { level: number; text: string; lines: number }

function toHeading(line: string): Heading | null {
  const marks = /^ {0,3}(#{1,6})(?=[ \t]|$)/.exec(line)
  if (!marks || line.length > MAX_HEADING_CHARS * 2) return null
  let title = line.slice(marks[0].length).trim()
  const open = title.replace(/#+$/, '')
  if (open === '' || /[ \t]$/.test(open)) title = open.trim()
  return named((marks[1] as string).length, title, 1)
}

function toUnderlinedHeading(line: string, next: string | undefined): Heading | null {
  if (next === undefined || line.trim() === '' || line.length > MAX_HEADING_CHARS * 2) return null
  // A list, quote or row above a rule is no heading.
  if (
    !/^ {0,3}(?:=+|-{2,})[ \t]*$/.test(next) ||
    /^[ \t]*(?:[-*+>|]|\d{1,9}[.)][ \t]|```|~~~|={2})/.test(line)
  )
    return null
  return named(next.includes('=') ? 1 : 2, line.trim(), 2)
}

/** Null when nothing readable remains. */
function named(level: number, markdown: string, lines: number): Heading | null {
  const text = plain(markdown.replace(/[ \t]*\{#[\w-]{1,80}\}$/, ''))
    .replaceAll(/\s+/g, ' ')
    .trim()
  return text !== '' && text.length <= MAX_HEADING_CHARS ? { level, text, lines } : null
}

function plain(heading: string): string {
  // An address in a heading says nothing to a reader.
  const text = heading.replaceAll(/!?\[([^\][]*)\]\([^()\s]*\)/g, '$1')
  return /[*_`~<>[\\&]/.test(text) ? toPlainText(parseMarkdown(text)) : text
}

function kindOf(lines: readonly string[], at: number): 'prose' | 'table' | 'code' {
  if (nextFence(null, lines[at] as string)) return 'code'
  return isTableAt(lines, at) ? 'table' : 'prose'
}

function isTableAt(lines: readonly string[], at: number): boolean {
  return (lines[at] as string).includes('|') && isDelimiterRow(lines[at + 1] ?? '')
}

/** The line after the block that begins at `at`. */
function endOfBlock(lines: readonly string[], at: number): number {
  const first = lines[at] as string
  let end = at + 1
  if (first.trim() === '') return end
  let fence = nextFence(null, first)
  if (fence) {
    while (end < lines.length && fence) fence = nextFence(fence, lines[end++] as string)
    return end
  }
  if (isTableAt(lines, at)) {
    const header = first
    end = at + 2
    while (
      end < lines.length &&
      isTableRow(lines[end] as string, header) &&
      (lines[end] as string).trim() !== ''
    )
      end++
    return end
  }
  while (end < lines.length) {
    const line = lines[end] as string
    if (line.trim() === '' || toHeading(line) || nextFence(null, line) || isTableAt(lines, end)) break
    end++
  }
  return end
}
