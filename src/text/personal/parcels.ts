// Numbers of parcels. They lead to a person only with the carrier's help; whoever looks a parcel up needs them.
import { digitsOf, isCode, ORDER_CODE, type Rule, THEN } from './rule.ts'

const CARRIERS = '택배|소포|등기|대한통운|한진|롯데|로젠|경동|tracking|waybill'
const PHONE = /^\(?(?:01|02|0[3-7]\d)/

export const PARCELS: readonly Rule[] = [
  {
    kind: 'parcel',
    pattern: new RegExp(`(?:운송장|송장|등기|택배)(?: ?번호)?${THEN}${ORDER_CODE}`, 'gi'),
    accepts: ({ text, before }) =>
      isCode(text, /번호[^\d\n]{0,8}$/.test(before) ? 4 : 9) &&
      (/송장|등기/.test(before) || !PHONE.test(text)),
  },
  {
    kind: 'parcel',
    pattern: new RegExp(
      `\\b(?:tracking|waybill|parcel)(?: (?:no\\.?|number|id|code)|(?= ?#))${THEN}${ORDER_CODE}`,
      'gi',
    ),
    accepts: ({ text }) => isCode(text, 4),
  },
  {
    kind: 'parcel',
    // "CJ대한통운 6401-2345-6789", "등기 1234512345678".
    pattern: new RegExp(
      String.raw`(?:${CARRIERS})[^\d\n]{0,12}(?<value>\d{10,14}|\d{4}[- ]\d{4}[- ]\d{4,5}|\d{5}[- ]\d{4}[- ]\d{4})(?![\d-])`,
      'gi',
    ),
    accepts: ({ text, before }) =>
      !PHONE.test(text) && !/계좌|은행|카드/.test(before.slice(-12)) && digitsOf(text).length >= 10,
  },
]
