// Intake: one statement commits an inbound message; edits and deletions find it whatever its state.

import type { Enqueue, QueueName } from '../core/decision.ts'
import { langOfLocale } from '../core/inbound.ts'
import { flagSource, TARGET_LANGS } from '../core/target-lang.ts'
import { ANEW } from './answers.ts'
import type { Database } from './db.ts'
import type { Inbox, InboxRow, Received } from './model.ts'

/** Two messages of one person this close may be one question. */
export const BURST_MS = 6_000

const RECEIVE = 'select * from damso_receive($1::jsonb, $2::int, $3::int, $4::int)'

const HIT = `
  hit as (
    update lanes set signals = lanes.signals || $3::text from changed join held on held.lane = changed.lane
    where lanes.workspace = $1 and lanes.lane = changed.lane and held.lease_until > now() returning lanes.lane
  ),
  told as (
    select pg_notify('damso_signal', json_build_object('workspace', $1::text, 'lane', hit.lane, 'signal', $3::text)::text) from hit
  )`

// The lane's lock first, as everybody takes it: the other way round an edit could wait for the turn that waits for it.
// What the lane and the message are by then is read with their locks; anything else still looks as it did before the wait.
// $5: the message itself and the flags on it.
const HELD_LANES = `held as (
    select l.lane, l.lease_until from inbox i join lanes l on l.workspace = i.workspace and l.lane = i.lane
    where i.workspace = $1 and i.source = any($5::text[]) order by l.lane for update of l
  )`

const EDIT = `
  with ${HELD_LANES},
  old as (select id, source, state, lane, kind, turn from inbox where workspace = $1 and source = any($5::text[])
    and (select count(*) from held) >= 0 for update),
  ahead as (
    insert into inbox (workspace, audience, source, lane, kind, queue, state, author, text)
    select $1, $4, $2, '', 'ahead', 'chat', 'ahead', '', $6 where $7::boolean and not exists (select 1 from old where source = $2)
    on conflict (workspace, source) do update set text = excluded.text
  ),
  -- A flag has no text: whoever translates reads the message itself.
  written as (
    update inbox set text = case when old.kind = 'flag' then '' else $6 end,
      state = case when old.kind in ('relay', 'auto', 'flag') and old.state = 'done'
        and exists (select 1 from turns t where t.id = old.turn and t.state <> 'gone') then 'taken' else inbox.state end
    from old where inbox.id = old.id and (old.kind = 'flag' or inbox.text is distinct from $6)
      and old.state not in ('gone') returning inbox.lane, old.state, old.turn, old.kind
  ),
  -- What was handed on is handed on again, into the same message; what is read in translation is translated again, also
  -- while that only waits to be shown.
  again as (
    update turns set ${ANEW}, queue = case when turns.kind = 'relay' then 'relay' else 'batch' end
    from written where turns.id = written.turn and (turns.state = 'held'
      or written.kind in ('relay', 'auto', 'flag') and written.state = 'done' and turns.state <> 'gone')
    returning turns.lane, turns.queue
  ),
  changed as (select lane from written where state = 'taken'),${HIT}
  select again.lane, again.queue, (select count(*) from told) as told from (select 1) one left join again on true`

const REMOVE = `
  with ${HELD_LANES},
  old as (select id, source, state, lane from inbox where workspace = $1 and source = any($5::text[])
    and (select count(*) from held) >= 0 for update),
  tombstone as (
    insert into inbox (workspace, audience, source, lane, kind, queue, state, author, text)
    select $1, $4, $2, '', 'gone', 'chat', 'gone', '', '' where not exists (select 1 from old where source = $2)
    on conflict (workspace, source) do update set state = 'gone', text = ''
  ),
  written as (
    update inbox set state = 'gone', text = '', body = '{}' from old where inbox.id = old.id
    returning inbox.lane, old.state, inbox.kind, inbox.place
  ),
  changed as (select lane from written where state = 'taken'),${HIT}
  select written.place->>'channel' as channel, (select count(*) from told) as told from (select 1) one
  left join written on written.kind = 'auto' and written.state in ('pending', 'taken')`

