// Whether a passage, or its stored translation, bears out a sentence: every value and name in it, nothing denied, and the
// same subject.
import { isKoreanText } from '../../text/language.ts'
import { findValues, type Value } from '../../text/values.ts'
import { givesValue } from './bounds.ts'
import { hasTerm, namesOtherTier, type Term, termsOf } from './names.ts'
import { contradicts } from './polarity.ts'
import { saysOpposite } from './stance.ts'
import { isOfAnother, type Statement, toStatements } from './subject.ts'
import { contentOf, isKoreanSentence, shareOf } from './wording.ts'

export type Reason =
  | 'no such passage'
  | 'value not there'
  | 'name not there'
  | 'says the opposite'
  | 'another subject'

export interface NumberedPassage {
  n: number
  text: string
  /** Its title and headings: they belong to what it says, and may be in another language. */
  about?: string
  translation?: string
}

interface Text {
  text: string
  isKorean: boolean
  statements: readonly Statement[]
}

/** A passage made ready to be compared with many sentences. */
export interface Evidence {
  n: number
  texts: readonly Text[]
  all: string
  values: readonly Value[]
}

/** A sentence made ready likewise. */
export interface Claim {
  text: string
  isKorean: boolean
  values: readonly Value[]
  terms: readonly Term[]
  content: ReadonlySet<string>
}

// Passages about other things share fewer words than these with a sentence, and the right one more by that much.
const LITTLE = 0.3
const CLEARLY_MORE = 0.3
const NOTHING = 0.05
const ENOUGH_WORDS = 5

export function toEvidence({ n, text, about, translation }: NumberedPassage): Evidence {
  const texts = (translation ? [text, translation] : [text]).map((part, at) => {
    const whole = (at === 0 && about ? `${about}\n${part}` : part).normalize('NFC')
    const isKorean = isKoreanText(part.normalize('NFC'))
    return { text: whole, isKorean, statements: toStatements(whole, isKorean) }
  })
  return {
    ...{ n, texts, all: texts.map((one) => one.text).join('\n') },
    values: texts.flatMap(valuesOf),
  }
}

/** An English passage may name figures in Korean beside its own. */
function valuesOf({ text, isKorean }: Text): Value[] {
  if (isKorean) return findValues(text, 'ko')
  return [...findValues(text, 'en'), ...(/[가-힣]/.test(text) ? findValues(text, 'ko') : [])]
}

export function toClaim(sentence: string): Claim {
  const text = sentence.normalize('NFC')
  const isKorean = isKoreanSentence(text)
  const values = findValues(text, isKorean ? 'ko' : 'en')
  return {
    ...{ text, isKorean },
    values: values.filter((value) => !value.isLoose),
    terms: termsOf(without(text, values), isKorean),
    content: contentOf(text),
  }
}

function without(text: string, values: readonly Value[]): string {
  let rest = text
  for (const { start, end } of values) rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end)
  // Addresses of links say nothing about products.
  return rest.replace(/\]\([^)]*\)/g, ' ').replace(/<[^>]*>/g, ' ')
}

/** The values of a claim that none of the passages has. */
export function missingFrom(claim: Claim, passages: readonly Evidence[]): Value[] {
  const values = passages.flatMap((passage) => passage.values)
  return claim.values.filter((value) => !givesValue(claim.text, value, values))
}

/** Why passages that have all the values do not bear the claim out; null: they do. */
export function objectionTo(
  claim: Claim,
  cited: readonly Evidence[],
  others: readonly Evidence[],
): Reason | null {
  const all = cited.map((passage) => passage.all).join('\n')
  if (claim.terms.some((term) => !bearsName(term, claim, cited, all, others))) return 'name not there'
  if (namesOtherTier(claim.text, all)) return 'name not there'
  const [ours, besides] = [cited, others].map((passages) => statementsOf(passages, claim.isKorean))
  if (cited.every((passage) => isReadable(passage, claim)) && isOfAnother(claim, ours!, besides!))
    return 'name not there'
  const same = cited.flatMap(({ texts }) => texts.filter((one) => one.isKorean === claim.isKorean))
  const isDenied = same.some(({ text }) => contradicts(claim.text, text))
  if (
    isDenied ||
    saysOpposite(
      claim.text,
      cited.flatMap(({ texts }) => texts.map(({ text }) => text)),
    )
  )
    return 'says the opposite'
  return isElsewhere(claim, same.map(({ text }) => text).join('\n'), cited.length === 0 ? [] : others)
    ? 'another subject'
    : null
}

function isReadable({ texts }: Evidence, claim: Claim): boolean {
  return texts.some((text) => text.isKorean === claim.isKorean)
}

function statementsOf(passages: readonly Evidence[], isKorean: boolean): Statement[] {
  return passages.flatMap(({ texts }) =>
    texts.flatMap((text) => (text.isKorean === isKorean ? text.statements : [])),
  )
}

/** Across languages without a translation only sure names count, and those that another passage has. */
function bearsName(
  term: Term,
  claim: Claim,
  cited: readonly Evidence[],
  all: string,
  others: readonly Evidence[],
): boolean {
  if (hasTerm(all, term.text)) return true
  if (term.isSure || cited.some((passage) => isReadable(passage, claim))) return false
  return !others.some((other) => hasTerm(other.all, term.text))
}

function isElsewhere(claim: Claim, text: string, others: readonly Evidence[]): boolean {
  if (text === '') return false
  const own = shareOf(claim.content, contentOf(text))
  if (own < NOTHING && claim.content.size >= ENOUGH_WORDS) return true
  if (own >= LITTLE) return false
  const best = Math.max(0, ...others.map((other) => shareOf(claim.content, contentOf(other.all))))
  return best - own > CLEARLY_MORE
}

/** Whether one of several cited passages has anything of the claim: a value, a name or its subject. */
export function contributes(claim: Claim, passage: Evidence): boolean {
  if (claim.values.some((value) => givesValue(claim.text, value, passage.values))) return true
  if (claim.values.length > 0) return shareOf(claim.content, contentOf(passage.all)) >= LITTLE
  if (claim.terms.some((term) => hasTerm(passage.all, term.text))) return true
  return !isReadable(passage, claim) || shareOf(claim.content, contentOf(passage.all)) >= LITTLE / 2
}
