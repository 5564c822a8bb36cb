// Bank accounts. Their digits look like any others': only a bank or the word 계좌 beside them tells.
import { digitsOf, type Rule } from './rule.ts'

/** As people write them in a line for a refund, without 은행. */
const BANKS =
  '신한|농협|수협|신협|축협|우체국|새마을(?:금고)?|씨티|카뱅|카카오(?:뱅크)?|케뱅|케이뱅크|토스(?:뱅크)?'
/** Other words, or parts of them, unless the number follows at once. */
const DOUBTFUL = '국민|우리|하나|기업|산업|제일|KB|NH|IBK|SC'
const WORDS = `계좌(?: ?번호)?|은행|뱅크|입금|송금|${BANKS}|account(?: (?:no\\.?|number))?|\\bbank|IBAN`
const NUMBER = String.raw`(?<value>\d{2,14}(?:(?: ?- ?| )\d{1,8}){0,4})(?!,?\d| ?(?:원|won|KRW))`

/** 우체국 is a carrier too, and what a bank's customer gives may be another number. */
const OTHER =
  /(?:택배|소포|등기|운송장|송장|배송|주문|예약|접수|승인|전화|연락처|휴대|사업자|우편|조회)[^\d\n]{0,12}$/

const IS_PHONE = /^\(?0(?:1[016789]|2|[3-6]\d|70|50\d)[-. )]{0,3}\d{3,4}[-. ]{0,3}\d{4}$/

const isAccount = (text: string): boolean => {
  const { length } = digitsOf(text)
  return length >= 10 && length <= 16 && !IS_PHONE.test(text)
}

export const ACCOUNTS: readonly Rule[] = [
  {
    kind: 'account',
    pattern: new RegExp(String.raw`(?:${WORDS})[^\d\n]{0,12}${NUMBER}`, 'gi'),
    accepts: ({ text, before }) => isAccount(text) && !OTHER.test(before),
  },
  {
    kind: 'account',
    pattern: new RegExp(
      String.raw`(?<![가-힣A-Za-z])(?:${DOUBTFUL})(?: ?[:(/)-])? {0,2}(?:[가-힣]{2,4} (?=\d{2,6}-))?${NUMBER}`,
      'g',
    ),
    accepts: ({ text }) => isAccount(text),
  },
  {
    kind: 'account',
    // The other way round: "110-123-456789 신한 홍길동".
    pattern: new RegExp(
      String.raw`(?<![\d-])(?<value>\d{2,6}(?:-\d{1,8}){2,3})(?= ?[(/,]? ?(?:${BANKS}|${DOUBTFUL})(?:은행|뱅크)?(?![가-힣A-Za-z]))`,
      'g',
    ),
    accepts: ({ text, before }) => isAccount(text) && !OTHER.test(before),
  },
]
