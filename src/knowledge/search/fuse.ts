// Makes one ranking out of several: the question and its translation, embeddings, a reranker's order. Ranks are summed,
// not scores, as the lists' scores mean different things (reciprocal rank fusion: Cormack, Clarke and Büttcher, 2009).

/** One ranking, best first. */
export interface RankedList<Item extends { id: number }> {
  hits: readonly Item[]
  /** How much it counts beside the others; 1 when absent. */
  weight?: number
}

export interface Fused {
  id: number
  /** 0 to 1; 1 = first in every list. */
  score: number
  /** The best of any list: a translation that matches is as good as the question. Lists without it do not count. */
  coverage: number
}

/** How flat the ranks are: with 60, the first of one list alone is below what is tenth in two. */
const DEFAULT_FLATNESS = 60

/** Ties go to the passage that stands higher in an earlier list, then by id. */
export function fuse(
  lists: readonly RankedList<{ id: number; coverage?: number }>[],
  limit: number,
  flatness = DEFAULT_FLATNESS,
): Fused[] {
  const found = new Map<number, Fused & { order: number }>()
  const most = lists.reduce((sum, { weight = 1 }) => sum + weight / (flatness + 1), 0)
  let order = 0
  for (const { hits, weight = 1 } of lists) {
    const seen = new Set<number>()
    for (const { id, coverage = 0 } of hits) {
      if (seen.has(id)) continue
      seen.add(id)
      const one = found.get(id) ?? { id, score: 0, coverage: 0, order: order++ }
      one.score += weight / (flatness + seen.size) / most
      one.coverage = Math.max(one.coverage, coverage)
      found.set(id, one)
    }
  }
  return [...found.values()]
    .sort((a, b) => b.score - a.score || a.order - b.order || a.id - b.id)
    .slice(0, Math.max(0, limit))
    .map(({ id, score, coverage }) => ({ id, score, coverage }))
}
