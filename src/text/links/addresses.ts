// Finds addresses in running text: with a scheme (or hxxp), www., bare domains that a platform would turn into links, //host,
// e-mail. Sticky: each reader looks at one place only.

export interface Address {
  kind: 'web' | 'mail'
  /** As written, without the punctuation after it. */
  text: string
  /** How far it was read, with that punctuation. */
  reach: number
}

// Letters of alphabets with case, digits: what a domain is written in. Hangul and kanji stand beside a domain without a
// space, so they end one; "한국.com" is seen at its dot.
const SIGN = '[\\p{Ll}\\p{Lu}\\p{Lt}\\p{Lm}\\p{M}\\p{N}_-]'
// Browsers take all of these for the dot of a domain.
const DOT = '[.．。｡․]'
// Cased letters only, or the particle behind "shop.kr에서" would be a part of it; and the endings in other letters.
const TLD = '(?<tld>xn--[a-z\\d-]+|한국|中国|公司|[\\p{Ll}\\p{Lu}\\p{M}]{2,24})(?![\\p{Ll}\\p{Lu}\\p{N}])'
const BODY = '(?:\\[[\\da-f:.]+\\])?[^\\s<>"\'`|\\[\\]{}]*'
const SCHEMES = new RegExp(
  `(?:h(?:tt|xx)ps?|ftp):[\\\\/]*(?=[^\\s\\\\/])${BODY}|[a-z][a-z\\d+.-]{1,30}:\\\\?[\\\\/]\\\\?[\\\\/]+(?=[^\\s\\\\/])${BODY}`,
  'iuy',
)
const MAIL = new RegExp(`[\\w.%+-]{1,64}@(?:${SIGN}{1,63}\\.){1,8}[\\p{Ll}\\p{Lu}]{2,24}`, 'uy')
const DOMAIN = new RegExp(
  `(?://)?(?<www>www\\.)?${SIGN}{1,63}(?:\\\\?${DOT}${SIGN}{1,63}){0,8}\\\\?${DOT}${TLD}(?::\\d+)?(?<path>[/?#\\\\]${BODY})?`,
  'iuy',
)
const TAIL = new RegExp(`${DOT}${TLD}(?::\\d+)?(?<path>[/?#\\\\]${BODY})?`, 'iuy')

// Endings that platforms link on sight. Those that are words ("it", "is", "me") or file names (.md, .py) need a path.
const LINKED_TLDS = new Set(
  `com net org io co kr jp cn uk de fr us eu ru info biz tv app dev ai xyz top site online shop store club link click live
  pro vip icu cc su tk ml ga cf gq ly gl gg tw hk sg vn th ph id au ca br mx es nl se ch pl cz gov edu mil int name mobi
  cloud tech space website blog news page wiki email support help chat one zip mov work works world today company agency
  digital finance loan bid win download stream party review trade date racing science example test 한국 рф 中国 公司`.split(
    /\s+/,
  ),
)
const DOT_NET = /^(?:asp|vb|ado|ml|f#|c#)\.NET$/i

/** The address that starts at `at`, which is not inside a word. */
export function readAddress(text: string, at: number): Address | null {
  const scheme = matchAt(SCHEMES, text, at)
  if (scheme) return toAddress(scheme[0])
  const mail = matchAt(MAIL, text, at)
  if (mail) return { kind: 'mail', text: mail[0], reach: mail[0].length }
  const domain = matchAt(DOMAIN, text, at)
  if (
    !domain ||
    !isLinked(domain.groups) ||
    DOT_NET.test(domain[0]) ||
    isNewSentence(domain[0], domain.groups)
  )
    return null
  return toAddress(domain[0])
}

function toAddress(match: string): Address {
  const whole = untilParticle(match)
  return { kind: 'web', text: trim(whole), reach: whole.length }
}

/** "it works.AI is": a missing space, not a domain. */
function isNewSentence(domain: string, groups: Record<string, string | undefined> | undefined): boolean {
  return /^\p{Lu}/u.test(groups?.tld ?? '') && !groups?.path && domain !== domain.toUpperCase()
}

/** ".com" after a Korean or Chinese word: the domain with that word, and its length from the dot on. */
export function readTail(text: string, at: number): { host: string; length: number; reach: number } | null {
  const tail = matchAt(TAIL, text, at)
  const label = /\p{Lo}+$/u.exec(text.slice(Math.max(0, at - 63), at))?.[0]
  // "됩니다.AI는": the end of a sentence.
  if (
    !tail ||
    !label ||
    !isLinked(tail.groups) ||
    /^.\p{Lu}/u.test(tail[0]) ||
    /[다요죠까네음함됨임]$/.test(label)
  )
    return null
  const { text: rest, reach } = toAddress(tail[0])
  return { host: label + rest, length: rest.length, reach }
}

function isLinked(groups: Record<string, string | undefined> | undefined): boolean {
  const tld = groups?.tld?.toLowerCase() ?? ''
  if (groups?.www || tld.startsWith('xn--') || LINKED_TLDS.has(tld)) return true
  return tld.length === 2 && (groups?.path?.length ?? 0) > 1
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** "https://a.example에서": a particle behind a letter is not part of the address; behind a slash a Korean word is. */
function untilParticle(address: string): string {
  const particle = /(?<=[A-Za-z0-9])\p{Lo}/u.exec(address)
  return particle ? address.slice(0, particle.index) : address
}

function trim(address: string): string {
  const text = address.replace(/[.,;:!?*_~…。，]+$/u, '')
  const isUnopened = text.endsWith(')') && text.split(')').length > text.split('(').length
  return isUnopened ? trim(text.slice(0, -1)) : text
}
