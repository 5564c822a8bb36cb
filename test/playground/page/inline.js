// Marks inside a line: bold, italic, strike, code, links, mentions, emoji names. Tries its rules in order at each place.
import { h } from './dom.js'
import { emoji } from './emoji.js'

/** `names` gives the name of a user, role or channel id. */
export function inline(text, flavour, names) {
  const out = []
  let from = 0
  let at = 0
  const flush = () => {
    if (at > from) out.push(...lineBreaks(text.slice(from, at)))
  }
  while (at < text.length) {
    const made = tryRules(text, at, flavour, names)
    if (made) {
      flush()
      out.push(...made.nodes)
      at += made.length
      from = at
    } else at += 1
  }
  flush()
  return out
}

function tryRules(text, at, flavour, names) {
  const rules = flavour === 'mrkdwn' ? MRKDWN : MARKDOWN
  for (const rule of rules) {
    rule.pattern.lastIndex = at
    const found = rule.pattern.exec(text)
    if (!found) continue
    const nodes = rule.make(found, flavour, names, text)
    if (nodes) return { nodes: [nodes].flat(), length: found[0].length }
  }
  return null
}

const code = { pattern: /(`+)([\s\S]*?[^`])\1(?!`)/y, make: ([, , body]) => h('code', {}, body.trim()) }
const user = { pattern: /<@!?([A-Z0-9]+)>/y, make: ([, id], _flavour, names) => mention(`@${names(id)}`) }
const role = { pattern: /<@&(\d+)>/y, make: ([, id], _flavour, names) => mention(`@${names(id)}`) }
const channel = {
  pattern: /<#([A-Z0-9]+)(?:\|([^>]*))?>/y,
  make: ([, id, label], _flavour, names) => mention(`#${label || names(id)}`),
}
const broadcast = {
  pattern: /<!(here|channel|everyone)(?:\|[^>]*)?>/y,
  make: ([, who]) => mention(`@${who}`),
}
const namedEmoji = { pattern: /:([a-z0-9_+-]+):/y, make: ([, name]) => emoji(`:${name}:`, null) }
const customEmoji = { pattern: /<a?:(\w+):\d+>/y, make: ([, name]) => `:${name}:` }
const slackLink = {
  pattern: /<((?:https?|mailto|tel):[^|>\s]+)(?:\|([^>]+))?>/y,
  make: ([, url, label]) => link(url, [label ?? url]),
}
const bare = {
  pattern: /https?:\/\/[^\s<>()]+[^\s<>().,:;!?'"”’]/y,
  make: ([url]) => link(url, [url]),
}
/** Of typed text only: Discord's and Slack's clients show a mention of the bot by its name. */
const namedBot = { pattern: /@Damso(?![\w가-힣])/iy, make: ([whole]) => mention(whole) }

const MARKDOWN = [
  { pattern: /\\([\\`*_{}[\]()#+\-.!|~<>@])/y, make: ([, escaped]) => escaped },
  code,
  wrapped(/\*\*([^\s][\s\S]*?)\*\*/y, 'strong'),
  wrapped(/__([^\s][\s\S]*?)__(?!_)/y, (flavour) => (flavour === 'discord' ? 'u' : 'strong')),
  wrapped(/~~([^\s][\s\S]*?)~~/y, 's'),
  wrapped(/\*([^\s*][^*\n]*?)\*(?!\*)/y, 'em'),
  wrapped(/(?<![\p{L}\p{N}])_([^\s_][^_\n]*?)_(?![\p{L}\p{N}])/uy, 'em'),
  {
    pattern: /\[([^\]\n]+)\]\(<?((?:https?|mailto):[^\s)>]+)>?\)/y,
    make: ([, label, url], flavour, names) => link(url, inline(label, flavour, names)),
  },
  user,
  role,
  channel,
  broadcast,
  customEmoji,
  namedEmoji,
  slackLink,
  bare,
  namedBot,
]

const MRKDWN = [
  code,
  wrapped(/(?<![\p{L}\p{N}])\*([^\s*][^*\n]*?)\*(?![\p{L}\p{N}])/uy, 'strong'),
  wrapped(/(?<![\p{L}\p{N}])_([^\s_][^_\n]*?)_(?![\p{L}\p{N}])/uy, 'em'),
  wrapped(/(?<![\p{L}\p{N}])~([^\s~][^~\n]*?)~(?![\p{L}\p{N}])/uy, 's'),
  user,
  channel,
  broadcast,
  namedEmoji,
  slackLink,
  bare,
  namedBot,
]

function wrapped(pattern, tag) {
  return {
    pattern,
    make: ([, body], flavour, names) =>
      h(typeof tag === 'string' ? tag : tag(flavour), {}, inline(body, flavour, names)),
  }
}

export function mention(label) {
  return h('span', { class: 'mention' }, label)
}

/** The made-up shop's help pages stand on this server. */
const SHOP = /^https:\/\/help\.dalgogae\.example\//

export function link(url, children) {
  return h('a', { href: url.replace(SHOP, '/help/'), target: '_blank', rel: 'noreferrer' }, ...children)
}

export function lineBreaks(text) {
  return text.split('\n').flatMap((line, index) => (index === 0 ? [line] : [h('br'), line]))
}
