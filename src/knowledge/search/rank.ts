// Scores passages against a question and keeps the best. One segment after another, so that the sums stay in a small
// array; coverage is worked out for what is handed back only.
import { WEIGHT_UNIT } from './entry.ts'
import type { Hit } from './passage.ts'
import type { Query, QueryToken } from './query.ts'
import { MAX_SEGMENT, postingsOf, type Range, type Segment, weightIn } from './segment.ts'
import type { SegmentStore } from './store.ts'

const K1 = 1.2
const B = 0.75

interface Term {
  term: number
  /** What it adds to a passage that is full of it. */
  most: number
}

/** A term in one segment. */
interface LocalTerm {
  range: Range
  most: number
  /** The most that this term and those after it can add here. */
  rest: number
  /** Where the last look-up ended: passages are looked up in ascending order. */
  at: number
}

/** By slot, used for one segment after another. */
interface Scratch {
  sums: Float64Array
  norms: Float64Array
}

interface Candidate {
  segment: Segment
  slot: number
  id: number
  score: number
}

interface Best {
  found: Candidate[]
  limit: number
  filter: (id: number) => boolean
}

export function rank(
  query: Query,
  store: SegmentStore,
  limit: number,
  filter: (id: number) => boolean = () => true,
): Hit[] {
  const best: Best = { found: [], limit, filter }
  if (limit <= 0) return []
  const terms = byGain(query)
  const mean = store.tokens / Math.max(1, store.size)
  const scratch = { sums: new Float64Array(MAX_SEGMENT), norms: new Float64Array(MAX_SEGMENT) }
  const largestFirst = store.segments.toSorted((a, b) => b.ids.length - a.ids.length)
  for (const segment of largestFirst) rankSegment(terms, segment, mean, scratch, best)
  return best.found.map(({ segment, slot, id, score }) => {
    return { id, score, coverage: coverageIn(query, segment, slot) }
  })
}

function byGain({ terms }: Query): Term[] {
  const sorted = Array.from(terms, ([term, gain]) => ({ term, most: gain * (K1 + 1) }))
  return sorted.sort((a, b) => b.most - a.most)
}

/**
 * Rare terms first, for all their passages. Once the common ones that are left cannot lift a new passage over the worst
 * of the best, they are looked up in the passages that still have a chance, instead of being read through.
 */
function rankSegment(
  terms: readonly Term[],
  segment: Segment,
  mean: number,
  { sums, norms }: Scratch,
  best: Best,
): void {
  const count = segment.ids.length
  const { slots, weights, lengths } = segment
  const local = localTerms(terms, segment, normOf(segment.shortest, mean))
  let bar = barOf(best)
  // Nothing here can be better.
  if ((local[0]?.rest ?? 0) < bar) return
  sums.fill(0, 0, count)
  for (let slot = 0; slot < count; slot += 1) norms[slot] = normOf(lengths[slot] as number, mean)
  const common = local.findIndex(({ rest }) => rest < bar)
  const rare = common < 0 ? local : local.slice(0, common)
  for (const { range, most } of rare) {
    for (let at = range.from; at < range.to; at += 1) {
      const slot = slots[at] as number
      const weight = weights[at] as number
      sums[slot] = (sums[slot] as number) + (most * weight) / (weight + (norms[slot] as number))
    }
  }
  const left = common < 0 ? [] : local.slice(common)
  const chance = left[0]?.rest ?? 0
  for (let slot = 0; slot < count; slot += 1) {
    let score = sums[slot] as number
    if (score === 0 || score + chance < bar || segment.dead[slot] === 1) continue
    for (const one of left) {
      if (score + one.rest < bar) break
      let { at } = one
      while (at < one.range.to && (slots[at] as number) < slot) at += 1
      one.at = at
      if (at === one.range.to || slots[at] !== slot) continue
      const weight = weights[at] as number
      score += (one.most * weight) / (weight + (norms[slot] as number))
    }
    if (score < bar) continue
    keep(best, { segment, slot, id: segment.ids[slot] as number, score })
    bar = barOf(best)
  }
}

/** What a passage must reach to be among the best. */
function barOf({ found, limit }: Best): number {
  return found.length < limit ? 0 : (found.at(-1)?.score ?? 0)
}

/** Those that the segment has, in their order. `least`: the norm of its shortest passage. */
function localTerms(terms: readonly Term[], segment: Segment, least: number): LocalTerm[] {
  const local = terms.flatMap(({ term, most }) => {
    const range = postingsOf(segment, term)
    return range ? [{ range, most, rest: (most * range.top) / (range.top + least), at: range.from }] : []
  })
  local.reduceRight((sum, one) => {
    one.rest += sum
    return one.rest
  }, 0)
  return local
}

function normOf(length: number, mean: number): number {
  return WEIGHT_UNIT * K1 * (1 - B + (B * length) / mean)
}

function keep({ found, limit, filter }: Best, candidate: Candidate): void {
  const last = found.at(-1)
  if (found.length >= limit && last && order(candidate, last) > 0) return
  if (!filter(candidate.id)) return
  const at = found.findIndex((other) => order(candidate, other) < 0)
  found.splice(at < 0 ? found.length : at, 0, candidate)
  if (found.length > limit) found.pop()
}

/** Ties by id, so that one question always has one answer. */
function order(a: Candidate, b: Candidate): number {
  return b.score - a.score || a.id - b.id
}

function coverageIn({ variants }: Query, segment: Segment, slot: number): number {
  return Math.max(0, ...variants.map((tokens) => share(tokens, segment, slot)))
}

function share(tokens: readonly QueryToken[], segment: Segment, slot: number): number {
  let [has, all] = [0, 0]
  for (const { term, evidence } of tokens) {
    all += evidence
    if (term !== null && weightIn(segment, term, slot) > 0) has += evidence
  }
  return all === 0 ? 0 : has / all
}
