// A particle behind a word that was put in afterwards is made to fit it, whichever of the two forms stood there.
import { describe, expect, it, test } from 'vitest'
import { type ParticlePair, repairParticle } from '../../src/text/particles.ts'

// Each line: the pair, then words with the right particle, after a space.
const rows: [ParticlePair, string][] = [
  [
    '은/는',
    `회원은 고객은 포인트는 쿠폰은 교환은 반품은 취소는 결제는 배송비는 택배는 송장은 주소는 이름은 비밀번호는 아이디는 로그인은
    앱은 웹은 사이트는 링크는 메일은 문자는 전화는 상담은 문의는 답변은 오류는 화면은 버튼은 설정은 알림은 사진은 파일은 영수증은
    카드는 계좌는 은행은 한도는 기간은 오늘은 내일은 모레는 사흘은 나흘은 보름은 월요일은 주말은 휴일은 매장은 창고는 재고는
    품절은 사이즈는 색상은 검정은 파랑은 흰색은 빨강은`,
  ],
  [
    '은/는',
    `iPhone은 Mac은 Excel은 Word는 PowerPoint는 Zoom은 Teams는 Notion은 Jira는 GitHub는 Gmail은 Outlook은 Chrome은 Safari는
    Firefox는 Edge는 AWS는 API는 SDK는 URL은 PDF는 CSV는 JSON은 XML은 HTML은 CSS는 SQL은 GPU는 CPU는 RAM은 SSD는 USB는 Wi-Fi는
    GPS는 SMS는 OTP는 PIN은 VIP는 FAQ는 DM은 AI는 Slack은 Discord는 EXAONE은 1은 2는 3은 4는 5는 6은 7은 8은 9는 10은 100은
    1,000은 10,000은 3만은 2시는 5일은 30%는 3kg은 10km는 500ml는 5GB는`,
  ],
  [
    '이/가',
    `주문이 상품이 가격이 금액이 할인이 적립금이 배송이 도착이 출고가 입고가 파손이 불량이 하자가 누락이 분실이 지연이 문제가
    원인이 해결이 방법이 절차가 서류가 신분증이 통장이 사본이 서명이 동의가 약관이 정책이 규정이 예외가 혜택이 등급이 이벤트가
    당첨이 경품이 선물이 포장이 리본이 상자가 봉투가 스티커가 라벨이 바코드가 QR이 코드가 번호가 자리가 글자가 숫자가 기호가 이모지가`,
  ],
  [
    '을/를',
    `주문을 결제를 취소를 환불을 교환을 반품을 회수를 배송을 수령을 확인을 승인을 거절을 요청을 접수를 처리를 등록을 변경을 삭제를
    추가를 수정을 조회를 검색을 선택을 입력을 저장을 전송을 첨부를 다운로드를 업로드를 설치를 업데이트를 재시작을 재설정을 초기화를
    인증을 로그아웃을 탈퇴를 가입을 구독을 해지를 연장을 갱신을 예약을 방문을 통화를 채팅을 메시지를 스레드를 채널을 서버를 봇을
    명령어를 메뉴를 탭을 창을 브라우저를`,
  ],
  [
    '와/과',
    '주소와 이름과 번호와 메일과 전화와 카드와 통장과 상품과 옵션과 수량과 가격과 날짜와 시간과 장소와 Slack과 API와',
  ],
  [
    '으로/로',
    `메일로 문자로 전화로 앱으로 웹으로 링크로 주소로 계좌로 카드로 현금으로 포인트로 쿠폰으로 매장으로 창고로 택배로 퀵으로 등기로
    우편으로 지하철로 버스로 서울로 부산으로 대구로 광주로 대전으로 울산으로 제주로 URL로 Gmail로 API로 PDF로 1로 3으로 7로`,
  ],
  ['이나/나', '전화나 메일이나 채팅이나 문자나 Slack이나 API나'],
  ['이랑/랑', '주소랑 이름이랑 메일이랑 카드랑 Slack이랑 API랑'],
  ['이에요/예요', '오류예요 품절이에요 무료예요 쿠폰이에요 Slack이에요 API예요 3이에요 2예요'],
]

const table = rows.flatMap(([pair, line]) =>
  line
    .trim()
    .split(/\s+/)
    .map((joined) => ({ pair, joined })),
)
/** As people write it who leave the choice open. */
const OPEN: Partial<Record<ParticlePair, string>> = {
  '은/는': '은(는)',
  '이/가': '이(가)',
  '을/를': '을(를)',
  '와/과': '와(과)',
  '으로/로': '(으)로',
  '이나/나': '(이)나',
}

test('the table is as long as it says', () => {
  expect(table.length).toBeGreaterThanOrEqual(300)
  expect(new Set(table.map(({ pair, joined }) => pair + joined)).size).toBe(table.length)
})

describe.each(table)('$joined', ({ pair, joined }) => {
  const forms = pair.split('/').sort((a, b) => b.length - a.length)
  const right = forms.find((form) => joined.endsWith(form))!
  const word = joined.slice(0, -right.length)
  it('from either form', () => {
    for (const form of [...forms, OPEN[pair] ?? right])
      for (const rest of [' 확인해 주세요', '.', ''])
        expect(word + repairParticle(word, form + rest)).toBe(joined + rest)
  })
})

test.each([
  ['Slack', '는요?', '은요?'],
  ['API', '과는 달라요', '와는 달라요'],
  ['주소', '으로만 보내요', '로만 보내요'],
  ['Slack', '라고 해요', '이라고 해요'],
  ['API', '이라는 말', '라는 말'],
  ['쿠폰', '였어요', '이었어요'],
  ['무료', '이었어요', '였어요'],
])('%s + %s is %s', (word, after, repaired) => {
  expect(repairParticle(word, after)).toBe(repaired)
})

test.each([
  ['배송', '이미 했어요'],
  ['API', '가격'],
  ['Slack', ' 은행'],
  ['Slack', '에서'],
  ['카드', '은행'],
  ['주소', '로봇'],
  ['상품', '나무'],
  ['쿠폰', '입니다'],
  ['쿠폰', '도'],
  ['쿠폰', ''],
  ['API', '라디오'],
])('%s + “%s” is left alone', (word, after) => {
  expect(repairParticle(word, after)).toBe(after)
})
