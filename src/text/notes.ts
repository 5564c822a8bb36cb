// What staff write in the thread of a case: to the customer, and, in lines that start with //, to each other.

/** Where a line starts in one of these, it is code. One that is never closed is none. */
const CODE = /```[\s\S]*?```/g
const NOTE = /^\s*\/\//

/**
 * `note` without the slashes; each is empty when there is none of it. What starts with a note is one as a whole, since its
 * next line may go on with it.
 */
export function splitNotes(text: string): { said: string; note: string } {
  if (NOTE.test(text)) return { said: '', note: bare(text.split('\n')) }
  const code = [...text.matchAll(CODE)].map(({ 0: whole, index }) => [index, index + whole.length] as const)
  const said: string[] = []
  const notes: string[] = []
  let at = 0
  for (const line of text.split('\n')) {
    const start = at
    at += line.length + 1
    const isCode = code.some(([from, to]) => from < start && start < to)
    if (!isCode && NOTE.test(line)) notes.push(line)
    else said.push(line)
  }
  return notes.length === 0 ? { said: text, note: '' } : { said: said.join('\n').trim(), note: bare(notes) }
}

function bare(lines: readonly string[]): string {
  return lines
    .map((line) => line.replace(NOTE, '').trim())
    .join('\n')
    .trim()
}
