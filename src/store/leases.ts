// Renewal: one statement per process per second keeps every lane that it holds and brings what others signalled.
// Also named leases, for what only one process may do at a time (a Discord shard), each with a mark it has reached.

import type { Database } from './db.ts'
import type { Leases } from './model.ts'

const RENEW = `
  update lanes set lease_until = now() + make_interval(secs => $4::int / 1000.0)
  from unnest($2::text[], $3::text[], $5::bigint[]) as held (workspace, lane, epoch)
  where lanes.workspace = held.workspace and lanes.lane = held.lane and lanes.epoch = held.epoch and lanes.owner = $1
  returning lanes.workspace, lanes.lane, lanes.epoch::int as epoch, lanes.signals`

const HOLD = `
  insert into leases (name, owner, lease_until) values ($1, $2, now() + make_interval(secs => $3::int / 1000.0))
  on conflict (name) do update set owner = excluded.owner, lease_until = excluded.lease_until, updated_at = now()
  where leases.owner = excluded.owner or leases.lease_until < now() or leases.owner is null returning name`

const FIRST = `
  insert into leases (name, mark) values ($1, $2)
  on conflict (name) do update set updated_at = now() where leases.mark = excluded.mark returning name`

export function createLeases(db: Database): Leases {
  return {
    renew: (owner, leases, leaseMs) =>
      db.urgent(RENEW, [
        owner,
        leases.map((lease) => lease.workspace),
        leases.map((lease) => lease.lane),
        leaseMs,
        leases.map((lease) => lease.epoch),
      ]),
    async releaseAll() {
      await db.query(`update lanes set owner = null, lease_until = '-infinity' where owner is not null`)
      await db.query(`update leases set owner = null, lease_until = '-infinity' where owner is not null`)
    },
    async hold(name, owner, leaseMs) {
      return (await db.query(HOLD, [name, owner, leaseMs])).length > 0
    },
    async letGo(name, owner) {
      await db.query(
        `update leases set owner = null, lease_until = '-infinity' where name = $1 and owner = $2`,
        [name, owner],
      )
    },
    async isFirst(name, turn) {
      return (await db.query(FIRST, [name, turn])).length > 0
    },
    async readMark(name) {
      return (
        (await db.query<{ mark: string | null }>('select mark from leases where name = $1', [name]))[0]
          ?.mark ?? null
      )
    },
    async writeMark(name, mark) {
      await db.query(
        `insert into leases (name, mark) values ($1, $2)
         on conflict (name) do update set mark = excluded.mark, updated_at = now()`,
        [name, mark],
      )
    },
  }
}
