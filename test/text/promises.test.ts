// A bot promises nothing that only staff can do, and keeps what it may say.
import { describe, expect, test } from 'vitest'
import { isPromise, withoutPromises } from '../../src/text/promises.ts'

test.each([
  '환불해 드릴게요.',
  '바로 처리해 드릴게요!',
  '오늘 중으로 발송해 드리겠습니다.',
  '주문을 취소해 드리겠습니다.',
  '제가 취소 처리해 드릴게요.',
  '새 제품으로 교환해드릴게요',
  '확인해 보겠습니다.',
  '바로 확인할게요.',
  '계정을 복구해 드릴께요.',
  '포인트를 적립해 드리겠습니다.',
  '정지를 풀어 드릴게요.',
  '다시 보내 드릴게요.',
  '배송지를 바꿔 드리겠습니다.',
  '내일 연락드릴게요.',
  '확인되는 대로 전화드리겠습니다.',
  '5,000원을 돌려 드릴게요.',
  '쿠폰을 지급해 드릴 거예요.',
  "I'll refund you right away.",
  'We will cancel your order.',
  'I’ll go ahead and issue a refund.',
  "We'll get back to you tomorrow.",
])('“%s” is one', (sentence) => {
  expect(isPromise(sentence)).toBe(true)
})

test.each([
  '환불 방법을 안내해 드릴게요.',
  '순서대로 설명해 드릴게요.',
  '신청하시면 3일 안에 환불됩니다.',
  '7일 안에 신청하시면 환불해 드립니다.',
  '담당자가 확인해 드릴게요.',
  '상담원이 연락드리겠습니다.',
  '환불해 드릴까요?',
  '취소하시겠어요?',
  '취소하실 수 있어요.',
  '담당자가 확인 후 안내해 드려요.',
  '도움이 되셨으면 좋겠습니다.',
  '“환불해 드릴게요”라는 문자는 사기예요.',
  '링크를 보내 드릴게요.',
  'You can cancel the order in My Page.',
  'A member of our team will refund you.',
  'I will explain how refunds work.',
])('“%s” is none', (sentence) => {
  expect(isPromise(sentence)).toBe(false)
})

describe('without promises', () => {
  test('the first gives way to what is true, others to nothing', () => {
    const { text, promises } = withoutPromises(
      '불편을 드려 죄송합니다. 바로 환불해 드릴게요! 내일 연락드릴게요. 마이페이지에서도 보실 수 있어요.',
      'ko',
    )
    expect(promises).toBe(2)
    expect(text).toBe(
      '불편을 드려 죄송합니다. 이 부분은 담당자가 확인해야 해요. 마이페이지에서도 보실 수 있어요.',
    )
  })
  test('its citation goes with it; lists and code stay', () => {
    expect(withoutPromises('환불해 드릴게요. [1]\n- 환불은 3일 걸려요. [2]', 'ko').text).toBe(
      '이 부분은 담당자가 확인해야 해요.\n- 환불은 3일 걸려요. [2]',
    )
    const code = '```\n환불해 드릴게요.\n```'
    expect(withoutPromises(code, 'ko')).toEqual({ text: code, promises: 0 })
  })
  test('amounts and addresses are no ends of sentences', () => {
    const text = 'See https://shop.example/refund.html for 3.5 hours.'
    expect(withoutPromises(text, 'en')).toEqual({ text, promises: 0 })
  })
  test('a growing text shows none in the making', () => {
    expect(withoutPromises('죄송합니다. 바로 환불해 드릴게', 'ko').text).not.toContain('드릴게')
  })
  test('in 40,000 characters of it', () => {
    const started = performance.now()
    const { promises } = withoutPromises('환불해 드릴게요. '.repeat(4_000), 'ko')
    expect(promises).toBe(4_000)
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})
