// Takes addresses on other hosts out of text that we did not write: links keep their words, bare addresses become "…".
// Reads raw Markdown, Slack's <address|text> and HTML alike, in code too, and works on a growing text.
import { readAddress, readTail } from './links/addresses.ts'
import { type Allowed, allowedHosts } from './links/hosts.ts'

/** What a text is read as: how much of it, what is shown for it; `pending` if it may go on. */
type Piece = { length: number; shown: string } | 'pending' | null

const REMOVED = '…'
const BLANK_LINE = /\n\s*\n/
/** How far a bracket is followed before it is a plain character. */
const MAX_LABEL = 300
const MAX_TARGET = 2100

// A zero-width joiner is kept inside emoji; tag characters and directions are only good for hiding.
const INVISIBLE =
  /[\u00AD\u061C\u115F\u1160\u180E\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\u3164\uFFA0]|\u034F|\u17B4|\u17B5|[\u180B-\u180D]|(?<!\p{Extended_Pictographic}|\uFE0F|\p{EMod})\u200D|[\u{E0000}-\u{E007F}]/gu
const ENTITY =
  /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(colon|sol|period|commat|bsol|num|quest|lowbar|percnt|hyphen));/gi
const NAMED: Readonly<Record<string, string>> = {
  colon: ':',
  sol: '/',
  period: '.',
  commat: '@',
  bsol: '\\',
  num: '#',
  quest: '?',
  lowbar: '_',
  percnt: '%',
  hyphen: '-',
}

const JOINS = /[\w:/.@-]/
const PLAIN = /[\s\p{Lo}]+/uy
const WORD = /[\p{Ll}\p{Lu}\p{Lt}\p{Lm}\p{M}\p{N}]+/uy
const DEFINITION = /\[[^\]\n]{1,200}\]:[ \t]*(?:\n[ \t]*)?(?<target><[^<>\n]*>|[^\s<]\S*)[^\n]*(?:\n|$)/y
const DEFINITION_BEGUN = /\[[^\]\n]{1,200}\]:[ \t]*(?:\n[ \t]*)?[^\n]*$/y
// A label of MAX_LABEL characters has no more parts than that.
const LABEL = /\[(?:\\[^\n]|\[[^\][]{0,300}\]|[^\][\\]){0,300}\]/y
const TARGET =
  /\(\s*(?<target><[^<>\n]*>|(?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\))*)(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)/y
const AUTOLINK =
  /<(?<address>[a-z][a-z\d+.-]+:[^\s<>|]*|[^\s<>|@/]+@[^\s<>|]+|\/\/[^\s<>|]+)(?:\|(?<label>[^<>\n]*))?>/iy
const TAG = /<\/?(?<name>[a-z][a-z\d-]*)(?<attributes>(?:\s[^<>]{0,600})?)\/?>/iy
const TAGS_WITH_ADDRESS =
  /^(?:a|img|area|iframe|form|link|base|object|embed|script|video|audio|source|meta|button|input)$/i

/**
 * `hosts`: of pages ("shop.example", with a port if it has one) and e-mail addresses that may be shown. With `isGrowing`
 * what may yet become an address is held back, and the result is a prefix of the result for the longer text.
 */
export function keepHosts(text: string, hosts: readonly string[], isGrowing = false): string {
  return scan(unfold(text), allowedHosts(hosts), isGrowing)
}

/** keepHosts of a text that grows from call to call: reads on where the last call stopped. */
export function keepHostsGrowing(hosts: readonly string[]): (soFar: string) => string {
  const allowed = allowedHosts(hosts)
  let read = ''
  let progress = START
  return (soFar) => {
    const text = unfold(soFar)
    // A model that is asked again begins anew.
    if (!text.startsWith(read)) progress = START
    progress = scanOn(text, allowed, true, progress)
    read = text.slice(0, progress.at)
    return progress.out
  }
}

/** Without what hides an address from readers but not from those who follow it. */
function unfold(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
      const sign = name
        ? NAMED[name.toLowerCase()]!
        : String.fromCodePoint(Math.min(Number.parseInt(decimal ?? hex ?? '', decimal ? 10 : 16), 0x10ffff))
      return /^[\w:/.@\\#?%-]$/.test(sign) ? sign : entity
    })
}

