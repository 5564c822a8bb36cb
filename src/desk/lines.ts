// The history of a case: what happened to it, and what staff noted. What moves a case writes its own line (tickets.ts).
import type { Database } from '../store/db.ts'
import type { Tickets } from './model.ts'

const LINES = `
  select event, by_name as "byName", text, at from ticket_lines where ticket = $1::bigint order by id limit $2::int`

const NOTE = `
  insert into ticket_lines (ticket, event, by, by_name, press, text)
  select id, $7, $3, $4, $5, $6 from tickets where workspace = $1 and id = $2::bigint
  on conflict (ticket, press, event) do update set text = excluded.text`

const UNNOTE = `delete from ticket_lines where press = $1 and event = 'note' returning id`

export function createLines(db: Database): Pick<Tickets, 'lines' | 'note' | 'unnote'> {
  return {
    lines: (id, limit) => db.query(LINES, [id, limit]),
    async note(workspace, id, text, by, event = 'note') {
      await db.query(NOTE, [workspace, id, by.id, by.name, by.press, text, event])
    },
    unnote: async (press) => (await db.query(UNNOTE, [press])).length > 0,
  }
}
