// What is taken out of a text before a model sees it, and how it comes back. Orders and parcels stay: staff look them up.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMasking, maskForGood } from '../../src/text/masking.ts'

const MASKED: [string, string][] = [
  ['개인통관고유부호 P123456789012', '개인통관고유부호 [통관부호]'],
  ['통관고유부호는 p1234 5678 9012예요', '통관고유부호는 [통관부호]예요'],
  ['통관부호: 123456789012', '통관부호: [통관부호]'],
  ['P-123456789012', '[customs code]'],
  ['공동현관 비밀번호는 1234*예요', '공동현관 비밀번호는 [출입 비밀번호]예요'],
  ['공동현관 비번 #1234*', '공동현관 비번 [출입 비밀번호]'],
  ['현관 비번: 0000#', '현관 비번: [출입 비밀번호]'],
  ['공동현관 종1234 누르세요', '공동현관 [출입 비밀번호] 누르세요'],
  ['출입문 비밀번호 12*34#', '출입문 비밀번호 [출입 비밀번호]'],
  ['현관비밀번호:*1004#', '현관비밀번호:[출입 비밀번호]'],
  ['공동현관 출입번호는 종 1234 호출이에요', '공동현관 출입번호는 [출입 비밀번호] 호출이에요'],
  ['도어락 비밀번호 987654', '도어락 비밀번호 [출입 비밀번호]'],
  ['gate code: 4521', 'gate code: [door code]'],
  ['The door code is #1234*', 'The door code is [door code]'],
  ['신한 110-123-456789 홍길동', '신한 [계좌번호] 홍길동'],
  ['신한 홍길동 110-123-456789', '신한 홍길동 [계좌번호]'],
  ['신한 110-123-456789, 홍길동', '신한 [계좌번호], 홍길동'],
  ['카뱅 3333-01-1234567 김민지', '카뱅 [계좌번호] 김민지'],
  ['카뱅 3333011234567', '카뱅 [계좌번호]'],
  ['카카오뱅크 3333-01-1234567', '카카오뱅크 [계좌번호]'],
  ['토스 1000-1234-5678 홍길동', '토스 [계좌번호] 홍길동'],
  ['토스뱅크 100012345678', '토스뱅크 [계좌번호]'],
  ['농협 302-1234-5678-91 홍길동', '농협 [계좌번호] 홍길동'],
  ['국민 123456-04-123456', '국민 [계좌번호]'],
  ['우리 1002-123-456789', '우리 [계좌번호]'],
  ['하나은행 123-456789-01234', '하나은행 [계좌번호]'],
  ['기업은행 계좌 010-1234567-89-012', '기업은행 계좌 [계좌번호]'],
  ['케이뱅크 100-123-456789', '케이뱅크 [계좌번호]'],
  ['110-123-456789 (신한) 홍길동', '[계좌번호] (신한) 홍길동'],
  ['새마을 9002-1234-5678-9', '새마을 [계좌번호]'],
  ['우체국 012345-01-123456 홍길동', '우체국 [계좌번호] 홍길동'],
  ['환불 계좌: SC제일 123-45-678901', '환불 계좌: SC제일 [계좌번호]'],
  ['입금은 3333 01 1234567로 해 주세요', '입금은 [계좌번호]로 해 주세요'],
  ['주민번호 901212-1234567', '주민번호 [주민등록번호]'],
  ['900101-1******', '[ID number]'],
  ['외국인등록번호 900101-5678901', '외국인등록번호 [주민등록번호]'],
  ['외국인등록번호 900101 5678901', '외국인등록번호 [주민등록번호]'],
  ['주민번호는 9001011234568이에요', '주민번호는 [주민등록번호]이에요'],
  ['주민번호 앞자리 901212', '주민번호 앞자리 [생년월일]'],
  ['000229-3123456', '[ID number]'],
  ['카드 4111-1111-1111-1111로 결제', '카드 [카드번호]로 결제'],
  ['4242 4242 4242 4242', '[card number]'],
  ['5555555555554444', '[card number]'],
  ['카드 2223003122003222', '카드 [카드번호]'],
  ['아멕스 3782-822463-10005', '아멕스 [카드번호]'],
  ['카드번호 9410-1234-5678-9012', '카드번호 [카드번호]'],
  ['5409-26**-****-1234', '[card number]'],
  ['010-1234-5678', '[phone]'],
  ['01012345678로 문자 주세요', '[전화번호]로 문자 주세요'],
  ['010 - 1234 - 5678', '[phone]'],
  ['010.1234.5678', '[phone]'],
  ['(010)1234-5678', '[phone]'],
  ['０１０－１２３４－５６７８', '[phone]'],
  ['공일공 일이삼사 오육칠팔', '[전화번호]'],
  ['+82 10-1234-5678', '[phone]'],
  ['+82(0)10 1234 5678', '[phone]'],
  ['0082-10-1234-5678', '[phone]'],
  ['011-123-4567', '[phone]'],
  ['02-312-3456', '[phone]'],
  ['031)555-1234', '[phone]'],
  ['070-1234-5678', '[phone]'],
  ['0504-1234-5678', '[phone]'],
  ['택배 기사님 010-1234-5678', '택배 기사님 [전화번호]'],
  ['예약번호 대신 01012345678', '예약번호 대신 [전화번호]'],
  ['여권번호 M12345678', '여권번호 [여권번호]'],
  ['여권은 M123A4567이에요', '여권은 [여권번호]이에요'],
  ['M123A4567', '[passport number]'],
  ['여권 정보: HONG GILDONG S12345678', '여권 정보: HONG GILDONG [여권번호]'],
  ['passport no. M12345678', 'passport no. [passport number]'],
  ['서울-12-123456-78', '[면허번호]'],
  ['면허증 11-12-123456-78', '면허증 [면허번호]'],
  ['면허번호 111212345678', '면허번호 [면허번호]'],
  ['경기 12-123456-78', '[면허번호]'],
  ['메일은 minji.kim@naver.com이에요', '메일은 [이메일]이에요'],
  ['minji 골뱅이 naver.com', '[이메일]'],
  ['kim(at)gmail.com', '[email]'],
  ['생년월일 1990.01.01', '생년월일 [생년월일]'],
  ['서울시 강남구 테헤란로 152 3층', '[주소] 3층'],
  ['서울 마포구 월드컵북로 396 101동 1203호', '[주소]'],
  ['경기도 성남시 분당구 판교역로 166, 101동 1203호', '[주소]'],
  ['강남구 역삼동 736-1', '[주소]'],
  ['세종시 한누리대로 2130', '[주소]'],
  ['부산광역시 해운대구 우동 1408', '[주소]'],
  ['전남 순천시 해룡면 향매로 33', '[주소]'],
  ['강원특별자치도 춘천시 중앙로 1', '[주소]'],
  ['행복아파트 101동 1203호', '[주소]'],
  ['푸른빌라 302호', '[주소]'],
  ['I live at 221 Baker Street, Apt 4B', 'I live at [address]'],
  ['환불 계좌 연락처는 010-1234-5678이에요', '환불 계좌 연락처는 [전화번호]이에요'],
  ['송금 문의 031-555-1234', '송금 문의 [전화번호]'],
  ['우리집 서울 은평구 통일로 684, 3층', '우리집 [주소], 3층'],
  ['고객번호 010-1234-5678', '고객번호 [전화번호]'],
  ['결제번호 4111-1111-1111-1111', '결제번호 [카드번호]'],
  ['ㅋㅋ 농협302123456789', 'ㅋㅋ 농협[계좌번호]'],
  ['배송지 : 대구 수성구 범어동 123-4 (범어아파트 101동 502호)', '배송지 : [주소] ([주소 2])'],
]

