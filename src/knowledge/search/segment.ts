// An unchanging block of postings in typed arrays. A removed passage is only marked; building a new segment out of old
// ones leaves the marked ones out, which is how memory comes back.

/** A passage as it is indexed: its terms in ascending order with how much it says of each. */
export interface Entry {
  id: number
  /** In tokens. */
  length: number
  terms: Uint32Array
  weights: Uint8Array
}

export interface Segment {
  ids: Float64Array
  lengths: Uint16Array
  /** 1 = removed. */
  dead: Uint8Array
  deadCount: number
  /** Ascending; the postings of `terms[i]` are from `starts[i]` to `starts[i + 1]`, ascending by slot. */
  terms: Uint32Array
  starts: Uint32Array
  slots: Uint16Array
  weights: Uint8Array
  /** The largest weight of each of `terms`, and the smallest of `lengths`: how much a term can add here at most. */
  tops: Uint8Array
  shortest: number
}

/** Of postings; `to` is the first that is no more of them, `top` the largest weight among them. */
export interface Range {
  from: number
  to: number
  top: number
}

/** Slots are two bytes wide; smaller, so that one merge is short. */
export const MAX_SEGMENT = 4_096

export function bytesOf({ ids, lengths, dead, terms, starts, slots, weights, tops }: Segment): number {
  const arrays = [ids, lengths, dead, terms, starts, slots, weights, tops]
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0)
}

/** Where the postings of a term begin and end; null when there are none. */
export function postingsOf({ terms, starts, tops }: Segment, term: number): Range | null {
  const at = lowerBound(terms, term, 0, terms.length)
  if (terms[at] !== term) return null
  return { from: starts[at] as number, to: starts[at + 1] as number, top: tops[at] as number }
}

/** How much the passage in `slot` says of a term; 0 = nothing. */
export function weightIn(segment: Segment, term: number, slot: number): number {
  const range = postingsOf(segment, term)
  return range ? weightAt(segment, range, slot) : 0
}

/** The same among the postings of one term. */
function weightAt({ slots, weights }: Segment, { from, to }: Range, slot: number): number {
  const at = lowerBound(slots, slot, from, to)
  return at < to && slots[at] === slot ? (weights[at] as number) : 0
}

export function segmentOf(entries: readonly Entry[]): Segment {
  const counts = new Map<number, number>()
  let total = 0
  for (const { terms } of entries) {
    total += terms.length
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  }
  const segment = emptySegment(entries.length, Uint32Array.from(counts.keys()).sort(), total)
  const next = new Map<number, number>()
  let start = 0
  segment.terms.forEach((term, at) => {
    segment.starts[at] = start
    next.set(term, start)
    start += counts.get(term) as number
  })
  segment.starts[segment.terms.length] = start
  entries.forEach(({ id, length, terms, weights }, slot) => {
    segment.ids[slot] = id
    segment.lengths[slot] = length
    terms.forEach((term, index) => {
      const at = next.get(term) as number
      segment.slots[at] = slot
      segment.weights[at] = weights[index] as number
      next.set(term, at + 1)
    })
  })
  return withBounds(segment)
}

/** One segment with what is alive in all of them, in their order. */
export function mergeSegments(parts: readonly Segment[]): Segment {
  const moved = parts.map(liveSlots)
  let count = 0
  const bases = moved.map(({ live }) => {
    count += live
    return count - live
  })
  const postings = parts.reduce((sum, part) => sum + part.slots.length, 0)
  const terms = unionOf(parts.map((part) => part.terms))
  const merged = emptySegment(count, terms, postings)
  parts.forEach((part, index) => {
    part.ids.forEach((id, slot) => {
      if (part.dead[slot] === 1) return
      const to = (moved[index]?.to[slot] as number) + (bases[index] as number)
      merged.ids[to] = id
      merged.lengths[to] = part.lengths[slot] as number
    })
  })
  const used = copyPostings(parts, moved, bases, merged)
  const { terms: kept, starts } = withoutEmpty(merged.terms, merged.starts)
  const [slots, weights] = [merged.slots.slice(0, used), merged.weights.slice(0, used)]
  return withBounds({ ...merged, terms: kept, starts, slots, weights })
}

