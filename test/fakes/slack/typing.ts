// What Slack's message box makes of typed words: mentions by name, escapes, and a rich_text block.
// docs.slack.dev messaging/formatting-message-text: `&`, `<` and `>` are escaped and no other character, mentions are
// `<@U…>`; reference/block-kit/blocks/rich-text-block: the elements.
import type { Block, Dict } from './shapes.ts'
import type { World } from './world.ts'

const TOKEN = /<(?:[@#!][^<>\s]+|https?:[^<>\s]+|mailto:[^<>\s]+)>/g

/** `@name` becomes a mention, in whichever case it is typed, as Slack's own list of names finds it; `&`, `<` and `>` are escaped unless they already form one. */
export function typedText(world: World, raw: string): string {
  const named = raw.replace(/(^|\s)@([\p{L}\p{N}._-]+)/gu, (whole, before: string, name: string) => {
    const id = isNamed(world.botName, name) ? world.botUserId : idByName(world, name)
    return id ? `${before}<@${id}>` : whole
  })
  let out = ''
  let from = 0
  for (const match of named.matchAll(TOKEN)) {
    out += escapeText(named.slice(from, match.index)) + match[0]
    from = match.index + match[0].length
  }
  return out + escapeText(named.slice(from))
}

function idByName(world: World, name: string): string | undefined {
  for (const user of world.users.values()) if (isNamed(user.name, name)) return user.id
  return undefined
}

function isNamed(name: string, typed: string): boolean {
  return name.toLowerCase() === typed.toLowerCase()
}

function escapeText(text: string): string {
  return text
    .replace(/&(?!(?:amp|lt|gt);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** The rich_text block Slack's clients send along with every typed message. */
export function richTextOf(ts: string, text: string): Block {
  const elements: Dict[] = []
  let from = 0
  const plain = (part: string) =>
    part.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  const addText = (part: string) => {
    if (part !== '') elements.push({ type: 'text', text: plain(part) })
  }
  for (const match of text.matchAll(TOKEN)) {
    addText(text.slice(from, match.index))
    elements.push(elementOf(match[0].slice(1, -1)))
    from = match.index + match[0].length
  }
  addText(text.slice(from))
  return { type: 'rich_text', block_id: `typed-${ts}`, elements: [{ type: 'rich_text_section', elements }] }
}

function elementOf(token: string): Dict {
  const [target = '', label] = token.split('|', 2)
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1) }
  if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1) }
  if (target.startsWith('!subteam^'))
    return { type: 'usergroup', usergroup_id: target.slice('!subteam^'.length) }
  if (target.startsWith('!')) return { type: 'broadcast', range: target.slice(1) }
  return { type: 'link', url: target, ...(label ? { text: label } : {}) }
}
