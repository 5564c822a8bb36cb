// Several rankings become one.
import { describe, expect, test } from 'vitest'
import { fuse } from '../../../src/knowledge/search/fuse.ts'

const list = (...ids: number[]) => ({ hits: ids.map((id) => ({ id })) })
const order = (...lists: Parameters<typeof fuse>[0]) => fuse(lists, 10).map(({ id }) => id)

describe('one ranking out of several', () => {
  test.each([
    ['one list stays as it is', [list(3, 1, 2)], [3, 1, 2]],
    ['what both found stands above what one found', [list(1, 2), list(3, 2)], [2, 1, 3]],
    ['an empty list changes nothing', [list(2, 1), list()], [2, 1]],
    ['a tie goes to the earlier list', [list(5), list(4)], [5, 4]],
    ['a repeated passage counts once', [list(1, 1, 1, 2), list(2, 1)], [1, 2]],
    ['a heavier list decides', [list(1, 2), { ...list(2, 1), weight: 2 }], [2, 1]],
    ['nothing is nothing', [], []],
  ])('%s', (_, lists, expected) => {
    expect(order(...lists)).toEqual(expected)
  })

  test('first in every list scores 1', () => {
    expect(fuse([list(1, 2), list(1)], 10)[0]?.score).toBeCloseTo(1)
  })

  test('a translation that matches is as good evidence as the question', () => {
    const asked = { hits: [{ id: 1, coverage: 0.1 }] }
    const translated = { hits: [{ id: 1, coverage: 0.8 }] }
    const embedded = { hits: [{ id: 1 }] }
    expect(fuse([asked, translated, embedded], 1)).toMatchObject([{ id: 1, coverage: 0.8 }])
  })

  test('no more than the limit', () => {
    expect(fuse([list(1, 2, 3)], 2)).toHaveLength(2)
  })
})
