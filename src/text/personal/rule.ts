// What a rule for one sort of personal data is, and the tests that more than one of them makes.

export type PersonalKind =
  | 'person'
  | 'email'
  | 'order'
  | 'parcel'
  | 'resident'
  | 'birth'
  | 'licence'
  | 'passport'
  | 'customs'
  | 'card'
  | 'phone'
  | 'account'
  | 'address'
  | 'door'

/** `pattern` has bounded repeats only, so that it costs the same for every character; `value` is the part that is masked. */
export interface Rule {
  kind: PersonalKind
  pattern: RegExp
  accepts?(found: Candidate): boolean
}

export interface Candidate {
  text: string
  /** The 24 characters before it, and the eight after it. */
  before: string
  after: string
}

const ROLES =
  /^(?:help|support|cs|info|contact|service|admin|privacy|sales|hello|care|press|hr|jobs?|recruit|no-?reply|webmaster|customer(?:service|care)?|billing|refunds?|orders?|team)[\w.+-]{0,12}@/i

/** The company's own, that everybody may have. */
export function isRoleAddress(address: string): boolean {
  return ROLES.test(address)
}

export function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '')
}

/** The check digit of payment cards. */
export function isLuhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at])
    const twice = at % 2 === 1 ? digit * 2 : digit
    sum += twice > 9 ? twice - 9 : twice
  }
  return sum % 10 === 0
}

/** YYMMDD that can be a day, in whichever century. */
export function isBirthDay(digits: string): boolean {
  const [month, day] = [Number(digits.slice(2, 4)), Number(digits.slice(4, 6))]
  return day >= 1 && day <= (DAYS[month - 1] ?? 0)
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const IS_DATE = /^(?:19|20)\d\d[-./]?(?:0?[1-9]|1[0-2])[-./]?(?:0?[1-9]|[12]\d|3[01])$/

/** A day of our time, however it is written. */
export function isDate(text: string): boolean {
  return IS_DATE.test(text)
}

/** What may stand between "주문번호" and the number. */
export const THEN = ` {0,2}(?:은|는|이|가|를|을|is|was)? {0,2}[:#(=]? {0,2}`
export const ORDER_CODE = String.raw`(?<value>[A-Za-z]{0,6}-?\d[\dA-Za-z]{0,20}(?:-[\dA-Za-z]{1,20}){0,4})`

/** Enough digits to name one order; neither a day, nor what is told by its form whatever it is called. */
export function isCode(text: string, minDigits: number): boolean {
  const digits = digitsOf(text)
  const isCard = /^[2-69]\d{15}$/.test(digits) && isLuhn(digits)
  return digits.length >= minDigits && !isDate(text) && !isCard && !IS_MOBILE.test(text)
}

const IS_MOBILE = /^01[016789]-?\d{3,4}-?\d{4}$/

/** Of Korean resident numbers issued before October 2020. */
export function hasResidentChecksum(digits: string): boolean {
  const weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return (11 - (sum % 11)) % 10 === Number(digits[12])
}
