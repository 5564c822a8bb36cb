// Finds the most similar of many texts by the three-sign pieces that they share (Dice), in memory: the embedded database has
// no extension that could.

/** Below it another message is no help. */
export const SIMILAR = 0.7
/** What has any chance shares one of so many rare pieces; the best of these are compared in full. */
const COMPARED = 40

export interface NearIndex {
  readonly size: number
  add(id: string, text: string): void
  /** Null where none is similar enough. */
  find(text: string): { id: string; similarity: number } | null
}

export function createNearIndex(): NearIndex {
  const ids: string[] = []
  const texts: string[] = []
  const sizes: number[] = []
  const byPiece = new Map<string, number[]>()
  let shared = new Uint16Array(1_024)

  const candidates = (pieces: ReadonlySet<string>): number[] => {
    const lists = [...pieces].map((piece) => byPiece.get(piece) ?? []).sort((a, b) => a.length - b.length)
    // Dice ≥ s needs s / (2 − s) of the pieces; so one of the others' number plus one, the rarest, must be among them.
    const needed = Math.ceil((SIMILAR / (2 - SIMILAR)) * pieces.size)
    const touched: number[] = []
    for (const list of lists.slice(0, pieces.size - needed + 1))
      for (const at of list) {
        if (shared[at] === 0) touched.push(at)
        shared[at]!++
      }
    const scored = touched.map((at) => ({ at, count: shared[at]! }))
    for (const at of touched) shared[at] = 0
    return scored
      .filter(({ at }) => (2 * Math.min(sizes[at]!, pieces.size)) / (sizes[at]! + pieces.size) >= SIMILAR)
      .sort((a, b) => b.count - a.count)
      .slice(0, COMPARED)
      .map(({ at }) => at)
  }

  return {
    get size() {
      return ids.length
    },
    add(id, text) {
      const at = ids.length
      const pieces = piecesOf(text)
      ids.push(id)
      texts.push(text)
      sizes.push(pieces.size)
      for (const piece of pieces) {
        const list = byPiece.get(piece)
        if (list) list.push(at)
        else byPiece.set(piece, [at])
      }
      if (at < shared.length) return
      shared = new Uint16Array(shared.length * 2)
    },
    find(text) {
      const pieces = piecesOf(text)
      let best: { id: string; similarity: number } | null = null
      for (const at of candidates(pieces)) {
        const similarity = dice(pieces, piecesOf(texts[at]!))
        if (similarity >= SIMILAR && similarity > (best?.similarity ?? 0)) best = { id: ids[at]!, similarity }
      }
      return best
    },
  }
}

/** Of at most so many texts: the newest, and never fewer of those than half as many. */
export function createNewestIndex(max: number, create = createNearIndex): NearIndex {
  let older = create()
  let newer = create()
  return {
    get size() {
      return older.size + newer.size
    },
    add(id, text) {
      // Nothing is taken out of an index: the older half goes as a whole.
      if (newer.size >= max / 2) [older, newer] = [newer, create()]
      newer.add(id, text)
    },
    find(text) {
      const [one, other] = [newer.find(text), older.find(text)]
      return (one?.similarity ?? 0) >= (other?.similarity ?? 0) ? one : other
    },
  }
}

/** Numbers count as one: "주문 2건" is like "주문 3건". */
function piecesOf(text: string): Set<string> {
  const plain = ` ${text.toLowerCase().replace(/⟦\d+⟧/g, '⟦').replace(/\d+/g, '0').replace(/\s+/g, ' ').trim()} `
  const pieces = new Set<string>()
  for (let at = 0; at + 3 <= plain.length; at++) pieces.add(plain.slice(at, at + 3))
  return pieces
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0
  for (const piece of a) if (b.has(piece)) both++
  return (2 * both) / (a.size + b.size)
}
