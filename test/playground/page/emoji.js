// Slack names its emoji, Discord sends the characters.

const NAMES = {
  '+1': '👍',
  thumbsup: '👍',
  '-1': '👎',
  blush: '😊',
  smile: '😄',
  slightly_smiling_face: '🙂',
  heart: '❤️',
  pray: '🙏',
  tada: '🎉',
  eyes: '👀',
  ok_hand: '👌',
  white_check_mark: '✅',
  warning: '⚠️',
  raised_hands: '🙌',
  bow: '🙇',
  wave: '👋',
  memo: '📝',
  kr: '🇰🇷',
  us: '🇺🇸',
  gb: '🇬🇧',
  jp: '🇯🇵',
  cn: '🇨🇳',
}

/** What one can react with here. */
export const REACTIONS = ['👍', '😊', '❤️', '🙏', '👀', '👎']

/** A message that gets one of these is translated for all to see. */
export const FLAGS = ['🇰🇷', '🇺🇸', '🇯🇵']

/** `:name:` as a character, `other` when the name is not known. */
export function emoji(name, other = name) {
  if (!name.startsWith(':')) return name
  return NAMES[name.slice(1, -1)] ?? other
}

/** As the platform wants it sent. */
export function toPlatform(character, platform) {
  if (platform === 'discord') return character
  const known = Object.entries(NAMES).find(([, value]) => value === character)
  return known ? known[0] : character
}
