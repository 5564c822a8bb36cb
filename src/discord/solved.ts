// A forum post is marked as solved by a tag of its forum. Sources: discord-api-docs resources/channel, "Forum Tag Object"
// and "Modify Channel": at most five tags on a post; those of others, and moderated tags, need Manage Threads.
import { type APIGuildForumChannel, type APIThreadChannel, ChannelType } from 'discord.js'
import type { Outbound } from '../core/outbound.ts'
import type { Caller } from './caller.ts'
import { toBotError } from './failure.ts'

const MAX_TAGS = 5
const SOLVED = /^(?:✅\s*)?(?:solved|resolved|answered|해결|해결됨|해결완료|해결 완료|답변완료|답변 완료)$/iu
const TIMEOUT_MS = 15_000

export function createSolved(caller: Caller): Outbound['markSolved'] {
  return async ({ thread }, isSolved, { tag, isArchived, dropped, onDrop }) => {
    if (thread === null) return 'none'
    const get = <T>(channel: string) =>
      caller.call<T>(
        { method: 'GET', path: `/channels/${channel}` },
        { kind: 'other', channel },
        'insist',
        AbortSignal.timeout(TIMEOUT_MS),
      )
    const found = await get<APIThreadChannel>(thread)
    if (found.outcome !== 'ok' || !found.value.parent_id) return 'none'
    const parent = await get<APIGuildForumChannel>(found.value.parent_id)
    if (parent.outcome !== 'ok') return 'none'
    const { type, available_tags: known = [] } = parent.value
    if (type !== ChannelType.GuildForum && (type as number) !== ChannelType.GuildMedia) return 'none'
    const wanted = known.find(({ name }) =>
      tag === null ? SOLVED.test(name.trim()) : name.trim().toLowerCase() === tag.toLowerCase(),
    )
    const before = found.value.applied_tags ?? []
    const others = before.filter((id) => id !== wanted?.id)
    const isMarked = wanted !== undefined && before.includes(wanted.id)
    // Where all five are taken, one of theirs makes room, and comes back when the post goes on.
    const spare = isSolved && wanted && !isMarked ? others[MAX_TAGS - 1] : undefined
    const isBack = !isSolved && known.some(({ id }) => id === dropped) && others.length < MAX_TAGS
    const after =
      isSolved && wanted
        ? [...others.slice(0, MAX_TAGS - 1), wanted.id]
        : [...new Set([...others, ...(isBack && dropped !== null ? [dropped] : [])])]
    const isSame = String(after) === String(before)
    const wasClosed = found.value.thread_metadata?.archived === true
    const isClosed = isSolved ? isArchived || wasClosed : false
    if (isSame && isClosed === wasClosed) return wanted ? 'done' : 'none'
    if (spare !== undefined) await onDrop(spare)
    // What is archived cannot be changed without being opened.
    const steps =
      wasClosed && !isSame
        ? [{ applied_tags: after, archived: false }, ...(isClosed ? [{ archived: true }] : [])]
        : [
            {
              ...(isSame ? {} : { applied_tags: after }),
              ...(isClosed === wasClosed ? {} : { archived: isClosed }),
            },
          ]
    for (const body of steps) {
      const answer = await caller.call(
        { method: 'PATCH', path: `/channels/${thread}`, body },
        { kind: 'other', channel: thread },
        'insist',
        AbortSignal.timeout(TIMEOUT_MS),
      )
      if (answer.outcome === 'refused') return 'refused'
      if (answer.outcome !== 'ok') throw toBotError(answer, `thread ${thread}`)
    }
    return 'done'
  }
}
