// Passages by meaning, in memory: a vector each, of length 1, and every one is looked at for every question. What the
// vectors are of, and who may see it, is left to whoever asks.

export interface Near {
  id: number
  /** The cosine of the angle: 1 = the same, about 0 = nothing to do with each other. */
  similarity: number
}

export interface VectorIndex {
  /** Null before the first. All have as many; one that has not is refused with false. */
  readonly dimensions: number | null
  readonly size: number
  has(id: number): boolean
  /** Takes the place of the one that is there; of any length. */
  set(id: number, vector: ArrayLike<number>): boolean
  remove(ids: Iterable<number>): void
  /** Also forgets how many dimensions there are. */
  clear(): void
  /** Best first, ties by id; none for a question of other dimensions. `filter` is asked for the best only. */
  search(question: Float32Array, options: { limit: number; filter: (id: number) => boolean }): Promise<Near[]>
}

/** A block that is full is followed by another, so that growing copies nothing. */
const BLOCK = 4_096

interface Block {
  values: Float32Array
  /** What is in each place; null = free. */
  ids: (number | null)[]
}

export function createVectorIndex(): VectorIndex {
  let dimensions: number | null = null
  let blocks: Block[] = []
  let free: number[] = []
  const places = new Map<number, number>()

  const blockOf = (place: number): Block => {
    const at = Math.floor(place / BLOCK)
    blocks[at] ??= {
      values: new Float32Array(BLOCK * (dimensions ?? 0)),
      ids: Array.from({ length: BLOCK }, () => null),
    }
    return blocks[at]
  }

  return {
    get dimensions() {
      return dimensions
    },
    get size() {
      return places.size
    },
    has: (id) => places.has(id),
    set(id, vector) {
      dimensions ??= vector.length
      if (vector.length !== dimensions) return false
      const place = places.get(id) ?? free.pop() ?? places.size
      places.set(id, place)
      const { values, ids } = blockOf(place)
      ids[place % BLOCK] = id
      const start = (place % BLOCK) * dimensions
      let squares = 0
      for (let at = 0; at < dimensions; at += 1) squares += (vector[at] as number) ** 2
      const length = Math.sqrt(squares) || 1
      for (let at = 0; at < dimensions; at += 1) values[start + at] = (vector[at] as number) / length
      return true
    },
    remove(removed) {
      for (const id of removed) {
        const place = places.get(id)
        if (place === undefined) continue
        places.delete(id)
        blockOf(place).ids[place % BLOCK] = null
        free.push(place)
      }
    },
    clear() {
      dimensions = null
      blocks = []
      free = []
      places.clear()
    },
    async search(question, { limit, filter }) {
      const best: Near[] = []
      if (question.length !== dimensions) return best
      for (const [nth, block] of [...blocks].entries()) {
        // A hundred thousand take a tenth of a second, in which others want their turn.
        if (nth > 0) await new Promise(setImmediate)
        lookThrough(block, question, { best, limit, filter })
      }
      return best
    },
  }
}

function lookThrough(
  { values, ids }: Block,
  question: Float32Array,
  { best, limit, filter }: { best: Near[]; limit: number; filter: (id: number) => boolean },
): void {
  for (let place = 0; place < ids.length; place += 1) {
    const id = ids[place]
    if (id === null || id === undefined) continue
    const similarity = dotAt(values, place * question.length, question)
    const one = { id, similarity }
    const last = best[limit - 1]
    if ((last && isBetter(last, one)) || !filter(id)) continue
    let at = best.length
    while (at > 0 && isBetter(one, best[at - 1] as Near)) at -= 1
    best.splice(at, 0, one)
    if (best.length > limit) best.pop()
  }
}

function isBetter(one: Near, other: Near): boolean {
  return one.similarity > other.similarity || (one.similarity === other.similarity && one.id < other.id)
}

/** Four sums side by side: the processor need not wait for one addition before the next. */
function dotAt(values: Float32Array, start: number, question: Float32Array): number {
  const length = question.length
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let at = 0
  for (; at + 3 < length; at += 4) {
    a += (values[start + at] as number) * (question[at] as number)
    b += (values[start + at + 1] as number) * (question[at + 1] as number)
    c += (values[start + at + 2] as number) * (question[at + 2] as number)
    d += (values[start + at + 3] as number) * (question[at + 3] as number)
  }
  for (; at < length; at += 1) a += (values[start + at] as number) * (question[at] as number)
  return a + b + c + d
}
