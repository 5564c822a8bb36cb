// What a channel is for: its topic, of a forum its guidelines. Source: discord-api-docs resources/channel, "Channel Object"
// (`topic`: up to 1,024 characters, of forums 4,096) and "Get Channel".
import type { APIChannel } from 'discord.js'
import { createAsked } from '../core/asked.ts'
import type { Clock } from '../core/clock.ts'
import { DISCORD_DM } from '../core/inbound.ts'
import type { Outbound } from '../core/outbound.ts'
import type { Caller } from './caller.ts'
import { MISSING_ACCESS, refusedWith, UNKNOWN_CHANNEL } from './failure.ts'

export function createTopic(caller: Caller, clock: Clock): Outbound['topicOf'] {
  const topics = createAsked<string>(clock)
  const ask = async (channel: string): Promise<string | null> => {
    const call = { method: 'GET', path: `/channels/${channel}` } as const
    const answer = await caller.call<APIChannel>(call, { kind: 'other', channel }, 'drop')
    if (refusedWith(answer, UNKNOWN_CHANNEL, MISSING_ACCESS)) return ''
    if (answer.outcome !== 'ok') return null
    return 'topic' in answer.value ? (answer.value.topic ?? '').trim() : ''
  }
  return async ({ workspace, channel }) =>
    workspace === DISCORD_DM ? null : (await topics.ask(channel, () => ask(channel))) || null
}
