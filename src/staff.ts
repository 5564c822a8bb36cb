// Who answers customers: whoever has acted in the staff channel, is in it, or is in the group or role that is set. And a
// staff channel that other organisations come to read is none any more.
import { repeat } from '../workers/sweeper.ts'
import type { Answers } from './core/answers.ts'
import type { Clock } from './core/clock.ts'
import type { Place } from './core/inbound.ts'
import type { Logger } from './core/logger.ts'
import { UNSTAFFED } from './core/staff-words.ts'
import { createEnqueue } from './enqueue.ts'
import type { Platforms } from './platforms.ts'
import type { Queue } from './queue/queue.ts'
import type { Store } from './store/store.ts'

interface StaffParts {
  store: Pick<Store, 'answers' | 'settings' | 'inbox'>
  platforms: Pick<Platforms, 'outbounds'>
}

function placeOf(workspace: string, channel: string): Place {
  const platform = workspace.startsWith('discord:') ? ('discord' as const) : ('slack' as const)
  return { platform, workspace, channel, thread: null }
}

/** The store's answers, with all who are staff. */
export function withStaff({ store, platforms }: StaffParts): Answers {
  return {
    ...store.answers,
    async isStaff(workspace, person, staffChannel) {
      if (await store.answers.isStaff(workspace, person, staffChannel)) return true
      const place = placeOf(workspace, staffChannel)
      const { staffGroup } = store.settings.of(workspace, '')
      return platforms.outbounds[place.platform]?.belongs(place, person, staffGroup) ?? false
    },
  }
}

const EVERY_MS = 60_000
/** Slack answers fifty such questions a minute in a workspace; in one pass each is asked about once. */
const LOOKED_AT = 200

/** Once a minute; `pass` says how many were switched off. */
export function watchStaffChannels(
  parts: StaffParts & { queue: Pick<Queue, 'wake'>; clock: Clock; log: Logger },
): AsyncDisposable & { pass(): Promise<number> } {
  const { store, platforms, queue, clock, log } = parts
  const enqueue = createEnqueue(store, queue)
  let first = 0
  const pass = async (): Promise<number> => {
    let count = 0
    const all = store.settings.staffed()
    // Where there are more, the next ones in a minute.
    const looked = [...all.slice(first), ...all.slice(0, first)].slice(0, LOOKED_AT)
    first = all.length > LOOKED_AT ? (first + LOOKED_AT) % all.length : 0
    for (const { workspace, channel } of looked) {
      const place = placeOf(workspace, channel)
      if (!(await platforms.outbounds[place.platform]?.isShared(place))) continue
      await store.settings.set(workspace, null, 'staffChannel', null, 'damso')
      log.error({ workspace, channel }, 'the staff channel is shared with another organisation: switched off')
      const name = `staff-shared:${channel}:${clock.now()}`
      await enqueue({
        ...{ workspace, place, source: name, lane: name, kind: 'say', queue: 'relay' },
        body: { content: { text: `${UNSTAFFED.ko}\n${UNSTAFFED.en}`, lang: 'ko' } },
      })
      count++
    }
    return count
  }
  const repeating = repeat(clock, EVERY_MS, pass, log, 'staff channels')
  return { pass, [Symbol.asyncDispose]: () => repeating[Symbol.asyncDispose]() }
}
