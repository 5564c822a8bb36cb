// Posts: the record of every message of ours, written before the platform call and fenced by the lane's epoch.

import type { Database } from './db.ts'
import type { Lease, PostRow, Posts } from './model.ts'

const HELD = `exists (select 1 from lanes l where l.workspace = $1 and l.lane = $2 and l.owner = $3 and l.epoch = $4::bigint)`

const ROW = `p.slot, p.key, p.state, p.platform_id as id, p.source, p.place,
  (extract(epoch from p.created_at) * 1000)::float8 as "intendedAt"`

const INTEND = `
  with held as (select 1 where ${HELD}),
  made as (
    insert into posts (turn, slot, place, workspace, audience, source)
    select $5::bigint, $6, $7::jsonb, $1, $8, $9 from held on conflict (turn, slot) do nothing returning *
  )
  select ${ROW} from made p
  union all
  select ${ROW} from posts p, held
  where p.turn = $5::bigint and p.slot = $6 and not exists (select 1 from made)`

const OPENED = `
  with written as (
    update posts set state = case when state = 'final' then state else 'open' end, platform_id = $7, updated_at = now()
    where turn = $5::bigint and slot = $6 and ${HELD} returning turn
  )
  update turns set is_visible = turns.is_visible or $8::boolean from written where turns.id = written.turn returning turns.id`

const CLOSED = `
  update posts set state = 'final', platform_id = $7, text_hash = $8, updated_at = now()
  where turn = $5::bigint and slot = $6 and ${HELD} returning turn`

const REMOVED = `
  with written as (
    update posts set state = 'intent', platform_id = null, key = substr(md5(gen_random_uuid()::text), 1, 20), updated_at = now()
    where turn = $5::bigint and slot = $6 and ${HELD} returning turn
  )
  update turns set is_visible = false from written where turns.id = written.turn returning turns.id`

const DOUBTED = `
  update posts set state = 'open', updated_at = now()
  where turn = $5::bigint and state = 'intent' and platform_id is null and ${HELD}`

const RECHECK = `
  select signals, (ticket is not null and side = 'customer') is true as "isWithPerson" from lanes
  where workspace = $1 and lane = $2 and owner = $3 and epoch = $4::bigint and lease_until > now()`

export function createPosts(db: Database): Posts {
  const fenced = (lease: Lease): unknown[] => [lease.workspace, lease.lane, lease.owner, lease.epoch]
  return {
    async intend(turn, audience, slot, place, source, lease) {
      const values = [...fenced(lease), turn, slot, JSON.stringify(place), audience, source]
      return (await db.query<PostRow>(INTEND, values))[0] ?? null
    },
    async opened(turn, slot, platformId, lease, isAnswer = true) {
      return (await db.query(OPENED, [...fenced(lease), turn, slot, platformId, isAnswer])).length > 0
    },
    async closed(turn, slot, platformId, textHash, lease) {
      return (await db.query(CLOSED, [...fenced(lease), turn, slot, platformId, textHash])).length > 0
    },
    async removed(turn, slot, lease) {
      return (await db.query(REMOVED, [...fenced(lease), turn, slot])).length > 0
    },
    async doubted(turn, lease) {
      await db.query(DOUBTED, [...fenced(lease), turn])
    },
    async recheck(lease) {
      const rows = await db.query<{ signals: string[]; isWithPerson: boolean }>(RECHECK, fenced(lease))
      const [found] = rows
      return {
        isHeld: found !== undefined,
        signals: found?.signals ?? [],
        isWithPerson: found?.isWithPerson ?? false,
      }
    },
    async turnOf(workspace, platformId) {
      const rows = await db.query<{ turn: string; lane: string; author: string }>(
        `select p.turn::text as turn, t.lane, t.author from posts p join turns t on t.id = p.turn
         where p.workspace = $1 and p.platform_id = $2 limit 1`,
        [workspace, platformId],
      )
      return rows[0] ?? null
    },
  }
}
