// Reads one message as it stands now. Source: discord-api-docs resources/message, "Get Channel Message".
import type { APIMessage } from 'discord.js'
import { DISCORD_DM, type Place } from '../core/inbound.ts'
import type { Outbound } from '../core/outbound.ts'
import type { Caller } from './caller.ts'
import {
  MISSING_ACCESS,
  MISSING_PERMISSIONS,
  refusedWith,
  toBotError,
  UNKNOWN_CHANNEL,
  UNKNOWN_MESSAGE,
} from './failure.ts'
import { readText } from './inbound-text.ts'
import type { Room } from './room.ts'

const NOT_THERE = [UNKNOWN_MESSAGE, UNKNOWN_CHANNEL, MISSING_ACCESS, MISSING_PERMISSIONS]

export function createRead(caller: Caller): Outbound['read'] {
  return async (place, source, signal) => {
    // A thread has the id of the message that it was made from, which stands in the parent; a forum post has no such.
    const homes = place.thread === source ? [place.channel, source] : [place.thread ?? place.channel]
    for (const channel of homes) {
      const call = { method: 'GET', path: `/channels/${channel}/messages/${source}` } as const
      const answer = await caller.call<APIMessage>(call, { kind: 'other', channel }, 'insist', signal)
      if (refusedWith(answer, ...NOT_THERE)) continue
      if (answer.outcome !== 'ok') throw toBotError(answer, `message ${source}`)
      const { text } = readText(answer.value, roomOf(place), { selfId: '', guild: null })
      return { text, thread: channel === place.channel ? null : channel }
    }
    return null
  }
}

function roomOf(place: Place): Room {
  const { workspace } = place
  const room = workspace === DISCORD_DM ? 'dm' : 'channel'
  return { workspace, audience: '', place, room, post: null }
}
