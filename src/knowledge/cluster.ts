// Puts questions together that ask for the same, by the search's own words and weights: what most of them share tells
// nothing, what few have tells much. Korean and English ones stay apart.
import { setImmediate } from 'node:timers/promises'
import { createSearchIndex, type IndexOptions } from './search/index.ts'
import { normalizeQuery } from './search/normalize-query.ts'

/** How much of each of two questions the other one has, from 0 to 1 and on average, for both to ask the same. */
const ALIKE = 0.42
/** Looked at for each question; a cluster may be larger. */
const NEIGHBOURS = 50
/** Questions between two breaths: whoever shares the process has answers to write. */
const AT_ONCE = 20

/** Places in `questions`: the largest cluster first, each one's most typical question first, and none in two. */
export async function clusterQuestions(
  questions: readonly string[],
  options: IndexOptions = {},
): Promise<number[][]> {
  const index = createSearchIndex(options)
  const texts = questions.map((question) => normalizeQuery(question).text)
  await inBreaths(texts, (text, id) => index.add([{ id, title: '', headings: [], text }]))
  const has = await inBreaths(texts, (text) => {
    const hits = index.search(text, { limit: NEIGHBOURS })
    return new Map(hits.map(({ id, coverage }) => [id, coverage]))
  })
  const near = has.map((hits, at) =>
    [...hits].flatMap(([id, share]) => ((share + (has[id]?.get(at) ?? 0)) / 2 >= ALIKE ? id : [])),
  )
  // Same words that are no evidence ("이거요?") find nothing, not even themselves.
  const same = Map.groupBy(texts.keys(), (at) => texts[at] ?? '')
  const byDegree = [...texts.keys()].toSorted((a, b) => size(near, b) - size(near, a) || a - b)
  const taken = new Set<number>()
  const clusters: number[][] = []
  for (const at of byDegree) {
    if (taken.has(at)) continue
    const all = new Set([at, ...(near[at] ?? []), ...(same.get(texts[at] ?? '') ?? [])])
    const members = [...all].filter((id) => !taken.has(id))
    for (const id of members) taken.add(id)
    clusters.push(members)
  }
  return clusters.toSorted((a, b) => b.length - a.length)
}

function size(near: readonly (readonly number[])[], at: number): number {
  return near[at]?.length ?? 0
}

async function inBreaths<T, R>(all: readonly T[], each: (one: T, at: number) => R): Promise<R[]> {
  const made: R[] = []
  for (const [at, one] of all.entries()) {
    if (at % AT_ONCE === 0) await setImmediate()
    made.push(each(one, at))
  }
  return made
}
