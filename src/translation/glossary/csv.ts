// A glossary as a table: one row per term, a column per language, and "do not translate", "forbidden" and "case" where they
// are needed. Good rows are taken, bad ones are told by number, contradictions by name.
import { parse } from 'csv-parse/sync'
import type { Both } from '../../core/error.ts'
import { parseTargetLang, TARGET_LANGS, type TargetLang } from '../../core/target-lang.ts'
import type { Term } from '../model.ts'

export interface BadRow {
  /** As a spreadsheet numbers it; the header is row 1. */
  row: number
  why: Both
}

export interface ReadTerms {
  terms: Term[]
  bad: BadRow[]
}

export const MAX_TERMS = 10_000
export const MAX_FORM_CHARS = 100
const YES = ['1', 'y', 'yes', 'true', 'o', 'x', '예', '네', 'keep', '번역안함']

const WHY = {
  header: {
    ko: '첫 줄에 언어 열이 두 개 이상 있어야 해요. 예: ko,en,keep,forbidden,case',
    en: 'the first row needs at least two languages, e.g. ko,en,keep,forbidden,case',
  },
  unreadable: { ko: 'CSV로 읽을 수 없어요', en: 'this is not readable as CSV' },
  tooFew: { ko: '두 언어의 말이 있어야 해요', en: 'it needs a word in two languages' },
  empty: { ko: '말이 없어요', en: 'there is no word in it' },
  tooLong: {
    ko: `말 하나는 ${MAX_FORM_CHARS}자까지예요`,
    en: `a word has at most ${MAX_FORM_CHARS} characters`,
  },
  lines: { ko: '줄바꿈은 쓸 수 없어요', en: 'a word has no line breaks' },
  tooMany: { ko: `용어는 ${MAX_TERMS}개까지예요`, en: `there can be ${MAX_TERMS} terms` },
} as const satisfies Record<string, Both>

export function readTermsCsv(text: string): ReadTerms {
  let rows: string[][]
  try {
    rows = parse(text.replace(/^\uFEFF/, ''), {
      delimiter: [',', '\t', ';'],
      relax_column_count: true,
      skip_empty_lines: false,
      trim: true,
    })
  } catch {
    return { terms: [], bad: [{ row: 1, why: WHY.unreadable }] }
  }
  const columns = columnsOf(rows[0] ?? [])
  if (columns.filter((one) => isLang(one)).length < 2)
    return { terms: [], bad: [{ row: 1, why: WHY.header }] }
  const read: ReadTerms = { terms: [], bad: [] }
  const known = new Map<string, { row: number; term: Term }>()
  for (const [index, cells] of rows.slice(1).entries()) {
    const row = index + 2
    if (cells.every((cell) => cell === '')) continue
    const term = termOf(columns, cells)
    const why = whyBad(term) ?? contradiction(term, known, row)
    if (why) read.bad.push({ row, why })
    else if (read.terms.length >= MAX_TERMS) read.bad.push({ row, why: WHY.tooMany })
    else read.terms.push(term)
  }
  return read
}

type Column = TargetLang | 'keep' | 'forbidden' | 'case' | null

function isLang(column: Column): column is TargetLang {
  return TARGET_LANGS.some((lang) => lang === column)
}

function columnsOf(header: readonly string[]): Column[] {
  return header.map((name) => {
    const wanted = name
      .trim()
      .toLowerCase()
      .replace(/[\s_-]+/g, '')
    if (['keep', 'donottranslate', 'dnt', '번역안함'].includes(wanted)) return 'keep'
    if (['forbidden', '금지', '금지어'].includes(wanted)) return 'forbidden'
    if (['case', 'casesensitive', '대소문자'].includes(wanted)) return 'case'
    return parseTargetLang(name)
  })
}

function termOf(columns: readonly Column[], cells: readonly string[]): Term {
  const term: Term = { forms: {}, kind: 'fixed', forbidden: [], isCaseSensitive: false }
  for (const [at, column] of columns.entries()) {
    const cell = (cells[at] ?? '').normalize('NFC').trim()
    if (cell === '' || column === null) continue
    if (column === 'keep') term.kind = YES.includes(cell.toLowerCase()) ? 'keep' : 'fixed'
    else if (column === 'case') term.isCaseSensitive = YES.includes(cell.toLowerCase())
    else if (column === 'forbidden')
      term.forbidden = cell
        .split('|')
        .map((one) => one.trim())
        .filter(Boolean)
    else term.forms[column] = cell
  }
  return term
}

/** Null for a term that can be used. */
export function whyBad({ forms, kind, forbidden }: Term): Both | null {
  const words = [...Object.values(forms), ...forbidden]
  if (Object.keys(forms).length === 0) return WHY.empty
  if (kind === 'fixed' && Object.keys(forms).length < 2) return WHY.tooFew
  if (words.some((word) => word.length > MAX_FORM_CHARS)) return WHY.tooLong
  return words.some((word) => /[\r\n]/.test(word)) ? WHY.lines : null
}

/** The same word, with another one for it in the same language, in an earlier row. */
function contradiction(
  term: Term,
  known: Map<string, { row: number; term: Term }>,
  row: number,
): Both | null {
  const names = namesOf(term)
  for (const name of names) {
    const before = known.get(name)
    const clash = before && clashOf(before.term, term)
    if (clash)
      return {
        ko: `${before.row}행과 맞지 않아요: ${clash}`,
        en: `it contradicts row ${before.row}: ${clash}`,
      }
  }
  for (const name of names) known.set(name, { row, term })
  return null
}

export function namesOf({ forms }: Pick<Term, 'forms'>): string[] {
  return Object.entries(forms).map(([lang, form]) => `${lang}:${form.toLowerCase()}`)
}

/** "refund ≠ reimbursement", where two terms that share a word do not agree; null where they do. */
export function clashOf(a: Term, b: Term): string | null {
  for (const lang of TARGET_LANGS) {
    const [one, other] = [a.forms[lang], b.forms[lang]]
    if (one && other && one.toLowerCase() !== other.toLowerCase()) return `${one} ≠ ${other}`
  }
  return a.kind === b.kind ? null : `${Object.values(b.forms)[0]}: ${a.kind} ≠ ${b.kind}`
}

export function writeTermsCsv(terms: readonly Term[]): string {
  const langs = TARGET_LANGS.filter(
    (lang) => lang === 'ko' || lang === 'en' || terms.some(({ forms }) => forms[lang]),
  )
  const rows = terms.map(({ forms, kind, forbidden, isCaseSensitive }) => [
    ...langs.map((lang) => forms[lang] ?? ''),
    kind === 'keep' ? 'yes' : '',
    forbidden.join('|'),
    isCaseSensitive ? 'yes' : '',
  ])
  return [[...langs, 'keep', 'forbidden', 'case'], ...rows].map(toCsvLine).join('')
}

export function toCsvLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`
}

/** A cell that begins like a formula gets an apostrophe in front, or a spreadsheet would run it. */
function quoted(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
