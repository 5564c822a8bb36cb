// Recognises the lines that open and close code fences and the rows of tables, one line at a time.
// Splitting and streaming both need this on text that is not finished, where a full parse is no help.

export type Fence = { indent: string; marker: string; lang: string }

// Longer markers and info strings are treated as text: repeating them in every part could fill a part.
const OPENING = /^([ \t]{0,12})(`{3,8}(?!`)|~{3,8}(?!~))[ \t]{0,2}([^\s`]{0,20})(?:[ \t][^`]{0,40})?$/

export function openingFence(line: string): Fence | null {
  const found = OPENING.exec(line)
  return found ? { indent: found[1]!, marker: found[2]!, lang: found[3]! } : null
}

export function closesFence(line: string, fence: Fence): boolean {
  const run = line.trim()
  return run.length >= fence.marker.length && run === fence.marker[0]!.repeat(run.length)
}

/** Follows a text line by line: returns the fence that is open after `line`. */
export function nextFence(open: Fence | null, line: string): Fence | null {
  if (open) return closesFence(line, open) ? null : open
  return openingFence(line)
}

/** The fence that is open at the end of `text`, whose last line counts as complete. */
export function openFence(text: string): Fence | null {
  return text.split('\n').reduce(nextFence, null)
}

export function isDelimiterRow(line: string): boolean {
  return (
    line.includes('|') &&
    line.includes('-') &&
    /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/.test(line)
  )
}

/** Whether `line`, possibly cut short, reads as a row of the table that `header` opens. */
export function isTableRow(line: string, header: string): boolean {
  return header.trimStart().startsWith('|') ? line.trimStart().startsWith('|') : line.includes('|')
}
