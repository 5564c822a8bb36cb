// Finds a post that may have reached Discord although nobody recorded its id: by its nonce, by the key in its
// buttons, or, for the first post of an answer, by the message it replies to. Looks at the place's last 50 messages.
import { type APIMessage, type APIUser, ComponentType } from 'discord.js'
import type { Post } from '../core/outbound.ts'
import type { Answer } from './api.ts'
import type { Caller, Resolve } from './caller.ts'
import { parseCustomId } from './custom-id.ts'

export interface LookUp {
  /** The id of the post's message in `channel`, or null. */
  find(
    post: Post,
    channel: string,
    reference: string | null,
    resolve: Resolve,
    signal: AbortSignal,
  ): Promise<Answer<string | null>>
}

const LIMIT = '50'

export function createLookUp(caller: Caller): LookUp {
  let self: string | null = null

  const ownId = async (resolve: Resolve, signal: AbortSignal): Promise<Answer<string>> => {
    if (self !== null) return { outcome: 'ok', value: self }
    const spend = { kind: 'other', channel: 'self' } as const
    const answer = await caller.call<APIUser>({ method: 'GET', path: '/users/@me' }, spend, resolve, signal)
    if (answer.outcome !== 'ok') return answer
    self = answer.value.id
    return { outcome: 'ok', value: self }
  }

  return {
    async find(post, channel, reference, resolve, signal) {
      const own = await ownId(resolve, signal)
      if (own.outcome !== 'ok') return own
      const history = await caller.call<APIMessage[]>(
        { method: 'GET', path: `/channels/${channel}/messages`, query: { limit: LIMIT } },
        { kind: 'other', channel },
        resolve,
        signal,
      )
      if (history.outcome !== 'ok') return history
      const ours = history.value.filter((message) => message.author.id === own.value)
      const found =
        ours.find((message) => message.nonce === post.key || keysOf(message).includes(post.key)) ??
        ours.find(
          (message) =>
            reference !== null &&
            message.message_reference?.message_id === reference &&
            keysOf(message).every((key) => key === post.key),
        )
      return { outcome: 'ok', value: found?.id ?? null }
    },
  }
}

function keysOf(message: APIMessage): string[] {
  const rows = (message.components ?? []).flatMap((row) =>
    row.type === ComponentType.ActionRow ? [row] : [],
  )
  return rows.flatMap((row) =>
    row.components.flatMap((cell) => {
      const key = 'custom_id' in cell ? parseCustomId(cell.custom_id)?.key : null
      return key ? [key] : []
    }),
  )
}
