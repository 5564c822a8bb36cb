// Sentences that give a thing its price, hours or length, with the passage each cites and one about something like it that
// was found besides: the thing's own, or what belongs to another one.
import type { CitationPair } from './citation-pairs.ts'

/** What one thing has, said of another. */
export const ANOTHERS: readonly CitationPair[] = [
  {
    sentence: '머그컵은 18,000원이에요',
    passage: '텀블러는 18,000원입니다.',
    other: '머그컵은 12,000원입니다.',
  },
  {
    sentence: '머그컵의 가격은 18,000원입니다',
    passage: '| 상품 | 가격 |\n|---|---|\n| 머그컵 | 12,000원 |\n| 텀블러 | 18,000원 |',
  },
  {
    sentence: '노을빛 원두는 15,000원이에요',
    passage: '햇살 원두는 200g에 15,000원입니다.',
    other: '노을빛 원두는 200g에 18,000원입니다.',
  },
  {
    sentence: '강남점은 밤 10시까지 열어요',
    passage: '홍대점은 오전 11시부터 오후 10시까지 영업합니다.',
    other: '강남점은 오전 10시부터 오후 9시까지 영업합니다.',
  },
  {
    sentence: '카카오페이로 결제하시면 5% 할인돼요',
    passage: '네이버페이로 결제하시면 5% 할인됩니다.',
    other: '카카오페이로 결제하시면 3% 할인됩니다.',
  },
  {
    sentence: '전기포트의 보증 기간은 2년이에요',
    passage: '그라인더의 보증 기간은 2년입니다.',
    other: '전기포트\n보증 기간은 1년입니다.',
  },
  {
    sentence: '담요는 세탁기로 30도에서 빨 수 있어요',
    passage: '쿠션은 30도 이하의 물로 세탁하세요.',
    other: '담요\n드라이클리닝만 하세요.',
  },
  {
    sentence: '드립백은 6개월 동안 마실 수 있어요',
    passage: '캡슐은 제조일로부터 6개월까지 드실 수 있습니다.',
    other: '드립백은 제조일로부터 12개월까지 드실 수 있습니다.',
  },
  { sentence: 'The kettle has a 2-year warranty', passage: 'The grinder has a 2-year warranty.' },
  {
    sentence: 'The kettle comes with a two-year warranty',
    passage: 'The warranty on the grinder lasts 2 years.',
    other: 'The kettle has a 1-year warranty.',
  },
  {
    sentence: 'The blanket costs $40',
    passage: 'The cushion is $40.',
    other: 'Our wool blanket sells for $65.',
  },
  {
    sentence: 'The downtown store is open until 10 p.m.',
    passage: 'The harbour store is open from 11 a.m. to 10 p.m.',
    other: 'The downtown store is open from 10 a.m. to 9 p.m.',
  },
  {
    sentence: 'The small tent sleeps 4 people',
    passage: 'The large tent sleeps 4 people.',
    other: 'The small tent sleeps 2 people.',
  },
  { sentence: 'The mug holds 500 ml', passage: 'Sizes. The mug holds 350 ml. The tumbler holds 500 ml.' },
  {
    sentence: '스위트룸은 1박에 320,000원이에요',
    passage: '디럭스룸은 1박에 320,000원입니다.',
    other: '스위트룸은 1박에 450,000원입니다.',
  },
  {
    sentence: '수영장은 밤 10시까지 이용하실 수 있어요',
    passage: '헬스장은 오전 6시부터 오후 10시까지 이용 가능합니다.',
    other: '수영장은 오전 9시부터 오후 8시까지 운영합니다.',
  },
  {
    sentence: '해바라기 요금제의 데이터는 10GB예요',
    passage: '무지개 요금제는 데이터 10GB를 제공합니다.',
    other: '해바라기 요금제는 데이터 5GB를 제공합니다.',
  },
  {
    sentence: '부산에서 출발하는 셔틀은 12,000원이에요',
    passage: '대전에서 출발하는 셔틀은 12,000원입니다.',
    other: '부산에서 출발하는 셔틀은 25,000원입니다.',
  },
  {
    sentence: '요가 수업은 매주 3회 있어요',
    passage: '필라테스 수업은 주 3회 진행합니다.',
    other: '요가 수업은 주 2회 진행합니다.',
  },
  {
    sentence: '토스로 보내시면 수수료가 500원이에요',
    passage: '우리은행 앱으로 송금하면 수수료가 500원입니다.',
    other: '토스로 송금하면 수수료가 없습니다.\n토스 한도는 2,000,000원이며 초과하면 1,000원이 듭니다.',
  },
  {
    sentence: '에어팟 케이스는 9,900원에 판매해요',
    passage: '갤럭시버즈 케이스: 9,900원',
    other: '에어팟 케이스: 14,900원',
  },
  {
    sentence: '김치찌개는 9,000원이에요',
    passage: '된장찌개 9,000원 / 비빔밥 10,000원',
    other: '김치찌개 9,500원',
  },
  {
    sentence: 'The sofa is delivered within 3 weeks',
    passage: 'The armchair is delivered within 3 weeks.',
    other: 'The sofa is delivered within 8 weeks.',
  },
  {
    sentence: 'Tickets for the aquarium are $15',
    passage: 'Zoo tickets cost $15.',
    other: 'Aquarium tickets cost $25.',
  },
  {
    sentence: 'The router supports up to 32 devices',
    passage: 'The repeater supports up to 32 devices.',
    other: 'The router supports up to 64 devices.',
  },
  {
    sentence: 'The spa closes at 8 p.m.',
    passage: 'The gym closes at 8 p.m.',
    other: 'The spa closes at 10 p.m.',
  },
  {
    sentence: 'You can rent a kayak for $30 an hour',
    passage: 'You can rent a paddleboard for $30 an hour.',
    other: 'Kayaks are $45 an hour.',
  },
  {
    sentence: 'The starter kit weighs 2 kg',
    passage: 'The travel kit weighs 2 kg.',
    other: 'The starter kit weighs 3 kg.',
  },
]