/** Whoever runs the turn hears of it; one that still waits keeps it in its lane, until a worker claims that. */
const STOP = `
  with target as (
    select lane, author from (
      select t.lane, t.author, t.id, 0 as rank from turns t
      where t.workspace = $1 and t.state in ('pending', 'running') and (t.lane = $2 or t.id::text = $4)
      union all
      select i.lane, i.author, i.id, 1 from inbox i
      where i.workspace = $1 and i.lane = $2 and i.state = 'pending' and i.kind = 'answer'
    ) open order by rank, id limit 1
  ),
  -- What is answered without a thread has a lane of its own for each question.
  own as (
    select t.lane from turns t
    where t.workspace = $1 and t.state in ('pending', 'running') and t.author = $5 and t.kind = 'answer'
      and t.place->>'channel' = $7 and t.place->>'thread' is not distinct from $8
    union
    select i.lane from inbox i
    where i.workspace = $1 and i.state = 'pending' and i.author = $5 and i.kind = 'answer'
      and i.place->>'channel' = $7 and i.place->>'thread' is not distinct from $8
  ),
  hit as (
    update lanes set signals = lanes.signals || $3::text from (
      select lane from target where author = $5 or $6::boolean
      union
      select lane from own where not exists (select 1 from target)
    ) stopped
    where lanes.workspace = $1 and lanes.lane = stopped.lane
    returning lanes.lane
  )
  select pg_notify('damso_signal', json_build_object('workspace', $1::text, 'lane', hit.lane, 'signal', $3::text)::text) from hit`

const DM_CHANNELS = `
  select substr(lane, 4) as channel from lanes where workspace = 'discord:dm' and lane like 'dm:%'
  order by updated_at desc limit 200`

const IS_OURS = `
  select 1 from lanes where workspace = $1 and asker = $3 and not is_interrupted
    and lane = case when $4::text is null then $2 else (
      select t.lane from posts p join turns t on t.id = p.turn where p.workspace = $1 and p.platform_id = $4 limit 1) end`

/** How many messages may wait unanswered before more are politely refused. */
export interface InboxLimits {
  perPerson: number
  perWorkspace: number
}

export function createInbox(db: Database, limits: InboxLimits): Inbox {
  return {
    async receive(row, what) {
      const rows = await db.intake<{
        lane: string
        state: Received['state']
        is_new: boolean
        is_active: boolean
        priority: number
        ahead: number
        is_told: boolean
        is_relayed: boolean
      }>(RECEIVE, [JSON.stringify(toMessage(row, what)), BURST_MS, limits.perPerson, limits.perWorkspace])
      const found = rows[0]
      if (!found) return null
      return {
        lane: found.lane,
        state: found.state,
        isNew: found.is_new,
        isKnown: false,
        isActive: found.is_active,
        priority: found.priority,
        ahead: found.ahead,
        isTold: found.is_told,
        isRelayed: found.is_relayed,
      }
    },
    async isOurs(workspace, lane, author, replyTo) {
      const rows = await db.intake(IS_OURS, [workspace, lane, author, replyTo])
      return rows.length > 0
    },
    async dmChannels() {
      const rows = await db.intake<{ channel: string }>(DM_CHANNELS)
      return rows.map((row) => row.channel)
    },
    async edit(workspace, audience, source, text, mayBeAhead) {
      const values = [workspace, source, 'restart', audience, withFlags(source), text, mayBeAhead]
      const rows = await db.intake<{ lane: string | null; queue: QueueName }>(EDIT, values)
      return rows.flatMap(({ lane, queue }) => (lane === null ? [] : [{ lane, queue }]))
    },
    async remove(workspace, audience, source) {
      const values = [workspace, source, 'delete', audience, withFlags(source)]
      return (await db.intake<{ channel: string }>(REMOVE, values))[0]?.channel ?? null
    },
    async stop(workspace, by) {
      const { lane, turn, author, isAdmin, place } = by
      const where = [place?.channel ?? null, place?.thread ?? null]
      const rows = await db.intake(STOP, [workspace, lane, 'stop', turn, author, isAdmin, ...where])
      return rows.length > 0
    },
  }
}

/** The message, and whatever flags people may have put on it. */
function withFlags(source: string): string[] {
  return [source, ...TARGET_LANGS.map((to) => flagSource(source, to))]
}

function toMessage(row: InboxRow, what: Enqueue): Record<string, unknown> {
  return {
    workspace: row.workspace,
    audience: row.audience,
    source: row.source,
    lane: what.lane,
    kind: what.kind,
    queue: what.queue,
    burst: what.burst ?? null,
    onlyIf: what.onlyIf ?? null,
    replyTo: what.replyTo ?? null,
    isNote: what.isNote ?? false,
    isTold: what.isTold ?? false,
    isTask: what.isTask ?? false,
    isOnce: what.once !== undefined,
    quietMs: what.quietMs,
    author: row.author.id,
    authorName: row.author.name,
    authorKind: row.author.kind,
    authorLang: langOfLocale(row.author.locale),
    isAdmin: row.author.isAdmin,
    text: what.text,
    body: what.body,
    place: what.place,
    handle: what.handle ?? null,
  }
}
