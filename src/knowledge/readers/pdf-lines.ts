// From the lines of a PDF's pages to Markdown: headings by size, paragraphs by distance, running heads left out.

export interface Line {
  text: string
  /** Height of its letters, in points. */
  size: number
  /** Its baseline, from the bottom of the page. */
  top: number
}

const HEADING_SCALE = 1.15
const MAX_HEADING_CHARS = 80
const PARAGRAPH_GAP = 1.8

export function linesToMarkdown(pages: readonly (readonly Line[])[]): string {
  const running = runningHeads(pages)
  const kept = pages.map((lines) =>
    lines.filter((line, at) => !isAround(lines, at) || !isRunning(line, running)),
  )
  const body = bodySize(kept)
  const sizes = [
    ...new Set(
      kept
        .flat()
        .filter((line) => isHeading(line, body))
        .map(rounded),
    ),
  ].sort((a, b) => b - a)
  const out: string[] = []
  for (const lines of kept) {
    let last: Line | null = null
    for (const line of lines) {
      const level = isHeading(line, body) ? Math.min(sizes.indexOf(rounded(line)) + 1, 4) : 0
      const gap = last ? last.top - line.top : 0
      if (level > 0 || (last && (gap > line.size * PARAGRAPH_GAP || gap < 0))) out.push('')
      out.push(level > 0 ? `${'#'.repeat(level)} ${line.text}\n` : escaped(line.text))
      last = line
    }
    // A sentence may go on over the page's end.
    if (last && /[.!?。]["')\]]?$/.test(last.text)) out.push('')
  }
  return out.join('\n')
}

function isHeading(line: Line, body: number): boolean {
  return line.size > body * HEADING_SCALE && line.text.length <= MAX_HEADING_CHARS && /\p{L}/u.test(line.text)
}

/** The size that most letters have. */
function bodySize(pages: readonly (readonly Line[])[]): number {
  const chars = new Map<number, number>()
  for (const line of pages.flat())
    chars.set(rounded(line), (chars.get(rounded(line)) ?? 0) + line.text.length)
  return [...chars].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])[0]
}

function rounded({ size }: Line): number {
  return Math.round(size * 2) / 2
}

function isAround(lines: readonly Line[], at: number): boolean {
  return at === 0 || at === lines.length - 1
}

/** First or last lines that stand on half of the pages, whatever number they carry. */
function runningHeads(pages: readonly (readonly Line[])[]): Set<string> {
  const counts = new Map<string, number>()
  for (const lines of pages)
    for (const key of new Set([lines[0], lines.at(-1)].flatMap((line) => (line ? [keyOf(line)] : []))))
      counts.set(key, (counts.get(key) ?? 0) + 1)
  return new Set([...counts].filter(([, n]) => n >= 3 && n >= pages.length / 2).map(([key]) => key))
}

function isRunning(line: Line, running: ReadonlySet<string>): boolean {
  return running.has(keyOf(line)) || /^[-–— ]*\d{1,4}(?: *\/ *\d{1,4})?[-–— ]*$/.test(line.text)
}

function keyOf({ text }: Line): string {
  return text.replaceAll(/\d+/g, '0')
}

function escaped(text: string): string {
  return text.replace(/^(#{1,6} |`{3}|~{3}|-{2,}$|=+$)/, '\\$1')
}
