// Cuts an answer into what can be cited: sentences, rows of tables, and code, which is left alone. Joined again the units
// are the text.
import { type Fence, isDelimiterRow, isTableRow, nextFence } from '../../text/fences.ts'
import { MARKS, ONLY_MARKS } from './markers.ts'

export interface Unit {
  kind: 'sentence' | 'row' | 'fixed'
  text: string
  /** What its line begins with (list mark, quote), for the first sentence of a line. */
  prefix: string
  line: number
}

const PREFIX = /^[ \t]*(?:>[ \t]?)*(?:(?:[-*+•]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)?/
const HEADING = /^[ \t]{0,3}#{1,6}[ \t]/
// A sentence ends before a space, or between Korean ones also without ("됩니다.다음"); its marks may stand behind the stop.
const END = new RegExp(
  `(?<!(?:^|[\\s(])(?:e\\.g|i\\.e|vs|Mr|Ms|Mrs|Dr|No|St|etc|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z]))` +
    `(?:[.!?…]+["'”’)\\]*_~]*(?:${MARKS}[.。]?)?(?=\\s|$)|[。！？]+["'”’)\\]]*(?:${MARKS})?|(?<=[다요까죠음임])[.!?]+(?:${MARKS})?(?=[가-힣A-Z\\s]|$))[ \\t]*`,
  'giu',
)
const SOURCES_HEAD =
  /^[\s#>*_-]*(?:출처|참고 ?자료|참고 ?문서|참고|sources?|references?)[\s*_]*[:：]?[\s*_]*/i

export function toUnits(text: string): Unit[] {
  const units: Unit[] = []
  const lines = withoutSourceList(text).split('\n')
  let fence: Fence | null = null
  let header = ''
  lines.forEach((line, index) => {
    const ending = index < lines.length - 1 ? '\n' : ''
    const wasOpen = fence !== null
    fence = nextFence(fence, line)
    if (header && !isTableRow(line, header)) header = ''
    const startsTable = !header && isDelimiterRow(lines[index + 1] ?? '') && line.includes('|')
    const push = (kind: Unit['kind']) => units.push({ kind, text: line + ending, prefix: '', line: index })
    if (wasOpen || fence) push('fixed')
    else if (startsTable) {
      header = line
      push('fixed')
    } else if (header) push(isDelimiterRow(line) ? 'fixed' : 'row')
    else if (line.trim() === '' || HEADING.test(line)) push('fixed')
    else units.push(...toSentences(line + ending, index))
  })
  return units
}

function toSentences(line: string, index: number): Unit[] {
  const prefix = PREFIX.exec(line)?.[0] ?? ''
  const units: Unit[] = []
  let start = prefix.length
  for (const end of line.slice(prefix.length).matchAll(END)) {
    const at = prefix.length + end.index + end[0].length
    if (at >= line.trimEnd().length || !endsSentence(line.slice(start, at), line.slice(at))) continue
    units.push({ kind: 'sentence', text: line.slice(start, at), prefix: '', line: index })
    start = at
  }
  units.push({ kind: 'sentence', text: line.slice(start), prefix: '', line: index })
  units[0]!.prefix = prefix
  return units
}

/** "2026. 11. 25.", "9 a.m. to", "2 p.m. KST" go on. */
function endsSentence(sentence: string, rest: string): boolean {
  const isOpen = (sentence.match(/`/g)?.length ?? 0) % 2 === 1
  if (isOpen || /^[a-z]/.test(rest)) return false
  if (/\d\.\s*$/.test(sentence) && /^\d/.test(rest)) return false
  return !(/\b[ap]\.m\.\s*$/i.test(sentence) && /^(?:KST|UTC|GMT|PST|EST|JST)\b/.test(rest))
}

/** Marks on a line of their own belong to the sentence above; a list of sources at the end is written by others. */
function withoutSourceList(text: string): string {
  const lines: string[] = []
  let fence: Fence | null = null
  for (const line of text.split('\n')) {
    fence = nextFence(fence, line)
    const last = lines.findLastIndex((earlier) => earlier.trim() !== '')
    if (!fence && last >= 0 && ONLY_MARKS.test(line) && !lines[last]!.includes('|')) {
      lines.length = last + 1
      lines[last] += ` ${line.trim()}`
    } else lines.push(line)
  }
  const at = lines.findLastIndex((line) => SOURCES_HEAD.test(line))
  const isList =
    at > 0 &&
    lines.slice(at).every((line, nth) => isSourceLine(nth === 0 ? line.replace(SOURCES_HEAD, '') : line))
  return isList ? lines.slice(0, at).join('\n').trimEnd() : lines.join('\n')
}

function isSourceLine(line: string): boolean {
  return /^\s*$|^[\s>*+•-]*(?:\[\^?\d{1,2}\]|【\d{1,2}】|\d{1,2}[.)])/.test(line)
}
