// One file, read in the process that calls it: for process.ts, which may be killed. The libraries are loaded when a file
// needs them.
import type { ReadDocument } from '../model.ts'
import { readCsv } from './csv.ts'
import { ReadFailure } from './failure.ts'
import { kindOf } from './kind.ts'
import type { ReadLimits } from './limits.ts'
import { readMarkdown, readText } from './markdown.ts'
import { inspectZip } from './zip.ts'

export interface ReadRequest {
  /** A file name, or the last part of an address. */
  name: string
  bytes: Buffer
  /** For pages: their address and the encoding that the server named. */
  url?: string | null
  charset?: string | null
}

/** Throws ReadFailure for what we foresee; anything else is a damaged file or a library's mistake. */
export async function readDocument(request: ReadRequest, limits: ReadLimits): Promise<ReadDocument> {
  const document = await readKind(request, limits)
  const chars = document.markdown.length
  if (chars > limits.maxChars) throw new ReadFailure('too-much-text', String(limits.maxChars))
  if (document.markdown.trim() === '') throw new ReadFailure('empty')
  return document
}

async function readKind(request: ReadRequest, limits: ReadLimits): Promise<ReadDocument> {
  const { name, bytes } = request
  const raw = kindOf(name, bytes)
  const kind = raw === 'zip' ? await inspectZip(bytes, limits) : raw
  switch (kind) {
    case 'markdown':
      return readMarkdown(bytes)
    case 'text':
      return readText(bytes)
    case 'csv':
      return readCsv(bytes)
    case 'html': {
      const { readHtml } = await import('./html.ts')
      return readHtml(bytes, { url: request.url ?? null, charset: request.charset ?? null })
    }
    case 'pdf':
      return (await import('./pdf.ts')).readPdf(bytes, limits)
    case 'docx':
      return (await import('./docx.ts')).readDocx(bytes)
    case 'xlsx':
      return (await import('./xlsx.ts')).readXlsx(bytes, limits)
    case 'xls':
    case 'hwp':
      return (await import('./office.ts')).readOffice(bytes)
  }
}
