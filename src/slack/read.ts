// Reads one message as it stands now, wherever in its channel: conversations.replies takes the ts of any message, in a
// thread or not. Source: docs.slack.dev reference/methods/conversations.replies.
import type { Outbound } from '../core/outbound.ts'
import type { Caller } from './caller.ts'
import type { Directory } from './directory.ts'
import { isNoPlace, refusedWith, toBotError } from './failure.ts'
import { rawText } from './inbound-message.ts'
import { readText } from './inbound-text.ts'
import { threadOf } from './room.ts'
import { listOf, textOf } from './wire.ts'

export function createRead(caller: Caller, people: Directory): Outbound['read'] {
  return async ({ workspace, channel }, source, signal) => {
    const ts = source.slice(source.lastIndexOf(':') + 1)
    const args = { channel, ts, oldest: ts, latest: ts, inclusive: true, limit: 2 }
    const options = { isRepeatable: true, signal }
    const answer = await caller.insist(workspace, 'conversations.replies', args, options)
    if (isNoPlace(answer) || refusedWith(answer, 'thread_not_found', 'message_not_found')) return null
    if (answer.outcome !== 'ok') throw toBotError(answer, `a message in channel ${channel}`)
    // The thread's first message comes along, whatever was asked for; of a deleted one with replies a tombstone is left.
    const message = listOf(answer.value['messages']).find((one) => one['ts'] === ts)
    if (!message || message['subtype'] === 'tombstone') return null
    const author = textOf(message['user'])
    const { text } = await readText(rawText(message), { workspace, botUser: '', author, people })
    return { text, thread: threadOf(message) }
  }
}
