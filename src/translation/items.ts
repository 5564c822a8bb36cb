// What must come through a translation as it is: mentions, links, addresses, emoji, code, placeholders, numbers of orders
// and parcels, masked labels. Finds them, without overlap, in the order in which they stand.
import { blankOut } from '../text/blank.ts'
import { readAddress } from '../text/links/addresses.ts'
import { repairParticle } from '../text/particles.ts'
import { isLabel } from '../text/personal.ts'
import { findCopied } from '../text/values.ts'

export interface Item {
  start: number
  end: number
  text: string
  /** Stands for personal data; its words are the language's. */
  isLabel: boolean
}

const EMOJI = String.raw`(?:\p{Regional_Indicator}{2}|[\d#*]\uFE0F?\u20E3|\p{Emoji_Presentation}\p{EMod}?|\p{Extended_Pictographic}\uFE0F?\p{EMod}?)(?:\u200D\p{Extended_Pictographic}\uFE0F?\p{EMod}?)*`

/** From what holds others inside it to the plainest. `value`: the part that is kept, where the pattern needs more. */
const PATTERNS: readonly RegExp[] = [
  // Code: fences, which people open in mid-line too, one that nobody closed, and in a line.
  /(`{3,20})(?!`)[\s\S]*?(?<!`)\1(?!`)/g,
  /(?<=^|\n)[ \t]*(`{3,20}|~{3,20})[^\n]*\n[\s\S]*?(?:\n[ \t]*\1[`~]*(?=\s|$)|$)/g,
  /(`{1,20})(?!`)(?:(?!\n\s*\n)[\s\S])*?[^`]\1(?!`)/g,
  // What the platforms write in angle brackets, and HTML.
  /<[@#!:][^<>\n]{1,120}>|<a?:\w+:\d+>|<t:\d+(?::\w)?>|<(?:https?|mailto|tel):[^<>\n]{1,2000}>|<\/?[a-z][^<>\n]{0,300}>/gi,
  /\]\((?<value>[^()\s]{1,2000}(?:\([^()\s]*\)[^()\s]*)*)(?:\s+"[^"\n]*")?\)/g,
  // Hangul is a part of it behind a slash and the like; behind a letter it is what Korean adds.
  /(?:https?:\/\/|www\.)(?:[\w\-.~:/?#[\]@!$&'()*+,;=%]|(?<=[/=_+가-힣-])[가-힣])+/gi,
  // Also half hidden: k***@example.com.
  /(?<![\w.+-])[\w.+-]{1,64}(?:\*{1,20}[\w.+-]{0,20})?@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g,
  // Placeholders of templates.
  /\{\{[^{}\n]{1,80}\}\}|[$#]\{[^{}\n]{1,80}\}|\{(?:[\p{L}\p{M}\p{N}_.:-]{1,40}(?: [\p{L}\p{M}\p{N}_.:-]{1,20}){0,2})?\}|%\([\p{L}\p{N}_]{1,60}\)[sd]|(?<![\d%\w])%(?:\d{1,2}\$)?[sdif@](?![A-Za-z])/gu,
  /\[[^[\]\n]{2,20}\]/g,
  // Names after @ and #, without what Korean adds to a name.
  /(?<![\p{L}\p{N}_@/.])@(?<value>[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,40})/gu,
  /(?<![\p{L}\p{N}_#&/])#\p{L}[\p{L}\p{N}_-]{0,60}/gu,
  /(?<![\w/:]):[a-z0-9_+-]*[a-z_][a-z0-9_+-]*:(?!\w)/g,
  new RegExp(`${EMOJI}(?:\\s?${EMOJI})*`, 'gu'),
  // What our own placeholders look like, written by somebody.
  /[⟦⟧]/g,
]

const AFTER_NAME =
  /(?<=[가-힣]{2})(?:(?:님|씨)(?=[가-힣]{0,2}$))?(?:에게|한테|께서|께|은|는|이|가|을|를|도|와|과|의)?$/
/** "https://a.kr/에서". */
const PARTICLE_ONLY =
  /^(?:에서|에|부터|까지|에게|[은는이가을를와과의도만로]|으로|(?:이라|라)고|이고|이며|입니다|이에요|예요|인데요?)(?:는|도|만|요)?$/
/** "https://a.kr/환불에서". 이, 가, 의, 도 and 과 end too many words: 후기, 평가, 문의, 지도, 결과. */
const AFTER_WORD =
  /(?<=[가-힣]{2})(?:(?:에서|에게|부터|까지|으로|에)(?:는|도|만)?|[은는을를]|(?<![도대회경통진종])로|입니다|이에요|예요)$/
const NAME_PATTERN = PATTERNS.findIndex(({ source }) => source.includes('@(?<value>'))
const LABEL_PATTERN = PATTERNS.findIndex(({ source }) => source.startsWith('\\[[^[\\]'))
const BLANK = '\u0000'
const BARE = /(?<![\p{L}\p{N}_.@/:+-])[a-z0-9][a-z0-9-]{0,62}\.(?=[a-z0-9])/giu

/** Of a text in NFC. */
export function findItems(text: string): Item[] {
  let open = text
  const items: Item[] = []
  const toItem = (start: number, end: number, label = false): Item => ({
    ...{ start, end, isLabel: label },
    text: text.slice(start, end),
  })
  for (const [index, pattern] of PATTERNS.entries()) {
    const found: Item[] = []
    for (const match of open.matchAll(pattern)) {
      if (match[0].includes(BLANK)) continue
      if (index === LABEL_PATTERN && !isLabel(match[0])) continue
      const span = spanOf(match, index)
      if (span.end > span.start) found.push(toItem(span.start, span.end, index === LABEL_PATTERN))
    }
    open = blankOut(open, found, BLANK)
    items.push(...found)
  }
  const bare = bareAddresses(open)
  items.push(...bare.map(({ start, end }) => toItem(start, end)))
  open = blankOut(open, bare, BLANK)
  // Blanks would join what stands around them.
  const rest = open.replaceAll(BLANK, ' ')
  for (const { start, end } of findCopied(rest)) items.push(toItem(start, end))
  return items.sort((a, b) => a.start - b.start)
}

function spanOf(match: RegExpExecArray, index: number): { start: number; end: number } {
  const kept = match.groups?.['value']
  if (index === NAME_PATTERN) {
    const name = kept!.replace(/[.-]+$/, '').replace(AFTER_NAME, '')
    return { start: match.index, end: match.index + 1 + name.length }
  }
  const whole = kept ?? trimAddress(match[0])
  const start = match.index + match[0].indexOf(whole)
  return { start, end: start + whole.length }
}

/** "shop.example/help": what a platform would make a link of. */
function bareAddresses(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = []
  for (const { index: start } of text.matchAll(BARE)) {
    if (start < (found.at(-1)?.end ?? 0)) continue
    const address = readAddress(text, start)?.text.split(BLANK)[0]
    if (address?.includes('.')) found.push({ start, end: start + withoutParticle(address).length })
  }
  return found
}

/** A word that only is a particle, and one behind a longer word where the sound before it asks for it. */
function withoutParticle(address: string): string {
  const word = /[가-힣]{1,40}$/.exec(address)?.[0]
  if (word === undefined) return address
  const open = address.slice(0, -word.length)
  if (PARTICLE_ONLY.test(word)) return open
  const found = AFTER_WORD.exec(word)?.[0] ?? ''
  const bare = word.slice(0, word.length - found.length)
  return open + (repairParticle(bare, found) === found ? bare : word)
}

/** The full stop after an address ends the sentence. */
function trimAddress(found: string): string {
  if (!/^(?:https?:|www\.)/i.test(found)) return found
  const address = withoutParticle(found.replace(/[.,;:!?'\]*]+$/, ''))
  const isOpen = address.split('(').length < address.split(')').length
  return address.endsWith(')') && isOpen ? trimAddress(address.slice(0, -1)) : address
}
