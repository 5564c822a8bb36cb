// What the sweeper asks: lanes that wait without a wake-up, people who have waited long, and rows that are too old.

import type { Database } from './db.ts'
import type { Sweep } from './model.ts'
import { release } from './order.ts'

// Only the front of a long queue is looked at, and kept awake: what is behind it comes nearer.
const STRANDED = `
  with due as (
    (select i.workspace, i.lane, i.queue, i.priority, i.id from damso_front(2000) i
      join lanes l on l.workspace = i.workspace and l.lane = i.lane
      where i.state = 'pending' and i.ready_at < now() - interval '2 seconds' and l.lease_until < now()
        and l.woken_at < now() - make_interval(secs => $2::int / 1000.0)
      order by i.priority, i.id limit $1::int)
    union all
    (select t.workspace, t.lane, t.queue, l.priority, t.id from turns t
      join lanes l on l.workspace = t.workspace and l.lane = t.lane
      where t.state in ('pending', 'running') and t.not_before < now() and l.lease_until < now()
        and l.woken_at < now() - make_interval(secs => $2::int / 1000.0)
      order by t.id limit $1::int)
  ), free as (select distinct on (workspace, lane) workspace, lane, queue, priority from due order by workspace, lane, id),
  marked as (
    update lanes set woken_at = now() from free where lanes.workspace = free.workspace and lanes.lane = free.lane
  )
  select workspace, lane, queue, priority from free`

// Only what was said in reply: a request that has reached staff is not undone by deleting the words that made it.
const WITHDRAW = `
  with dropped as (
    select t.id, t.workspace, t.audience, t.state, t.kind from turns t
    where t.id in (select i.turn from inbox i where i.state = 'gone' and i.turn is not null)
      and t.state not in ('pending', 'running')
      and not exists (select 1 from inbox i where i.turn = t.id and i.state <> 'gone')
    order by t.id limit $1::int for update of t skip locked
  ), settled as (update inbox set turn = null from dropped where inbox.turn = dropped.id),
  shown as (select * from dropped where state <> 'gone' and kind in ('answer', 'draft', 'say', 'relay', 'auto', 'flag')),
  own as (
    insert into lanes (workspace, lane, audience) select workspace, 'gone:' || id, audience from shown on conflict do nothing
  )
  update turns set state = 'pending', lane = 'gone:' || shown.id, queue = 'relay', answer = null, answer_lang = null,
    facts = '{}', attempts = 0, crashes = 0, not_before = now(), done_at = null
  from shown where turns.id = shown.id returning turns.id`

// Whoever has not been told yet comes before who hears it again. Nobody waits for a draft who could be told. An answer that
// is written waits for the platform alone, and may be there: its call was made, and nobody has heard what became of it.
const LONG_WAITS = `
  with waiting as (
    select i.workspace, i.lane, min(i.priority) as priority, min(i.id) as id, min(i.created_at) as since,
      bool_or(i.kind <> 'draft') as is_told
    from damso_front(2000) i
    left join turns t on t.id = i.turn
    where i.queue = 'chat' and (i.state = 'pending' or (i.state = 'taken' and t.state = 'pending'))
      and coalesce(t.facts->'written', 'null') = 'null'
    group by i.workspace, i.lane
  ), placed as (select *, (row_number() over (order by priority, id) - 1)::int as ahead from waiting),
  due as (
    select p.*, l.told_at < p.since as is_first from placed p join lanes l on l.workspace = p.workspace and l.lane = p.lane
    where p.is_told and p.since < now() - make_interval(secs => $1::int / 1000.0) and l.lease_until < now()
      and l.told_at < now() - make_interval(secs => $2::int / 1000.0)
    order by l.told_at, p.ahead limit $3::int for update of l skip locked
  ), told as (
    update lanes set told_at = now() from due where lanes.workspace = due.workspace and lanes.lane = due.lane
  )
  select due.workspace, due.lane, due.ahead, i.place, i.author, i.author_lang as lang, i.text,
    due.is_first as "isFirst" from due join inbox i on i.id = due.id
  order by due.ahead`

const WHICH_WAIT = `
  select exists (select 1 from inbox i left join turns t on t.id = i.turn
    where i.workspace = asked.workspace and i.lane = asked.lane and i.queue = 'chat'
      and (i.state = 'pending' or (i.state = 'taken' and t.state = 'pending'))) as waits
  from unnest($1::text[], $2::text[]) with ordinality as asked (workspace, lane, at) order by asked.at`

const CHANGED = `
  select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
  where n_mod_since_analyze > 200 + n_live_tup * 0.2 and schemaname = any(current_schemas(false))`

const WHICH_OPEN = `
  select exists (select 1 from inbox i left join turns t on t.id = i.turn
    where i.workspace = asked.workspace and i.lane = asked.lane and i.state in ('pending', 'taken')
      and not coalesce(t.is_visible, false)) as open
  from unnest($1::text[], $2::text[]) with ordinality as asked (workspace, lane, at) order by asked.at`