/** How far a text was read, and what is shown for that much of it. */
interface Progress {
  at: number
  out: string
  isApart: boolean
}

const START: Progress = { at: 0, out: '', isApart: false }

function scan(text: string, allowed: Allowed, isGrowing: boolean): string {
  return scanOn(text, allowed, isGrowing, START).out
}

function scanOn(text: string, allowed: Allowed, isGrowing: boolean, from: Progress): Progress {
  const end = isGrowing ? lastWord(text) : text.length
  let { at, out, isApart } = from
  while (at < end) {
    const piece = readPiece(text, at, allowed, isGrowing)
    if (piece === 'pending') break
    const length = piece?.length ?? (matchAt(PLAIN, text, at) ?? matchAt(WORD, text, at))?.[0].length ?? 1
    const source = text.slice(at, at + length)
    const shown = piece?.shown ?? source
    // Words of a link that is taken apart must not make an address with what stands beside them.
    if ((isApart || shown !== source) && JOINS.test(out.at(-1) ?? '') && JOINS.test(shown[0] ?? ''))
      out += ' '
    isApart = shown !== source || (isApart && shown === '')
    out += shown
    at += length
  }
  return { at, out, isApart }
}

// ".한" may go on as ".한국", and the letters of such an ending end no word.
const ENDING_BEGUN = /[.．。｡․](?:한국?|中国?|公司?)$/u

/** Where the last word of a growing text begins: it may become an address. */
function lastWord(text: string): number {
  let at = ENDING_BEGUN.exec(text)?.index ?? text.length
  while (at > 0 && !/[\s\p{Lo}]/u.test(text[at - 1]!)) at -= 1
  return at
}

function readPiece(text: string, at: number, allowed: Allowed, isGrowing: boolean): Piece {
  switch (text[at]) {
    case '[':
      return readDefinition(text, at, allowed, isGrowing) ?? readLink(text, at, 0, allowed, isGrowing)
    case '!':
      return text[at + 1] === '[' ? readLink(text, at, 1, allowed, isGrowing) : null
    case '<':
      return readAngle(text, at, allowed, isGrowing)
    case '.':
    case '．':
    case '。':
    case '｡':
    case '․':
      return readDomainTail(text, at, allowed, isGrowing)
    default:
      return /[A-Za-z0-9]/.test(text[at - 1] ?? '') ? null : readBare(text, at, allowed, isGrowing)
  }
}

function readBare(text: string, at: number, allowed: Allowed, isGrowing: boolean): Piece {
  const found = readAddress(text, at)
  if (!found || found.text === '') return null
  const next = at + found.text.length
  if (isGrowing && at + found.reach === text.length) return 'pending'
  const isAllowed = found.kind === 'mail' ? allowed.mail(found.text) : allowed.address(withScheme(found.text))
  if (!isAllowed) return { length: found.text.length, shown: REMOVED }
  // Readers of Markdown take a particle behind an address for a part of it, except in <…>.
  const isGlued = found.kind === 'web' && /\p{Lo}/u.test(text[next] ?? '') && /^https?:/i.test(found.text)
  return { length: found.text.length, shown: isGlued ? `<${found.text}>` : found.text }
}

function readDomainTail(text: string, at: number, allowed: Allowed, isGrowing: boolean): Piece {
  const found = readTail(text, at)
  if (!found) return null
  if (isGrowing && at + found.reach === text.length) return 'pending'
  return allowed.address(withScheme(found.host)) ? null : { length: found.length, shown: REMOVED }
}

function withScheme(address: string): string {
  return /^[a-z][a-z\d+.-]*:|^\/\//i.test(address) && !/^[\w.-]+:\d/.test(address)
    ? address
    : `https://${address}`
}

