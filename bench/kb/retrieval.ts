// Asks a corpus its questions and says how often, how high and how fast the right passage comes back, and how well the
// gate tells what can be answered from what cannot.
import { judgeEvidence } from '../../src/knowledge/search/gate.ts'
import { createSearchIndex, type SearchIndex } from '../../src/knowledge/search/index.ts'
import { normalizeQuery } from '../../src/knowledge/search/normalize-query.ts'
import { type BenchQuestion, type Corpus, randomFrom } from './corpus.ts'

export interface Found {
  /** In percent of the questions. */
  r1: number
  r5: number
  r10: number
  mrr: number
  ms: number[]
}

const DEPTH = 10
const FIRST_SYLLABLE = 0xac00
const SYLLABLES = 11_172
const FINALS = 28

export function indexOf({ passages }: Corpus): SearchIndex {
  const index = createSearchIndex()
  index.add(passages)
  return index
}

/** `filter`: which passages a question is asked of; all by default. */
export function retrieve(
  index: SearchIndex,
  questions: readonly BenchQuestion[],
  change: (text: string) => string = (text) => text,
  filter?: (question: BenchQuestion) => (id: number) => boolean,
): Found {
  const ms: number[] = []
  const ranks = questions.map((question) => {
    const began = performance.now()
    const { variants } = normalizeQuery(change(question.text), index.knows)
    const hits = index.search(variants, { limit: DEPTH, filter: filter?.(question) })
    ms.push(performance.now() - began)
    return hits.findIndex(({ id }) => question.gold.includes(id)) + 1
  })
  const within = (rank: number) => (100 * ranks.filter((one) => one > 0 && one <= rank).length) / ranks.length
  const mrr = ranks.reduce((sum, rank) => sum + (rank > 0 ? 1 / rank : 0), 0) / ranks.length
  return { r1: within(1), r5: within(5), r10: within(10), mrr, ms }
}

export interface Gate {
  auc: number
  /** Of the questions that have no answer, in percent, where 95 % of the others pass. */
  falseAt95: number
  thresholdAt95: number
}

/** Every question twice: as it is, and without the passages of its group, so that nothing answers it. */
export function gateOf(index: SearchIndex, { passages, questions }: Corpus): Gate {
  const groups = new Map(passages.map(({ id, group }) => [id, group]))
  const evidence = (question: BenchQuestion, filter?: (id: number) => boolean): number => {
    const { variants } = normalizeQuery(question.text, index.knows)
    return judgeEvidence(index.search(variants, { limit: DEPTH, filter })).coverage
  }
  const answerable = questions.map((question) => evidence(question)).sort((a, b) => a - b)
  const stray = questions.map((question) => evidence(question, (id) => groups.get(id) !== question.group))
  const thresholdAt95 = answerable[Math.floor(answerable.length * 0.05)] ?? 0
  const passing = stray.filter((coverage) => coverage >= thresholdAt95).length
  return { auc: aucOf(answerable, stray), falseAt95: (100 * passing) / stray.length, thresholdAt95 }
}

/** How likely one of `high` is above one of `low`; ties count half. */
function aucOf(high: readonly number[], low: readonly number[]): number {
  const all = [
    ...high.map((value) => ({ value, isHigh: true })),
    ...low.map((value) => ({ value, isHigh: false })),
  ]
  all.sort((a, b) => a.value - b.value)
  let rankSum = 0
  for (let at = 0; at < all.length; ) {
    let end = at
    while (all[end]?.value === all[at]?.value && end < all.length) end += 1
    rankSum += ((at + end + 1) / 2) * all.slice(at, end).filter(({ isHigh }) => isHigh).length
    at = end
  }
  return (rankSum - (high.length * (high.length + 1)) / 2) / (high.length * low.length)
}

export function withoutSpaces(text: string): string {
  return text.replaceAll(/\s+/g, '')
}

/** So many of a hundred syllables get another final consonant, always the same ones. */
export function wrongFinals(percent: number): (text: string) => string {
  const random = randomFrom(7)
  return (text) =>
    [...text]
      .map((char) => {
        const code = char.charCodeAt(0) - FIRST_SYLLABLE
        if (code < 0 || code >= SYLLABLES || random() >= percent / 100) return char
        const final = code % FINALS
        const other = (final + 1 + Math.floor(random() * (FINALS - 1))) % FINALS
        return String.fromCharCode(FIRST_SYLLABLE + code - final + other)
      })
      .join('')
}
