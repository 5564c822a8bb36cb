// Numbers that belong to one person: orders, resident and other official numbers, cards, phones, accounts.
import { ACCOUNTS } from './accounts.ts'
import { PARCELS } from './parcels.ts'
import {
  digitsOf,
  hasResidentChecksum,
  isBirthDay,
  isCode,
  isDate,
  isLuhn,
  ORDER_CODE,
  type Rule,
  THEN,
} from './rule.ts'

/** The company's own number, which everybody may call. */
const PUBLIC_LINE =
  /(?:고객 ?센터|고객 ?만족 ?센터|상담 ?센터|콜 ?센터|서비스 ?센터|대표 ?(?:번호|전화)|매장|지점|본사|customer (?:service|care|center|centre)|call cent(?:er|re)|hotline|head office|store)[^\d\n]{0,12}$/i

const CUSTOMS = /통관|customs|PCCC/i

const REGIONS = '서울|부산|대구|인천|광주|대전|울산|경기|강원|충북|충남|전북|전남|경북|경남|제주'
const DIGIT = '[공영일이삼사오육륙칠팔구]'

export const NUMBERS: readonly Rule[] = [
  ...PARCELS,
  {
    kind: 'order',
    pattern: new RegExp(
      `(?:주문|접수|예약|결제|승인|거래|회원|고객|티켓) ?(?:번호|ID|아이디)${THEN}${ORDER_CODE}`,
      'gi',
    ),
    accepts: ({ text }) => isCode(text, 4),
  },
  {
    kind: 'order',
    pattern: new RegExp(
      `\\b(?:order|booking|reservation|invoice|receipt|ticket|customer|member(?:ship)?)(?: (?:no\\.?|number|id)|(?= ?#))${THEN}${ORDER_CODE}`,
      'gi',
    ),
    accepts: ({ text }) => isCode(text, 4),
  },
  {
    kind: 'order',
    pattern: new RegExp(`(?:주문|\\border) ?${ORDER_CODE}`, 'gi'),
    accepts: ({ text, after }) => isCode(text, 8) && !/^ ?(?:원|won|KRW)/.test(after),
  },
  {
    kind: 'order',
    pattern: /(?<![\w-])20\d{6}-\d{3,10}(?![\w-])/g,
    accepts: ({ text }) => isDate(text.slice(0, 8)) && !isDate(text.slice(9)),
  },
  {
    kind: 'licence',
    pattern: new RegExp(
      String.raw`(?<![\d가-힣-])(?:(?:1[1-9]|2[0-8])-|(?:${REGIONS})[- ]?(?:(?:1[1-9]|2[0-8])-)?)\d{2}-\d{6}-\d{2}(?![\d-])`,
      'g',
    ),
  },
  {
    kind: 'licence',
    pattern: /(?<![\w-])(?:1[1-9]|2[0-8])[- ]?\d{2}[- ]?\d{6}[- ]?\d{2}(?![\w-])/g,
    accepts: ({ before }) => /(?:면허|licen[cs]e)[^\d\n]{0,16}$/i.test(before),
  },
  {
    kind: 'passport',
    // Ticket numbers look like the old form.
    pattern: /(?<![A-Za-z\d-])[MSRODG](?:\d{8}|\d{3}[A-Z]\d{4})(?![A-Za-z\d-])/gi,
    accepts: ({ text, before, after }) =>
      /^[A-Z]\d{3}[A-Z]\d{4}$/.test(text) || /여권|passport/i.test(before) || /여권|passport/i.test(after),
  },
  {
    kind: 'passport',
    pattern: new RegExp(
      String.raw`(?:여권(?: ?번호)?|passport(?: (?:no\.?|number))?)${THEN}(?<value>[A-Z]\d{3}[A-Z]?\d{4,5})(?!\d)`,
      'gi',
    ),
  },
  { kind: 'customs', pattern: /(?<![A-Za-z\d])[Pp][- ]?\d{4}[- ]?\d{4}[- ]?\d{4}(?!\d)/g },
  {
    kind: 'customs',
    // However it is spaced, where it is named.
    pattern: /(?<![A-Za-z\d])[Pp](?:[- ]?\d){12}(?![\d-]| \d)/g,
    accepts: ({ before, after }) => CUSTOMS.test(before) || CUSTOMS.test(after),
  },
  {
    kind: 'customs',
    pattern: /(?<![A-Za-z\d-]|\d )P \d{3} \d{4} \d{4} \d(?![\d-]| \d)/g,
  },
  {
    kind: 'customs',
    pattern: new RegExp(String.raw`통관 ?(?:고유)? ?(?:부호|번호)${THEN}(?<value>[Pp]?\d{12})(?!\d)`, 'g'),
  },
  {
    kind: 'birth',
    pattern: new RegExp(
      String.raw`(?:생년 ?월일|주민 ?(?:등록)? ?번호 ?앞 ?(?:자리|6자리)?|date of birth|birth ?(?:date|day)|\bDOB)${THEN}(?<value>\d{6}(?:\d{2})?|\d{2,4}(?:[-./] ?|년 ?)\d{1,2}(?:[-./] ?|월 ?)\d{1,2}일?)(?!\d)`,
      'gi',
    ),
  },
  {
    kind: 'resident',
    pattern: /(?<![\d-])\d{6} ?- ?[1-8][\d*]{6}(?![\d*])/g,
    accepts: ({ text }) => isBirthDay(text),
  },
  {
    kind: 'resident',
    // Thirteen bare digits are more often a time in milliseconds.
    pattern: /(?<![\w-])\d{6} ?[1-8]\d{6}(?![\w-])/g,
    accepts: ({ text, before }) =>
      isBirthDay(text) &&
      (hasResidentChecksum(digitsOf(text)) || /(?:주민|외국인|등록 ?번호)[^\d\n]{0,12}$/.test(before)),
  },
  {
    kind: 'card',
    // Coupons and gift vouchers are written in fours too.
    pattern: /(?<![\d-])\d{4}( ?- ?|[ .])[\d*]{4}\1[\d*]{4}\1[\d*]{4}(?![\d*-])/g,
    accepts: ({ text, before }) =>
      /^[2-69]/.test(text) &&
      (text.includes('*') || isLuhn(digitsOf(text)) || /(?:카드|card)[^\d\n]{0,12}$/i.test(before)),
  },
  {
    kind: 'card',
    pattern: /(?<![\w-])(?:[2-69]\d{15}|3[47]\d{2}[- ]?\d{6}[- ]?\d{5})(?![\w-])/g,
    accepts: ({ text }) => isLuhn(digitsOf(text)),
  },
  // Before phones: some accounts begin like one.
  ...ACCOUNTS,
  {
    kind: 'phone',
    pattern: /(?<![\w+])\+\d[\d ().-]{6,20}\d(?!\d)/g,
    accepts: ({ text }) => digitsOf(text).length >= 8 && digitsOf(text).length <= 15,
  },
  { kind: 'phone', pattern: /(?<![\w-])\(?01[016789]\)?[-. ]{0,3}\d{3,4}[-. ]{0,3}\d{4}(?!\d)/g },
  { kind: 'phone', pattern: /(?<![\w-])(?:00)?82[-. ]?0?1[016789][-. ]?\d{3,4}[-. ]?\d{4}(?!\d)/g },
  {
    kind: 'phone',
    // 공일공 일이삼사 오육칠팔: written out so that nothing finds it.
    pattern: new RegExp(`공일공[-. ]{0,3}${DIGIT}{3,4}[-. ]{0,3}${DIGIT}{4}`, 'g'),
  },
  {
    kind: 'phone',
    pattern:
      /(?<![\w-])\(?0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50\d)(?:\) ?|[-. ]{1,2})\d{3,4}[-. ]{1,2}\d{4}(?!\d)/g,
    accepts: ({ before }) => !PUBLIC_LINE.test(before),
  },
  {
    kind: 'phone',
    pattern: /(?<![\w.-])0(?:2\d{7,8}|(?:3[1-3]|4[1-4]|5[1-5]|6[1-4])\d{7,8}|70\d{8}|50\d\d{7,8})(?![\d-])/g,
    accepts: ({ before }) => !PUBLIC_LINE.test(before),
  },
  {
    kind: 'phone',
    // North American; the company's own toll-free lines stay.
    pattern: /(?<![\w-])(?:1[-. ])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ])\d{3}[-.]\d{4}(?![\d-])/g,
    accepts: ({ text }) => !/^(?:1[-. ])?\(?8(?:00|33|44|55|66|77|88)\b/.test(text),
  },
]
