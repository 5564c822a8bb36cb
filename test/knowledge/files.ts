// Real files of every kind that the knowledge base reads, made when they are needed.
import { buffer } from 'node:stream/consumers'
import { deflateRawSync } from 'node:zlib'
import CFB from 'cfb'
import { markdownToHwpx } from 'kordoc'
import { fromBufferPromise } from 'yauzl'
import { ZipFile } from 'yazl'

export async function zip(entries: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const file = new ZipFile()
  for (const [name, content] of Object.entries(entries)) file.addBuffer(Buffer.from(content), name)
  file.end()
  const parts: Buffer[] = []
  for await (const part of file.outputStream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** The same container with one more file in it. */
export async function withEntry(container: Buffer, name: string, content: Buffer): Promise<Buffer> {
  const entries: Record<string, Buffer> = {}
  const opened = await fromBufferPromise(container, { lazyEntries: true })
  for await (const entry of opened.eachEntry())
    if (!entry.fileName.endsWith('/'))
      entries[entry.fileName] = await buffer(await opened.openReadStreamPromise(entry))
  return zip({ ...entries, [name]: content })
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPES = `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`
const RELS = (target: string): string =>
  `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="${target}"/></Relationships>`

/** A Word file: a heading, a paragraph, a table. */
export function docx(
  heading: string,
  text: string,
  rows: readonly string[][],
  more: Record<string, Buffer> = {},
) {
  const run = (value: string): string => `<w:r><w:t>${value}</w:t></w:r>`
  const cells = (row: readonly string[]): string =>
    row.map((cell) => `<w:tc><w:p>${run(cell)}</w:p></w:tc>`).join('')
  const table = `<w:tbl>${rows.map((row) => `<w:tr>${cells(row)}</w:tr>`).join('')}</w:tbl>`
  const title = `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>${run(heading)}</w:p>`
  return zip({
    '[Content_Types].xml': `${TYPES}<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': RELS('word/document.xml'),
    'word/document.xml': `${XML}<w:document ${W}><w:body>${title}<w:p>${run(text)}</w:p>${table}</w:body></w:document>`,
    ...more,
  })
}

/** A workbook of one sheet. */
export function xlsx(sheet: string, rows: readonly string[][]): Promise<Buffer> {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const cell = (value: string, at: number, row: number): string =>
    `<c r="${String.fromCharCode(65 + at)}${row}" t="inlineStr"><is><t>${value}</t></is></c>`
  const lines = rows.map(
    (row, n) => `<row r="${n + 1}">${row.map((each, at) => cell(each, at, n + 1)).join('')}</row>`,
  )
  return zip({
    '[Content_Types].xml': `${TYPES}<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    '_rels/.rels': RELS('xl/workbook.xml'),
    'xl/workbook.xml': `${XML}<workbook xmlns="${main}" xmlns:r="${OFFICE}"><sheets><sheet name="${sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `${XML}<worksheet xmlns="${main}"><sheetData>${lines.join('')}</sheetData></worksheet>`,
  })
}

export async function hwpx(markdown: string): Promise<Buffer> {
  return Buffer.from(await markdownToHwpx(markdown))
}

/** HWP 5.0: streams in a compound file, paragraphs as records, deflated. */
export function hwp(paragraphs: readonly string[], how: { isEncrypted?: boolean } = {}): Buffer {
  const header = Buffer.alloc(256)
  header.write('HWP Document File', 'latin1')
  header.writeUInt32LE(0x05000300, 32)
  header.writeUInt32LE(how.isEncrypted ? 3 : 1, 36)
  const body = paragraphs.flatMap((text) => {
    const chars = Buffer.from(`${text}\r`, 'utf16le')
    const head = Buffer.alloc(24)
    head.writeUInt32LE(chars.length / 2, 0)
    return [record(66, 0, head), record(67, 1, chars)]
  })
  const file = CFB.utils.cfb_new()
  CFB.utils.cfb_add(file, '/FileHeader', header)
  CFB.utils.cfb_add(file, '/DocInfo', deflateRawSync(record(16, 0, Buffer.alloc(26, 1))))
  CFB.utils.cfb_add(file, '/BodyText/Section0', deflateRawSync(Buffer.concat(body)))
  return Buffer.from(CFB.write(file, { type: 'buffer' }) as Buffer)
}

function record(tag: number, level: number, data: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32LE((tag | (level << 10) | (data.length << 20)) >>> 0)
  return Buffer.concat([head, data])
}

/** What Office writes for a file with a password: an encrypted package in a compound file. */
export function encryptedOffice(): Buffer {
  const file = CFB.utils.cfb_new()
  CFB.utils.cfb_add(file, '/EncryptedPackage', Buffer.alloc(5_000, 7))
  CFB.utils.cfb_add(file, '/EncryptionInfo', Buffer.alloc(200, 7))
  return Buffer.from(CFB.write(file, { type: 'buffer' }) as Buffer)
}

export function oldWord(): Buffer {
  const file = CFB.utils.cfb_new()
  CFB.utils.cfb_add(file, '/WordDocument', Buffer.alloc(5_000, 7))
  return Buffer.from(CFB.write(file, { type: 'buffer' }) as Buffer)
}

export interface PdfLine {
  text: string
  size: number
}

/** One page per list; each letter is its own code, and a table says which letter it is, as real programs write it. */
export function pdf(pages: readonly (readonly PdfLine[])[], how: { isEncrypted?: boolean } = {}): Buffer {
  const letters = [...new Set(pages.flat().flatMap(({ text }) => [...text]))]
  const code = (letter: string): string => (letters.indexOf(letter) + 1).toString(16).padStart(4, '0')
  const hex = (letter: string): string => Buffer.from(letter, 'utf16le').swap16().toString('hex')
  const map = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def 1 begincodespacerange <0000> <ffff> endcodespacerange\n${letters.map((each) => `1 beginbfchar <${code(each)}> <${hex(each)}> endbfchar`).join('\n')}\nendcmap end end`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, n) => `${6 + n * 2} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /Batang /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>',
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Batang /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>',
    stream(map),
    ...pages.flatMap((lines, n) => {
      let y = 800
      const shown = lines.map(({ text, size }) => {
        y -= size * 1.4
        return `BT /F1 ${size} Tf 1 0 0 1 50 ${y} Tm <${[...text].map(code).join('')}> Tj ET`
      })
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${7 + n * 2} 0 R >>`,
        stream(shown.join('\n')),
      ]
    }),
  ]
  if (how.isEncrypted) {
    const key = '00'.repeat(32)
    objects.push(`<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <${key}> /U <${key}> >>`)
  }
  return assemble(objects, how.isEncrypted ?? false)
}

