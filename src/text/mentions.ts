// Takes the power to ping out of any text we did not write: model output, names, titles. Whatever the platform's own
// switches do (allowed_mentions, link_names), the text itself must be harmless, in code too.

const ZWSP = '\u200B'

// Slack also pings "@channel" and "@group" where names are linked; Discord only the first two.
const PING_WORDS = ['everyone', 'here', 'channel', 'group']
const PING_WORD = new RegExp(`@(?=${PING_WORDS.join('|')})`, 'gi')

// Longer ones are left: safePrefix does not hold a text back that long, so its start may be shown already.
const MASKED_LINK = /<((?:https?|mailto|tel):[^<>|\s]{1,120})\|([^<>\n]{0,60})>/g

/**
 * Breaks user, group, role and channel-wide mentions with a zero-width space ("<\u200B!channel>", "@\u200Beveryone"),
 * and times as Discord writes them, and shows the address behind a Slack link's text. Idempotent; a safe prefix's result is a prefix of the whole's.
 */
export function neutralize(text: string, platform: 'slack' | 'discord'): string {
  const unmasked = platform === 'slack' ? text.replace(MASKED_LINK, showAddress) : text
  // "&lt;" is what Slack itself sends for "<": decoded once too often, it is a mention again.
  const unpinged = unmasked
    .replace(/(<|&lt;|&#60;|&#x3c;)(?=[!@])/gi, `$1${ZWSP}`)
    .replace(PING_WORD, `@${ZWSP}`)
  return platform === 'discord' ? unpinged.replace(/<(?=t:)/g, `<${ZWSP}`) : unpinged
}

/** Gives Discord's form back to times that are ours, by their Unix seconds; to nobody else's. */
export function withMoments(neutral: string, moments: readonly number[]): string {
  return moments.reduce((text, at) => text.replaceAll(`<${ZWSP}t:${at}:f>`, `<t:${at}:f>`), neutral)
}

// The space in front keeps the label from completing a mention with what stands before it.
function showAddress(_: string, address: string, label: string): string {
  return label === '' || label === address ? `<${address}>` : `${ZWSP}${label} <${address}>`
}

/** How many characters at the end of a growing text may yet become a mention. */
export function unfinishedMention(text: string): number {
  const tail = /(?:<t?|&(?:l|lt|#|#6|#60|#x|#x3|#x3c)?;?|@[a-z]{0,8})$/i.exec(text)?.[0] ?? ''
  if (!tail.startsWith('@')) return tail.length
  const word = tail.slice(1).toLowerCase()
  return PING_WORDS.some((ping) => ping.startsWith(word) && ping !== word) ? tail.length : 0
}
