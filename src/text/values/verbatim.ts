// Values that are the same in every language: addresses, phone numbers, versions, codes and order numbers. And what only
// looks like a value: mentions, custom emoji, list numbers, ratios.
import type { Finder } from './value.ts'

// Written together with a number these are a unit, an ordinal or a time, not a code.
const UNIT_AFTER_DIGITS =
  /^\d+(?:\.\d+)?-?(?:[kmcµ]?g|[kmcn]?m|[kmgt]i?b(?:ps)?|m?l|cc|[mk]?wh?|mah|[kmg]?hz|v|px|dpi|fps|kcal|lbs?|oz|ft|inch(?:es)?|h|hrs?|mins?|s|secs?|ms|days?|hours?|minutes?|weeks?|months?|years?|am|pm|st|nd|rd|th|x|k|bn|won|krw|usd|eur|jpy)$/i
const PHONES = [
  String.raw`\+\d{1,3}[-. ]?\(?\d{1,4}\)?(?:[-. ]?\d{2,4}){2,3}`,
  String.raw`\(?0\d{1,2}\)?[-. ]\d{3,4}[-. ]\d{4}`,
  String.raw`01[016789]\d{7,8}`,
  String.raw`1[568]\d{2}-\d{4}`,
  String.raw`(?:1-)?(?:\(\d{3}\) ?|\d{3}-)\d{3}-\d{4}`,
]
const IS_CODE_LIKE = '(?=[A-Za-z0-9_-]*\\d)(?=[A-Za-z0-9_-]*[A-Za-z])'

export const VERBATIM: readonly Finder[] = [
  {
    kind: 'code',
    pattern: /<[@#!][^>\s]*>|<a?:\w+:\d+>|(?<![\w/]):(?:[a-z0-9_+-]*[a-z_][a-z0-9_+-]*|[+-]?\d{1,4}):(?!\d)/g,
    read: () => '',
  },
  {
    kind: 'url',
    pattern: /(?:https?:\/\/|www\.)[\w\-.~:/?#[\]@!$&'()*+,;=%]+/gi,
    read: ({ text }) => {
      const url = trimUrl(text)
      return { value: url, length: url.length }
    },
  },
  {
    kind: 'email',
    pattern: /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,9}\.[A-Za-z]{2,63}/g,
    read: ({ text }) => text.toLowerCase(),
  },
  { kind: 'number', pattern: /^[ \t]*(?:>[ \t]*)?\d{1,3}[.)](?=[ \t])/gm, read: () => '' },
  {
    kind: 'phone',
    pattern: new RegExp(`(?<![\\w-])(?:${PHONES.join('|')})(?![\\w-])`, 'g'),
    read: ({ text }) => `tel:${text.replace(/^\+82[-. ]?\(?0?\)?/, '0').replaceAll(/[^\d+]/g, '')}`,
  },
  { kind: 'number', pattern: /(?<![\d:])\d{1,2}:\d(?![\d:])/g, read: () => '' },
  {
    kind: 'version',
    pattern:
      /(?<![\w.])(?:v|ver\.?|version|버전)\s?(?<number>\d+(?:\.\d+)*(?:-[a-z]+[\d.]*)?)(?![\w])|(?<![\w.])(?<late>\d+(?:\.\d+)+)\s?(?:버전|version)|(?<![\w.,])(?<bare>\d+\.\d+\.\d+(?:-[a-z]+[\d.]*)?)(?![\w.]*\d)/gi,
    read: ({ groups }) => {
      const number = groups.number ?? groups.late ?? groups.bare ?? ''
      // 26.11.25 is a date wherever it can be one.
      return groups.bare && /^\d\d\.\d\d\.\d\d$|^\d{4}\./.test(number) ? null : `v${number.toLowerCase()}`
    },
  },
  { kind: 'code', pattern: /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)/g, read: ({ text }) => text },
  {
    kind: 'code',
    pattern: new RegExp(`(?<![\\w-])${IS_CODE_LIKE}[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*(?![\\w])`, 'g'),
    read: ({ text }) => (isCode(text) ? text.toLowerCase() : null),
  },
  {
    kind: 'code',
    pattern:
      /(?<![\w.,-]|[₩￦$€£¥￥]\s?|\b[A-Z]{3}\s?)(?:\d{7,}|\d{6,}(?:-\d+)+|\d+-\d{5,}(?:-\d+)*)(?![\w-]|[,.]\d|\s?(?:[원만억개명]|won\b|dollar|yen\b))/g,
    read: ({ text }) => text,
  },
]

function trimUrl(text: string): string {
  const url = text.replace(/[.,;:!?'\]]+$/, '')
  return url.endsWith(')') && !url.includes('(') ? trimUrl(url.slice(0, -1)) : url
}

function isCode(text: string): boolean {
  if (UNIT_AFTER_DIGITS.test(text) || /^q[1-4]$/i.test(text) || /^\d{4}-\d\d-\d\dT/.test(text)) return false
  // "24-hour", "2-step", "mid-2026", "2FA": words around a number, not something to copy.
  if (/^\d+(?:-[A-Za-z]+)+$/.test(text) || /^[a-z]+(?:-\d+)$/.test(text) || text === '2FA') return false
  return !/^(?:KRW|USD|EUR|JPY|GBP|CNY|US)\d+$/.test(text)
}
