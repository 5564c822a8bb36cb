// One line for a label, a title or small print.

const graphemes = new Intl.Segmenter('ko', { granularity: 'grapheme' })

/** Without line breaks, cut between graphemes. */
export function fitLine(text: string, maxChars: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= maxChars) return line
  let cut = ''
  for (const { segment } of graphemes.segment(line)) {
    if (cut.length + segment.length > maxChars - 1) break
    cut += segment
  }
  return `${cut.trimEnd()}…`
}
