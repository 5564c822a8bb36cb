// How a conversation goes down with whoever asks in it.
import type { Database } from '../store/db.ts'

const DOWNS = `
  select count(*)::int as count from feedback f join turns t on t.id = f.turn
  where t.workspace = $1 and t.lane = $2 and f.person = $3 and f.value = 'down' and t.author = $3`

/** Answers of the lane that this person has given a 👎. */
export function createDowns(db: Database) {
  return async (workspace: string, lane: string, person: string): Promise<number> =>
    (await db.query<{ count: number }>(DOWNS, [workspace, lane, person]))[0]?.count ?? 0
}
