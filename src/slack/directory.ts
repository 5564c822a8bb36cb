// Who somebody is and what a channel is called and for, asked of Slack once and remembered for a while. Nobody waits long
// for it. Sources: docs.slack.dev reference/methods/users.info, conversations.info.
import { createAsked } from '../core/asked.ts'
import type { Clock } from '../core/clock.ts'
import { Recent } from '../core/recent.ts'
import type { Caller } from './caller.ts'
import { unescaped } from './inbound-text.ts'
import { type Dict, dictOf, textOf } from './wire.ts'

export interface Person {
  name: string
  team: string
  enterprise: string
  locale: string | null
  /** IANA name. */
  zone: string | null
  isAdmin: boolean
  isGuest: boolean
  isStranger: boolean
  isBot: boolean
}

export interface Channel {
  name: string
  isShared: boolean
  /** What its people say it is for: topic and purpose; '' where they do not, or it is not known. */
  topic: string
}

export interface Directory {
  /** Null when Slack does not say it in time, by default 300 ms. */
  person(workspace: string, id: string, patienceMs?: number): Promise<Person | null>
  channel(workspace: string, id: string): Promise<Channel | null>
  /** What an event said about a channel, so that nobody needs to ask. */
  learn(workspace: string, channel: string, isShared: boolean): void
  /** Of a person met before. */
  teamOf(workspace: string, id: string): string | null
}

const SHARED_TTL_MS = 24 * 60 * 60_000
const MAX_KNOWN = 5_000

export function createDirectory(caller: Caller, clock: Clock): Directory {
  const persons = createAsked<Person>(clock)
  const channels = createAsked<Channel>(clock)
  const shared = new Recent<string, boolean>({ max: MAX_KNOWN, ttlMs: SHARED_TTL_MS, clock })
  return {
    person: (workspace, id, patienceMs) => {
      const fetch = async (): Promise<Person | null> => {
        const args = { user: id, include_locale: true }
        const answer = await caller.once(workspace, 'users.info', args, 'must')
        return answer.outcome === 'ok' ? toPerson(dictOf(answer.value['user'])) : null
      }
      return persons.ask(`${workspace}:${id}`, fetch, patienceMs)
    },
    async channel(workspace, id) {
      const key = `${workspace}:${id}`
      const known = await channels.ask(key, async () => {
        const answer = await caller.once(workspace, 'conversations.info', { channel: id }, 'must')
        return answer.outcome === 'ok' ? toChannel(dictOf(answer.value['channel'])) : null
      })
      if (known) return known
      const isShared = shared.get(key)
      return isShared === undefined ? null : { name: '', isShared, topic: '' }
    },
    learn: (workspace, channel, isShared) => shared.set(`${workspace}:${channel}`, isShared),
    teamOf: (workspace, id) => persons.known(`${workspace}:${id}`)?.team || null,
  }
}

function toPerson(user: Dict): Person {
  const profile = dictOf(user['profile'])
  const names = [profile['display_name'], user['real_name'], profile['real_name'], user['name']]
  return {
    name: names.map(textOf).find((name) => name.trim() !== '') ?? '',
    team: textOf(user['team_id']),
    enterprise: textOf(dictOf(user['enterprise_user'])['enterprise_id']),
    locale: textOf(user['locale']) || null,
    zone: textOf(user['tz']) || null,
    isAdmin: user['is_admin'] === true || user['is_owner'] === true,
    isGuest: user['is_restricted'] === true || user['is_ultra_restricted'] === true,
    isStranger: user['is_stranger'] === true,
    isBot: user['is_bot'] === true,
  }
}

function toChannel(channel: Dict): Channel {
  const said = [channel['topic'], channel['purpose']].map((one) => textOf(dictOf(one)['value']).trim())
  return {
    name: textOf(channel['name']),
    isShared: channel['is_ext_shared'] === true,
    topic: unescaped([...new Set(said)].filter((one) => one !== '').join('\n')),
  }
}
