// Hangul (HWP, HWPX) and old Excel files (XLS), through kordoc.
import { type ErrorCode, parse } from 'kordoc'
import type { ProblemCode, ReadDocument } from '../model.ts'
import { ReadFailure } from './failure.ts'
import { htmlToMarkdown } from './turndown.ts'

const CODES: Partial<Record<ErrorCode, ProblemCode>> = {
  EMPTY_INPUT: 'empty',
  NO_SECTIONS: 'empty',
  ENCRYPTED: 'encrypted',
  DRM_PROTECTED: 'encrypted',
  UNSUPPORTED_FORMAT: 'unsupported',
  ZIP_BOMB: 'zip-bomb',
  DECOMPRESSION_BOMB: 'zip-bomb',
  OUTPUT_TOO_LARGE: 'too-much-text',
}

export async function readOffice(bytes: Buffer): Promise<ReadDocument> {
  const copy = new Uint8Array(bytes).buffer
  const result = await parse(copy)
  if (!result.success)
    throw new ReadFailure((result.code && CODES[result.code]) ?? 'damaged', '', result.error)
  // kordoc cuts a long sheet without a word in its text.
  if (result.warnings?.some(({ code }) => code === 'TRUNCATED_TABLE')) throw new ReadFailure('too-much-text')
  return { title: result.metadata?.title?.trim() || null, markdown: tidy(result.markdown) }
}

/** Tables with merged cells come as HTML; pictures as names of files that nobody has. */
function tidy(markdown: string): string {
  return markdown
    .replaceAll(/<table[\s\S]*?<\/table>/g, (table) => `\n\n${htmlToMarkdown(table)}\n\n`)
    .replaceAll(/!\[[^\]\n]*\]\([^)\n]*\)/g, '')
}
