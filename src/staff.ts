// Who answers customers: whoever is in the staff channel, or in the group or role that is set. And a staff channel that
// others come to read is none any more.
import { repeat } from '../workers/sweeper.ts'
import type { Answers } from './core/answers.ts'
import type { Clock } from './core/clock.ts'
import type { Place } from './core/inbound.ts'
import type { Logger } from './core/logger.ts'
import type { Readers } from './core/outbound.ts'
import { Recent } from './core/recent.ts'
import { UNSTAFFED, UNSTAFFED_OPEN } from './core/staff-words.ts'
import { createEnqueue } from './enqueue.ts'
import type { Platforms } from './platforms.ts'
import type { Queue } from './queue/queue.ts'
import type { Store } from './store/store.ts'

interface StaffParts {
  store: Pick<Store, 'answers' | 'settings' | 'inbox'>
  platforms: Pick<Platforms, 'outbounds'>
  clock: Clock
}

function placeOf(workspace: string, channel: string): Place {
  const platform = workspace.startsWith('discord:') ? ('discord' as const) : ('slack' as const)
  return { platform, workspace, channel, thread: null }
}

/** While a platform cannot be asked, what it said last holds for this long. */
const LAST_WORD_MS = 60 * 60_000

/**
 * The store's answers, with all who are staff. The platform decides: who has left the channel is staff no more, whatever they
 * did there. While it cannot be asked, its last word of the last hour holds; without one, whether they have acted in the
 * staff channel within the last day.
 */
export function withStaff({ store, platforms, clock }: StaffParts): Answers {
  const lastWords = new Recent<string, boolean>({ max: 5_000, ttlMs: LAST_WORD_MS, clock })
  return {
    ...store.answers,
    async isStaff(workspace, person, staffChannel) {
      const place = placeOf(workspace, staffChannel)
      const { staffGroup } = store.settings.of(workspace, '')
      const key = JSON.stringify([workspace, staffChannel, staffGroup, person])
      const said = (await platforms.outbounds[place.platform]?.belongs(place, person, staffGroup)) ?? null
      if (said === null) return lastWords.get(key) ?? store.answers.isStaff(workspace, person, staffChannel)
      lastWords.set(key, said)
      return said
    },
  }
}

const EVERY_MS = 60_000
const SWITCHED_OFF: Readonly<Partial<Record<Readers, typeof UNSTAFFED>>> = {
  organisations: UNSTAFFED,
  everyone: UNSTAFFED_OPEN,
}
/** Slack answers fifty such questions a minute in a workspace; in one pass each is asked about once. */
const LOOKED_AT = 200

/** Once a minute; `pass` says how many were switched off. */
export function watchStaffChannels(
  parts: StaffParts & { queue: Pick<Queue, 'wake'>; log: Logger },
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
      const readers = (await platforms.outbounds[place.platform]?.readersOf(place)) ?? 'unknown'
      const why = SWITCHED_OFF[readers]
      // Not to be asked now: what would be posted there waits until it can be (workers/staff.ts).
      if (!why) continue
      // While the platform was asked, an admin may have named another.
      if (!(await store.settings.unstaff(workspace, channel, 'damso'))) continue
      log.error({ workspace, channel, readers }, 'others can read the staff channel: switched off')
      const name = `staff-shared:${channel}:${clock.now()}`
      await enqueue({
        ...{ workspace, place, source: name, lane: name, kind: 'say', queue: 'relay' },
        body: { content: { text: `${why.ko}\n${why.en}`, lang: 'ko' } },
      })
      count++
    }
    return count
  }
  const repeating = repeat(clock, EVERY_MS, pass, log, 'staff channels')
  return { pass, [Symbol.asyncDispose]: () => repeating[Symbol.asyncDispose]() }
}
