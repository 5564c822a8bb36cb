// Looks into a zip container before anything unpacks it: what its directory promises, and what really comes out. A few
// kilobytes can promise, or hide, terabytes.
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Entry, ZipFile } from 'yauzl'
import { ReadFailure } from './failure.ts'
import type { FileKind } from './kind.ts'
import type { ReadLimits } from './limits.ts'

/** Small documents compress well: below this no ratio is suspicious. */
const HARMLESS_BYTES = 10 * 1024 * 1024
const MAX_ENTRIES = 10_000

/** Throws ReadFailure: damaged, encrypted, zip-bomb, unsupported. */
export async function inspectZip(bytes: Buffer, limits: ReadLimits): Promise<FileKind> {
  const { fromBufferPromise } = await import('yauzl')
  const most = Math.max(
    HARMLESS_BYTES,
    Math.min(limits.maxUnpackedBytes, bytes.length * limits.maxUnpackRatio),
  )
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true })
    const entries = await directoryOf(zip, most)
    const kind = kindOfEntries(entries.map((entry) => entry.fileName))
    await count(zip, entries, most)
    return kind
  } catch (error) {
    if (error instanceof ReadFailure) throw error
    // yauzl's words for an entry that is larger than its directory says.
    const isLie = error instanceof Error && error.message.startsWith('too many bytes')
    throw new ReadFailure(isLie ? 'zip-bomb' : 'damaged', '', error)
  }
}

async function directoryOf(zip: ZipFile, most: number): Promise<Entry[]> {
  const entries: Entry[] = []
  let promised = 0
  for await (const entry of zip.eachEntry()) {
    // The first bit: encrypted.
    if (entry.generalPurposeBitFlag & 1) throw new ReadFailure('encrypted')
    promised += entry.uncompressedSize
    entries.push(entry)
    if (promised > most || entries.length > MAX_ENTRIES) throw new ReadFailure('zip-bomb')
  }
  return entries
}

/** The directory may lie, so everything is unpacked once, into nothing. */
async function count(zip: ZipFile, entries: readonly Entry[], most: number): Promise<void> {
  let total = 0
  for (const entry of entries) {
    const counter = new Writable({
      write(chunk: Buffer, _encoding, done) {
        total += chunk.length
        done(total > most ? new ReadFailure('zip-bomb') : null)
      },
    })
    await pipeline(await zip.openReadStreamPromise(entry), counter)
  }
}

function kindOfEntries(names: readonly string[]): FileKind {
  const has = (name: string): boolean => names.includes(name)
  if (has('word/document.xml')) return 'docx'
  if (has('xl/workbook.xml')) return 'xlsx'
  if (has('Contents/content.hpf') || names.some((name) => /^Contents\/section\d+\.xml$/i.test(name)))
    return 'hwp'
  throw new ReadFailure('unsupported', has('ppt/presentation.xml') ? '.pptx' : '.zip')
}
