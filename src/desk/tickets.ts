// Tickets as they are kept. Each statement is safe to repeat: a press that comes again after a crash finds what it did.
import type { Database } from '../store/db.ts'
import { type By, type Changes, ENDED, type Moved, type Ticket, type Tickets } from './model.ts'
import { moveTicket } from './state.ts'

const COLUMNS = `id::text, workspace, number, audience, lane, place, source, customer, customer_name as "customerName", lang,
  status, assignee, assignee_name as "assigneeName", mood, reason, question, tried, summary_ko as "summaryKo",
  summary_en as "summaryEn", staff_place as "staffPlace", staff_lane as "staffLane", card::text,
  first_response_at as "firstResponseAt", resolved_at as "resolvedAt", resolved_by_name as "resolvedByName", rating, revision,
  created_at as "createdAt", updated_at as "updatedAt"`

const OF_LANE = `
  select t.*, case when l.side = 'staff' then 'staff' else 'customer' end as side
  from lanes l join lateral (select ${COLUMNS} from tickets where tickets.id = l.ticket) t on true
  where l.workspace = $1 and l.lane = $2`

const COLUMN_OF: Readonly<Record<keyof Changes, string>> = {
  assignee: 'assignee',
  assigneeName: 'assignee_name',
  summaryKo: 'summary_ko',
  summaryEn: 'summary_en',
}

// Only if nobody was quicker: then what may be done is judged anew. The customer's lane hears of it in the same breath.
const MOVE = `
  with moved as (
    update tickets set status = $4, revision = revision + 1, updated_at = now(),
      first_response_at = case when $5 = 'staff-wrote' then coalesce(first_response_at, now()) else first_response_at end,
      resolved_at = case when $4 in ('resolved', 'closed') then now() else null end,
      resolved_by_name = case when $4 in ('resolved', 'closed') then $7 else null end
      %CHANGES%
    where workspace = $1 and id = $2::bigint and revision = $3::int returning *
  ), noted as (
    insert into ticket_lines (ticket, event, by, by_name, press) select id, $5, $6, $7, $8 from moved on conflict do nothing
  ), told as (
    update lanes set side = $9, ticket = case when $4 = 'closed' then null else moved.id end from moved
    where lanes.workspace = moved.home and lanes.lane = moved.lane
  )
  select ${COLUMNS} from moved`

const CARDED = `
  with carded as (
    update tickets set card = $3::bigint, staff_lane = $4 where workspace = $1 and id = $2::bigint returning id, workspace, audience
  )
  insert into lanes (workspace, lane, audience, ticket, side) select workspace, $4, workspace || ':staff', id, 'staff' from carded
  on conflict (workspace, lane) do update set ticket = excluded.ticket, side = excluded.side`

// What is written in a lane without its ticket is the bot's again.
const FREE = `free as (update lanes set ticket = null, side = null from gone where lanes.ticket = gone.id)`

const FORGET = `
  with gone as (delete from tickets where home = $1 and customer = $2 returning id, workspace, card), ${FREE}
  select workspace, card::text from gone`

const PURGE = `
  with gone as (
    delete from tickets where id in (
      select id from tickets where updated_at < now() - make_interval(days => $1::int) limit $2::int) returning id
  ), ${FREE}
  select id from gone`

const MAX_TRIES = 20

export function createTickets(db: Database): Tickets {
  const one = async (where: string, values: unknown[]): Promise<Ticket | null> =>
    (await db.query<Ticket>(`select ${COLUMNS} from tickets where ${where}`, values))[0] ?? null
  const find: Tickets['find'] = async (workspace, id) =>
    /^\d{1,18}$/.test(id) ? one('workspace = $1 and id = $2::bigint', [workspace, id]) : null

  const attempt = async (
    ticket: Ticket,
    event: Parameters<Tickets['move']>[2],
    by: By,
    changes: Changes,
  ): Promise<Moved | 'late'> => {
    const before = await db.query(
      'select 1 from ticket_lines where ticket = $1::bigint and press = $2 and event = $3',
      [ticket.id, by.press, event],
    )
    if (before.length > 0) return { outcome: 'moved', ticket, isRepeat: true }
    const next = moveTicket(ticket, event, by.id)
    if ('why' in next) return { outcome: 'refused', ticket, why: next.why }
    const side = ENDED.includes(next.to) ? 'ended' : 'customer'
    const { sql, values } = toSet(changes, 10)
    const rows = await db.query<Ticket>(MOVE.replace('%CHANGES%', sql), [
      ...[ticket.workspace, ticket.id, ticket.revision, next.to, event, by.id, by.name, by.press, side],
      ...values,
    ])
    return rows[0] ? { outcome: 'moved', ticket: rows[0], isRepeat: false } : 'late'
  }

  return {
    async open(ticket, press) {
      const rows = await db.query<{ id: string; is_new: boolean }>(
        'select id::text, is_new from damso_open_ticket($1::jsonb, $2::bigint)',
        [JSON.stringify(ticket), press],
      )
      const { id, is_new: isNew } = rows[0]!
      return { ticket: (await find(ticket.workspace, id))!, isNew }
    },
    find,
    async ofLane(workspace, lane) {
      const row = (await db.query<Ticket & { side: 'customer' | 'staff' }>(OF_LANE, [workspace, lane]))[0]
      if (!row) return null
      const { side, ...ticket } = row
      return { ticket, side }
    },
    async move(workspace, id, event, by, changes = {}) {
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const ticket = await find(workspace, id)
        if (!ticket) return { outcome: 'gone' }
        const moved = await attempt(ticket, event, by, changes)
        if (moved !== 'late') return moved
      }
      throw new Error(`ticket ${id} changed ${MAX_TRIES} times while it was being moved`)
    },
    async change(workspace, id, changes) {
      const { sql, values } = toSet(changes, 3)
      const rows = await db.query<Ticket>(
        `update tickets set revision = revision + 1, updated_at = now() ${sql}
         where workspace = $1 and id = $2::bigint returning ${COLUMNS}`,
        [workspace, id, ...values],
      )
      return rows[0] ?? null
    },
    async note(workspace, id, text, by) {
      await db.query(
        `insert into ticket_lines (ticket, event, by, by_name, press, text)
         select id, 'note', $3, $4, $5, $6 from tickets where workspace = $1 and id = $2::bigint on conflict do nothing`,
        [workspace, id, by.id, by.name, by.press, text],
      )
    },
    async carded(workspace, id, card, staffLane) {
      await db.query(CARDED, [workspace, id, card, staffLane])
    },
    async rate(home, id, customer, rating) {
      if (!/^\d{1,18}$/.test(id)) return null
      const rows = await db.query<Ticket>(
        `update tickets set rating = $4::int, revision = revision + 1
         where home = $1 and id = $2::bigint and customer = $3 returning ${COLUMNS}`,
        [home, id, customer, rating],
      )
      return rows[0] ?? null
    },
    purge: async (retentionDays, limit) => (await db.query(PURGE, [retentionDays, limit])).length,
    forget: (home, person) => db.query(FORGET, [home, person]),
  }
}

/** `, name = $n` for each change. */
function toSet(changes: Changes, first: number): { sql: string; values: unknown[] } {
  const entries = Object.entries(changes) as [keyof Changes, unknown][]
  return {
    sql: entries.map(([name], at) => `, ${COLUMN_OF[name]} = $${first + at}`).join(''),
    values: entries.map(([, value]) => value),
  }
}
