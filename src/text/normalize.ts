// Makes incoming text safe to store, compare and show: one Unicode form, no invisible characters.
// It never changes what a reader sees; Markdown and mentions are left to their own files.

// C0 and C1 controls without \t and \n, bidi marks, overrides and isolates, zero-width characters,
// soft hyphens, interlinear marks. U+200D is judged apart: it holds emoji families together.
const INVISIBLE =
  /\u034F|[\0-\x08\x0B-\x1F\x7F-\x9F\u00AD\u061C\u180E\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g

const LINE_BREAKS = /\r\n?|[\v\f\x85\u2028\u2029]/g

// Spaces that look like one space but do not match it, with the two Hangul fillers people use as blank names.
const ODD_SPACES = /[\u00A0\u2007\u202F\u3164\uFFA0]/g

const STRAY_JOINER =
  /(?<!\p{Extended_Pictographic}[\uFE0F\u{1F3FB}-\u{1F3FF}]?)\u200D|\u200D(?!\p{Extended_Pictographic})/gu

// Tag characters are only legitimate in the flags of England, Scotland and Wales; elsewhere they smuggle text.
const TAGS = /(\u{1F3F4}[\u{E0030}-\u{E007A}]{1,6}\u{E007F})|[\u{E0000}-\u{E007F}]/gu

/**
 * NFC, never NFKC: NFKC turns the jamo of "ㅋㅋㅠㅠ" into other letters, while macOS sends NFD Hangul that matches
 * nothing. Lone surrogates become U+FFFD. Idempotent.
 */
export function normalizeText(raw: string): string {
  return (
    raw
      .toWellFormed()
      .replace(LINE_BREAKS, '\n')
      .replace(ODD_SPACES, ' ')
      .replace(INVISIBLE, '')
      .replace(TAGS, (_, flag: string | undefined) => flag ?? '')
      .replace(STRAY_JOINER, '')
      // Last, because removing an invisible character can bring two jamo together.
      .normalize('NFC')
      .trim()
  )
}
