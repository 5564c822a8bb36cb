// Who is in a channel or a user group, and whether other organisations read along. Looked up when it matters and kept for
// a minute. Sources: docs.slack.dev reference/methods/conversations.members, usergroups.users.list, conversations.info.
import type { Clock } from '../core/clock.ts'
import type { Outbound } from '../core/outbound.ts'
import { Recent } from '../core/recent.ts'
import type { Args } from './api.ts'
import type { Caller, Method } from './caller.ts'
import { dictOf, textOf } from './wire.ts'

const TTL_MS = 60_000
const PAGE = 1_000
/** A staff channel of more is none. */
const MAX_PAGES = 5

export function createMembership(
  caller: Caller,
  clock: Clock,
): Pick<Outbound, 'belongs' | 'isShared' | 'hasLeft'> {
  const known = new Recent<string, ReadonlySet<string>>({ max: 500, ttlMs: TTL_MS, clock })
  const listed = async (
    workspace: string,
    method: Method,
    args: Args,
    field: string,
  ): Promise<ReadonlySet<string>> => {
    const key = JSON.stringify([workspace, method, args])
    const before = known.get(key)
    if (before) return before
    const people = new Set<string>()
    let cursor = ''
    for (let page = 0; page < MAX_PAGES; page++) {
      const answer = await caller.once(workspace, method, { ...args, ...(cursor ? { cursor } : {}) }, 'must')
      // Without the scope, or just now: nobody is taken for staff who is not known to be.
      if (answer.outcome !== 'ok') return people
      for (const id of idsIn(answer.value[field])) people.add(id)
      cursor = textOf(dictOf(answer.value['response_metadata'])['next_cursor'])
      if (cursor === '') break
    }
    known.set(key, people)
    return people
  }
  return {
    async belongs({ workspace, channel }, person, group) {
      const inGroup =
        group === null
          ? null
          : await listed(workspace, 'usergroups.users.list', { usergroup: group }, 'users')
      if (inGroup?.has(person)) return true
      const members = await listed(workspace, 'conversations.members', { channel, limit: PAGE }, 'members')
      return members.has(person)
    },
    async hasLeft({ workspace }, person) {
      const answer = await caller.once(workspace, 'users.info', { user: person }, 'must')
      return answer.outcome === 'ok' && dictOf(answer.value['user'])['deleted'] === true
    },
    async isShared({ workspace, channel }) {
      const answer = await caller.once(workspace, 'conversations.info', { channel }, 'must')
      return answer.outcome === 'ok' && dictOf(answer.value['channel'])['is_ext_shared'] === true
    },
  }
}

function idsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : []
}
