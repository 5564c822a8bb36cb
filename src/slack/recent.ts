// The newest messages of a thread or channel. Slack pages a thread from its beginning, so the last ones are what is left
// after the last page. Source: docs.slack.dev reference/methods/conversations.replies and conversations.history.
import type { Place } from '../core/inbound.ts'
import type { Outbound, RecentMessage } from '../core/outbound.ts'
import type { Caller } from './caller.ts'
import type { Directory } from './directory.ts'
import { isNoPlace, refusedWith, toBotError } from './failure.ts'
import { rawText, WRITTEN } from './inbound-message.ts'
import { readText } from './inbound-text.ts'
import { type Dict, dictOf, listOf, textOf } from './wire.ts'

const PAGE = 200
const DAY_SECONDS = 86_400
/** A thread that is longer shows the last of these. */
const MAX_PAGES = 15

export function createRecent(caller: Caller, people: Directory): Outbound['recent'] {
  const page = async (
    { workspace, channel, thread }: Place,
    wanted: Dict,
    signal: AbortSignal,
  ): Promise<Dict | null> => {
    const method = thread === null ? 'conversations.history' : 'conversations.replies'
    const args = { channel, ...(thread ? { ts: thread } : {}), ...wanted }
    const answer = await caller.insist(workspace, method, args, { isRepeatable: true, signal })
    if (isNoPlace(answer) || refusedWith(answer, 'thread_not_found')) return null
    if (answer.outcome !== 'ok') throw toBotError(answer, `messages of channel ${channel}`)
    return answer.value
  }
  return async (place, limit, signal, before) => {
    const latest = before?.slice(before.lastIndexOf(':') + 1)
    const window = latest === undefined ? {} : { latest, oldest: (Number(latest) - DAY_SECONDS).toFixed(6) }
    const found = new Map<string, Dict>()
    let cursor = ''
    for (let pages = 0; pages < (place.thread === null ? 1 : MAX_PAGES); pages++) {
      const size = place.thread === null ? limit : PAGE
      const answer = await page(place, { limit: size, ...window, ...(cursor ? { cursor } : {}) }, signal)
      if (answer === null) return null
      for (const message of listOf(answer['messages'])) found.set(textOf(message['ts']), message)
      cursor = textOf(dictOf(answer['response_metadata'])['next_cursor'])
      if (cursor === '') break
    }
    const newest = [...found.values()]
      .filter((message) => WRITTEN.has(textOf(message['subtype'])))
      // The first message of a thread comes along in any case.
      .filter((message) => latest === undefined || Number(message['ts']) < Number(latest))
      .sort((a, b) => Number(a['ts']) - Number(b['ts']))
      .slice(-limit)
    const botUser = caller.api.installations.botUser(place.workspace)
    return Promise.all(newest.map((message) => toRecent(message, place, botUser, people)))
  }
}

async function toRecent(
  message: Dict,
  { workspace, channel }: Place,
  botUser: string,
  people: Directory,
): Promise<RecentMessage> {
  const id = textOf(message['user'])
  const person = id === '' ? null : await people.person(workspace, id, PATIENCE_MS)
  const profile = dictOf(message['bot_profile'])
  const { text } = await readText(rawText(message), { workspace, botUser, author: id, people })
  return {
    source: `${channel}:${textOf(message['ts'])}`,
    author: person?.name || textOf(message['username']) || textOf(profile['name']) || '?',
    isOwn: id !== '' && id === botUser,
    text,
  }
}

/** Here somebody waits for all of it anyway. */
const PATIENCE_MS = 2_000
