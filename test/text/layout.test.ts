// Text typed with the keyboard switched to the other language is read as it was meant; everything else stays.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRomanised, otherLayout } from '../../src/text/layout.ts'

test.each([
  ['dkssud', '안녕'],
  ['dkssudgktpdy', '안녕하세요'],
  ['qothd djswp dhkdy?', '배송 언제 와요?'],
  ['ghksqnfgowntpdy', '환불해주세요'],
  ['wnansqjsgh 1234 ghkrdls qnxkremfuTdjdy', '주문번호 1234 확인 부탁드렸어요'],
  ['fhrmdlsdl dks ehody zzz', '로그인이 안 돼요 ㅋㅋㅋ'],
  ['rkatkgkqslek', '감사합니다'],
  ['dhodksehoyo', null],
  ['ㅗ디ㅣㅐ', 'hello'],
  ['ㅗㅐㅈ 애 ㅑ ㅊ뭋디 ㅡㅛ ㅐㄱㅇㄷㄱ', 'how do i cancel my order'],
  ['솓 므ㅔ ㅑㄴ ㅜㅐㅅ 재가ㅑㅜㅎ', 'the amp is not working'],
])('%s is %s', (typed, meant) => {
  expect(otherLayout(typed)).toBe(meant)
})

test.each([
  'hello, where is my order',
  'work',
  'fork',
  'refund pls',
  'ok thanks',
  'docker compose up',
  'npm install',
  'iPhone 15 Pro Max',
  'API rate limit',
  'Slack webhook timeout',
  'REST GraphQL gRPC',
  'kubectl get pods',
  'xoxb token',
  'ORD-20261125',
  'dkssud@example.com',
  '`dkssud`',
  'ㅋㅋㅋㅋ',
  'ㅠㅠ 아직도 안 왔어요',
  'ㅇㅋ',
  'ㄱㅅㄱㅅ',
  'ㅎㅇ 질문 있어요',
  '안녕하세요',
  '',
  '👍',
])('“%s” stays', (text) => {
  expect(otherLayout(text)).toBeNull()
})

describe('Korean in Latin letters', () => {
  test.each([
    'annyeonghaseyo',
    'baesong eonje wayo?',
    'hwanbul juseyo jebal',
    'kamsahamnida!',
    'rogeuin andwaeyo',
  ])('%s', (text) => {
    expect(isRomanised(text)).toBe(true)
  })
  test.each([
    'annyeong, can you help',
    'where is my order',
    'I love gamsahamnida as a word',
    'thanks',
    'mayo and ketchup',
    'Do you ship to Jeju',
    'Hallo, wo ist meine Bestellung',
    '안녕하세요',
    '',
  ])('not %s', (text) => {
    expect(isRomanised(text)).toBe(false)
  })
})

test('whatever is typed, it answers at once', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      const meant = otherLayout(text)
      expect(meant === null || meant.length > 0).toBe(true)
    }),
  )
  const started = performance.now()
  otherLayout('dkssudgktpdy '.repeat(3_000))
  isRomanised('annyeonghaseyo '.repeat(3_000))
  expect(performance.now() - started).toBeLessThan(1_000)
})
