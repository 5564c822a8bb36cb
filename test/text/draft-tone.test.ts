// What a customer would take amiss, and what they would not.
import { describe, expect, test } from 'vitest'
import { toneSlips } from '../../src/text/draft-tone.ts'

describe('too blunt in Korean', () => {
  test.each([
    ['환불은 안 됩니다.', 'blunt'],
    ['그건 저희도 몰라요.', 'blunt'],
    ['아까 말씀드렸잖아요.', 'blunt'],
    ['고객님 잘못입니다.', 'blunt'],
    ['규정입니다.', 'blunt'],
    ['기다려.', 'level'],
    ['확인했다.', 'level'],
    ['당신이 주문한 상품이에요.', 'address'],
    ['그 상품은 품절이세요.', 'honorific'],
    ['내일이면 되요.', 'spelling'],
    ['확인해 볼게요 ㅋㅋ', 'casual'],
  ])('%s', (text, kind) => {
    expect(toneSlips(text, 'ko').map((slip) => slip.kind)).toContain(kind)
  })
  test.each([
    '환불은 사흘 정도 걸려요. 조금만 기다려 주세요.',
    '확인해 보니 배송이 안 됩니다만, 다른 방법을 찾아볼게요.',
    '고객님이 쓰신 “안 돼요”라는 글을 확인했어요.',
    '규정에 따라 영수증이 필요해요.',
    '파손되지 않게 포장해 드릴게요.',
  ])('not %s', (text) => expect(toneSlips(text, 'ko')).toEqual([]))
})

describe('too casual or curt in English', () => {
  test.each([
    ['Nope, gonna take three days.', 'casual'],
    ['thx, can u send the number?', 'casual'],
    ['What is your order number??', 'casual'],
    ['As I already said, it takes three days.', 'blunt'],
    ['You should have read the terms.', 'blunt'],
    ['That’s not our problem.', 'blunt'],
    ['PLEASE READ THE TERMS', 'shouting'],
  ])('%s', (text, kind) => {
    expect(toneSlips(text, 'en').map((slip) => slip.kind)).toContain(kind)
  })
  test.each([
    'A refund takes three days. Is there anything else?',
    'Please send me the order number, e.g. A-1029.',
    'We ship to the U.S. and the EU.',
    'The customer wrote “gonna cancel”.',
    'Your ASUS USB HDD is on its way.',
  ])('not %s', (text) => expect(toneSlips(text, 'en')).toEqual([]))
})

test('40,000 characters take no time', () => {
  const started = performance.now()
  toneSlips('안 됩니다 '.repeat(8_000), 'ko')
  toneSlips('AAA BBB '.repeat(5_000), 'en')
  expect(performance.now() - started).toBeLessThan(2_000)
})
