// Rows as Markdown: a table, or, where the cells hold whole answers, a section for each row.

/** Above this an average row is prose in cells, as in a list of questions and answers. */
const PROSE_ROW_CHARS = 200
const MAX_TITLE_CHARS = 120

type Rows = readonly (readonly string[])[]

/** A spreadsheet: titles above the table, then a row that names the columns. */
export function sheetToMarkdown(rows: Rows): string {
  const filled = rows.map((row) => row.map(oneLine)).filter((row) => row.some((cell) => cell !== ''))
  const start = filled.findIndex((row) => count(row) > 1)
  if (start < 0) return filled.map((row) => row.join(' ').trim()).join('\n\n')
  const titles = filled.slice(0, start).map((row) => row.join(' ').trim())
  const table = filled.slice(start)
  return [...titles, isProse(table) ? toSections(table) : toTable(table)].join('\n\n')
}

/** The first row names the columns. */
export function toTable(rows: Rows): string {
  const [header, ...body] = rows.map((row) => row.map(oneLine)).filter((row) => count(row) > 0)
  if (!header) return ''
  const width = body.reduce((most, row) => Math.max(most, row.length), header.length)
  const line = (cells: readonly string[]): string =>
    `| ${Array.from({ length: width }, (_, at) => (cells[at] ?? '').replaceAll('|', '\\|')).join(' | ')} |`
  return [line(header), `|${' --- |'.repeat(width)}`, ...body.map(line)].join('\n')
}

function isProse([header = [], ...body]: Rows): boolean {
  const chars = body.reduce((sum, row) => sum + row.join('').length, 0)
  return body.length > 0 && header.length > 1 && chars / body.length > PROSE_ROW_CHARS
}

function toSections([header = [], ...body]: Rows): string {
  return body
    .map((row) => {
      const title = row.find((cell) => cell !== '' && cell.length <= MAX_TITLE_CHARS)
      const lines = row.flatMap((cell, at) => {
        if (cell === '' || cell === title) return []
        return [header[at] ? `${header[at]}: ${cell}` : cell]
      })
      return [title ? `## ${title}` : '', ...lines].join('\n\n')
    })
    .join('\n\n')
}

function count(row: readonly string[]): number {
  return row.filter((cell) => cell !== '').length
}

function oneLine(cell: string): string {
  return cell.replaceAll(/\s+/g, ' ').trim()
}