const KEPT = [
  '운송장번호 640123456789',
  '운송장 6401-2345-6789 조회해 주세요',
  '송장번호는 012345678901이에요',
  '송장 640123456789',
  'CJ대한통운 6401-2345-6789',
  '우체국택배 6012345678901',
  '우체국 등기 1234512345678',
  '등기번호 1234512345678',
  '한진택배 412345678901 조회',
  '롯데택배 2345-6789-0123',
  '택배 640123456789 어디쯤 왔나요',
  'tracking number 1Z999AA10123456784',
  '주문번호 20261128-1234',
  '주문번호는 20261128-0001234예요',
  '주문 20261128-1234 취소해 주세요',
  '예약번호(HB20261128)',
  'My order number is AB-123456.',
  '가격은 35,000원이고 배송비는 3,000원이에요',
  '신한 카드로 1234567890원 결제',
  '계좌로 1000000원을 입금했어요',
  '고객센터는 1588-1234, 1544-0000이에요',
  '고객센터 02-1234-5678로 전화해 주세요',
  '080-123-4567',
  '2026-11-28에 12:30까지 30개',
  '쿠폰 1234-5678-9012-3456',
  '상품권 번호 9876-5432-1098-7654',
  '4111-1111-1111-1112',
  '1764350000000',
  '1234567890123456789',
  '1760000000.000100',
  '550e8400-e29b-41d4-a716-446655440000',
  'https://slack.com/archives/C1/p1760000000000100',
  '192.168.0.1:5432',
  '모델 SM-G998N, WF24B9600KE',
  '사업자등록번호 123-45-67891',
  '우리 매장은 1234567890번이에요',
  '하나 123개, 둘 456개',
  '토스로 30000원 냈어요',
  '990230-1234567',
  '문의 티켓 S12345678',
  '공동현관 앞에 놓아 주세요',
  '공동현관 1층이에요',
  '현관 2개',
  '비밀번호를 잊어버렸어요',
  '비밀번호 변경은 4단계예요',
  '서울 강남구 매장은 강남역 3번 출구 앞이에요',
  '제주도로 3일 안에 도착해요',
  '앱으로 1시간, 세로 30cm',
  '@민지 님이 말했어요',
  '<@U0123ABCD> 님',
  '문의는 help@shop.example로 주세요',
  'order 35000 won',
  'Call 1-800-555-0199',
  'room 5, page 1234-1240',
  '도로명 주소를 입력해 주세요',
  '카드 4장, 계좌 2개',
  '여권 사본을 보내 주세요',
  '운전면허 1종 보통',
  '통관번호가 필요한가요?',
  'P20 Pro, P1234',
  '서울로 7017을 걸었어요',
  '입금자명이 달라요',
  '농협 하나로마트 2호점',
  '신한은행 강남지점은 2층이에요',
].map((text) => [text])