function copyPostings(
  parts: readonly Segment[],
  moved: readonly { to: Uint16Array }[],
  bases: readonly number[],
  merged: Segment,
): number {
  const cursors = parts.map(() => 0)
  let used = 0
  for (let index = 0; index < merged.terms.length; index += 1) {
    const term = merged.terms[index]
    merged.starts[index] = used
    for (let p = 0; p < parts.length; p += 1) {
      const part = parts[p] as Segment
      const cursor = cursors[p] as number
      if (part.terms[cursor] !== term) continue
      cursors[p] = cursor + 1
      const { to } = moved[p] as { to: Uint16Array }
      const base = bases[p] as number
      for (let at = part.starts[cursor] as number; at < (part.starts[cursor + 1] as number); at += 1) {
        const slot = part.slots[at] as number
        if (part.dead[slot] === 1) continue
        merged.slots[used] = (to[slot] as number) + base
        merged.weights[used] = part.weights[at] as number
        used += 1
      }
    }
  }
  merged.starts[merged.terms.length] = used
  return used
}

/** For each slot, where its passage goes among those that are alive. */
function liveSlots({ dead }: Segment): { to: Uint16Array; live: number } {
  const to = new Uint16Array(dead.length)
  let live = 0
  for (let slot = 0; slot < dead.length; slot += 1) {
    to[slot] = live
    if (dead[slot] === 0) live += 1
  }
  return { to, live }
}

function withoutEmpty(terms: Uint32Array, starts: Uint32Array): Pick<Segment, 'terms' | 'starts'> {
  const isFull = (_: number, at: number) => (starts[at + 1] as number) > (starts[at] as number)
  const kept = terms.filter(isFull)
  const keptStarts = new Uint32Array(kept.length + 1)
  let at = 0
  for (let index = 0; index < terms.length; index += 1) {
    if (isFull(0, index)) keptStarts[at++] = starts[index] as number
  }
  keptStarts[kept.length] = starts[terms.length] as number
  return { terms: kept, starts: keptStarts }
}

function withBounds(segment: Segment): Segment {
  const { terms, starts, weights, lengths } = segment
  const tops = new Uint8Array(terms.length)
  for (let index = 0; index < terms.length; index += 1) {
    let top = 0
    for (let at = starts[index] as number; at < (starts[index + 1] as number); at += 1)
      top = Math.max(top, weights[at] as number)
    tops[index] = top
  }
  return { ...segment, tops, shortest: lengths.reduce((least, length) => Math.min(least, length), 0xffff) }
}

function unionOf(lists: readonly Uint32Array[]): Uint32Array {
  return lists.reduce(unionOfTwo, new Uint32Array(0))
}

function unionOfTwo(one: Uint32Array, other: Uint32Array): Uint32Array {
  const all = new Uint32Array(one.length + other.length)
  let [count, i, j] = [0, 0, 0]
  while (i < one.length || j < other.length) {
    const a = i < one.length ? (one[i] as number) : Number.POSITIVE_INFINITY
    const b = j < other.length ? (other[j] as number) : Number.POSITIVE_INFINITY
    all[count++] = Math.min(a, b)
    if (a <= b) i += 1
    if (b <= a) j += 1
  }
  return all.slice(0, count)
}

function emptySegment(passages: number, terms: Uint32Array, postings: number): Segment {
  return {
    ids: new Float64Array(passages),
    lengths: new Uint16Array(passages),
    dead: new Uint8Array(passages),
    deadCount: 0,
    terms,
    starts: new Uint32Array(terms.length + 1),
    slots: new Uint16Array(postings),
    weights: new Uint8Array(postings),
    tops: new Uint8Array(0),
    shortest: 0,
  }
}

function lowerBound(sorted: Uint32Array | Uint16Array, value: number, from: number, to: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}
