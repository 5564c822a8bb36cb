// How a Korean translation calls whom it speaks to: 고객님, by name with 님, 회원님, or not at all; 씨 never.
import type { Address } from '../../core/tone.ts'
import type { Flag } from '../model.ts'

/** Customers and members that the source itself speaks of. */
const PEOPLE =
  /\b(?:customers?|clients?|members?|users?|guests?|sir|madam|ma['’]am|subscribers?|buyers?|shoppers?)\b/i
const WRONG: Readonly<Record<Address, RegExp | null>> = {
  customer: /(?<![가-힣])회원님/g,
  member: /(?<![가-힣])고객님/g,
  name: /(?<![가-힣])(?:고객|회원)님/g,
  none: /(?<![가-힣])(?:고객|회원|선생|사용자)님/g,
}
const AFTER =
  '(?=(?:가|는|를|의|께|께서|께는|에게|에게는|한테|와|도|만|로|랑|하고|라고|예요|이에요|입니다|이신가요)?(?![가-힣]))'
const SURNAME = '[김이박최정강조윤장임한오서신권황안송류홍]'
const SSI: readonly RegExp[] = [
  // With a space before it, it is no part of a word.
  new RegExp(`(?<![가-힣])[가-힣]{1,5}\\s씨${AFTER}`, 'g'),
  // 김민수씨, 민수씨, 박씨; 날씨, 글씨, 솜씨, 마음씨, 섭씨, 아저씨 and 아가씨 are words.
  new RegExp(
    `(?<![가-힣])(?:${SURNAME}(?!아저|아가)[가-힣]{2}|(?!아저|아가)[가-힣][가-힣]|${SURNAME})(?<![날글말솜맘음불볍꽃홀눈섭화])씨${AFTER}`,
    'g',
  ),
  new RegExp(`(?<![가-힣A-Za-z])[A-Z][a-z]+\\s?씨${AFTER}`, 'g'),
  // What stands for a name that was taken out leaves a space.
  new RegExp(`(?<=(?:^|[.!?]|\\s)\\s)씨${AFTER}`, 'gm'),
]
/** 씨 is also a seed: 수박 씨. */
const SEED = /\bseed|種|种|タネ|たね/i

/** `source` and `translated` without what was protected; `address` undefined: only what is always wrong. */
export function checkAddress(source: string, translated: string, address?: Address): Flag[] {
  const wrong = address === undefined || PEOPLE.test(source) ? null : WRONG[address]
  const found = [
    ...(wrong === null ? [] : (translated.match(wrong) ?? [])),
    ...(SEED.test(source) ? [] : SSI.flatMap((pattern) => translated.match(pattern) ?? [])),
  ]
  return [...new Set(found.map((one) => one.trim()))].map((detail) => ({ kind: 'address', detail }))
}
