// Personal data is taken out in both languages; prices, dates, opening hours, models and service lines stay.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { labelsIn, maskPersonal, relabel } from '../../src/text/personal.ts'

const MASKED_KO: [string, string][] = [
  ['제 번호는 010-1234-5678이에요', '제 번호는 [전화번호]이에요'],
  ['01012345678로 연락 주세요', '[전화번호]로 연락 주세요'],
  ['010.1234.5678 / 010 1234 5678', '[전화번호] / [전화번호]'],
  ['０１０－１２３４－５６７８ 입니다', '[전화번호] 입니다'],
  ['010–1234–5678', '[전화번호]'],
  ['+82 10-1234-5678', '[전화번호]'],
  ['+82-2-312-3456로 전화 주세요', '[전화번호]로 전화 주세요'],
  ['82 10 1234 5678', '[전화번호]'],
  ['집은 02-312-3456, 031)555-1234예요', '집은 [전화번호], [전화번호]예요'],
  ['070-7777-1234 / 0507-1234-5678', '[전화번호] / [전화번호]'],
  ['0311234567로요', '[전화번호]로요'],
  ['메일은 minji.kim@naver.com이에요', '메일은 [이메일]이에요'],
  ['주민번호 901212-1234567', '주민번호 [주민등록번호]'],
  ['901212 - 2******', '[주민등록번호]'],
  ['외국인등록번호 9012125234567', '외국인등록번호 [주민등록번호]'],
  ['8001011234560', '[주민등록번호]'],
  ['카드 4111-1111-1111-1111로 냈어요', '카드 [카드번호]로 냈어요'],
  ['4111 1111 1111 1111', '[카드번호]'],
  ['4111111111111111', '[카드번호]'],
  ['5409-26**-****-1234', '[카드번호]'],
  ['아멕스 3782 822463 10005', '아멕스 [카드번호]'],
  ['국민은행 123456-04-123456 김민지', '국민은행 [계좌번호] 김민지'],
  ['환불 계좌는 신한 110-123-456789예요', '환불 계좌는 신한 [계좌번호]예요'],
  ['계좌번호: 3333012345678', '계좌번호: [계좌번호]'],
  ['주문번호 20261128-1234', '주문번호 [주문번호]'],
  ['주문번호는 20261128-1234예요', '주문번호는 [주문번호]예요'],
  ['주문 번호: A-2026112801', '주문 번호: [주문번호]'],
  ['운송장번호 640123456789', '운송장번호 [운송장번호]'],
  ['20261128-0001234 건이요', '[주문번호] 건이요'],
  ['주문 20261128-1234 취소해 주세요', '주문 [주문번호] 취소해 주세요'],
  ['예약번호(HB20261128)', '예약번호([주문번호])'],
  ['서울시 강남구 테헤란로 152 3층', '[주소] 3층'],
  ['서울특별시 강남구 역삼동 123-45번지', '[주소]'],
  ['경기도 성남시 분당구 판교역로 166, 101동 1203호', '[주소]'],
  ['분당구 판교역로 166으로 보내 주세요', '[주소]으로 보내 주세요'],
  ['부산 해운대구 우동 1408', '[주소]'],
  ['행복아파트 101동 1203호예요', '[주소]예요'],
  ['푸른빌라 302호', '[주소]'],
  ['제주특별자치도 제주시 첨단로 242', '[주소]'],
  ['<@U0123ABCD> 님이 알려 줬어요', '[사용자] 님이 알려 줬어요'],
  ['<@!123456789012345678> 님', '[사용자] 님'],
  ['@민지 님이 말했어요', '[사용자] 님이 말했어요'],
  ['면허 11-12-123456-78', '면허 [면허번호]'],
  ['여권번호 M12345678', '여권번호 [여권번호]'],
  ['통관부호 P123456789012', '통관부호 [통관부호]'],
  ['P 123 4567 8901 2', '[통관부호]'],
  ['개인통관고유부호는 P12 3456 7890 12예요', '개인통관고유부호는 [통관부호]예요'],
  ['입구 비밀번호 1234*', '입구 비밀번호 [출입 비밀번호]'],
  ['현관 비번 1234*', '현관 비번 [출입 비밀번호]'],
  ['현관 비번은 0000이에요', '현관 비번은 [출입 비밀번호]이에요'],
  ['아파트 입구 비번 #1234', '아파트 입구 비번 [출입 비밀번호]'],
  ['생년월일은 900101입니다', '생년월일은 [생년월일]입니다'],
  ['생년월일 1990년 1월 1일', '생년월일 [생년월일]'],
]

const MASKED_EN: [string, string][] = [
  ['Call me at 010-1234-5678.', 'Call me at [phone].'],
  ['My number is +1 (415) 555-2671', 'My number is [phone]'],
  ['(415) 555-2671 or 415-555-2671', '[phone] or [phone]'],
  ['+44 20 7946 0958', '[phone]'],
  ['Write to dave.smith+shop@gmail.com, please', 'Write to [email], please'],
  ['Order number: 20261128-1234', 'Order number: [order number]'],
  ['order #20261128-1234 is late', 'order #[order number] is late'],
  ['My order number is AB-123456.', 'My order number is [order number].'],
  ['tracking number 1Z999AA10123456784', 'tracking number [tracking number]'],
  ['Card 4242 4242 4242 4242', 'Card [card number]'],
  ['My account number is 110-123-456789', 'My account number is [account number]'],
  ['I live at 221 Baker Street, Apt 4B', 'I live at [address]'],
  ['Send it to 152 Teheran-ro', 'Send it to [address]'],
  ['passport number M12345678', 'passport number [passport number]'],
  ['date of birth: 1990-01-01', 'date of birth: [date of birth]'],
  ['<@U0123ABCD|dave> said so', '[person] said so'],
]

