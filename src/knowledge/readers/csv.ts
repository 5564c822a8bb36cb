// CSV and TSV, in whatever encoding and with whatever separator a spreadsheet saved it.
import type { ReadDocument } from '../model.ts'
import { decodeText } from './decode.ts'
import { ReadFailure } from './failure.ts'
import { sheetToMarkdown } from './table.ts'

export async function readCsv(bytes: Uint8Array): Promise<ReadDocument> {
  const text = decodeText(bytes)
  const { parse } = await import('csv-parse/sync')
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: separatorOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    })
    return { title: null, markdown: sheetToMarkdown(rows) }
  } catch (error) {
    throw new ReadFailure('damaged', '', error)
  }
}

/** The one that the first line has most of. */
function separatorOf(text: string): string {
  const first = text.slice(0, 10_000).split('\n', 1)[0] ?? ''
  const counts = [',', '\t', ';', '|'].map((each) => ({ each, n: first.split(each).length }))
  return counts.reduce((best, next) => (next.n > best.n ? next : best)).each
}
