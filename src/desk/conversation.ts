// What was said in a case, by both sides and by the bot before: for whoever is to write a reply, or sum it up. Internal
// notes are no part of it.
import type { Database } from '../store/db.ts'
import { splitNotes } from '../text/notes.ts'
import type { Line, Ticket } from './model.ts'

const SAID = `
  with own as (select min(id) as first, min(created_at) as at from inbox where turn = $7::bigint)
  select by, name, text from (
    (select case when i.author = $3 then 'customer' else 'other' end as by, i.author_name as name, i.text,
        i.created_at as at, i.id from inbox i, own
      where i.workspace = $1 and i.lane = $2 and i.state in ('taken', 'done', 'noted')
        and i.kind in ('answer', 'draft', 'relay', 'person') and i.text <> '' and ($7::bigint is null or i.id < own.first)
      order by i.id desc limit $6::int)
    union all
    (select 'bot', '', t.answer, t.done_at, t.id from turns t, own
      where t.workspace = $1 and t.lane = $2 and t.answer is not null and t.kind in ('answer', 'draft')
        and ($7::bigint is null or t.done_at < own.at)
      order by t.id desc limit $6::int)
    union all
    (select 'staff', i.author_name, i.text, i.created_at, i.id from inbox i, own
      where i.workspace = $4 and i.lane = $5 and i.kind = 'relay' and i.state in ('taken', 'done')
        and i.text <> '' and i.text !~ '^\\s*//' and ($7::bigint is null or i.id < own.first)
      order by i.id desc limit $6::int)
  ) said order by at desc, id desc limit $6::int`

const MAX_LINES = 60

/** Oldest first; what was deleted is not in it. `before`: only what was said before the message of that turn. */
export function createConversation(
  db: Database,
): (ticket: Ticket, before?: string | null) => Promise<Line[]> {
  return async ({ place, lane, customer, workspace, staffLane, question }, before = null) => {
    const values = [place.workspace, lane, customer, workspace, staffLane, MAX_LINES, before]
    const lines = (await db.query<Line>(SAID, values))
      .reverse()
      .map((line) => (line.by === 'staff' ? { ...line, text: splitNotes(line.text).said } : line))
    // Who pressed a button under a private answer wrote nothing in this lane.
    return lines.some(({ by }) => by === 'customer') || question === ''
      ? lines
      : [{ by: 'customer', name: '', text: question }, ...lines]
  }
}
