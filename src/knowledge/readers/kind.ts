// What a file is, by what it contains first and by its name second: names lie, and a renamed .doc must not reach a
// reader of something else.
import { extname } from 'node:path'
import { ReadFailure } from './failure.ts'

export type FileKind = 'markdown' | 'text' | 'html' | 'csv' | 'pdf' | 'docx' | 'xlsx' | 'hwp'

/** A zip container is looked into first (zip.ts): docx, xlsx or hwpx. */
export type RawKind = Exclude<FileKind, 'docx' | 'xlsx'> | 'xls' | 'zip'

const BY_EXTENSION: Readonly<Record<string, FileKind>> = {
  ...{ '.md': 'markdown', '.markdown': 'markdown', '.mdx': 'markdown' },
  ...{ '.txt': 'text', '.text': 'text', '.log': 'text' },
  ...{ '.html': 'html', '.htm': 'html', '.xhtml': 'html' },
  ...{ '.csv': 'csv', '.tsv': 'csv' },
  ...{ '.pdf': 'pdf', '.docx': 'docx', '.xlsx': 'xlsx', '.xlsm': 'xlsx', '.xls': 'xlsx' },
  ...{ '.hwp': 'hwp', '.hwpx': 'hwp', '.hml': 'hwp' },
}

/** By name only; null for what the knowledge base does not read. */
export function kindOfName(name: string): FileKind | null {
  return BY_EXTENSION[extname(name).toLowerCase()] ?? null
}

/** Throws ReadFailure: empty, encrypted, damaged, unsupported. */
export function kindOf(name: string, bytes: Buffer): RawKind {
  if (bytes.length === 0) throw new ReadFailure('empty')
  const byName = kindOfName(name)
  if (bytes.subarray(0, 1024).includes('%PDF-')) return 'pdf'
  if (startsWith(bytes, 'PK\x03\x04') || startsWith(bytes, 'PK\x05\x06')) return 'zip'
  if (startsWith(bytes, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return kindOfCompound(name, bytes)
  if (startsWith(bytes, 'HWP Document File')) return 'hwp'
  if (byName === null) {
    if (/^\s*(?:<!doctype html|<html[\s>])/i.test(bytes.subarray(0, 512).toString('latin1'))) return 'html'
    throw new ReadFailure('unsupported', extname(name).toLowerCase())
  }
  if (byName === 'hwp' && bytes.subarray(0, 512).includes('<HWPML')) return 'hwp'
  // The name promises a binary format that is not there.
  if (byName === 'pdf' || byName === 'docx' || byName === 'xlsx' || byName === 'hwp')
    throw new ReadFailure('damaged')
  return byName
}

/** Microsoft's compound file: old Office, HWP 5, or a new Office file that is encrypted. Streams are named in UTF-16. */
function kindOfCompound(name: string, bytes: Buffer): RawKind {
  const has = (stream: string): boolean => bytes.includes(Buffer.from(stream, 'utf16le'))
  if (has('EncryptedPackage')) throw new ReadFailure('encrypted')
  if (has('HwpSummaryInformation') || bytes.includes('HWP Document File')) return 'hwp'
  if (has('Workbook')) return 'xls'
  const byName = kindOfName(name)
  if (byName && !has('WordDocument') && !has('PowerPoint Document')) throw new ReadFailure('damaged')
  throw new ReadFailure('unsupported', extname(name).toLowerCase())
}

function startsWith(bytes: Buffer, magic: string): boolean {
  return bytes.subarray(0, magic.length).toString('latin1') === magic
}
