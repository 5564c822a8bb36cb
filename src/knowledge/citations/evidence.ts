// Whether a passage, or its stored translation, bears out a sentence: every value and name in it, nothing denied, and the
// same subject.
import { isKoreanText } from '../../text/language.ts'
import { findValues, hasValue, type Value } from '../../text/values.ts'
import { hasTerm, namesOtherTier, type Term, termsOf } from './names.ts'
import { contradicts } from './polarity.ts'
import { saysOpposite } from './stance.ts'
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

const AT_MOST_BEFORE =
  /(?:최대|늦어도|길어도|많게는|within|up to|at most|no more than|maximum of|maximum|no later than|as late as|under)\s$/i
const AT_MOST_AFTER = /^\s?(?:이내|이하|안에|까지|내에|at most|or less|max)/i
const AT_LEAST_BEFORE =
  /(?:최소|빠르면|적어도|at least|from|minimum of|minimum|starting at|as early as|no less than)\s$/i
const AT_LEAST_AFTER = /^\s?(?:이상|부터|or more)/i

// Passages about other things share fewer words than these with a sentence, and the right one more by that much.
const LITTLE = 0.3
const CLEARLY_MORE = 0.3
const NOTHING = 0.05
const ENOUGH_WORDS = 5

export function toEvidence({ n, text, about, translation }: NumberedPassage): Evidence {
  const texts = (translation ? [text, translation] : [text]).map((part, at) => ({
    text: (at === 0 && about ? `${about}\n${part}` : part).normalize('NFC'),
    isKorean: isKoreanText(part.normalize('NFC')),
  }))
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
  return claim.values.filter((value) => !hasValue(values, value) && !isEnd(claim.text, value, values))
}

/** "최대 3일", "within 3 days" of a passage that says 2 to 3 days. */
function isEnd(text: string, value: Value, values: readonly Value[]): boolean {
  const [before, after] = [text.slice(0, value.start), text.slice(value.end)]
  const ends: number[] = []
  if (AT_MOST_BEFORE.test(before) || AT_MOST_AFTER.test(after)) ends.push(1)
  if (AT_LEAST_BEFORE.test(before) || AT_LEAST_AFTER.test(after)) ends.push(0)
  const bounds = values.flatMap((range) =>
    range.value.split('|').flatMap((reading) => {
      const parts = reading.split('..')
      return parts.length === 2 ? ends.map((end) => ({ ...range, value: parts[end]! })) : []
    }),
  )
  return hasValue(bounds, value)
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

/** Across languages without a translation only sure names count, and those that another passage has. */
function bearsName(
  term: Term,
  claim: Claim,
  cited: readonly Evidence[],
  all: string,
  others: readonly Evidence[],
): boolean {
  if (hasTerm(all, term.text)) return true
  const isReadable = cited.some(({ texts }) => texts.some((text) => text.isKorean === claim.isKorean))
  if (isReadable || term.isSure) return false
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
  if (
    claim.values.some((value) => hasValue(passage.values, value) || isEnd(claim.text, value, passage.values))
  )
    return true
  if (claim.values.length > 0) return shareOf(claim.content, contentOf(passage.all)) >= LITTLE
  if (claim.terms.some((term) => hasTerm(passage.all, term.text))) return true
  const isReadable = passage.texts.some((text) => text.isKorean === claim.isKorean)
  return !isReadable || shareOf(claim.content, contentOf(passage.all)) >= LITTLE / 2
}
