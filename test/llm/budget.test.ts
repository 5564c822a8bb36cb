// What is kept when a conversation outgrows the model's context.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitContext, trimHistory } from '../../src/llm/budget.ts'
import { estimateTokens } from '../../src/text/tokens.ts'
import { tokenize } from '../fakes/vllm/tokens.ts'

type Line = { role: 'user' | 'assistant'; text: string }

const talk = (turns: number, chars = 200): Line[] =>
  Array.from(
    { length: turns * 2 },
    (_, i): Line => ({ role: i % 2 ? 'assistant' : 'user', text: `${i} ${'가'.repeat(chars)}` }),
  )

const limits = { maxModelLen: 8192, maxTokens: 1024 }

test('a short talk is kept whole', () => {
  const history = talk(3)
  const fitted = fitContext({ system: ['a'], history, user: { text: '네?' } }, limits)
  expect(fitted).toEqual({ history, maxTokens: 1024, trimmed: false })
})

test('the estimate is never below what the words cost', () => {
  for (const text of [
    '배송이 언제 오나요? 주문한 지 닷새가 지났어요.',
    'When does my parcel arrive? I ordered it on Monday.',
  ]) {
    expect(estimateTokens(text)).toBeGreaterThanOrEqual(tokenize(text).length)
  }
})

test('a long talk loses its older part in large steps, so that the beginning stays the same for many turns', () => {
  const starts = Array.from({ length: 60 }, (_, i) => {
    const fitted = fitContext({ system: ['a'], history: talk(i), user: { text: '네?' } }, limits)
    expect(fitted.history[0]?.role ?? 'user').toBe('user')
    return fitted.history[0]?.text ?? ''
  })
  const moves = starts.filter((start, i) => i > 1 && start !== starts[i - 1]).length
  expect(moves).toBeGreaterThan(0)
  expect(moves).toBeLessThanOrEqual(6)
})

test('history, instructions, newest text and answer always fit together', () => {
  fc.assert(
    fc.property(fc.nat(80), fc.nat(400), fc.nat(3000), (turns, chars, asked) => {
      const user = { text: '나'.repeat(asked) }
      const fitted = fitContext({ system: ['가'.repeat(500)], history: talk(turns, chars), user }, limits)
      const texts = ['가'.repeat(500), user.text, ...fitted.history.map((line) => line.text)]
      const total = texts.reduce((sum, text) => sum + estimateTokens(text), fitted.maxTokens)
      expect(total).toBeLessThanOrEqual(limits.maxModelLen)
      expect(fitted.maxTokens).toBeGreaterThanOrEqual(256)
    }),
  )
})

test('no room for history is no error, no room for the question is one the person understands', () => {
  expect(trimHistory(talk(4), 0)).toEqual([])
  const user = { text: '가'.repeat(20_000) }
  expect(() => fitContext({ system: [], history: [], user }, limits)).toThrow(/model-too-long/)
})
