// Who is in a channel or a user group, and whether other organisations read along. Looked up when it matters and kept for
// a minute. Sources: docs.slack.dev reference/methods/conversations.members, usergroups.users.list, conversations.info.
import type { Clock } from '../core/clock.ts'
import type { Outbound, Readers } from '../core/outbound.ts'
import { Recent } from '../core/recent.ts'
import type { Args } from './api.ts'
import type { Caller, Method } from './caller.ts'
import { refusedWith } from './failure.ts'
import { dictOf, textOf } from './wire.ts'

const TTL_MS = 60_000
const PAGE = 1_000
/** A staff channel of more is none. */
const MAX_PAGES = 5

export interface Membership extends Pick<Outbound, 'belongs' | 'readersOf' | 'hasLeft'> {
  /** Somebody joined or left: who is in the channel is asked anew. */
  membersChanged(workspace: string, channel: string): void
}

export function createMembership(caller: Caller, clock: Clock): Membership {
  const known = new Recent<string, Promise<ReadonlySet<string> | null>>({ max: 500, ttlMs: TTL_MS, clock })
  const readers = new Recent<string, { said: Readers; at: number }>({ max: 500, ttlMs: TTL_MS, clock })

  /** Null without the scope, or while Slack does not answer. */
  const list = async (
    workspace: string,
    method: Method,
    args: Args,
    field: string,
  ): Promise<ReadonlySet<string> | null> => {
    const people = new Set<string>()
    let cursor = ''
    for (let page = 0; page < MAX_PAGES; page++) {
      const answer = await caller.once(workspace, method, { ...args, ...(cursor ? { cursor } : {}) }, 'must')
      // A group that is no more has nobody.
      if (refusedWith(answer, 'no_such_subteam')) return people
      if (answer.outcome !== 'ok') return null
      for (const id of idsIn(answer.value[field])) people.add(id)
      cursor = textOf(dictOf(answer.value['response_metadata'])['next_cursor'])
      if (cursor === '') break
    }
    return people
  }
  /** Asked once for all who want to know it at the same time. */
  const listed = async (
    workspace: string,
    method: Method,
    args: Args,
    field: string,
  ): Promise<ReadonlySet<string> | null> => {
    const key = keyOf(workspace, method, args)
    const asked = known.get(key) ?? list(workspace, method, args, field)
    known.set(key, asked)
    const people = await asked
    if (people === null) known.delete(key)
    return people
  }
  return {
    async belongs({ workspace, channel }, person, group) {
      const inGroup =
        group === null
          ? new Set<string>()
          : await listed(workspace, 'usergroups.users.list', { usergroup: group }, 'users')
      if (inGroup?.has(person)) return true
      const members = await listed(workspace, 'conversations.members', membersOf(channel), 'members')
      if (members?.has(person)) return true
      return inGroup === null || members === null ? null : false
    },
    membersChanged: (workspace, channel) =>
      known.delete(keyOf(workspace, 'conversations.members', membersOf(channel))),
    async hasLeft({ workspace }, person) {
      const answer = await caller.once(workspace, 'users.info', { user: person }, 'must')
      return answer.outcome === 'ok' && dictOf(answer.value['user'])['deleted'] === true
    },
    async readersOf({ workspace, channel }, maxAgeMs = 0) {
      const key = `${workspace}:${channel}`
      const before = readers.get(key)
      if (before && clock.monotonic() - before.at < maxAgeMs) return before.said
      const answer = await caller.once(workspace, 'conversations.info', { channel }, 'must')
      if (answer.outcome !== 'ok')
        return refusedWith(answer, 'channel_not_found', 'is_archived') ? 'gone' : 'unknown'
      const info = dictOf(answer.value['channel'])
      const isOpen = info['is_private'] !== true
      const said = info['is_ext_shared'] === true ? 'organisations' : isOpen ? 'workspace' : 'members'
      readers.set(key, { said, at: clock.monotonic() })
      return said
    },
  }
}

function membersOf(channel: string): Args {
  return { channel, limit: PAGE }
}

function keyOf(workspace: string, method: Method, args: Args): string {
  return JSON.stringify([workspace, method, args])
}

function idsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : []
}
