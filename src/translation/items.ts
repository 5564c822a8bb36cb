// What must come through a translation as it is: mentions, links, addresses, emoji, code, placeholders, numbers of orders
// and parcels, masked labels. Finds them, without overlap, in the order in which they stand.
import { blankOut } from '../text/blank.ts'
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
  /(?:https?:\/\/|www\.)[\w\-.~:/?#[\]@!$&'()*+,;=%]+/gi,
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
const NAME_PATTERN = PATTERNS.findIndex(({ source }) => source.includes('@(?<value>'))
const LABEL_PATTERN = PATTERNS.findIndex(({ source }) => source.startsWith('\\[[^[\\]'))
const BLANK = '\u0000'

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

/** The full stop after an address ends the sentence. */
function trimAddress(found: string): string {
  if (!/^(?:https?:|www\.)/i.test(found)) return found
  const address = found.replace(/[.,;:!?'\]*]+$/, '')
  const isOpen = address.split('(').length < address.split(')').length
  return address.endsWith(')') && isOpen ? trimAddress(address.slice(0, -1)) : address
}
