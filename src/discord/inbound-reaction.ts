// An emoji put on a message, or taken away, as Inbound.
// Source: discord-api-docs events/gateway-events, "Message Reaction Add": a member only in servers, no text, no name in DMs.
import type {
  GatewayMessageReactionAddDispatchData,
  GatewayMessageReactionRemoveDispatchData,
} from 'discord.js'
import type { ReactionInbound } from '../core/inbound.ts'
import { langOfFlag } from '../core/target-lang.ts'
import type { MessageReader } from './inbound.ts'
import { isAdmin } from './inbound.ts'
import { nameOf } from './inbound-text.ts'
import { tagsOf } from './room.ts'

export async function toReaction(
  raw: GatewayMessageReactionAddDispatchData | GatewayMessageReactionRemoveDispatchData,
  reader: MessageReader,
  { now, isRemoved }: { now: number; isRemoved: boolean },
): Promise<ReactionInbound | null> {
  const { id, name } = raw.emoji
  // A custom emoji that was deleted has no name left.
  if (name === null || name === '' || raw.user_id === reader.selfId()) return null
  const emoji = id ? `${name}:${id}` : name
  const isFlag = !id && langOfFlag(name) !== null
  const guildId = raw.guild_id ?? null
  const guild = guildId === null ? null : reader.guild(guildId)
  const room = await reader.rooms.find(raw.channel_id, guildId)
  const member = 'member' in raw ? raw.member : undefined
  return {
    type: 'reaction',
    workspace: room.workspace,
    audience: room.audience,
    place: room.place,
    room: room.room,
    ...tagsOf(room),
    author: {
      id: raw.user_id,
      name: member?.nick ?? (member?.user ? nameOf(member.user) : ''),
      kind: member?.user?.bot ? 'bot' : 'member',
      locale: reader.locales.of(raw.user_id, guild),
      isAdmin: guild !== null && isAdmin(raw.user_id, member?.roles ?? [], guild),
    },
    sharedExternally: false,
    at: now,
    source: `react:${raw.message_id}:${raw.user_id}:${emoji}${isFlag ? '' : `:${now}`}`,
    emoji,
    ...(isRemoved ? { isRemoved } : {}),
    message: raw.message_id,
  }
}
