// Passages by meaning: the nearest are found, all of them, whatever has come and gone.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createVectorIndex } from '../../../src/knowledge/search/vectors.ts'
import { fromBase64, toBase64 } from '../../../src/knowledge/vector-bytes.ts'

const unit = (...values: number[]) => {
  const length = Math.hypot(...values)
  return Float32Array.from(values, (value) => value / length)
}
const all = { limit: 10, filter: () => true }
const random = (seed: number, dimensions: number) => {
  let state = seed
  return unit(
    ...Array.from({ length: dimensions }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
      return state / 2 ** 31
    }),
  )
}

describe('the vector index', () => {
  test('the nearest stands first, with its cosine, whatever the length of what was put in', async () => {
    const index = createVectorIndex()
    index.set(1, [10, 0, 0])
    index.set(2, [4, 3, 0])
    index.set(3, [0, 0, 0.1])
    const found = await index.search(unit(1, 0, 0), all)
    expect(found.map(({ id }) => id)).toEqual([1, 2, 3])
    expect(found.map(({ similarity }) => Number(similarity.toFixed(4)))).toEqual([1, 0.8, 0])
  })

  test('what may not be found is not among the best, and takes nobody’s place', async () => {
    const index = createVectorIndex()
    for (let id = 1; id <= 40; id += 1) index.set(id, unit(1, id / 100))
    const found = await index.search(unit(1, 0), { limit: 3, filter: (id) => id > 20 })
    expect(found.map(({ id }) => id)).toEqual([21, 22, 23])
  })

  test('a removed one is gone and its place is used again; a new one takes the place of the old', async () => {
    const index = createVectorIndex()
    index.set(1, [1, 0])
    index.set(2, [0, 1])
    index.remove([1, 99])
    index.set(3, [1, 0.1])
    index.set(2, [1, 0])
    expect((await index.search(unit(1, 0), all)).map(({ id }) => id)).toEqual([2, 3])
    expect(index.size).toBe(2)
    expect([index.has(1), index.has(2)]).toEqual([false, true])
  })

  test('other dimensions are refused, and questions of other dimensions find nothing', async () => {
    const index = createVectorIndex()
    expect(index.set(1, [1, 0, 0])).toBe(true)
    expect(index.set(2, [1, 0])).toBe(false)
    expect(await index.search(unit(1, 0), all)).toEqual([])
    index.clear()
    expect(index.set(2, [1, 0])).toBe(true)
    expect(await index.search(unit(1, 0), all)).toMatchObject([{ id: 2 }])
  })

  test('many, over several blocks, are ranked as by looking at each', async () => {
    const index = createVectorIndex()
    const vectors = Array.from({ length: 9_000 }, (_, at) => random(at + 1, 7))
    for (const [at, vector] of vectors.entries()) index.set(at + 1, vector)
    const question = random(77_777, 7)
    const cosines = vectors
      .map((vector, at) => ({
        id: at + 1,
        cosine: vector.reduce((sum, value, i) => sum + value * question[i]!, 0),
      }))
      .toSorted((a, b) => b.cosine - a.cosine)
    const found = await index.search(question, { limit: 50, filter: () => true })
    expect(found.map(({ id }) => id)).toEqual(cosines.slice(0, 50).map(({ id }) => id))
  })
})

test('a vector is kept as bytes without losing its direction', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      const vector = random(seed, 256)
      const kept = unit(...fromBase64(toBase64(vector)))
      expect(kept.reduce((sum, value, at) => sum + value * vector[at]!, 0)).toBeGreaterThan(0.9995)
    }),
    { numRuns: 30 },
  )
})
