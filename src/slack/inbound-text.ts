// A message's text as people read it: unescaped, without the mention of the bot, other mentions and links as words.
import type { Mention } from '../core/inbound.ts'
import { normalizeText } from '../text/normalize.ts'
import type { Directory } from './directory.ts'

export interface ReadText {
  text: string
  mentionsBot: boolean
  mentionsOthers: boolean
  mentions?: Mention[]
}

export interface TextReader {
  workspace: string
  botUser: string
  author: string
  people: Directory
}

// What people type is escaped, so whatever stands in angle brackets is Slack's own.
// docs.slack.dev messaging/formatting-message-text, "Retrieving messages".
const TOKEN = /<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>/g
const MAX_NAMES = 20

export async function readText(raw: string, reader: TextReader): Promise<ReadText> {
  const names = await namesIn(raw, reader)
  let mentionsBot = false
  let mentionsOthers = false
  const mentions: Mention[] = []
  const shown = raw.replace(TOKEN, (_, sign: string, target: string, label: string | undefined) => {
    if (sign === '#') return `#${label || names.get(`#${target}`) || '…'}`
    if (sign === '!') {
      // <!date^…|fallback> says when, everything else calls people.
      if (target.startsWith('date')) return label ?? ''
      mentionsOthers = true
      return label ?? `@${target.startsWith('subteam') ? '…' : target}`
    }
    if (sign === '') return toLink(target, label)
    if (target === reader.botUser) {
      mentionsBot = true
      return '\uE000'
    }
    if (target !== reader.author) mentionsOthers = true
    const name = label || names.get(`@${target}`) || '…'
    mentions.push({ id: target, name })
    return `@${name}`
  })
  const text = normalizeText(unescaped(withoutMarks(shown)))
  return { text, mentionsBot, mentionsOthers, ...(mentions.length > 0 ? { mentions } : {}) }
}

/**
 * "@damso, hello" is "hello". Elsewhere one of the two spaces around a removed mention goes with it; other spaces may be
 * code.
 */
function withoutMarks(text: string): string {
  return text.replace(/^(?:\s*\uE000)+\s*[,:;、]?\s*/, '').replace(/[^\S\n]?\uE000/g, '')
}

async function namesIn(
  raw: string,
  { workspace, botUser, people }: TextReader,
): Promise<Map<string, string>> {
  const wanted = new Set<string>()
  for (const [, sign = '', target = '', label] of raw.matchAll(TOKEN)) {
    if ((sign === '@' && target !== botUser && !label) || (sign === '#' && !label)) wanted.add(sign + target)
  }
  const names = new Map<string, string>()
  await Promise.all(
    [...wanted].slice(0, MAX_NAMES).map(async (key) => {
      const id = key.slice(1)
      const found = key.startsWith('@')
        ? await people.person(workspace, id)
        : await people.channel(workspace, id)
      if (found?.name) names.set(key, found.name.replace(/\s+/g, ' '))
    }),
  )
  return names
}

function toLink(target: string, label: string | undefined): string {
  const bare = target.replace(/^(?:mailto|tel):/, '')
  // Typed without "http://", which Slack adds.
  if (label && target === `http://${label}`) return label
  return !label || label === bare || label === target ? bare : `${label} (${bare})`
}

export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
