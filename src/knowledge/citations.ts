// Holds an answer against the passages it cites: what a passage does not bear out loses its citation, what no passage says
// loses its sentence, and the citations that are left are numbered anew. Pure.
import type { Lang } from '../core/error.ts'
import {
  type Claim,
  contributes,
  type Evidence,
  missingFrom,
  type NumberedPassage,
  objectionTo,
  type Reason,
  toClaim,
  toEvidence,
} from './citations/evidence.ts'
import { readMarks, writeMarks } from './citations/markers.ts'
import { toUnits, type Unit } from './citations/units.ts'

export interface DroppedCitation {
  sentence: string
  /** The passage it cited; null for a sentence that cites none and states what none says. */
  n: number | null
  reason: Reason
}

export interface CheckedCitations {
  text: string
  /** Numbers of passages in order of first citation: [1] in the text is the first of them. */
  cited: number[]
  dropped: DroppedCitation[]
  /** False when no valid citation is left: the answer counts as not borne out. */
  isSupported: boolean
}

interface Verdict {
  valid: number[]
  dropped: DroppedCitation[]
  /** The sentence goes, not only its marks. */
  isInvented: boolean
}

/**
 * `passages` are what the model was given; `translation` is a passage in the other language. Values of `question` may be
 * repeated without a source. Code, headings and the heads of tables are left as they are.
 */
export function checkCitations(input: {
  text: string
  passages: readonly NumberedPassage[]
  lang: Lang
  question?: string
}): CheckedCitations {
  const passages = input.passages.map(toEvidence)
  const asked = input.question ? [toEvidence({ n: 0, text: input.question })] : []
  const places = new Map<number, number>()
  const dropped: DroppedCitation[] = []
  const place = (n: number): number => {
    if (!places.has(n)) places.set(n, places.size + 1)
    return places.get(n)!
  }
  const checked = toUnits(input.text.normalize('NFC')).map((unit) => {
    if (unit.kind === 'fixed') return { unit, shown: unit.text }
    const { bare, numbers } = readMarks(unit.text)
    const verdict = judge(bare, numbers, passages, asked)
    dropped.push(...verdict.dropped)
    if (verdict.isInvented) return { unit, shown: null }
    const marks = verdict.valid.map(place)
    return { unit, shown: show(unit, bare, marks, input.lang) }
  })
  const cited = [...places.keys()]
  return { text: assemble(checked), cited, dropped, isSupported: cited.length > 0 }
}

function judge(
  bare: string,
  numbers: readonly number[],
  passages: readonly Evidence[],
  asked: readonly Evidence[],
): Verdict {
  const sentence = bare.trim()
  const claim = toClaim(sentence)
  const known = numbers.filter((n) => passages.some((passage) => passage.n === n))
  const drop = (n: number | null, reason: Reason): DroppedCitation => ({ sentence, n, reason })
  const dropped = numbers.filter((n) => !known.includes(n)).map((n) => drop(n, 'no such passage'))
  // A mark alone, or a sentence of nothing but punctuation, claims nothing.
  if (!/[\p{L}\p{N}]/u.test(sentence)) return { valid: [], dropped, isInvented: false }
  const cited = passages.filter(({ n }) => known.includes(n))
  const reason = cited.length === 0 ? null : objection(claim, cited, passages, asked)
  const isNowhere = missingFrom(claim, [...passages, ...asked]).length > 0
  if (cited.length > 0 && reason === null) {
    const valid = known.filter(
      (n) => cited.length === 1 || cited.some((passage) => passage.n === n && contributes(claim, passage)),
    )
    const idle = known.filter((n) => !valid.includes(n)).map((n) => drop(n, 'another subject' as const))
    return { valid, dropped: [...dropped, ...idle], isInvented: false }
  }
  const wrong = reason === null ? [] : known.map((n) => drop(n, reason))
  if (numbers.length === 0 && isNowhere) dropped.push(drop(null, 'value not there'))
  // What its own source denies is not left standing without one.
  return {
    valid: [],
    dropped: [...dropped, ...wrong],
    isInvented: isNowhere || reason === 'says the opposite' || namesNothing(claim, reason, passages),
  }
}

function objection(
  claim: Claim,
  cited: readonly Evidence[],
  passages: readonly Evidence[],
  asked: readonly Evidence[],
): Reason | null {
  if (missingFrom(claim, [...cited, ...asked]).length > 0) return 'value not there'
  const others = passages.filter((passage) => !cited.includes(passage))
  return objectionTo(claim, cited, others)
}

/** Whether a name of the claim stands in no passage at all. */
function namesNothing(claim: Claim, reason: Reason | null, passages: readonly Evidence[]): boolean {
  return reason === 'name not there' && objectionTo(claim, passages, []) === 'name not there'
}

function show(unit: Unit, bare: string, marks: readonly number[], lang: Lang): string {
  if (unit.kind === 'sentence') return writeMarks(bare, marks, lang)
  // In a table the marks stand at the end of the last cell.
  const end = bare.match(/\s*\|?\s*$/)!
  return writeMarks(bare.slice(0, end.index), marks, lang) + end[0]
}

/** Joins what is left; a line of which every sentence went goes with its list mark. */
function assemble(checked: readonly { unit: Unit; shown: string | null }[]): string {
  const lines = Map.groupBy(checked, ({ unit }) => unit.line)
  let text = ''
  for (const units of lines.values()) {
    const left = units.filter((one): one is { unit: Unit; shown: string } => one.shown !== null)
    if (left.length === 0) continue
    const ending = units.at(-1)!.shown === null && units.at(-1)!.unit.text.endsWith('\n') ? '\n' : ''
    const line = left.map(({ shown }) => shown).join('')
    text += units[0]!.unit.prefix + (ending ? line.trimEnd() + ending : line)
  }
  return text.replace(/\n{3,}/g, '\n\n').trim()
}
