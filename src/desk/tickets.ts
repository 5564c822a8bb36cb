// Tickets as they are kept. Each statement is safe to repeat: a press that comes again after a crash finds what it did.
import type { Database } from '../store/db.ts'
import { createLines } from './lines.ts'
import {
  type By,
  type Changes,
  type Colleague,
  ENDED,
  type Moved,
  type Ticket,
  type Tickets,
} from './model.ts'
import { factsAfter, pauseAfter } from './sla.ts'
import { BUSY_LANE, moveTicket } from './state.ts'
import { CHANGE, COLUMNS, MOVE, RATE, SAID, toSet } from './statements.ts'
import { courseAfter, type Rules, timersOf } from './timers.ts'

const OF_LANE = `
  select t.*, case when l.side = 'staff' then 'staff' else 'customer' end as side
  from lanes l join lateral (select ${COLUMNS} from tickets where tickets.id = l.ticket) t on true
  where l.workspace = $1 and l.lane = $2`

const LIST = `
  select ${COLUMNS} from tickets where workspace = $1
    and case when $2::text is null then status not in ('resolved', 'closed') else status = $2 end
    and ($3::text is null or assignee = $3) and ($4::text is null or tags ? $4)
  order by array_position(array['urgent', 'high', 'normal', 'low'], priority), id limit $5::int`

const DUE = `
  select t.ticket::text, t.kind, t.due_at as due, k.workspace, k.staff_place as "staffPlace"
  from timers t join tickets k on k.id = t.ticket where t.due_at <= $1 order by t.due_at limit $2::int`

const RANG = `
  delete from timers using jsonb_array_elements($1::jsonb) r
  where timers.ticket = (r->>'ticket')::bigint and timers.kind = r->>'kind' and timers.due_at = (r->>'due')::timestamptz`

const CARDED = `
  with carded as (
    update tickets set card = $3::bigint, staff_lane = $4 where workspace = $1 and id = $2::bigint returning id, workspace, audience
  )
  insert into lanes (workspace, lane, audience, ticket, side) select workspace, $4, workspace || ':staff', id, 'staff' from carded
  on conflict (workspace, lane) do update set ticket = excluded.ticket, side = excluded.side`

// What is written in a lane without its ticket is the bot's again.
const FREE = `free as (update lanes set ticket = null, side = null from gone where lanes.ticket = gone.id)`

const PURGE = `
  with gone as (
    delete from tickets where id in (
      select id from tickets where status in ('resolved', 'closed') and ($3::text is null or workspace = $3)
        and updated_at < now() - make_interval(days => $1::int) limit $2::int) returning id
  ), ${FREE}
  select id from gone`

// The name that they had last, should several have had the same.
const COLLEAGUES = `
  select distinct on (l.by) l.by as id, l.by_name as name, lower(l.by_name) = $2 as "isExact"
  from ticket_lines l join tickets t on t.id = l.ticket
  where t.workspace = $1 and l.by <> t.customer and l.by <> '' and l.event <> 'customer-wrote'
    and starts_with(lower(l.by_name), $2)
  order by l.by, lower(l.by_name) = $2 desc, l.id desc limit 20`

const FILES = `
  select distinct f->>'name' as name from inbox i, jsonb_array_elements(i.body->'attachments') f
  where i.workspace = $1 and i.lane = $2 and i.author = $3 and i.state <> 'gone' and jsonb_typeof(i.body->'attachments') = 'array'
  limit 10`

// A person on Discord has one id in all servers and in direct messages; on Slack one in each workspace.
const REZONED = `
  select workspace, id::text from tickets where (home = $1 or ($1 like 'discord:%' and home like 'discord:%'))
    and customer = $2 and status <> 'closed' and zone is distinct from $3 order by id`

const MAX_TRIES = 20

export interface Timing {
  rulesOf(workspace: string): Rules
  now(): Date
}

