// The bot cannot look into orders: it must notice that it is asked to, and must not sound as if it had.
import { describe, expect, test } from 'vitest'
import {
  asksOwnCase,
  soundsUpset,
  standsIn,
  statesOwnCase,
  withoutOwnStates,
} from '../../src/text/own-case.ts'

describe('what only somebody who can look it up knows', () => {
  test.each([
    '제 주문 어디쯤 왔어요?',
    '내 택배 언제 와요',
    '제가 주문한 상품 아직 안 왔는데요',
    '제가 어제 결제한 거 취소됐나요?',
    '주문번호 20261125-0001 확인 부탁드려요',
    '제 환불 왜 아직 안 들어왔어요?',
    '주문한 지 일주일 됐는데 아직도 안 와요',
    '저희 주문 상태 좀 봐 주세요',
    'Where is my order?',
    "My package still hasn't arrived",
    'When will my order arrive?',
    'What is the status of my refund?',
    'order #KR-20931 please check',
    'Why was my payment declined?',
  ])('%s', (text) => {
    expect(asksOwnCase(text)).toBe(true)
  })
})

describe('what the documents can answer', () => {
  test.each([
    '배송은 며칠 걸려요?',
    '배송이 언제 오나요?',
    '제 주문을 취소하려면 어떻게 해요?',
    '제가 주문한 상품을 교환할 수 있나요?',
    '주문 번호는 어디서 보나요?',
    '우리 강아지가 먹어도 되나요?',
    '제주도 배송 언제 시작해요?',
    '주문한 것 중에 하나가 빠졌어요 언제까지 알려야 해요?',
    '내일 배송되는 상품이 있나요?',
    '제조일이 언제예요?',
    'How do I cancel my order?',
    'Can I change the address of my order?',
    'How long does my refund take?',
    'Where can I find my order number?',
    'When is the store open?',
  ])('%s', (text) => {
    expect(asksOwnCase(text)).toBe(false)
  })
})

test.each([
  ['배송이 너무 늦어서 정말 화가 나네요', true],
  ['서비스가 최악이에요', true],
  ['This is unacceptable.', true],
  ['화면이 안 켜져요', false],
  ['배송비가 얼마예요?', false],
  ['How do I return it?', false],
])('%s', (text, is) => {
  expect(soundsUpset(text)).toBe(is)
})

describe('a state that nobody has looked up', () => {
  test.each([
    '고객님의 주문은 현재 배송 중이에요.',
    '주문하신 상품은 어제 출고됐어요 [1].',
    '고객님 택배는 내일 도착할 예정이에요.',
    '요청하신 환불은 처리 완료되었습니다.',
    'Your order is currently on its way.',
    'Your package has been shipped [1].',
    'Your refund was processed yesterday.',
    'Your order will arrive tomorrow.',
    'Your refund will be issued by Friday.',
    'Your order was shipped within 24 hours of payment.',
    '고객님의 주문은 다음 주에 도착할 예정이니 기다려 주세요.',
    '주문하신 상품은 결제를 확인한 후 출고됐어요.',
  ])('is noticed: %s', (sentence) => {
    expect(statesOwnCase(sentence)).toBe(true)
  })

  test.each([
    '출고된 상품은 보통 이틀 안에 도착해요 [1].',
    '고객님의 주문은 마이페이지에서 확인하실 수 있어요 [1].',
    '주문하신 상품이 이미 출고됐다면 취소하실 수 없어요 [1].',
    '배송 중인 상품은 주소를 바꿀 수 없어요.',
    'You can see the state of your order in your account [1].',
    'Once your order has shipped, it cannot be cancelled [1].',
    'Orders arrive within 3 days [1].',
    'Your order is ready to ship within 24 hours of payment [1].',
    'Your refund will be issued by the original method [1].',
    '주문하신 상품이 발송되었다는 문자를 받으신 뒤 조회할 수 있어요 [1].',
    '주문하신 상품이 출고된 다음 배송 조회가 가능해요 [1].',
    'Your order arrives within 3 days of dispatch [1].',
  ])('what holds for everybody stays: %s', (sentence) => {
    expect(statesOwnCase(sentence)).toBe(false)
  })

  test('goes, and the rest of the answer stays', () => {
    expect(
      withoutOwnStates(
        '고객님의 주문은 현재 배송 중이에요[1]. 배송은 보통 이틀 걸려요[1].\n\n- 주문하신 상품은 출고됐어요.',
      ),
    ).toEqual({ text: '배송은 보통 이틀 걸려요[1].', guesses: 2 })
    const general = '배송은 보통 이틀 걸려요[1].\n\n```\n주문\n```'
    expect(withoutOwnStates(general)).toEqual({ text: general, guesses: 0 })
  })
})

test.each([
  ['Your order is now being prepared in Incheon [1].', 'Your order is now being prepared in Incheon.', true],
  ['Your order has been shipped [1].', 'We write “Your order has been shipped” by e-mail.', false],
  ['Your order has been shipped [1].', 'Orders are shipped within a day.', false],
  [
    '주문하신 상품은 예약 상품부터 처리되고 있습니다[1].',
    '주문하신 상품은 예약 상품부터 처리되고 있습니다.',
    true,
  ],
])('%s ← %s', (sentence, page, is) => {
  expect(standsIn(sentence, page)).toBe(is)
})