// What people say to each other, which is kept as context alone, is no work.
const IS_QUIET = `
  select not exists (select 1 from damso_front(1)) and not exists (
    select 1 from inbox where created_at > now() - make_interval(secs => $1::int / 1000.0) and state not in ('noted', 'ahead')
  ) as quiet`

const RECENT_SECONDS = `
  select avg(extract(epoch from done_at - started_at))::float8 as seconds from (
    select done_at, started_at from turns where queue = 'chat' and state = 'done' order by id desc limit 20) recent`

// The functions of the desk are asked last, of old rows alone. A lane that leads to a case is freed with the case.
const PURGE = `
  with aged as (
    select id from inbox where created_at < now() - make_interval(days => $1::int) and state not in ('pending', 'taken')
      and ($3::text is null or workspace = $3) and not damso_of_open_case(workspace, lane) limit $2::int
  ), tombs as (
    select id from inbox where state in ('gone', 'ahead') and lane = '' and created_at < now() - interval '10 minutes' limit $2::int
  ), asked as (
    -- What asked to be forgotten has no words, but says by whom; until then a repeat of its event is known.
    delete from turns where kind = 'forget' and done_at < now() - interval '1 day' returning id
  ), turns_aged as (
    delete from turns where id in (
      select id from turns where created_at < now() - make_interval(days => $1::int)
        and state not in ('pending', 'running', 'held') and ($3::text is null or workspace = $3)
        and not damso_of_open_case(workspace, lane) limit $2::int) returning id
  ), servers as (
    select distinct workspace from people where workspace like 'discord:%' union select 'discord:dm'),
  people_aged as (
    delete from people p where coalesce(notified_at, '-infinity') < now() - make_interval(days => $1::int)
      and refused_at < now() - make_interval(days => $1::int) and ($3::text is null or workspace = $3)
      -- What they chose is kept as long as a message of theirs is: on Discord, on any server.
      and (coalesce(reads, tone, staff_tone, zone) is null
        or not exists (select 1 from inbox i where i.workspace = p.workspace and i.author = p.person)
          and not (p.workspace like 'discord:%' and exists (
            select 1 from servers s join inbox i on i.workspace = s.workspace and i.author = p.person)))
  ), lanes_aged as (
    delete from lanes where (workspace, lane) in (
      select workspace, lane from lanes where updated_at < now() - make_interval(days => $1::int) and lease_until < now()
        and ticket is null and ($3::text is null or workspace = $3) limit $2::int) returning lane
  )
  delete from inbox where id in (select id from aged union all select id from tombs)
    or turn in (select id from asked) returning id`

export function createSweep(db: Database): Sweep {
  return {
    stranded: (limit, quietMs) => db.query(STRANDED, [limit, quietMs]),
    withdraw: async (limit) => (await db.query(WITHDRAW, [limit])).length,
    release: async () => (await release(db, null)).length,
    async forgetWakeUps() {
      // What was woken longer ago than that is woken again anyway.
      await db.query(`update lanes set woken_at = '-infinity' where woken_at > now() - interval '1 minute' and exists (
        select 1 from inbox i where i.workspace = lanes.workspace and i.lane = lanes.lane and i.state in ('pending', 'taken'))`)
    },
    longWaits: (ms, againMs, limit) => db.query(LONG_WAITS, [ms, againMs, limit]),
    whichWait: async (lanes) =>
      (await db.query<{ waits: boolean }>(WHICH_WAIT, columnsOf(lanes))).map(({ waits }) => waits),
    whichOpen: async (lanes) =>
      (await db.query<{ open: boolean }>(WHICH_OPEN, columnsOf(lanes))).map(({ open }) => open),
    isQuiet: async (ms) => (await db.query<{ quiet: boolean }>(IS_QUIET, [ms]))[0]?.quiet ?? false,
    async recentSeconds() {
      return (await db.query<{ seconds: number | null }>(RECENT_SECONDS))[0]?.seconds ?? null
    },
    async tidy() {
      const tables = await db.query<{ name: string }>(CHANGED)
      if (tables.length === 0) return
      // Embedded, every other statement waits meanwhile: a tenth of the usual sample has to do.
      if (db.kind === 'embedded') await db.query('set default_statistics_target = 10')
      const tidying = db.kind === 'embedded' ? 'vacuum analyze' : 'analyze'
      for (const { name } of tables) await db.query(`${tidying} ${name}`)
    },
    async purge(retentionDays, limit, workspace = null) {
      const rows = await db.query(PURGE, [retentionDays, limit, workspace])
      return rows.length
    },
  }
}

function columnsOf(lanes: readonly { workspace: string; lane: string }[]): string[][] {
  return [lanes.map(({ workspace }) => workspace), lanes.map(({ lane }) => lane)]
}
