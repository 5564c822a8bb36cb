// For how long a case is put off, as staff type it: "2h", "30분", "내일", "3일", "until tomorrow".

const MINUTES = /^(\d{1,4})\s*(?:m|min|mins|minutes?|분)(?:\s*뒤|\s*후)?$/u
const HOURS = /^(\d{1,3})\s*(?:h|hrs?|hours?|시간)(?:\s*뒤|\s*후)?$/u
const DAYS = /^(\d{1,2})\s*(?:d|days?|일)(?:\s*뒤|\s*후)?$/u
const WEEKS = /^(\d)\s*(?:w|weeks?|주)(?:\s*뒤|\s*후)?$/u
const WORDS: readonly (readonly [RegExp, number])[] = [
  [/^(?:until )?tomorrow$|^내일(?:까지)?$/u, 1],
  [/^모레(?:까지)?$/u, 2],
  [/^(?:until )?next week$|^다음\s*주(?:까지)?$/u, 7],
]
const MAX_DAYS = 60

export function snoozeLength(
  typed: string,
): { minutes: number; days: 0 } | { minutes: null; days: number } | null {
  const text = typed.trim().toLowerCase()
  const word = WORDS.find(([pattern]) => pattern.test(text))
  if (word) return { minutes: null, days: word[1] }
  const days = Number(DAYS.exec(text)?.[1] ?? 0) + 7 * Number(WEEKS.exec(text)?.[1] ?? 0)
  if (days > 0) return days <= MAX_DAYS ? { minutes: null, days } : null
  const minutes = Number(MINUTES.exec(text)?.[1] ?? 0) + 60 * Number(HOURS.exec(text)?.[1] ?? 0)
  return minutes > 0 && minutes <= MAX_DAYS * 1_440 ? { minutes, days: 0 } : null
}
