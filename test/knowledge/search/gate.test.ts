// Whether what was found is enough to answer from.
import { expect, test } from 'vitest'
import { judgeEvidence } from '../../../src/knowledge/search/gate.ts'

const hits = (...coverages: number[]) => coverages.map((coverage) => ({ coverage }))

test.each([
  ['nothing found', hits(), undefined, false],
  ['most of the question is there', hits(0.8), undefined, true],
  ['hardly anything is', hits(0.1, 0.2), undefined, false],
  ['the second passage has it', hits(0.1, 0.9), undefined, true],
  ['only one far down has it', hits(0.1, 0.1, 0.1, 0.9), undefined, false],
  ['a stricter threshold', hits(0.8), 0.9, false],
  ['a threshold of nothing still wants something', hits(0), 0, false],
])('%s', (_, found, threshold, isEnough) => {
  expect(judgeEvidence(found, { threshold }).isEnough).toBe(isEnough)
})

test.each([
  ['a passage that is near in meaning is evidence without a word of the question', hits(0), 0.7, true],
  ['one that is not near enough is none', hits(0), 0.5, false],
  ['what the words bear out needs no vector', hits(0.8), null, true],
  ['and no vector takes it away', hits(0.8), 0, true],
  ['nothing known, nothing found', hits(), null, false],
])('%s', (_, found, nearest, isEnough) => {
  expect(judgeEvidence(found, { nearest, minSimilarity: 0.6 }).isEnough).toBe(isEnough)
})
