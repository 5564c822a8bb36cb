// Long texts in forms: a platform's field takes about 3,000 characters, an answer may be longer, so it is spread over
// several fields, cut at line ends, and put together again.
import type { FormField } from '../src/core/content.ts'

const FIELD = 'text'
export const MAX_FIELD_CHARS = 2_800
/** Of a form's five. */
const MAX_FIELDS = 3

/** Null when the text does not fit. */
export function fieldsOf(text: string, label: string): FormField[] | null {
  const parts: string[] = []
  let rest = text
  while (rest.length > MAX_FIELD_CHARS) {
    const at = rest.lastIndexOf('\n', MAX_FIELD_CHARS)
    if (at <= 0) return null
    parts.push(rest.slice(0, at))
    rest = rest.slice(at + 1)
  }
  parts.push(rest)
  if (parts.length > MAX_FIELDS) return null
  return parts.map((value, index) => ({
    id: index === 0 ? FIELD : `${FIELD}${index}`,
    label: parts.length === 1 ? label : `${label} ${index + 1}/${parts.length}`,
    value,
    multiline: true,
    required: index === 0,
  }))
}

export function textOf(options: Readonly<Record<string, unknown>>): string {
  const parts = [FIELD, ...Array.from({ length: MAX_FIELDS - 1 }, (_, index) => `${FIELD}${index + 1}`)]
  return parts
    .map((name) => String(options[name] ?? '').trim())
    .filter((part) => part !== '')
    .join('\n')
}
