// Who answers customers, and where: admins, whoever is in the staff channel, the members of its group or role. Customers'
// words go into a staff channel only while nobody else can read it.

import type { Answers } from '../src/core/answers.ts'
import { BotError } from '../src/core/error.ts'
import type { Author, Place } from '../src/core/inbound.ts'
import type { Outbound } from '../src/core/outbound.ts'

export async function isOfStaff(
  answers: Pick<Answers, 'isStaff'>,
  { workspace, place, author }: { workspace: string; place: Place; author: Pick<Author, 'id' | 'isAdmin'> },
  staffChannel: string | null,
): Promise<boolean> {
  if (author.isAdmin) return true
  if (staffChannel === null) return false
  return place.channel === staffChannel || answers.isStaff(workspace, author.id, staffChannel)
}

/** An answer so old will do: src/staff.ts looks as often, and switches the channel off. */
const MAX_AGE_MS = 60_000
const AGAIN_MS = 15_000

/**
 * False where others have come to read the channel. Throws `platform-unreachable` while nobody can say who reads it: what
 * was to go there waits, and comes when it is known. A channel that is gone takes nothing, as its post will show.
 */
export async function mayBeTold(outbound: Pick<Outbound, 'readersOf'>, staffPlace: Place): Promise<boolean> {
  const readers = await outbound.readersOf({ ...staffPlace, thread: null }, MAX_AGE_MS)
  if (readers === 'unknown')
    throw new BotError('platform-unreachable', {
      retryable: true,
      say: { ko: '', en: '' },
      hint: `who can read the staff channel ${staffPlace.channel} cannot be asked: nothing is posted there until it can`,
      retryAfterMs: AGAIN_MS,
    })
  return readers === 'members' || readers === 'gone'
}