/** [label](target), ![alt](target), [label][name]. */
function readLink(text: string, at: number, bang: number, allowed: Allowed, isGrowing: boolean): Piece {
  const label = matchAt(LABEL, text, at + bang)?.[0]
  // A paragraph's end ends a label that was begun (CommonMark 6.3); a growing text was shown as such.
  if (!label || label.length > MAX_LABEL || BLANK_LINE.test(label)) {
    const isShort = text.length - at < MAX_LABEL && !BLANK_LINE.test(text.slice(at))
    return !label && isGrowing && isShort ? 'pending' : null
  }
  const close = at + bang + label.length
  if (isGrowing && close === text.length) return 'pending'
  const words = () => scan(label.slice(1, -1), allowed, false)
  if (text[close] === '[') {
    const name = matchAt(LABEL, text, close)?.[0]
    if (!name) return isGrowing && text.length - close < MAX_LABEL ? 'pending' : null
    // [1][2] are citations.
    return /\d\s*\]$/.test(name) || /\d\s*\]$/.test(label)
      ? null
      : { length: close + name.length - at, shown: words() }
  }
  if (text[close] !== '(') return null
  const target = matchAt(TARGET, text, close)
  if (!target) return isGrowing && mayClose(text, close) ? 'pending' : null
  const length = close + target[0].length - at
  const address = (target.groups?.target ?? '').replace(/^<|>$/g, '').replace(/\\([!-/:-@[-`{-~])/g, '$1')
  const isAllowed = /^(?:https?:)?\/\//i.test(address) && allowed.address(address)
  if (!isAllowed) return { length, shown: words() }
  const isPlain = /^[^\s<>\\()]+$/.test(address)
  return {
    length,
    shown: `${'!'.repeat(bang)}[${words()}](${isPlain ? address : `<${new URL(address, 'https://x').href}>`})`,
  }
}

function mayClose(text: string, at: number): boolean {
  return text.length - at < MAX_TARGET && !BLANK_LINE.test(text.slice(at))
}

/** <address>, Slack's <address|text>, and HTML that leads somewhere. */
function readAngle(text: string, at: number, allowed: Allowed, isGrowing: boolean): Piece {
  const link = matchAt(AUTOLINK, text, at)
  if (link) {
    const { address = '', label } = link.groups ?? {}
    const isMail = /^(?:mailto:)?[^:/]+@/i.test(address)
    const isAllowed = isMail ? allowed.mail(address.replace(/^mailto:/i, '')) : allowed.address(address)
    const words = label === undefined ? undefined : scan(label, allowed, false)
    if (!isAllowed) return { length: link[0].length, shown: words || REMOVED }
    return { length: link[0].length, shown: words === undefined ? link[0] : `<${address}|${words}>` }
  }
  const tag = matchAt(TAG, text, at)
  if (tag) {
    const leads =
      TAGS_WITH_ADDRESS.test(tag.groups!.name!) ||
      /(?:href|src|action|url|data)\s*[=(]/i.test(tag.groups!.attributes ?? '')
    // Where tags are left out, "a<b>.example" is an address.
    const joins = JOINS.test(text[at - 1] ?? '') && JOINS.test(text[at + tag[0].length] ?? '')
    if (isGrowing && at + tag[0].length === text.length) return 'pending'
    return leads || joins ? { length: tag[0].length, shown: '' } : null
  }
  return isGrowing && /^<(?:[/!@#a-z][^<>]{0,600})?$/i.test(text.slice(at)) ? 'pending' : null
}

/** [name]: address, which would make a link of every [name]. */
function readDefinition(text: string, at: number, allowed: Allowed, isGrowing: boolean): Piece {
  if (!/(?:^|\n)[ \t>*+-]*$/.test(text.slice(Math.max(0, at - 16), at)) && at > 0) return null
  const found = matchAt(DEFINITION, text, at)
  const isWhole = found?.[0].endsWith('\n') || !isGrowing
  if (!found || !isWhole) return isGrowing && matchAt(DEFINITION_BEGUN, text, at) ? 'pending' : null
  const target = found.groups!.target!.replace(/^<|>$/g, '')
  return scan(target, allowed, false) === target ? null : { length: found[0].length, shown: '' }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