/** Two things that have each other's values. */
export const SWAPPED: readonly CitationPair[] = [
  {
    sentence: '반품은 7일, 교환은 14일 이내에 신청하세요',
    passage: '교환은 7일, 반품은 14일 이내에 신청해 주세요.',
  },
  {
    sentence: '반품은 7일이고 교환은 14일이에요',
    passage: '교환은 7일 이내에 신청하세요. 반품은 14일 이내에 신청하세요.',
  },
  { sentence: 'The mug is $12 and the tumbler is $18', passage: 'The mug is $18 and the tumbler is $12.' },
]

/** Said rightly, in other words than the passage's, and often in those of the passage beside it. */
export const ITS_OWN: readonly CitationPair[] = [
  {
    sentence: '머그컵 가격은 12,000원이에요',
    passage: '| 상품 | 가격 |\n|---|---|\n| 머그컵 | 12,000원 |\n| 텀블러 | 18,000원 |',
    other: '머그컵은 매장에서 10% 할인됩니다.',
  },
  {
    sentence: '노을빛 원두 200g은 만 팔천 원에 사실 수 있어요',
    passage: '노을빛(200g): 18,000원',
    other: '햇살 원두는 200g에 15,000원입니다.',
  },
  {
    sentence: '강남 매장은 밤 9시까지 열어요',
    passage: '강남점 영업시간은 10:00~21:00입니다.',
    other: '홍대 매장은 22:00까지 영업합니다.',
  },
  {
    sentence: '돈은 카드사에서 3~5영업일 안에 돌려받으세요',
    passage: '카드 결제 취소는 영업일 기준 3~5일이 소요됩니다.',
    other: '현금 환불은 7영업일 이내에 계좌로 입금됩니다. 돈은 본인 계좌로만 보냅니다.',
  },
  {
    sentence: '적립금은 1년 동안 쓸 수 있어요',
    passage: '포인트는 1년 동안 쓸 수 있습니다.',
    other: '적립금은 구매 후 7일 뒤에 지급됩니다.',
  },
  {
    sentence: '택배비는 주문마다 3,000원이에요',
    passage: '배송비는 주문 한 건에 3,000원입니다.',
    other: '반품 택배비는 6,000원입니다.',
  },
  {
    sentence: '커피 원두는 볶은 날부터 30일 안에 드세요',
    passage: '원두는 로스팅 후 30일 이내에 드시는 것을 권합니다.',
    other: '커피 캡슐은 12개월까지 드실 수 있습니다.',
  },
  {
    sentence: '설치 기사님이 방문 2시간 전에 연락드려요',
    passage: '기사가 도착 2시간 전에 전화로 안내합니다.',
    other: '방문 날짜는 하루 전에 바꿀 수 있습니다.',
  },
  {
    sentence: '반품은 7일, 교환은 14일 안에 신청하세요',
    passage: '반품은 7일 이내, 교환은 14일 이내에 신청해 주세요.',
  },
  {
    sentence: 'The kettle is covered for two years',
    passage: 'Kettle: 2-year warranty. Grinder: 1-year warranty.',
    other: 'The kettle holds 1.7 litres. The filter lasts 1 year.',
  },
  {
    sentence: 'Your money is back within 5 business days',
    passage: 'Refunds are issued within 5 business days.',
    other: 'Money sent by bank transfer takes 7 business days.',
  },
  {
    sentence: 'The mug costs 12 dollars',
    passage: 'Mugs are $12, tumblers are $18.',
    other: 'A mug with your name on it costs $20.',
  },
  {
    sentence: 'The downtown branch closes at 9 p.m.',
    passage: 'Downtown store: open from 10:00, closed from 21:00.',
    other: 'The harbour branch closes at 22:00.',
  },
  {
    sentence: 'The mug is KRW 12,000',
    passage: '머그컵은 12,000원입니다.',
    other: 'The mug is dishwasher-safe up to 65 degrees. Gift wrapping is KRW 2,000.',
  },
  {
    sentence: '텀블러는 18,000원입니다',
    passage: 'The tumbler is KRW 18,000.',
    translation: '텀블러는 18,000원입니다.',
    other: '텀블러 뚜껑은 5,000원입니다.',
  },
  {
    sentence: '스위트룸 요금은 하룻밤에 450,000원이에요',
    passage: '스위트룸: 1박 450,000원 (조식 포함)',
    other: '조식은 1인 25,000원입니다. 하룻밤 더 묵으시면 10% 할인됩니다.',
  },
  {
    sentence: '방 안의 미니바는 하루 30,000원까지 무료예요',
    passage: '객실 냉장고의 음료는 1일 3만 원 한도로 무료 제공됩니다.',
    other: '미니바 음료는 개당 5,000원입니다.',
  },
  {
    sentence: '아이는 36개월까지 무료로 입장해요',
    passage: '생후 36개월 이하 유아는 입장료가 없습니다.',
    other: '아이 동반 시 유모차는 3,000원에 빌릴 수 있습니다. 아이 기준은 13세 미만입니다.',
  },
  {
    sentence: '강아지는 10kg까지 함께 탈 수 있어요',
    passage: '반려견은 10kg 이하만 동반 탑승이 가능합니다.',
    other: '강아지 간식은 5,000원입니다.',
  },
  {
    sentence: '운동 수업은 24시간 전까지 취소하실 수 있어요',
    passage: '클래스는 시작 24시간 전까지 취소 가능합니다.',
    other: '수업은 50분간 진행됩니다.',
  },
  {
    sentence: '데이터를 다 쓰시면 400kbps로 느려져요',
    passage: '기본 제공량 소진 후에는 속도가 400kbps로 제한됩니다.',
    other: '데이터 1GB 추가는 5,000원입니다.',
  },
  {
    sentence: '셔틀버스 표는 현장에서 12,000원에 살 수 있어요',
    passage: '대전 출발 셔틀은 12,000원이며 현장 구매가 가능합니다.',
    other: '표는 출발 10분 전까지 바꿀 수 있고 수수료는 1,000원입니다.',
  },
  {
    sentence: '소파는 3주 정도 기다리셔야 받으실 수 있어요',
    passage: '소파는 주문 제작으로 약 3주 뒤 배송됩니다.',
    other: '암체어는 1주 뒤 배송됩니다.',
  },
  {
    sentence: '책은 14일 동안 빌리실 수 있어요',
    passage: '도서 대출 기간은 14일입니다.',
    other: '책 반납이 늦으면 하루 100원의 연체료가 있습니다. 전자책은 7일 뒤 자동 반납됩니다.',
  },
  {
    sentence: '주차는 3시간까지 무료예요',
    passage: '방문객 차량은 3시간 무료 주차가 가능합니다.',
    other: '주차 요금은 10분당 1,000원입니다.',
  },
  {
    sentence: '백업은 30일 동안 보관돼요',
    passage: '자동 백업본은 30일간 유지됩니다.',
    other: '백업 용량은 10GB까지입니다.',
  },
  {
    sentence: 'Kids under 3 get in free',
    passage: 'Children below the age of 3 enter for free.',
    other: 'Kids pay $10 for the train.',
  },
  {
    sentence: 'Dogs can weigh up to 10 kg',
    passage: 'Pets of up to 10 kg may travel with you.',
    other: 'Dogs must be on a lead of 2 m.',
  },
  {
    sentence: 'Your seat is held for 15 minutes',
    passage: 'We keep your table for 15 minutes.',
    other: 'A seat can be changed up to 2 hours before the show.',
  },
  {
    sentence: 'Classes can be cancelled up to 24 hours ahead',
    passage: 'Cancel a session at least 24 hours before it starts.',
    other: 'Classes last 50 minutes.',
  },
  {
    sentence: 'Recordings are kept for 90 days',
    passage: 'We delete meeting videos after 90 days.',
    other: 'Recordings can be 4 hours long.',
  },
  {
    sentence: 'The couch arrives in about 3 weeks',
    passage: 'The sofa is made to order and is delivered in about 3 weeks.',
    other: 'A couch cover costs $80.',
  },
  {
    sentence: 'Books can be borrowed for 14 days',
    passage: 'The loan period is 14 days.',
    other: 'Books that are late cost 10 cents a day.',
  },
  {
    sentence: 'The Wi-Fi costs 5 euros a day',
    passage: 'Internet access: EUR 5 per day.',
    other: 'Wi-Fi is free in the lobby for 30 minutes.',
  },
  {
    sentence: '입장료는 25달러예요',
    passage: 'Admission is $25.',
    other: '입장료 환불은 7일 이내에 됩니다.',
  },
  {
    sentence: 'A night in the suite is 450,000 won',
    passage: '스위트룸은 1박에 450,000원입니다.',
    translation: 'The suite room costs 450,000 won per night.',
    other: 'The deluxe room is 320,000 won a night.',
  },
  {
    sentence: '수건은 2장까지 무료로 드려요',
    passage: 'Two towels are included free of charge.',
    translation: '수건 2장은 무료로 제공됩니다.',
    other: '추가 수건은 1장에 2,000원입니다.',
  },
]
