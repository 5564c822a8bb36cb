// Splits a long answer into posts without losing a character. Every part reads well on its own: fences are closed
// and opened again, a table's header is repeated, and nothing is cut inside a grapheme.
import { type Fence, isDelimiterRow, isTableRow, nextFence } from './fences.ts'
import { openSpans } from './open-spans.ts'

/** One post's share: `body` is the original text, `prefix` and `suffix` are what makes it stand alone. */
export type TextPart = { prefix: string; body: string; suffix: string }

// Below this a re-opened fence or a large emoji may leave no room for text.
const MIN_PART_CHARS = 100

type LineStart = { at: number; fence: Fence | null; codeLines: number; header: string; rows: number }
type Cut = { at: number; suffix: string; prefix: string }

const graphemes = new Intl.Segmenter('ko', { granularity: 'grapheme' })

// Of long rows of dots only the end is looked at: from each of them to the end would take the square of their number.
// A sentence ends with punctuation before a space; Korean endings count without the space too ("했어요.다음은").
const SENTENCE_END =
  /(?<!(?:^|\s)(?:e\.g|i\.e|vs|Mr|Ms|Mrs|Dr|No|\(?\d{1,3}))[.!?…]{1,8}["')\]”’»*_~]*[ \t]+|[。！？]+[ \t]*|(?<=[다요까죠네음임])[.!?]+(?=\p{L})/gu
const SPACE = /[ \t]+/g

// What would turn the next part's first line into a fence, list, heading, quote or table row, or a lone mark.
const CHANGES_MEANING =
  /^[ \t]*(?:`{3}|~{3}|[`~]{0,2}$|\u200D|[\p{M}|>]|[-+*#=]+(?:\s|$)|\d{1,9}[.)](?:\s|$))/u

/**
 * The first post of a text and the rest of it. The cut depends on the first `maxChars` UTF-16 units only, so it stays
 * where it is while the text grows. `head + rest` is the text plus re-opened fences and repeated table headers.
 */
export function splitHead(text: string, maxChars: number): [head: string, rest: string] {
  if (text.length <= maxChars) return [text, '']
  assertRoom(maxChars)
  const cut = findCut(text.slice(0, maxChars), maxChars, 0)
  return [text.slice(0, cut.at) + cut.suffix, cut.prefix + text.slice(cut.at)]
}

export function splitParts(text: string, maxChars: number): TextPart[] {
  assertRoom(maxChars)
  const parts: TextPart[] = []
  let prefix = ''
  let rest = text
  while (rest.length > maxChars) {
    const cut = findCut(rest.slice(0, maxChars), maxChars, prefix.length)
    parts.push({ prefix, body: rest.slice(prefix.length, cut.at), suffix: cut.suffix })
    prefix = cut.prefix
    rest = prefix + rest.slice(cut.at)
  }
  parts.push({ prefix, body: rest.slice(prefix.length), suffix: '' })
  return parts
}

/** At least one part; each at most `maxChars` UTF-16 units, which is how Slack and Discord count. */
export function splitText(text: string, maxChars: number): string[] {
  return splitParts(text, maxChars).map(showPart)
}

export function showPart(part: TextPart): string {
  return part.prefix + part.body + part.suffix
}

/** The text the parts were made from. */
export function joinParts(parts: TextPart[]): string {
  return parts.map((part) => part.body).join('')
}

function assertRoom(maxChars: number): void {
  if (maxChars < MIN_PART_CHARS)
    throw new RangeError(`maxChars must be at least ${MIN_PART_CHARS}, got ${maxChars}`)
}

function findCut(window: string, maxChars: number, prefixLength: number): Cut {
  // Half an emoji at the edge hides what it continues, so it is not looked at.
  const seen = /[\uD800-\uDBFF]$/.test(window) ? window.slice(0, -1) : window
  const lines = scanLines(seen)
  const groups = [...lineCuts(seen, lines, maxChars), ...midLineCuts(seen, lines, maxChars)]
  // A cut that leaves a post half empty is only taken when nothing better exists.
  for (const least of [maxChars / 2, maxChars / 5]) {
    for (const cuts of groups) {
      const cut = cuts.findLast(({ at }) => at > Math.max(least, prefixLength))
      if (cut) return cut
    }
  }
  if (lines.at(-1)!.header) {
    const cut = groups
      .slice(0, 4)
      .flat()
      .sort((a, b) => a.at - b.at)
      .findLast(({ at }) => at > prefixLength)
    if (cut) return cut
  }
  return hardCut(seen, lines, maxChars, prefixLength)
}

function scanLines(window: string): LineStart[] {
  const lines: LineStart[] = []
  let at = 0
  let previous = ''
  let state: Omit<LineStart, 'at'> = { fence: null, codeLines: 0, header: '', rows: 0 }
  for (const line of window.split('\n')) {
    if (state.header && !isTableRow(line, state.header)) state = { ...state, header: '', rows: 0 }
    lines.push({ at, ...state })
    const fence = nextFence(state.fence, line)
    const codeLines = fence && state.fence ? state.codeLines + 1 : 0
    if (fence) state = { fence, codeLines, header: '', rows: 0 }
    else if (state.header) state = { ...state, rows: state.rows + 1 }
    else if (!state.fence && previous.includes('|') && isDelimiterRow(line)) {
      state = { fence, codeLines, header: `${previous}\n${line}\n`, rows: 0 }
    } else state = { fence, codeLines, header: '', rows: 0 }
    previous = line
    at += line.length + 1
  }
  return lines
}

/** Cuts at line starts, best kind first: blank line, line, blank line in code, line in code or in a table. */
function lineCuts(window: string, lines: LineStart[], maxChars: number): Cut[][] {
  const groups: Cut[][] = [[], [], [], []]
  lines.forEach((line, index) => {
    if (index === 0 || line.at >= window.length || window[line.at] === '\n') return
    const before = window.slice(lines[index - 1]!.at, line.at - 1)
    const here = window.slice(line.at, lines[index + 1]?.at ?? window.length)
    if (
      line.fence ? line.codeLines === 0 || /^[ \t]*([`~]|$)/.test(here) : splitsTableHead(line, before, here)
    )
      return
    const cut = cutAt(window, line.at, line)
    if (line.at + cut.suffix.length > maxChars) return
    const inside = line.fence || line.header ? 2 : 0
    groups[inside + (before.trim() === '' ? 0 : 1)]!.push(cut)
  })
  return groups
}

function splitsTableHead(line: LineStart, before: string, here: string): boolean {
  if (line.header) return line.rows === 0
  return before.includes('|') && /^[ \t|:-]*\n?$/.test(here)
}

/** Cuts inside a line, best kind first: sentence, space, then the same inside bold, code or a link. */
function midLineCuts(window: string, lines: LineStart[], maxChars: number): Cut[][] {
  const groups: Cut[][] = [[], [], [], []]
  const known = new Map<number, LineFacts>()
  for (const [rank, pattern] of [SENTENCE_END, SPACE].entries()) {
    for (const found of window.matchAll(pattern)) {
      const at = found.index + found[0].length
      const number = lineNumberAt(lines, at)
      const start = lines[number]!.at
      const facts = known.get(number) ?? factsOf(window, lines, number)
      known.set(number, facts)
      if (at > maxChars || !facts.isProse || at <= facts.firstWord) continue
      if (CHANGES_MEANING.test(window.slice(at))) continue
      groups[rank + (facts.isOpen(at - start) ? 2 : 0)]!.push({ at, suffix: '', prefix: '' })
    }
  }
  return groups
}

/** What cuts in a line are judged by. */
interface LineFacts {
  isProse: boolean
  /** Before it the line is blank. */
  firstWord: number
  isOpen(at: number): boolean
}

function factsOf(window: string, lines: LineStart[], number: number): LineFacts {
  const start = lines[number]!.at
  const line = window.slice(start, lines[number + 1]?.at ?? window.length)
  const firstWord = start + line.length - line.trimStart().length
  return { isProse: isProse(window, lines[number]!), firstWord, isOpen: openSpans(line) }
}

function isProse(window: string, line: LineStart): boolean {
  return !line.fence && !line.header && !/^[ \t]*(```|~~~|\|)/.test(window.slice(line.at, line.at + 80))
}

function hardCut(window: string, lines: LineStart[], maxChars: number, prefixLength: number): Cut {
  const room = maxChars - Math.max(...lines.map(({ fence }) => (fence ? closing(fence).length + 1 : 0)))
  const segments = graphemes.segment(window)
  // The last grapheme may go on beyond the window: the cut is before it.
  let at = segments.containing(Math.min(room, window.length - 1))!.index
  // A remainder that begins with a fence would close or open one, and so would a fence line cut short.
  if (/^[ \t]*(?:[`~]|$)/.test(window.slice(at))) {
    let before = at - 1
    while (before > prefixLength && /[ \t`~]/.test(window[before]!)) before -= 1
    if (before > prefixLength) at = segments.containing(before)!.index
  }
  const start = lineAt(lines, at).at
  if (start > prefixLength && /^[ \t]*[`~]/.test(window.slice(start, at))) at = start
  // One grapheme longer than a post (a letter under hundreds of accents) is cut all the same.
  if (at <= prefixLength) at = room - (/[\uD800-\uDBFF]/.test(window[room - 1] ?? '') ? 1 : 0)
  const line = lineAt(lines, at)
  return cutAt(window, at, { ...line, header: at === line.at ? line.header : '' })
}

function cutAt(window: string, at: number, line: LineStart): Cut {
  const { fence, header } = line
  if (!fence) return { at, suffix: '', prefix: header.length <= window.length / 3 ? header : '' }
  const newline = window[at - 1] === '\n' ? '' : '\n'
  return { at, suffix: newline + closing(fence), prefix: `${closing(fence)}${fence.lang}\n` }
}

function closing(fence: Fence): string {
  return fence.indent + fence.marker
}

function lineAt(lines: LineStart[], at: number): LineStart {
  return lines[lineNumberAt(lines, at)]!
}

/** The last that begins there or before. */
function lineNumberAt(lines: LineStart[], at: number): number {
  let [low, high] = [0, lines.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (lines[middle]!.at <= at) low = middle
    else high = middle - 1
  }
  return low
}
