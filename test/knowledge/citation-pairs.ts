// Sentences as a model writes them, with the passage each cites: half are borne out, half are wrong in the ways models are.
// `other` is a passage 2 that the answer could have cited instead.
export interface CitationPair {
  sentence: string
  passage: string
  translation?: string
  other?: string
}

export const RIGHT: readonly CitationPair[] = [
  // Korean from Korean
  {
    sentence: '상품을 받으신 날부터 7일 안에 반품을 신청하실 수 있습니다',
    passage:
      '반품 안내\n단순 변심에 의한 반품은 상품 수령일로부터 7일 이내에 신청 가능합니다. 왕복 배송비 6,000원은 고객 부담입니다.',
  },
  {
    sentence: '일주일 이내에 신청하시면 되고, 왕복 배송비 6천 원은 고객님 부담이에요',
    passage:
      '단순 변심에 의한 반품은 상품 수령일로부터 7일 이내에 신청 가능합니다. 왕복 배송비 6,000원은 고객 부담입니다.',
  },
  {
    sentence: '5만 원 이상 주문하시면 배송비가 무료입니다',
    passage: '배송비는 3,000원이며 50,000원 이상 구매 시 배송비가 없습니다.',
  },
  {
    sentence: '환불은 카드사에 따라 최대 5영업일까지 걸릴 수 있습니다',
    passage: '카드 결제 취소는 카드사 사정에 따라 영업일 기준 3~5일이 소요됩니다.',
  },
  {
    sentence: '평일 오전 9시부터 오후 6시까지 상담하실 수 있습니다',
    passage: '고객센터 1588-1234\n운영시간: 평일 09:00~18:00, 점심시간 12:00~13:00, 주말·공휴일 휴무',
  },
  {
    sentence: '개봉하신 상품은 반품하실 수 없습니다',
    passage: '미개봉 상품은 반품 가능하나, 개봉한 상품은 반품이 불가능합니다.',
  },
  {
    sentence: '프리미엄 요금제는 월 19,900원이고 저장 공간은 100GB입니다',
    passage:
      '| 요금제 | 월 요금 | 저장 공간 |\n|---|---|---|\n| 베이직 | 9,900원 | 10GB |\n| 프리미엄 | 19,900원 | 100GB |',
  },
  {
    sentence: '오류 코드 E-1042는 결제 시간이 초과됐다는 뜻입니다',
    passage: 'E-1042: 결제 시간 초과. 10분 안에 결제를 마치지 않으면 나타납니다.',
  },
  {
    sentence: '2026년 12월 31일까지 사용하실 수 있습니다',
    passage: '본 쿠폰의 유효기간은 2026-12-31까지입니다.',
  },
  {
    sentence: '포인트는 적립한 날부터 1년 동안 쓸 수 있어요',
    passage: '적립 포인트의 유효기간은 적립일로부터 12개월이며 1,000점부터 사용할 수 있습니다.',
  },
  {
    sentence: '비밀번호를 5회 잘못 입력하면 30분간 잠깁니다',
    passage: '보안을 위해 비밀번호를 다섯 번 연속 틀리면 계정이 30분 동안 잠깁니다.',
  },
  {
    sentence: '제주와 도서산간 지역은 3천 원이 추가됩니다',
    passage: '제주 및 도서산간 지역은 추가 배송비 3,000원이 부과되며 2~3일 더 걸릴 수 있습니다.',
  },
  {
    sentence: 'Slack 연동은 설정 메뉴에서 하실 수 있습니다',
    passage: '연동하기: 설정 > 연동 메뉴에서 슬랙 또는 디스코드를 선택하세요.',
  },
  // English from English
  {
    sentence: 'You can return unopened items within two weeks of delivery',
    passage:
      'Returns\nUnopened items can be returned within 14 days of delivery. A restocking fee of $5 applies.',
  },
  {
    sentence: 'A $5 restocking fee applies',
    passage: 'Items can be returned within 14 days. A restocking fee of USD 5 applies.',
  },
  {
    sentence: 'Opened items cannot be returned',
    passage: 'Unopened items can be returned within 14 days. Opened items are not eligible for return.',
  },
  {
    sentence: 'The Pro plan includes 100 GB of storage and up to 25 users',
    passage: 'Plans. Basic: 10 GB, 5 users. Pro: 100 GB, 25 users.',
  },
  {
    sentence: 'Orders placed before 2 p.m. KST ship the same day',
    passage: 'We ship orders the same day if they are placed by 14:00 (KST).',
  },
  {
    sentence: 'Refunds take 3 to 5 business days',
    passage: 'Once approved, your refund is issued within 3–5 business days.',
  },
  {
    sentence: 'Update to version 2.4.1 or later to fix the E-2001 error',
    passage: 'Error E-2001 occurs in old versions. It is fixed in v2.4.1. Please update the app.',
  },
  {
    sentence: 'The sale ends on November 25 at midnight',
    passage: 'Our autumn sale runs until Nov 25, 2026, 00:00.',
  },
  {
    sentence: 'Half of the fee is refunded if you cancel at least 48 hours ahead',
    passage: 'Cancel 2 days or more in advance to get 50% of the fee back.',
  },
  // across languages
  {
    sentence: 'You can request a return within 7 days of receiving the item',
    passage: '단순 변심에 의한 반품은 상품 수령일로부터 일주일 이내에 신청 가능합니다.',
  },
  {
    sentence: 'Shipping costs KRW 3,000 and is free for orders of KRW 50,000 or more',
    passage: '배송비는 3천 원이며 5만 원 이상 구매 시 무료입니다.',
    translation: 'Shipping is 3,000 won; it is free for purchases of 50,000 won or more.',
  },
  {
    sentence: 'The Premium plan is KRW 19,900 per month',
    passage: '프리미엄 요금제는 월 1만 9,900원입니다.',
  },
  {
    sentence: 'Support is open on weekdays from 9 a.m. to 6 p.m.',
    passage: '고객센터 운영시간: 평일 09:00~18:00 (주말·공휴일 휴무)',
  },
  {
    sentence: '수령 후 30일 이내에 무료로 교환하실 수 있습니다',
    passage: 'Exchanges are free within 30 days of receipt.',
  },
  {
    sentence: '환불은 영업일 기준 5~7일 걸립니다',
    passage: 'Refunds are processed in five to seven business days.',
    translation: '환불은 5~7영업일 이내에 처리됩니다.',
  },
  {
    sentence: '사흘 안에 답변해 드립니다',
    passage: 'Our team answers every ticket within three days.',
  },
  {
    sentence: 'Discord 서버당 봇을 3개까지 연결할 수 있습니다',
    passage: 'You can connect up to three bots per Discord server.',
  },
]

