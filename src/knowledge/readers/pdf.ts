// PDF: lines from the positions of their letters, headings from their size. No pictures, so a scan has no text.
import { fileURLToPath } from 'node:url'
import { getDocumentProxy } from 'unpdf'
import type { ReadDocument } from '../model.ts'
import { ReadFailure } from './failure.ts'
import type { ReadLimits } from './limits.ts'
import { type Line, linesToMarkdown } from './pdf-lines.ts'

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>

/** A page number or a watermark is no text: so many characters a page must be there on average. */
const MIN_CHARS_PER_PAGE = 4

/** Older Korean PDFs name their letters by tables that every viewer has (KSCms-UHC-H); unpdf comes without them. */
const CMAPS = fileURLToPath(new URL('./cmaps/', import.meta.resolve('pdfjs-dist/package.json')))

export async function readPdf(bytes: Buffer, limits: ReadLimits): Promise<ReadDocument> {
  const pdf = await open(bytes)
  if (pdf.numPages > limits.maxPages) throw new ReadFailure('too-many-pages', String(limits.maxPages))
  const pages: Line[][] = []
  let chars = 0
  for (let number = 1; number <= pdf.numPages; number++) {
    const lines = await linesOf(pdf, number)
    chars += lines.reduce((sum, { text }) => sum + text.replaceAll(/\s/g, '').length, 0)
    if (chars > limits.maxChars) throw new ReadFailure('too-much-text', String(limits.maxChars))
    pages.push(lines)
  }
  if (chars < pdf.numPages * MIN_CHARS_PER_PAGE) throw new ReadFailure('needs-ocr')
  const info = (await pdf.getMetadata()).info as { Title?: unknown }
  return { title: toTitle(info.Title), markdown: linesToMarkdown(pages) }
}

async function open(bytes: Buffer): Promise<Pdf> {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0, cMapUrl: CMAPS, cMapPacked: true })
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'PasswordException'
    throw new ReadFailure(isLocked ? 'encrypted' : 'damaged', '', error)
  }
}

async function linesOf(pdf: Pdf, number: number): Promise<Line[]> {
  const page = await pdf.getPage(number)
  const { items } = await page.getTextContent()
  const lines: Line[] = []
  let current: Line & { end: number } = { text: '', size: 0, top: 0, end: 0 }
  const close = (): void => {
    if (current.text.trim() !== '')
      lines.push({ text: current.text.trim(), size: current.size, top: current.top })
    current = { text: '', size: 0, top: 0, end: 0 }
  }
  for (const item of items) {
    if (!('str' in item)) continue
    const [x, y] = [Number(item.transform[4]), Number(item.transform[5])]
    if (current.text !== '' && Math.abs(y - current.top) > Math.max(item.height, current.size) / 2) close()
    const isApart = current.text !== '' && x - current.end > item.height / 4 && !/\s$/.test(current.text)
    if (item.str !== '') {
      current.text += (isApart ? ' ' : '') + item.str
      current.size = Math.max(current.size, item.height)
      current.top = y
      current.end = x + item.width
    }
    if (item.hasEOL) close()
  }
  close()
  page.cleanup()
  return lines
}

/** Many programs write the name of the file, or of the template, there. */
function toTitle(title: unknown): string | null {
  const text = typeof title === 'string' ? title.trim() : ''
  return text === '' ||
    /\.(?:docx?|hwpx?|pptx?|xlsx?|pdf|indd)$|^(?:Microsoft Word - |제목 없음|untitled)/i.test(text)
    ? null
    : text
}
