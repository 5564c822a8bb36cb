// A message's text as people read it: without the mention of the bot, other mentions and custom emoji as names.
import type { APIMessage, APIUser, Guild } from 'discord.js'
import type { Mention } from '../core/inbound.ts'
import { normalizeText } from '../text/normalize.ts'
import type { Room } from './room.ts'

export interface ReadText {
  text: string
  mentionsBot: boolean
  mentionsOthers: boolean
  mentions?: Mention[]
}

export interface Reader {
  selfId: string
  /** null in direct messages. */
  guild: Guild | null
}

const USER = /<@!?(\d+)>/g
const ROLE = /<@&(\d+)>/g
const CHANNEL = /<#(\d+)>/g
const EMOJI = /<a?:(\w+):\d+>/g
const COMMAND = /<\/([^:<>]+):\d+>/g

export function readText(message: APIMessage, room: Room, reader: Reader): ReadText {
  const { selfId, guild } = reader
  const ownRole = guild?.roles.cache.find((role) => role.tags?.botId === selfId)?.id ?? null
  const forwarded = (message.message_snapshots ?? []).map((snapshot) => snapshot.message.content)
  const stickers = (message.sticker_items ?? []).map((sticker) => `:${sticker.name}:`)
  const raw = [message.content, ...forwarded, ...stickers].filter((part) => part !== '').join('\n')

  const names = new Map(message.mentions.map((user) => [user.id, nameOf(user)]))
  // Of those that stand in the text: a reply mentions without a word whom it answers.
  const mentions: Mention[] = []
  let isAddressed = message.mentions.some((user) => user.id === selfId)
  const text = raw
    // "@Damso, 배송은요?" asks "배송은요?".
    .replace(new RegExp(`^\\s*<@!?${selfId}>[,:]`), `<@${selfId}>`)
    .replace(USER, (whole, id: string) => {
      const name = names.get(id)
      if (id === selfId) isAddressed = true
      else if (name !== undefined) mentions.push({ id, name })
      return id === selfId ? ' ' : name === undefined ? whole : `@${name}`
    })
    .replace(ROLE, (_, id: string) => {
      if (id === ownRole) isAddressed = true
      return id === ownRole ? ' ' : `@${guild?.roles.cache.get(id)?.name ?? 'role'}`
    })
    .replace(CHANNEL, (_, id: string) => `#${guild?.channels.cache.get(id)?.name ?? 'channel'}`)
    .replace(EMOJI, ':$1:')
    .replace(COMMAND, '/$1')
  const others = message.mentions.some((user) => user.id !== selfId && user.id !== message.author.id)
  return {
    text: normalizeText(withPost(message, room, text.replace(/[^\S\n]{2,}/g, ' '))),
    mentionsBot: isAddressed,
    mentionsOthers: others || message.mention_everyone || message.mention_roles.some((id) => id !== ownRole),
    ...(mentions.length > 0 ? { mentions } : {}),
  }
}

/** A forum post asks with its title and tags as much as with its text. */
function withPost(message: APIMessage, room: Room, text: string): string {
  if (room.post === null || message.id !== message.channel_id) return text
  const { title, tags } = room.post
  const word = /[\p{Script=Hangul}]/u.test(title + text) ? '태그' : 'Tags'
  const line = tags.length > 0 ? `[${word}: ${tags.join(', ')}]` : ''
  return [title, text.trim(), line].filter((part) => part !== '').join('\n\n')
}

export function nameOf(user: APIUser & { member?: { nick?: string | null } }): string {
  return user.member?.nick ?? user.global_name ?? user.username
}
