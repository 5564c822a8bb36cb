// Who answers customers, and where: admins, whoever is in the staff channel, the members of its group or role. Customers'
// words go into a staff channel only while nobody else can read it.

import type { Answers } from '../src/core/answers.ts'
import { BotError, type Both } from '../src/core/error.ts'
import type { Author, Place } from '../src/core/inbound.ts'
import type { Outbound, Readers } from '../src/core/outbound.ts'
import { idIn, NOT_STAFF } from '../src/core/staff-words.ts'
import type { Context } from '../src/core/turn.ts'

export async function isOfStaff(
  answers: Pick<Answers, 'isStaff'>,
  { workspace, author }: { workspace: string; author: Pick<Author, 'id' | 'isAdmin'> },
  staffChannel: string | null,
): Promise<boolean> {
  if (author.isAdmin) return true
  return staffChannel !== null && answers.isStaff(workspace, author.id, staffChannel)
}

/**
 * What somebody is told who is not of the staff; null for staff, and for what the bot has ordered itself. It is written down by
 * ids, without a word of theirs. `isDecision`: made in the staff channel only, whatever a form was opened from.
 */
export async function refusalOf(
  answers: Pick<Answers, 'isStaff'>,
  { turn, log }: Pick<Context, 'turn' | 'log'>,
  { isDecision = false } = {},
): Promise<Both | null> {
  const { author, kind, settings, messages } = turn
  const message = messages.at(-1)
  if (author.kind === 'bot' && author.id === message?.source) return null
  const body = message?.body ?? {}
  const isThere = !isDecision || body['isByStaff'] === true
  if (isThere && (await isOfStaff(answers, turn, settings.staffChannel))) return null
  const [verb, of] = [idIn(body['verb'] ?? body['action']), idIn(body['id'] ?? body['number'])]
  log.warn({ by: author.id, kind, verb, of }, 'refused to somebody who is not of the staff')
  return NOT_STAFF
}

/** An answer so old will do: src/staff.ts looks as often, and switches the channel off. */
const MAX_AGE_MS = 60_000
const AGAIN_MS = 15_000

/**
 * False where others have come to read the channel. Throws `platform-unreachable` while nobody can say who reads it: what
 * was to go there waits, and comes when it is known. A channel that is gone takes nothing, as its post will show.
 */
export async function mayBeTold(outbound: Pick<Outbound, 'readersOf'>, staffPlace: Place): Promise<boolean> {
  const readers = await readersOf(outbound, staffPlace)
  return readers === 'members' || readers === 'workspace' || readers === 'gone'
}

/** Whether private pages may be shown there: not where all of the workspace can read. Throws as mayBeTold does. */
export async function mayShowPrivate(
  outbound: Pick<Outbound, 'readersOf'>,
  staffPlace: Place,
): Promise<boolean> {
  return (await readersOf(outbound, staffPlace)) === 'members'
}

async function readersOf(outbound: Pick<Outbound, 'readersOf'>, staffPlace: Place): Promise<Readers> {
  const readers = await outbound.readersOf({ ...staffPlace, thread: null }, MAX_AGE_MS)
  if (readers === 'unknown')
    throw new BotError('platform-unreachable', {
      retryable: true,
      say: { ko: '', en: '' },
      hint: `who can read the staff channel ${staffPlace.channel} cannot be asked: nothing is posted there until it can`,
      retryAfterMs: AGAIN_MS,
    })
  return readers
}