const KEPT = [
  '가격은 35,000원이고 배송비는 3,000원이에요.',
  '1,234,567원을 2026-11-28에 결제했어요. 2026.11.28., 2026년 11월 28일',
  '영업시간은 09:00-18:00, 점심은 12:30~13:30이에요.',
  '고객센터는 1588-1234, 1544-0000, 080-123-4567이에요.',
  '고객센터 02-1234-5678로 전화해 주세요.',
  'Our customer service line is 1-800-555-0199.',
  '모델 SM-G998N, WF24B9600KE, RTX-4090, ISO-27001, 규격 1200-800-450',
  'v1.2.3, 10.0.0.1, 192.168.0.1:5432, Node 24.21.0',
  '기간은 20261128-20261205이에요.',
  '메시지 1234567890123456789, 시각 1764350000000, ts 1760000000.000100',
  '550e8400-e29b-41d4-a716-446655440000',
  'https://slack.com/archives/C1/p1760000000000100 와 https://shop.example/o/4111111111111111',
  '문의는 help@shop.example 또는 support@shop.example로 주세요.',
  '다시 바로 30분 뒤에 별도로 2개를 보내 드려요. 필요 시 추가로 3 만원이에요.',
  '서울 강남구 매장은 2호선 강남역 3번 출구 앞이에요. 강남 2호점도 있어요.',
  '제주도로 3일 안에, 서울로 1일 안에 도착해요. 경기도 지역은 2일 걸려요.',
  '앱으로 1시간, 세로 30cm, 가로 20cm, 새로 3개, 무료로 5 회',
  '주문번호 12자리를 입력해 주세요. 주문번호 없이도 조회할 수 있어요.',
  '계좌로 1000000원을 입금해 주세요. 우리 매장은 10시에 열어요. 기업 고객 100명',
  '사업자등록번호 123-45-67891, 통신판매업 2026-서울강남-01234',
  '@everyone @here @slack/bolt',
  'The 2026-11-28 release costs $1,299.99; call 911. Room 5, page 1234-1240.',
  '100동 아파트 단지, 301호선, 제3호 규정',
  '입구 3번, 입구 1234호 옆, 매장 입구는 2024년에 열었어요. 입구 15000원 할인',
  'P 100 2000 3000, P 12 34, page P 123 4567, 비밀번호 1234로 로그인이 안 돼요',
  '이메일 주소는 이름@회사 형식이에요. 환율 1,320.50, 12-34-56',
  'order 2 items, order within 14 days, order 35000 won',
].map((text) => [text])

describe('what belongs to a person', () => {
  test.each(MASKED_KO)('%s', (text, masked) => expect(maskPersonal(text, 'ko')).toBe(masked))
  test.each(MASKED_EN)('%s', (text, masked) => expect(maskPersonal(text, 'en')).toBe(masked))
})

describe('what only looks like it stays', () => {
  test.each(KEPT)('%s', (text) => expect(maskPersonal(text!, 'ko')).toBe(text))
})

test('masking twice is masking once, and never fails, whatever is written', () => {
  const parts = [...MASKED_KO, ...MASKED_EN].map(([text]) => text)
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.constantFrom(...parts),
          fc.string({ unit: 'grapheme' }),
          fc.stringMatching(/^[\d -]{0,20}$/),
        ),
      ),
      fc.constantFrom('ko' as const, 'en' as const),
      (all, lang) => {
        const once = maskPersonal(all.join('\n'), lang)
        expect(maskPersonal(once, lang)).toBe(once)
      },
    ),
    { numRuns: 300 },
  )
})

test.each([
  ['digits', '1'.repeat(40_000)],
  ['digits and dashes', '010-'.repeat(10_000)],
  ['digits and spaces', '1 '.repeat(20_000)],
  ['letters', 'a'.repeat(40_000)],
  ['at signs', 'a@'.repeat(20_000)],
  ['dots', 'a@a.a.'.repeat(6_600)],
  ['districts', '강남구 '.repeat(10_000)],
  ['streets', '서울시강남구테헤란로'.repeat(4_000)],
  ['phones', '010-1234-5678 '.repeat(2_900)],
  ['plus signs', '+1 (('.repeat(8_000)],
  ['capitals', '1 Baker '.repeat(5_000)],
  ['order words', '주문번호 '.repeat(8_000)],
])('40,000 characters of %s take no second', (_name, text) => {
  const started = performance.now()
  maskPersonal(text, 'ko')
  expect(performance.now() - started).toBeLessThan(1_000)
})

test('labels follow the language of the text', () => {
  const masked = maskPersonal('010-1234-5678, 주문번호 20261128-1234', 'ko')
  expect(relabel(masked, 'en')).toBe('[phone], 주문번호 [order number]')
  expect(relabel(relabel(masked, 'en'), 'ko')).toBe(masked)
  expect(labelsIn(masked)).toEqual(labelsIn(relabel(masked, 'en')))
})
