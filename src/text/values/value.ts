// What a value found in a text is, and how its normal form is written. How values are found and compared stands beside.

export type ValueKind =
  | 'number'
  | 'ordinal'
  | 'percent'
  | 'money'
  | 'date'
  | 'time'
  | 'duration'
  | 'quantity'
  | 'phone'
  | 'version'
  | 'code'
  | 'url'
  | 'email'

/**
 * `value` is the normal form, the same in both languages: `35000`, `3 person`, `2 ordinal`, `50%`, `KRW 35000`,
 * `2026-11-25` (`*` for what is not said), `mon`, `day+2`, `week+1`, `15:30`, `PT259200S`, `P18M`, `P3BD` (business days),
 * `3000 g`. A range is `low..high`; what can be read in more than one way holds every reading: `03:00|15:00`.
 */
export interface Value {
  kind: ValueKind
  /** As written: `text.slice(start, end)`. */
  text: string
  start: number
  end: number
  value: string
  /** A one that the other language often leaves unsaid ("한 명": "a person"): it is never missing. */
  isLoose?: true
  /** Of a length that is told from now: "two days ago", 이틀 뒤. */
  side?: Side
}

export type Side = 'ago' | 'ahead'

/** A number or both ends of a range. */
export type Span = readonly [low: number, high: number]

export interface Reading {
  value: string
  kind?: ValueKind
  isLoose?: boolean
  side?: Side
  /** Where the value ends, if not where its pattern does. */
  length?: number
}

/** One way in which values are written. `read` gives null for no value and '' for words that only look like one. */
export interface Finder {
  kind: ValueKind
  pattern: RegExp
  read: (found: Found) => Reading | string | null
}

export interface Found {
  groups: Readonly<Record<string, string | undefined>>
  text: string
  /** The text up to the match and from its end on. */
  before: string
  after: string
  lang: 'ko' | 'en'
}

/** 0.1 + 0.2 and ⅓ in one form. */
export function writeNumber(number: number): string {
  return String(Number(number.toPrecision(10)))
}

/** Applies a form to a number or to both ends of a range. */
export function writeSpan([low, high]: Span, write: (number: number) => string): string {
  return low === high ? write(low) : `${write(low)}..${write(high)}`
}

export function pad2(number: number): string {
  return String(number).padStart(2, '0')
}
