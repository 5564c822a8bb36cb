// What words a text is found by.
import { describe, expect, test } from 'vitest'
import { latinTokens } from '../../../src/knowledge/search/english.ts'
import { createMorphemes, stripEndings } from '../../../src/knowledge/search/korean.ts'
import { memoize } from '../../../src/knowledge/search/memo.ts'
import { type TokenKind, tokenize } from '../../../src/knowledge/search/tokens.ts'

const morphemes = createMorphemes()

function tokens(text: string, kind?: TokenKind, reader = morphemes): unknown[] {
  const found: unknown[] = []
  tokenize(text, reader, (token, one) => (kind && one !== kind ? 0 : found.push(token)))
  return found
}

describe('English and technical names', () => {
  test.each([
    ['refunds', ['refund']],
    ['shipping', ['ship']],
    ["don't", ['dont']],
    ['foo_bar', ['foobar', 'foo', 'bar']],
    ['maxRetries', ['maxretries', 'max', 'retri']],
    ['HTTPServer', ['httpserver', 'http', 'server']],
    ['E-1042', ['e1042', 'e', '1042']],
    ['E1042', ['e1042']],
    ['v1.2.3', ['1.2.3']],
    ['1.2.3', ['1.2.3']],
    ['C++', ['c++']],
    ['help@shop.example', ['helpshopexample', 'help', 'shop', 'exampl']],
  ])('"%s" is found by %j', (run, expected) => {
    expect(latinTokens(run)).toEqual(expected)
  })

  test('words that say nothing are left out', () => {
    expect(tokens('where is the refund')).toEqual(['refund'])
  })
})

describe('Korean', () => {
  test('particles and endings are no words', () => {
    expect(tokens('배송비가 비밀번호를', 'word')).toEqual(['배송비', '비밀번호'])
  })

  test.each([
    ['환불해줘', '환불'],
    ['취소하고시퍼요', '취소'],
    ['배송완료라는데', '배송완료'],
    ['무이자에요', '무이자'],
    ['모텟을', '모텟'],
    ['나무', '나무'],
  ])('what the analyser does not know, "%s", is cut to "%s"', (word, stem) => {
    expect(stripEndings(word)).toBe(stem)
  })

  test('a sentence without spaces has the syllable pairs of the sentence with them', () => {
    const pairs = (text: string) => tokens(text).filter((token) => typeof token === 'number')
    expect(pairs('배송지를어떻게바꾸나요')).toEqual(pairs('배송지를 어떻게 바꾸나요'))
  })

  test('pairs do not reach over the end of a line', () => {
    expect(tokens('가\n나').filter((token) => typeof token === 'number')).toEqual([])
  })

  test('a number or Latin word and the syllable after it are a pair', () => {
    expect(tokens('3일', 'seam')).toEqual(['3\u0001일'])
    expect(tokens('API키', 'word')).toEqual(expect.arrayContaining(['api', '키']))
  })

  test('without the analyser search goes on with pairs', () => {
    const causes: unknown[] = []
    const none = createMorphemes(
      (cause) => causes.push(cause),
      () => {
        throw new Error('no such file')
      },
    )
    expect(causes, 'not before it is needed').toHaveLength(0)
    expect(tokens('배송비', 'word', none)).toEqual([])
    expect(tokens('배송비', 'pair', none)).toHaveLength(2)
    expect(causes, 'and not again').toHaveLength(1)
  })

  test('very long words are read in pieces', () => {
    expect(tokens('배송비'.repeat(500), 'word').length).toBeGreaterThan(100)
  })
})

test('a memo computes what it has just computed only once, and forgets what is old', () => {
  const computed: string[] = []
  const read = memoize((key) => {
    computed.push(key)
    return key.length
  }, 4)
  for (const key of ['a', 'a', 'b', 'c', 'd', 'e', 'f', 'a']) read(key)
  expect(computed).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'a'])
})
