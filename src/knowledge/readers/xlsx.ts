// Excel files: each sheet under its name.
import readSheets from 'read-excel-file/universal'
import type { ReadDocument } from '../model.ts'
import { ReadFailure } from './failure.ts'
import type { ReadLimits } from './limits.ts'
import { sheetToMarkdown } from './table.ts'

export async function readXlsx(bytes: Buffer, { maxChars }: ReadLimits): Promise<ReadDocument> {
  const sheets = await readSheets(new Uint8Array(bytes).buffer)
  let chars = 0
  const parts = sheets.map(({ sheet, data }) => {
    const rows = data.map((row) => row.map(toText))
    chars += rows.reduce((sum, row) => sum + row.join('').length, 0)
    if (chars > maxChars) throw new ReadFailure('too-much-text', String(maxChars))
    const text = sheetToMarkdown(rows)
    return text === '' ? '' : `# ${sheet}\n\n${text}`
  })
  return { title: null, markdown: parts.filter((part) => part !== '').join('\n\n') }
}

function toText(value: unknown): string {
  if (value === null || value === undefined) return ''
  // Excel keeps days without a time zone; midnight means that only the day counts.
  if (value instanceof Date)
    return value
      .toISOString()
      .replace(/T00:00:00\.000Z$/, '')
      .replace('T', ' ')
      .replace(/\.\d+Z$/, '')
  return String(value)
}
