// Who may set an answer right: admins, whoever is in the staff channel, and those who have acted there before.

import type { Answers } from '../src/core/answers.ts'
import type { Author, Place } from '../src/core/inbound.ts'

export async function maySetRight(
  answers: Pick<Answers, 'isStaff'>,
  { workspace, place, author }: { workspace: string; place: Place; author: Pick<Author, 'id' | 'isAdmin'> },
  staffChannel: string | null,
): Promise<boolean> {
  if (author.isAdmin) return true
  if (staffChannel === null) return false
  return place.channel === staffChannel || answers.isStaff(workspace, author.id, staffChannel)
}