export const WRONG: readonly (CitationPair & { wrong: string })[] = [
  // Korean from Korean
  {
    wrong: 'number of days',
    sentence: '상품을 받으신 날부터 14일 안에 반품을 신청하실 수 있습니다',
    passage: '단순 변심에 의한 반품은 상품 수령일로부터 7일 이내에 신청 가능합니다.',
  },
  {
    wrong: 'amount',
    sentence: '왕복 배송비 5,000원은 고객님 부담입니다',
    passage: '왕복 배송비 6,000원은 고객 부담입니다.',
  },
  {
    wrong: 'a zero too many',
    sentence: '50만 원 이상 주문하시면 배송비가 무료입니다',
    passage: '배송비는 3,000원이며 50,000원 이상 구매 시 무료입니다.',
  },
  {
    wrong: 'unit',
    sentence: '환불은 3~5주가 걸립니다',
    passage: '카드 결제 취소는 영업일 기준 3~5일이 소요됩니다.',
  },
  {
    wrong: 'business days lost',
    sentence: '환불은 3~5일 걸립니다',
    passage: '카드 결제 취소는 영업일 기준 3~5일이 소요됩니다.',
  },
  {
    wrong: 'time',
    sentence: '평일 오전 9시부터 오후 8시까지 상담하실 수 있습니다',
    passage: '고객센터 운영시간: 평일 09:00~18:00',
  },
  {
    wrong: 'negated',
    sentence: '개봉한 상품은 반품이 가능합니다',
    passage: '미개봉 상품은 교환 가능하나, 개봉한 상품은 반품이 불가능합니다.',
  },
  {
    wrong: 'negated',
    sentence: '제주 지역으로는 배송하지 않습니다',
    passage: '제주 지역으로도 배송합니다. 추가 배송비가 있습니다.',
  },
  {
    wrong: 'product',
    sentence: '프리미엄 요금제는 월 9,900원입니다',
    passage: '베이직 요금제는 월 9,900원이고 저장 공간은 10GB입니다.',
  },
  {
    wrong: 'code',
    sentence: '오류 코드 E-1024는 결제 시간 초과를 뜻합니다',
    passage: 'E-1042: 결제 시간 초과.',
  },
  {
    wrong: 'date',
    sentence: '2026년 11월 30일까지 사용하실 수 있습니다',
    passage: '본 쿠폰의 유효기간은 2026-12-31까지입니다.',
  },
  {
    wrong: 'year',
    sentence: '2027년 12월 31일까지 사용하실 수 있습니다',
    passage: '본 쿠폰의 유효기간은 2026-12-31까지입니다.',
  },
  {
    wrong: 'length',
    sentence: '포인트는 6개월 동안 쓸 수 있어요',
    passage: '적립 포인트의 유효기간은 적립일로부터 12개월입니다.',
  },
  {
    wrong: 'count',
    sentence: '비밀번호를 3회 틀리면 계정이 잠깁니다',
    passage: '비밀번호를 다섯 번 연속 틀리면 계정이 잠깁니다.',
  },
  {
    wrong: 'phone',
    sentence: '고객센터 번호는 1588-4321입니다',
    passage: '고객센터: 1588-1234 (평일 9시~18시)',
  },
  {
    wrong: 'passage',
    sentence: '비밀번호는 로그인 화면의 비밀번호 찾기에서 재설정하실 수 있습니다',
    passage: '배송은 결제 완료 후 시작되며 출고되면 알림톡으로 송장 번호를 보내 드립니다.',
    other: '로그인 화면에서 비밀번호 찾기를 누르면 비밀번호를 재설정할 수 있습니다.',
  },
  {
    wrong: 'passage',
    sentence: '배송비는 3,000원입니다',
    passage: '반품은 7일 이내에 신청하세요.',
    other: '배송비는 3,000원입니다.',
  },
  {
    wrong: 'service',
    sentence: 'Discord 연동은 설정 메뉴에서 하실 수 있습니다',
    passage: '설정 > 연동 메뉴에서 Slack을 선택하세요.',
  },
  // English from English
  {
    wrong: 'number of days',
    sentence: 'You can return unopened items within 30 days of delivery',
    passage: 'Unopened items can be returned within 14 days of delivery.',
  },
  { wrong: 'currency', sentence: 'A €5 restocking fee applies', passage: 'A restocking fee of $5 applies.' },
  {
    wrong: 'negated',
    sentence: 'Opened items can be returned',
    passage: 'Unopened items can be exchanged. Opened items cannot be returned.',
  },
  {
    wrong: 'negated',
    sentence: 'We do not ship to Japan',
    passage: 'We ship to Japan. Delivery takes about a week.',
  },
  {
    wrong: 'product',
    sentence: 'The Pro plan includes 10 GB of storage',
    passage: 'The Basic plan includes 10 GB of storage.',
  },
  { wrong: 'version', sentence: 'Update to version 2.5.1 to fix it', passage: 'It is fixed in v2.4.1.' },
  { wrong: 'unit', sentence: 'You can upload files up to 25 GB', passage: 'Files must be 25 MB or smaller.' },
  {
    wrong: 'name',
    sentence: 'You can pay with PayPal or by card',
    passage: 'You can pay by credit card or with KakaoPay.',
  },
  // across languages
  {
    wrong: 'number of days',
    sentence: 'You can request a return within 10 days of receiving the item',
    passage: '단순 변심에 의한 반품은 상품 수령일로부터 일주일 이내에 신청 가능합니다.',
  },
  {
    wrong: 'amount',
    sentence: 'Shipping costs KRW 30,000',
    passage: '배송비는 3천 원입니다.',
    translation: 'Shipping is 3,000 won.',
  },
  {
    wrong: 'product',
    sentence: 'The Basic plan is KRW 19,900 per month',
    passage: '프리미엄 요금제는 월 1만 9,900원입니다.',
  },
  {
    wrong: 'negated',
    sentence: '개봉한 상품은 반품할 수 있습니다',
    passage: 'Opened items cannot be returned.',
    translation: '개봉한 상품은 반품할 수 없습니다.',
  },
]
