// Slack's names of emoji: of the few that we react with (reactions.add takes names only), and of the flags that people
// react with.
import { flagOf } from '../core/target-lang.ts'

const NAMES: Readonly<Record<string, string>> = {
  '😊': 'blush',
  '👍': '+1',
  '🙏': 'pray',
  '👀': 'eyes',
  '✅': 'white_check_mark',
  '❤️': 'heart',
  '🎉': 'tada',
  '🙇': 'bow',
  '📝': 'memo',
  '⚠️': 'warning',
}

/** A name given as such ("eyes", ":eyes:") stays; an emoji without a known name becomes a thumb. */
export function emojiName(emoji: string): string {
  const known = NAMES[emoji]
  if (known) return known
  const name = emoji.replace(/^:|:$/g, '')
  return /^[a-z0-9_+'-]+$/.test(name) ? name : '+1'
}

/** Flags whose short name is the country's alone; iamcal/emoji-data, which Slack uses, has `kr` and `flag-kr` for one. */
const SHORT_FLAGS = new Set(['cn', 'de', 'es', 'fr', 'gb', 'it', 'jp', 'kr', 'ru', 'us', 'uk'])

/** The flag that a reaction's name means: "kr", "flag-vn", "flag-gb" and its other name "uk"; null for other emoji. */
export function flagOfName(name: string): string | null {
  const country = /^flag-([a-z]{2})$/.exec(name)?.[1] ?? (SHORT_FLAGS.has(name) ? name : null)
  return country === null ? null : flagOf(country === 'uk' ? 'gb' : country)
}
