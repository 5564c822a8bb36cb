// Numbers that belong to one person: orders, resident and other official numbers, cards, phones, accounts.
import { digitsOf, hasResidentChecksum, isBirthDay, isLuhn, type Rule } from './rule.ts'

const IS_DATE = /^(?:19|20)\d\d[-./]?(?:0?[1-9]|1[0-2])[-./]?(?:0?[1-9]|[12]\d|3[01])$/
/** What may stand between "주문번호" and the number. */
const THEN = ` {0,2}(?:은|는|이|가|를|을|is|was)? {0,2}[:#(=]? {0,2}`
const CODE = String.raw`(?<value>[A-Za-z]{0,6}-?\d[\dA-Za-z]{0,20}(?:-[\dA-Za-z]{1,20}){0,4})`

/** The company's own number, which everybody may call. */
const PUBLIC_LINE =
  /(?:고객 ?센터|고객 ?만족 ?센터|상담 ?센터|콜 ?센터|서비스 ?센터|대표 ?(?:번호|전화)|매장|지점|본사|customer (?:service|care|center|centre)|call cent(?:er|re)|hotline|head office|store)[^\d\n]{0,12}$/i

const BANKS =
  '계좌(?: ?번호)?|은행|뱅크|농협|신협|수협|축협|우체국|새마을금고|국민|신한|우리|하나|기업|입금|송금|account(?: (?:no\\.?|number))?|bank|IBAN'

export const NUMBERS: readonly Rule[] = [
  {
    kind: 'order',
    pattern: new RegExp(
      `(?:주문|운송장|송장|접수|예약|결제|승인|거래|회원|고객|티켓) ?(?:번호|ID|아이디)${THEN}${CODE}`,
      'gi',
    ),
    accepts: ({ text }) => isCode(text, 4),
  },
  {
    kind: 'order',
    pattern: new RegExp(
      `\\b(?:order|tracking|booking|reservation|invoice|receipt|ticket|customer|member(?:ship)?)(?: (?:no\\.?|number|id)|(?= ?#))${THEN}${CODE}`,
      'gi',
    ),
    accepts: ({ text }) => isCode(text, 4),
  },
  {
    kind: 'order',
    pattern: new RegExp(`(?:주문|\\border) ?${CODE}`, 'gi'),
    accepts: ({ text, after }) => isCode(text, 8) && !/^ ?(?:원|won|KRW)/.test(after),
  },
  {
    kind: 'order',
    pattern: /(?<![\w-])20\d{6}-\d{3,10}(?![\w-])/g,
    accepts: ({ text }) => IS_DATE.test(text.slice(0, 8)) && !IS_DATE.test(text.slice(9)),
  },
  { kind: 'licence', pattern: /(?<![\d-])(?:1[1-9]|2[0-8])-\d{2}-\d{6}-\d{2}(?![\d-])/g },
  {
    kind: 'passport',
    pattern: new RegExp(
      String.raw`(?:여권(?: ?번호)?|passport(?: (?:no\.?|number))?)${THEN}(?<value>[A-Z]\d{3}[A-Z]?\d{4,5})(?!\d)`,
      'gi',
    ),
  },
  { kind: 'customs', pattern: /(?<![A-Za-z\d])[Pp]\d{12}(?!\d)/g },
  {
    kind: 'birth',
    pattern: new RegExp(
      String.raw`(?:생년 ?월일|date of birth|birth ?(?:date|day)|\bDOB)${THEN}(?<value>\d{6}(?:\d{2})?|\d{2,4}(?:[-./] ?|년 ?)\d{1,2}(?:[-./] ?|월 ?)\d{1,2}일?)(?!\d)`,
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
    pattern: /(?<![\w-])\d{6}[1-8]\d{6}(?![\w-])/g,
    accepts: ({ text, before }) =>
      isBirthDay(text) &&
      (hasResidentChecksum(text) || /(?:주민|외국인|등록 ?번호)[^\d\n]{0,12}$/.test(before)),
  },
  {
    kind: 'card',
    pattern: /(?<![\d-])\d{4}([- ])[\d*]{4}\1[\d*]{4}\1[\d*]{4}(?![\d*-])/g,
    accepts: ({ text }) => /^[3-69]/.test(text) || isLuhn(digitsOf(text)),
  },
  {
    kind: 'card',
    pattern: /(?<![\w-])(?:[3-6]\d{15}|3[47]\d{2}[- ]?\d{6}[- ]?\d{5})(?![\w-])/g,
    accepts: ({ text }) => isLuhn(digitsOf(text)),
  },
  {
    kind: 'phone',
    pattern: /(?<![\w+])\+\d[\d ().-]{6,20}\d(?!\d)/g,
    accepts: ({ text }) => digitsOf(text).length >= 8 && digitsOf(text).length <= 15,
  },
  { kind: 'phone', pattern: /(?<![\w-])\(?01[016789]\)?[-. ]{0,2}\d{3,4}[-. ]{0,2}\d{4}(?!\d)/g },
  { kind: 'phone', pattern: /(?<![\w-])82[-. ]?0?1[016789][-. ]?\d{3,4}[-. ]?\d{4}(?!\d)/g },
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
  {
    kind: 'account',
    pattern: new RegExp(
      String.raw`(?:${BANKS})[^\d\n]{0,12}(?<value>\d{2,14}(?:[- ]\d{1,8}){0,4})(?![\d,]| ?(?:원|won|KRW))`,
      'gi',
    ),
    accepts: ({ text }) => {
      const { length } = digitsOf(text)
      return length >= 10 && length <= 16
    },
  },
]

/** Enough digits to name one order, and not simply a day. */
function isCode(text: string, minDigits: number): boolean {
  return digitsOf(text).length >= minDigits && !IS_DATE.test(text)
}
