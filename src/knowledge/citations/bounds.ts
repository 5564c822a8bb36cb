// Whether values give another one: the same in whatever notation, or the end of a range that a sentence speaks of.
import { hasValue, type Value } from '../../text/values.ts'

const AT_MOST_BEFORE =
  /(?:최대|늦어도|길어도|많게는|within|up to|at most|no more than|maximum of|maximum|no later than|as late as|under)\s$/i
const AT_MOST_AFTER = /^\s?(?:이내|이하|안에|까지|내에|at most|or less|max)/i
const AT_LEAST_BEFORE =
  /(?:최소|빠르면|적어도|at least|from|minimum of|minimum|starting at|as early as|no less than)\s$/i
const AT_LEAST_AFTER = /^\s?(?:이상|부터|or more)/i

/** `value` is one of `text`. */
export function givesValue(text: string, value: Value, values: readonly Value[]): boolean {
  return hasValue(values, value) || isEnd(text, value, values)
}

/** "최대 3일", "within 3 days" of a passage that says 2 to 3 days. */
function isEnd(text: string, value: Value, values: readonly Value[]): boolean {
  const [before, after] = [text.slice(0, value.start), text.slice(value.end)]
  const ends: number[] = []
  if (AT_MOST_BEFORE.test(before) || AT_MOST_AFTER.test(after)) ends.push(1)
  if (AT_LEAST_BEFORE.test(before) || AT_LEAST_AFTER.test(after)) ends.push(0)
  const bounds = values.flatMap((range) =>
    range.value.split('|').flatMap((reading) => {
      const parts = reading.split('..')
      return parts.length === 2 ? ends.map((end) => ({ ...range, value: parts[end]! })) : []
    }),
  )
  return hasValue(bounds, value)
}