const langOf = (text: string): 'ko' | 'en' => (/[가-힣]/.test(text) ? 'ko' : 'en')

describe('what a model does not see', () => {
  test.each(MASKED)('%s', (text, masked) => expect(maskForGood(text, langOf(text))).toBe(masked))
  test.each(MASKED)('%s, as a Mac writes it', (text, masked) =>
    expect(maskForGood(text.normalize('NFD'), langOf(text))).toBe(masked),
  )
})

describe('what it sees as it is', () => {
  test.each(KEPT)('%s', (text) => expect(maskForGood(text!, langOf(text!))).toBe(text))
})

describe('on the way back', () => {
  test.each(MASKED)('%s', (text) => {
    const masking = createMasking(langOf(text))
    expect(masking.restore(masking.mask(text))).toBe(text)
  })

  test('two numbers are told apart, and one that comes again is the same', () => {
    const masking = createMasking('ko')
    expect(masking.mask('010-1111-2222 말고 010-3333-4444로요')).toBe('[전화번호] 말고 [전화번호 2]로요')
    expect(masking.mask('010-3333-4444 맞죠?')).toBe('[전화번호 2] 맞죠?')
    expect(masking.restore('[전화번호2] 번으로 연락드릴게요. [Phone 1]은 지웠어요.')).toBe(
      '010-3333-4444 번으로 연락드릴게요. 010-1111-2222는 지웠어요.',
    )
  })

  test('a label in the other language, spaced or in full width is still the label', () => {
    const masking = createMasking('en')
    expect(masking.mask('공동현관 비밀번호는 1234*')).toBe('공동현관 비밀번호는 [door code]')
    expect(masking.restore('Use [출입비밀번호], ［door code］ or [Door Code].')).toBe(
      'Use 1234*, 1234* or 1234*.',
    )
  })

  test('a particle after it fits what stands there', () => {
    const masking = createMasking('ko')
    masking.mask('카드 4242-4242-4242-4242')
    expect(masking.restore('[카드번호]를 확인했어요')).toBe('4242-4242-4242-4242를 확인했어요')
    const phone = createMasking('ko')
    phone.mask('010-1234-5678')
    expect(phone.restore('[전화번호]를 확인했어요')).toBe('010-1234-5678을 확인했어요')
  })

  test('labels that stand for nothing stay', () => {
    const masking = createMasking('ko')
    masking.mask('010-1234-5678')
    expect(masking.restore('[전화번호 2], [주소], [1], [전화]')).toBe('[전화번호 2], [주소], [1], [전화]')
  })

  test('what looks like a label, written by somebody, is not taken for one', () => {
    const masking = createMasking('ko')
    const masked = masking.mask('[전화번호] 칸에 010-1234-5678을 넣었어요')
    expect(masked).toBe('[전화번호] 칸에 [전화번호 2]을 넣었어요')
    expect(masking.restore(masked)).toBe('[전화번호] 칸에 010-1234-5678을 넣었어요')
  })

  test('what the company publishes is not hidden, wherever it stands', () => {
    const masking = createMasking('ko', '본사는 서울시 강남구 테헤란로 152예요. 031-555-1234')
    expect(masking.mask('031-555-1234에 걸었더니 제 번호 010-1234-5678을 묻던데요')).toBe(
      '031-555-1234에 걸었더니 제 번호 [전화번호]을 묻던데요',
    )
  })

  test('while it grows, nothing that was shown changes, and no label is seen', () => {
    const pieces = [
      '010-1234-5678',
      '카드 4242-4242-4242-4242',
      '신한 110-123-456789',
      '안녕하세요',
      '[1]',
      '[',
      ' ',
    ]
    const particles = ['를 ', '로 ', '으로 바꿀게요', '은 ', '. ', '']
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(...particles)), { maxLength: 8 }),
        (parts) => {
          const masking = createMasking('ko')
          const masked = masking.mask(parts.flat().join(''))
          const whole = masking.restore(masked)
          let shown = ''
          for (let at = 1; at <= masked.length; at++) {
            const now = masking.restoreGrowing(masked.slice(0, at))
            expect(now).not.toMatch(/번호\]/)
            expect(now.startsWith(shown)).toBe(true)
            shown = now
          }
          expect(whole.startsWith(shown)).toBe(true)
        },
      ),
    )
  })
})

test.each(['공동현관 ', '택배 1', '신한 1', '공일공일', '[전화번호', '면허 11-12-', '여권 M1234'])(
  '40,000 characters of "%s" take no second, there and back',
  (part) => {
    const text = part.repeat(Math.ceil(40_000 / part.length)).slice(0, 40_000)
    const started = performance.now()
    const masking = createMasking('ko')
    masking.restore(masking.mask(text))
    masking.restoreGrowing(text)
    expect(performance.now() - started).toBeLessThan(1_000)
  },
)
