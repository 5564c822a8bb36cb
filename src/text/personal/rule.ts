// What a rule for one sort of personal data is, and the tests that more than one of them makes.

export type PersonalKind =
  | 'person'
  | 'email'
  | 'order'
  | 'resident'
  | 'birth'
  | 'licence'
  | 'passport'
  | 'customs'
  | 'card'
  | 'phone'
  | 'account'
  | 'address'

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

/** YYMMDD that can be a day. */
export function isBirthDay(digits: string): boolean {
  const [month, day] = [Number(digits.slice(2, 4)), Number(digits.slice(4, 6))]
  return month >= 1 && month <= 12 && day >= 1 && day <= 31
}

/** Of Korean resident numbers issued before October 2020. */
export function hasResidentChecksum(digits: string): boolean {
  const weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return (11 - (sum % 11)) % 10 === Number(digits[12])
}
