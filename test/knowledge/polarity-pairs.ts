// Sentences that say yes or no to something, with the passage each cites: borne out, or the very opposite.
import type { CitationPair } from './citation-pairs.ts'

export const BORNE_OUT: readonly CitationPair[] = [
  { sentence: '7일이 지나면 환불하실 수 없어요', passage: '환불은 상품 수령 후 7일 이내에 가능합니다.' },
  { sentence: '개봉하신 상품은 환불이 어려워요', passage: '미개봉 상품만 환불 가능합니다.' },
  {
    sentence: '미개봉 상품은 반품하실 수 있어요',
    passage: 'Opened items cannot be returned. Unopened items can be returned.',
  },
  {
    sentence: '세일 상품은 환불되지 않아요',
    passage: 'All sales of discounted items are final sale: no refunds.',
  },
  {
    sentence: '세일 상품은 환불이 불가능하지만 교환은 가능해요',
    passage: 'Sale items cannot be refunded, but they can be exchanged.',
  },
  {
    sentence: '배송비는 환불되지 않지만 상품 금액은 환불받으실 수 있어요',
    passage: '상품 금액은 환불됩니다. 배송비는 환불되지 않습니다.',
  },
  { sentence: '주말에는 상담을 쉬어요', passage: 'Support is open on weekdays only.' },
  {
    sentence: '평일에는 상담받으실 수 있어요',
    passage: 'Our support team is closed on weekends and open on weekdays.',
  },
  { sentence: '해외로는 배송하지 않아요', passage: 'We currently do not ship overseas.' },
  { sentence: '제주에도 배송해 드려요', passage: 'We deliver nationwide, including Jeju.' },
  { sentence: '영수증이 없어도 교환하실 수 있어요', passage: 'No receipt is needed to exchange an item.' },
  { sentence: '회원 가입 없이 주문하실 수 있어요', passage: 'You can order without signing up.' },
  {
    sentence: '출고 전이라면 주문을 취소하실 수 있어요',
    passage: 'Orders can be cancelled until they are shipped. After that they cannot be cancelled.',
  },
  { sentence: '쿠폰은 함께 쓰실 수 없어요', passage: 'Coupons cannot be combined with each other.' },
  { sentence: '반려견과 함께 들어오실 수 있어요', passage: 'Pets are welcome in every store.' },
  { sentence: '설치비는 무료예요', passage: 'Installation is included in the price.' },
  { sentence: 'Opened items cannot be returned', passage: '개봉한 상품은 반품이 불가능합니다.' },
  { sentence: 'Sale items can be exchanged', passage: '세일 상품은 환불되지 않으나 교환은 가능합니다.' },
  {
    sentence: 'You cannot cancel an order once it has shipped',
    passage: '출고 전까지 주문을 취소할 수 있습니다.',
  },
  {
    sentence: 'We do not deliver on weekends',
    passage: '배송은 평일에만 합니다. 주말에는 배송하지 않습니다.',
  },
  {
    sentence: 'You can return an item without any problem within 7 days',
    passage: '7일 이내라면 반품하실 수 있습니다.',
  },
  {
    sentence: 'Refunds are not possible for custom orders',
    passage: '환불은 7일 이내에 가능합니다. 단, 주문 제작 상품은 환불이 불가합니다.',
  },
  { sentence: 'A receipt is not required', passage: '영수증이 없으셔도 교환해 드립니다.' },
  { sentence: 'Shipping is free', passage: '배송비는 무료입니다. 반품 배송비는 고객 부담입니다.' },
  { sentence: 'You can pay in instalments', passage: '5만 원 이상은 할부로 결제하실 수 있습니다.' },
  {
    sentence: '현금으로는 결제하실 수 없어요',
    passage: '카드로 결제하실 수 있습니다. 현금은 받지 않습니다.',
  },
  {
    sentence: '예약은 취소하실 수 있지만 날짜는 바꾸실 수 없어요',
    passage: 'You can cancel a booking, but you cannot change the date.',
  },
  { sentence: '교환은 한 번만 가능해요', passage: 'Items can be exchanged once.' },
  {
    sentence: '환불이 안 되는 상품도 있어요',
    passage: 'Items can be refunded within 7 days. Digital goods are final sale.',
  },
  {
    sentence: '토요일에는 운영하지 않습니다',
    passage: '고객센터 운영시간: 평일 09:00~18:00 (주말·공휴일 휴무)',
  },
]