export function createTickets(db: Database, { rulesOf, now }: Timing): Tickets {
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
    const [at, rules] = [now(), rulesOf(ticket.workspace)]
    const course = courseAfter(ticket, { status: next.to }, event, at, rules)
    const answered = event === 'staff-wrote' ? { firstResponseAt: ticket.firstResponseAt ?? at } : {}
    const resolvedAt = ENDED.includes(next.to) ? at : null
    const after = { ...ticket, ...changes, ...course, ...answered, status: next.to, resolvedAt }
    const facts = factsAfter(ticket, after, at, rules)
    const { sql, values } = toSet(
      { ...changes, ...course, ...facts, ...(event === 'reopen' ? { mergedInto: null } : {}) },
      13,
    )
    try {
      const rows = await db.query<Ticket>(MOVE.replace('%CHANGES%', sql), [
        ...[ticket.workspace, ticket.id, ticket.revision, next.to, event, by.id, by.name, by.press, side],
        ...[JSON.stringify(timersOf(after, at, rules)), at, newlyMissed(after, facts)],
        ...values,
      ])
      return rows[0] ? { outcome: 'moved', ticket: rows[0], isRepeat: false } : 'late'
    } catch (error) {
      if (!isTaken(error)) throw error
      return { outcome: 'refused', ticket, why: BUSY_LANE }
    }
  }

  /** As long as nobody is quicker. */
  const change = async (workspace: string, id: string, changes: Changes): Promise<Ticket | null> => {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const ticket = await find(workspace, id)
      if (!ticket) return null
      const [at, rules] = [now(), rulesOf(workspace)]
      const course = pauseAfter(ticket, { ...ticket, ...changes }, at, rules)
      const after = { ...ticket, ...changes, ...course }
      const facts = factsAfter(ticket, after, at, rules)
      const { sql, values } = toSet({ ...changes, ...course, ...facts }, 6)
      const timers = JSON.stringify(timersOf(after, at, rules))
      const rows = await db.query<Ticket>(CHANGE.replace('%CHANGES%', sql), [
        ...[workspace, id, ticket.revision, timers, newlyMissed(after, facts)],
        ...values,
      ])
      if (rows[0]) return rows[0]
    }
    throw new Error(`ticket ${id} changed ${MAX_TRIES} times while it was being changed`)
  }

  return {
    async open(ticket) {
      const rows = await db.query<{ id: string; is_new: boolean }>(
        'select id::text, is_new from damso_open_ticket($1::jsonb)',
        [JSON.stringify({ ...ticket, openedAt: now() })],
      )
      const { id, is_new: isNew } = rows[0]!
      // Its timers; after a crash in between the turn that opens it comes again.
      return { ticket: (await change(ticket.workspace, id, {}))!, isNew }
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
    change,
    async rezone(home, customer, zone) {
      const rows = await db.query<{ workspace: string; id: string }>(REZONED, [home, customer, zone])
      for (const { workspace, id } of rows) await change(workspace, id, { zone })
    },
    async said(workspace, id, kind, by) {
      const rows = await db.query<Ticket>(SAID, [workspace, id, kind, by.id, by.name, by.press])
      return rows[0] ?? find(workspace, id)
    },
    due: (at, limit) => db.query(DUE, [at, limit]),
    async rang(timers) {
      await db.query(RANG, [JSON.stringify(timers)])
    },
    byNumber: (workspace, number) => one('workspace = $1 and number = $2::int', [workspace, number]),
    list: (workspace, { status, assignee, tag }, limit) =>
      db.query(LIST, [workspace, status ?? null, assignee ?? null, tag ?? null, limit]),
    files: async ({ place, lane, customer }) =>
      (await db.query<{ name: string }>(FILES, [place.workspace, lane, customer])).map(({ name }) => name),
    ...createLines(db),
    async colleagues(workspace, name) {
      if (name === '') return []
      const rows = await db.query<Colleague & { isExact: boolean }>(COLLEAGUES, [
        workspace,
        name.toLowerCase(),
      ])
      const exact = rows.filter(({ isExact }) => isExact)
      return (exact.length > 0 ? exact : rows).map(({ id, name }) => ({ id, name }))
    },
    async dropped(workspace, id, tag) {
      await db.query('update tickets set dropped_tag = $3 where workspace = $1 and id = $2::bigint', [
        ...[workspace, id, tag],
      ])
    },
    async marked(workspace, id, isMarked) {
      await db.query(
        `update tickets set is_marked = $3::boolean, dropped_tag = case when $3::boolean then dropped_tag end
         where workspace = $1 and id = $2::bigint`,
        [workspace, id, isMarked],
      )
    },
    async carded(workspace, id, card, staffLane) {
      await db.query(CARDED, [workspace, id, card, staffLane])
    },
    async rate(home, id, customer, rating) {
      if (!/^\d{1,18}$/.test(id)) return null
      const given = 'stars' in rating ? [rating.stars, null] : [null, rating.comment]
      return (await db.query<Ticket>(RATE, [home, id, customer, ...given, now()]))[0] ?? null
    },
    purge: async (days, limit, workspace = null) => (await db.query(PURGE, [days, limit, workspace])).length,
  }
}

function newlyMissed({ missed: known }: Ticket, { missed }: Pick<Ticket, 'missed'>): string {
  return JSON.stringify(missed.filter((one) => !known.includes(one)))
}

/** Another case has the conversation by now. */
function isTaken(error: unknown): boolean {
  return (error as { code?: unknown }).code === '23505'
}
