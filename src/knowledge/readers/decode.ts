// Bytes to text. Korean files come as UTF-8, as UTF-16 from Windows Notepad, and as CP949 from Excel and old systems.
import { ReadFailure } from './failure.ts'

/** `label`: what an HTTP header or a <meta> says; it is believed unless the bytes say otherwise. */
export function decodeText(bytes: Uint8Array, label?: string | null): string {
  const byMark = markOf(bytes)
  if (byMark) return decode(byMark, bytes)
  const utf16 = utf16Of(bytes)
  if (utf16) return decode(utf16, bytes)
  if (bytes.includes(0)) throw new ReadFailure('damaged')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
  }
  return decode(known(label) ?? 'euc-kr', bytes)
}

function markOf([a, b, c]: Uint8Array): string | null {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  return a === 0xfe && b === 0xff ? 'utf-16be' : null
}

/** Without a mark: spaces and line breaks have a zero byte beside them, always on the same side. */
function utf16Of(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, 4096)
  if (bytes.length % 2 === 1 || !sample.includes(0)) return null
  const counts = { even: 0, odd: 0 }
  for (let at = 0; at + 1 < sample.length; at += 2) {
    if (sample[at] === 0 && isCommon(sample[at + 1])) counts.even++
    if (sample[at + 1] === 0 && isCommon(sample[at])) counts.odd++
  }
  if (counts.even === 0 && counts.odd > 0) return 'utf-16le'
  return counts.odd === 0 && counts.even > 0 ? 'utf-16be' : null
}

function isCommon(byte: number | undefined): boolean {
  return byte !== undefined && (byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127))
}

/** `euc-kr` is CP949 in the web's table, with all 11,172 syllables. */
function decode(encoding: string, bytes: Uint8Array): string {
  const text = new TextDecoder(encoding).decode(bytes)
  // More than a stray byte: it is no text in any of these.
  const strange = text.match(/[\uFFFD\x00-\x08\x0E-\x1A\x1C-\x1F]/g)?.length ?? 0
  if (strange > Math.max(3, text.length / 50)) throw new ReadFailure('damaged')
  return text
}

function known(label: string | null | undefined): string | null {
  if (!label) return null
  try {
    return new TextDecoder(label.trim()).encoding
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