export const OPPOSITE: readonly CitationPair[] = [
  { sentence: '환불할 수 없어요', passage: 'You can be refunded within 7 days.' },
  {
    sentence: '환불하실 수 없습니다',
    passage: 'Orders can be refunded.',
    translation: '주문은 환불받으실 수 있습니다.',
  },
  { sentence: '환불이 불가능해요', passage: '환불은 7일 이내에 가능합니다.' },
  { sentence: '환불은 안 돼요', passage: '단순 변심도 7일 이내에 환불됩니다.' },
  { sentence: '세일 상품도 환불할 수 있어요', passage: 'Sale items cannot be refunded.' },
  { sentence: '세일 상품도 교환할 수 있어요', passage: '세일 상품은 교환하실 수 없습니다.' },
  { sentence: '제주도에는 배송하지 않아요', passage: 'We deliver to Jeju Island.' },
  { sentence: '주말에도 상담해요', passage: 'Support is closed on weekends.' },
  { sentence: '주말에도 상담받으실 수 있어요', passage: '주말에는 상담하지 않습니다.' },
  { sentence: '쿠폰은 함께 쓸 수 있어요', passage: 'Coupons cannot be combined.' },
  { sentence: 'Sale items can be returned', passage: '세일 상품은 반품할 수 없습니다.' },
  { sentence: 'We do not ship abroad', passage: '해외 배송도 가능합니다.' },
  { sentence: 'You need a receipt to exchange an item', passage: '영수증이 없어도 교환할 수 있습니다.' },
  {
    sentence: 'You cannot change the address after ordering',
    passage: 'You can change the address until the order ships.',
  },
  { sentence: 'Gift cards are refundable', passage: 'Gift cards are non-refundable.' },
  { sentence: 'Pets are not allowed in the store', passage: 'Pets are allowed in the store.' },
  { sentence: '반려동물은 함께 들어올 수 없어요', passage: 'Pets are welcome in our store.' },
  { sentence: '회원 가입을 해야 주문할 수 있어요', passage: '회원 가입 없이도 주문할 수 있습니다.' },
  { sentence: '배송비는 무료예요', passage: '배송비는 고객님이 부담하셔야 합니다.' },
  {
    sentence: 'Installation is free of charge',
    passage: 'Installation costs are not included in the price.',
  },
  { sentence: '해외로도 배송해 드려요', passage: 'We do not ship internationally.' },
  {
    sentence: '디지털 상품도 환불받으실 수 있어요',
    passage: 'Digital goods are final sale and cannot be refunded.',
  },
  { sentence: 'You can exchange opened items', passage: '개봉한 상품은 교환해 드리지 않습니다.' },
  { sentence: '할부로 결제하실 수 없어요', passage: 'You can pay in instalments.' },
  { sentence: 'Support is open on holidays', passage: '공휴일에는 상담하지 않습니다.' },
  { sentence: '예약은 취소하실 수 없어요', passage: 'Bookings can be cancelled free of charge.' },
  { sentence: 'You have to sign up to order', passage: '회원 가입을 하지 않아도 주문하실 수 있습니다.' },
  { sentence: '영수증이 필요해요', passage: 'You do not need a receipt.' },
  { sentence: 'Shipping is at your own expense', passage: '배송은 무료입니다.' },
  { sentence: '불량 상품은 교환되지 않아요', passage: 'Defective items can be exchanged.' },
]

/** Right ones that sound like the opposite: what differs is said beside it, or with another noun. */
export const BESIDE: readonly CitationPair[] = [
  {
    sentence: '색상 교환은 안 됩니다',
    passage: 'Items can be exchanged for a different size, but not for a different colour.',
  },
  {
    sentence: 'Reservations can be cancelled free of charge',
    passage: '예약 취소는 무료이며, 당일 취소는 불가합니다.',
  },
  {
    sentence: 'Pets are not allowed in the restaurant',
    passage: '객실에는 반려견 동반이 가능합니다. 식당은 불가입니다.',
  },
  {
    sentence: '매장에서는 환불이 안 됩니다',
    passage: 'Refunds are available online. Stores do not handle them.',
  },
  {
    sentence: '로그인하지 않아도 주문 조회가 가능해요',
    passage: 'You need an account to write reviews. Guests check orders with the order number.',
  },
  { sentence: '온라인 환불은 가능해요', passage: 'Stores cannot refund. Online it is fine.' },
  { sentence: '당일 예약은 취소하실 수 없어요', passage: 'Bookings can be cancelled. Not on the same day.' },
  { sentence: 'Gift sets cannot be exchanged', passage: '교환이 가능합니다. 선물 세트는 안 됩니다.' },
]
