// Takes personal data out of a text before it is kept for others to read. Names cannot be told from other words, so they
// stay: whoever approves an article reads it first. What a company tells everybody (service lines, role addresses) stays too.
import type { Lang } from '../core/error.ts'
import { ADDRESSES } from './personal/addresses.ts'
import { NUMBERS } from './personal/numbers.ts'
import { isRoleAddress, type PersonalKind, type Rule } from './personal/rule.ts'

const LABELS: Readonly<Record<PersonalKind, Record<Lang, string>>> = {
  person: { ko: '[사용자]', en: '[person]' },
  email: { ko: '[이메일]', en: '[email]' },
  order: { ko: '[주문번호]', en: '[order number]' },
  parcel: { ko: '[운송장번호]', en: '[tracking number]' },
  resident: { ko: '[주민등록번호]', en: '[ID number]' },
  birth: { ko: '[생년월일]', en: '[date of birth]' },
  licence: { ko: '[면허번호]', en: '[licence number]' },
  passport: { ko: '[여권번호]', en: '[passport number]' },
  customs: { ko: '[통관부호]', en: '[customs code]' },
  card: { ko: '[카드번호]', en: '[card number]' },
  phone: { ko: '[전화번호]', en: '[phone]' },
  account: { ko: '[계좌번호]', en: '[account number]' },
  address: { ko: '[주소]', en: '[address]' },
  door: { ko: '[출입 비밀번호]', en: '[door code]' },
}

/** Not read for numbers: what looks like one there is part of an address on the web. */
const URL = /https?:\/\/[^\s<>"'|]{1,2000}/gi

const CONTACTS: readonly Rule[] = [
  { kind: 'person', pattern: /<@!?[A-Z0-9]{2,30}(?:\|[^>\n]{0,80})?>/g },
  {
    kind: 'email',
    pattern: /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g,
    accepts: ({ text }) => !isRoleAddress(text),
  },
  {
    kind: 'email',
    pattern:
      /(?<![\w.+-])[\w.+-]{1,64} ?(?:골뱅이|\[at\]|\(at\)) ?[\w-]{1,63}(?:(?:\.| ?(?:점|닷) ?)[\w-]{1,63}){1,5}/gi,
    accepts: ({ text }) => !isRoleAddress(text.replace(/ ?(?:골뱅이|[[(]at[\])]) ?/i, '@')),
  },
  {
    kind: 'person',
    pattern:
      /(?<![\p{L}\p{N}_@/.])@(?!(?:everyone|here|channel)\b)[\p{L}\p{N}_][\p{L}\p{N}_.-]{1,31}(?![\p{L}\p{N}_/@-])/gu,
  },
]

// From what names itself ("주문번호 …") to what is known by its form alone; what one has found, the next does not see.
const RULES: readonly Rule[] = [...NUMBERS, ...ADDRESSES]

export interface Found {
  start: number
  end: number
  kind: PersonalKind
}

/** In the order in which they stand, without overlap. Of a text in NFC. */
export function findPersonal(text: string): Found[] {
  let open = foldSigns(text)
  const found: Found[] = []
  const take = (rules: readonly Rule[]): void => {
    for (const { kind, pattern, accepts } of rules) {
      for (const match of open.matchAll(pattern)) {
        const whole = match.groups?.['value'] ?? match[0]
        const start = match.index + match[0].lastIndexOf(whole)
        const end = start + whole.length
        const before = open.slice(Math.max(0, start - 24), start)
        const after = open.slice(end, end + 8)
        if (accepts && !accepts({ text: whole, before, after })) continue
        found.push({ start, end, kind })
      }
      for (const { start, end } of found) open = blank(open, start, end)
    }
  }
  take(CONTACTS)
  for (const { 0: url, index } of open.matchAll(URL)) open = blank(open, index, index + url.length)
  take(RULES)
  return found.sort((a, b) => a.start - b.start)
}

/** Shorter or longer; everything that is not personal stays as it is, sign for sign, in NFC. */
export function maskPersonal(text: string, lang: Lang): string {
  return replacePersonal(text, ({ kind }) => LABELS[kind][lang])
}

/** `labelOf`: what stands in its place; null leaves it. */
export function replacePersonal(
  text: string,
  labelOf: (found: Found, value: string) => string | null,
): string {
  const whole = text.normalize('NFC')
  let masked = ''
  let at = 0
  for (const found of findPersonal(whole)) {
    const value = whole.slice(found.start, found.end)
    masked += whole.slice(at, found.start) + (labelOf(found, value) ?? value)
    at = found.end
  }
  return masked + whole.slice(at)
}

export function labelOf(kind: PersonalKind, lang: Lang): string {
  return LABELS[kind][lang]
}

/**
 * Finds labels in what a model wrote, in either language, with another spacing or case, and the number of one that has a
 * number. Groups: its words, its number.
 */
export function labelPattern(): RegExp {
  return new RegExp(LABEL_PATTERN, 'giu')
}

const BARE = Object.entries(LABELS).flatMap(([kind, { ko, en }]) =>
  [ko, en].map((label) => ({ kind: kind as PersonalKind, words: label.slice(1, -1) })),
)
const LABEL_PATTERN = String.raw`[[［]\s?(${BARE.map(({ words }) => [...words.replaceAll(' ', '')].join(' ?')).join('|')}) ?(\d{1,3})?\s?[\]］]`

/** By a label's words, however they are spaced; null for none of ours. */
export function kindOf(words: string): PersonalKind | null {
  const bare = (text: string): string => text.replaceAll(' ', '').toLowerCase()
  return BARE.find((one) => bare(one.words) === bare(words))?.kind ?? null
}

/** The labels of a masked text in the other language, as a translator may have left or altered them. */
export function relabel(text: string, lang: Lang): string {
  let labelled = text
  for (const label of Object.values(LABELS))
    labelled = labelled.replaceAll(label[lang === 'ko' ? 'en' : 'ko'], label[lang])
  return labelled
}

/** Whether it is one of the labels, in either language: "[주문번호]". */
export function isLabel(text: string): boolean {
  return Object.values(LABELS).some(({ ko, en }) => text === ko || text === en)
}

/** The labels that stand in a text, by kind, so that two languages can be compared. */
export function labelsIn(text: string): PersonalKind[] {
  const kinds = Object.keys(LABELS) as PersonalKind[]
  return kinds.filter((kind) => text.includes(LABELS[kind].ko) || text.includes(LABELS[kind].en))
}

/** Full-width forms and the many dashes, sign for sign, so that places in the text stay the same. */
function foldSigns(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u00A0\u202F\u2009\u3000\t]/g, ' ')
}

const BLANK = '\u0000'

function blank(text: string, start: number, end: number): string {
  return text[start] === BLANK ? text : text.slice(0, start) + BLANK.repeat(end - start) + text.slice(end)
}
