// How a ticket is moved and changed: only if nobody was quicker, with its timers and its history in the same statement.
import type { Changes } from './model.ts'
import type { Facts } from './sla.ts'
import type { Course } from './timers.ts'

export const COLUMNS = `id::text, workspace, number, audience, lane, place, source, customer, customer_name as "customerName", lang,
  status, assignee, assignee_name as "assigneeName", mood, reason, question, tried, summary_ko as "summaryKo",
  summary_en as "summaryEn", staff_place as "staffPlace", staff_lane as "staffLane", card::text,
  first_response_at as "firstResponseAt", resolved_at as "resolvedAt", resolved_by_name as "resolvedByName", rating,
  rating_comment as "ratingComment", zone, reads, category, priority, tags, snoozed_until as "snoozedUntil",
  merged_into::text as "mergedInto", opening, opened_at as "openedAt", waiting_since as "waitingSince",
  paused_since as "pausedSince", paused_minutes as "pausedMinutes", missed, was_late as "wasLate", said,
  is_marked as "isMarked", dropped_tag as "droppedTag", revision`

const COLUMN_OF: Readonly<Record<keyof (Changes & Course & Facts), string>> = {
  assignee: 'assignee',
  assigneeName: 'assignee_name',
  summaryKo: 'summary_ko',
  summaryEn: 'summary_en',
  category: 'category',
  priority: 'priority',
  tags: 'tags',
  snoozedUntil: 'snoozed_until',
  mergedInto: 'merged_into',
  reads: 'reads',
  zone: 'zone',
  opening: 'opening',
  rating: 'rating',
  ratingComment: 'rating_comment',
  openedAt: 'opened_at',
  waitingSince: 'waiting_since',
  pausedSince: 'paused_since',
  pausedMinutes: 'paused_minutes',
  missed: 'missed',
  wasLate: 'was_late',
  firstDueAt: 'first_due_at',
  resolveDueAt: 'resolve_due_at',
  said: 'said',
}

// The timers that a ticket has from now on take the place of those that it had; `$1::jsonb` is [{kind, due}].
const TIMED = (of: string, timers: string): string => `
  ended as (
    delete from timers using ${of} where timers.ticket = ${of}.id
      and not exists (select 1 from jsonb_array_elements(${timers}) t where t->>'kind' = timers.kind)
  ), timed as (
    insert into timers (ticket, kind, due_at) select ${of}.id, t->>'kind', (t->>'due')::timestamptz
    from ${of}, jsonb_array_elements(${timers}) t
    on conflict (ticket, kind) do update set due_at = excluded.due_at
  )`

// A target that the time has passed is part of the history, also where nobody was told: `$1::jsonb` is what is missed anew.
const LATE = (of: string, missed: string, press: string): string => `
  late as (
    insert into ticket_lines (ticket, event, by, by_name, press)
    select ${of}.id, m || '-breach', '', '', ${press} from ${of}, jsonb_array_elements_text(${missed}) m on conflict do nothing
  )`

// Only if nobody was quicker: then what may be done is judged anew. The customer's lane hears of it in the same breath.
export const MOVE = `
  with moved as (
    update tickets set status = $4, revision = revision + 1, updated_at = now(),
      first_response_at = case when $5 = 'staff-wrote' then coalesce(first_response_at, $11::timestamptz) else first_response_at end,
      -- What closes after a time was resolved before, and by whom.
      resolved_at = case when $5 = 'close' then resolved_at when $4 in ('resolved', 'closed') then $11::timestamptz end,
      resolved_by_name = case when $5 = 'close' then resolved_by_name when $4 in ('resolved', 'closed') then nullif($7, '') end
      %CHANGES%
    where workspace = $1 and id = $2::bigint and revision = $3::int returning *
  ), noted as (
    insert into ticket_lines (ticket, event, by, by_name, press, text)
    select id, $5, $6, $7, $8, case when $5 = 'assign' then assignee_name end from moved on conflict do nothing
  ), judged as (
    insert into ticket_ratings (ticket, opening, by, person, person_name)
    select id, opening, case when assignee is null then 'bot' else 'person' end, assignee, assignee_name from moved
    where $5 in ('resolve', 'expire') on conflict do nothing
  ), told as (
    -- Once merged, what the customer writes there goes to the other case.
    update lanes set ticket = case when $4 = 'closed' then moved.merged_into else moved.id end,
      side = case when $4 = 'closed' and moved.merged_into is not null then 'customer' else $9 end
    from moved where (lanes.workspace = moved.home and lanes.lane = moved.lane)
      -- What was merged into it goes where it goes.
      or (lanes.ticket = moved.id and lanes.side is distinct from 'staff')
  ), ${LATE('moved', '$12::jsonb', '$8')}, ${TIMED('moved', '$10::jsonb')}
  select ${COLUMNS} from moved`

export const CHANGE = `
  with changed as (
    update tickets set revision = revision + 1, updated_at = now() %CHANGES%
    where workspace = $1 and id = $2::bigint and revision = $3::int returning *
  ), ${LATE('changed', '$5::jsonb', "'change:' || changed.revision")}, ${TIMED('changed', '$4::jsonb')}
  select ${COLUMNS} from changed`

export const SAID = `
  with noted as (
    insert into ticket_lines (ticket, event, by, by_name, press) select id, $3, $4, $5, $6 from tickets
    where workspace = $1 and id = $2::bigint and not ($3 like '%-breach' and missed ? split_part($3, '-', 1)) on conflict do nothing
  )
  update tickets set said = said || to_jsonb(array[$3]), revision = revision + 1,
    missed = case when $3 like '%-breach' and not missed ? split_part($3, '-', 1)
      then missed || to_jsonb(array[split_part($3, '-', 1)]) else missed end
  where workspace = $1 and id = $2::bigint and not said ? $3 returning ${COLUMNS}`

// Under old stars, once it has been opened again, the end that they were about is judged.
export const RATE = `
  with rated as (
    update tickets set revision = revision + 1,
      rating = case when status in ('resolved', 'closed') then coalesce($4::int, rating) else rating end,
      rating_comment = case when status in ('resolved', 'closed') then coalesce($5, rating_comment) else rating_comment end
    where home = $1 and id = $2::bigint and customer = $3 returning *
  ), kept as (
    update ticket_ratings r set stars = coalesce($4::int, stars), comment = coalesce($5, comment), at = $6::timestamptz
    from rated where r.ticket = rated.id
      and r.opening = rated.opening - case when rated.status in ('resolved', 'closed') then 0 else 1 end
  )
  select ${COLUMNS} from rated`

/** `, name = $n` for each change; lists are kept as JSON. */
export function toSet(
  changes: Partial<Changes & Course & Facts>,
  first: number,
): { sql: string; values: unknown[] } {
  const entries = Object.entries(changes) as [keyof typeof COLUMN_OF, unknown][]
  return {
    sql: entries.map(([name], at) => `, ${COLUMN_OF[name]} = $${first + at}`).join(''),
    values: entries.map(([, value]) => (Array.isArray(value) ? JSON.stringify(value) : value)),
  }
}
