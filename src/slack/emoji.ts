// Slack's names of the few emoji that we react with; reactions.add takes names only.

const NAMES: Readonly<Record<string, string>> = {
  '😊': 'blush',
  '👍': '+1',
  '🙏': 'pray',
  '👀': 'eyes',
  '✅': 'white_check_mark',
  '❤️': 'heart',
  '🎉': 'tada',
  '🙇': 'bow',
}

/** A name given as such ("eyes", ":eyes:") stays; an emoji without a known name becomes a thumb. */
export function emojiName(emoji: string): string {
  const known = NAMES[emoji]
  if (known) return known
  const name = emoji.replace(/^:|:$/g, '')
  return /^[a-z0-9_+'-]+$/.test(name) ? name : '+1'
}