/** As older Korean programs write it: letters by their UHC codes, without a table of its own. */
export function oldKoreanPdf(uhc: Buffer): Buffer {
  return assemble(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 1 /Kids [5 0 R] >>',
      '<< /Type /Font /Subtype /Type0 /BaseFont /HYSMyeongJo-Medium /Encoding /KSCms-UHC-H /DescendantFonts [4 0 R] >>',
      '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HYSMyeongJo-Medium /CIDSystemInfo << /Registry (Adobe) /Ordering (Korea1) /Supplement 1 >> /DW 1000 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 6 0 R >>',
      stream(`BT /F1 12 Tf 1 0 0 1 50 700 Tm <${uhc.toString('hex')}> Tj ET`),
    ],
    false,
  )
}

function stream(content: string): string {
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`
}

function assemble(objects: readonly string[], isEncrypted: boolean): Buffer {
  let text = '%PDF-1.7\n'
  const offsets = objects.map((object, n) => {
    const at = text.length
    text += `${n + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const start = text.length
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const locked = isEncrypted ? ` /Encrypt ${objects.length} 0 R /ID [<00> <00>]` : ''
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${locked} >>\nstartxref\n${start}\n%%EOF`
  return Buffer.from(text, 'latin1')
}

/** 배송 안내, in CP949 as Korean Excel saves it. */
export const CP949 = Buffer.from([0xb9, 0xe8, 0xbc, 0xdb, 0x20, 0xbe, 0xc8, 0xb3, 0xbb])
