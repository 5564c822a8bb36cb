// The direct message with one person: what is only for them and has no interaction to go out through.
import type { APIChannel } from 'discord.js'
import { Recent } from '../core/recent.ts'
import type { Answer } from './api.ts'
import type { Caller, Resolve } from './caller.ts'

export interface DirectRooms {
  /** The id of the direct message's channel; opened when it is not known. */
  with(person: string, resolve: Resolve, signal?: AbortSignal): Promise<Answer<string>>
}

const REMEMBERED = 1_000

export function createDirectRooms(caller: Caller): DirectRooms {
  const rooms = new Recent<string, string>({ max: REMEMBERED })
  return {
    async with(person, resolve, signal) {
      const known = rooms.get(person)
      if (known !== undefined) return { outcome: 'ok', value: known }
      const call = { method: 'POST', path: '/users/@me/channels', body: { recipient_id: person } } as const
      const spend = { kind: 'other', channel: 'direct' } as const
      const opened = await caller.call<APIChannel>(call, spend, resolve, signal)
      if (opened.outcome !== 'ok') return opened
      rooms.set(person, opened.value.id)
      return { outcome: 'ok', value: opened.value.id }
    },
  }
}
