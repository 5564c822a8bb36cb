// Turns: claimed under a lease, ended under the same epoch. What a worker may write, it writes here.

import type { QueueName } from '../core/decision.ts'
import type { Lang } from '../core/error.ts'
import type { Attachment, AuthorKind, Place } from '../core/inbound.ts'
import type { TranscriptLine } from '../core/turn.ts'
import type { Database } from './db.ts'
import type { Claim, ClaimedTurn, ClaimOptions, Lease, PostRow, Turns } from './model.ts'
import { release } from './order.ts'

interface RawClaim {
  outcome: Claim['outcome']
  ms?: number
  epoch: number
  priority: number
  createdAt: number
  isStopped: boolean
  turn: Record<string, unknown> & { id: string; place: Place; queue: QueueName }
  rows: {
    source: string
    text: string
    body: Record<string, unknown>
    at: number
    name: string
    kind: AuthorKind
    lang: Lang | null
    isAdmin: boolean
    handle: string | null
  }[]
  posts: {
    slot: string
    key: string
    state: PostRow['state']
    platform_id: string | null
    source: string | null
    place: Place
    created_at: string
  }[]
  history: TranscriptLine[]
  person: { notified_at: string | null; notified_by: number | string | null } | null
}

// A turn that goes back keeps what has been noted with it, also while it ran; null takes a key away.
const FINISH = `
  select damso_finish(t.id, $2, $3::bigint, case when $4::jsonb->>'state' = 'pending'
    then $4::jsonb || jsonb_build_object('facts', (t.facts || coalesce($4::jsonb->'facts', '{}'))
      - array(select key from jsonb_each($4::jsonb->'facts') where value = 'null'))
    else $4::jsonb end) as waiting
  from turns t where t.id = $1::bigint`

const CLAIM_NOTICE = `
  insert into people (workspace, person, notified_at, notified_by)
  select t.workspace, t.author, now(), t.id from turns t join lanes l using (workspace, lane)
  where t.id = $1::bigint and l.owner = $2 and l.epoch = $3::bigint
  on conflict (workspace, person) do update set notified_at = coalesce(people.notified_at, excluded.notified_at),
    notified_by = excluded.notified_by
  where people.notified_at is null or people.notified_by = excluded.notified_by
  returning person`

export function createTurns(db: Database): Turns {
  const claim = async (
    workspace: string,
    lane: string,
    owner: string,
    leaseMs: number,
    epoch: number | null,
    { isEarlyOk = false, mostRunning }: ClaimOptions = {},
  ): Promise<Claim> => {
    const rows = await db.query<{ claim: RawClaim }>(
      'select damso_claim($1, $2, $3, $4::int, $5::bigint, $6::boolean, $7::int) as claim',
      [workspace, lane, owner, leaseMs, epoch, isEarlyOk, mostRunning ?? null],
    )
    const raw = rows[0]?.claim
    if (!raw || raw.outcome === 'empty') return { outcome: 'empty' }
    if (raw.outcome === 'quiet') return { outcome: 'quiet' }
    if (raw.outcome !== 'claimed') return { outcome: raw.outcome, ms: Math.ceil(raw.ms ?? 50) }
    return { outcome: 'claimed', turn: toTurn(raw, { workspace, lane, owner, epoch: raw.epoch }) }
  }
  return {
    claim: (workspace, lane, owner, leaseMs, options) =>
      claim(workspace, lane, owner, leaseMs, null, options),
    async refresh(lease, leaseMs) {
      const claimed = await claim(lease.workspace, lease.lane, lease.owner, leaseMs, lease.epoch)
      return claimed.outcome === 'claimed' ? claimed.turn : null
    },
    async finish(id, lease, result) {
      const rows = await db.query<{ waiting: number | null }>(FINISH, [
        id,
        lease.owner,
        lease.epoch,
        JSON.stringify(result),
      ])
      return rows[0]?.waiting ?? null
    },
    async claimNotice(id, lease) {
      return (await db.query(CLAIM_NOTICE, [id, lease.owner, lease.epoch])).length > 0
    },
    async survived(id) {
      await db.query('update turns set survived = survived + 1 where id = $1::bigint', [id])
    },
    release: async (workspace, channel) =>
      (await release(db, { workspace, channel })).map(({ lane }) => lane),
    failed: (limit) =>
      db.query(
        `select id::text, workspace, lane, kind, queue, code, error_code as error, error_hint as hint, attempts, done_at as at
         from turns where state = 'failed' order by id desc limit $1::int`,
        [limit],
      ),
    retry: (id) =>
      db.query(
        `with again as (
           update turns set state = 'pending', attempts = 0, crashes = 0, survived = 0, not_before = '-infinity', done_at = null
           where state = 'failed' and ($1 = 'all' or id::text = $1) returning id, workspace, lane, queue
         ), rows as (update inbox set state = 'taken' from again where inbox.turn = again.id and inbox.state = 'done')
         select workspace, lane, queue from again`,
        [id],
      ),
    async drop(id) {
      const rows = await db.query(
        `update turns set state = 'gone' where state = 'failed' and id::text = $1 returning id`,
        [id],
      )
      return rows.length > 0
    },
    async counts() {
      const rows = await db.query<{ state: string; n: number }>(
        'select state, count(*)::int as n from turns group by state',
      )
      return Object.fromEntries(rows.map((row) => [row.state, row.n]))
    },
  }
}

function toTurn(raw: RawClaim, lease: Lease): ClaimedTurn {
  const last = raw.rows.at(-1)
  return {
    lease,
    id: raw.turn.id,
    audience: String(raw.turn['audience']),
    kind: String(raw.turn['kind']),
    queue: raw.turn.queue,
    place: raw.turn.place,
    author: {
      id: String(raw.turn['author']),
      name: last?.name ?? '',
      kind: last?.kind ?? 'member',
      lang: last?.lang ?? null,
      isAdmin: last?.isAdmin ?? false,
    },
    messages: raw.rows.map((row) => ({
      source: row.source,
      text: row.text,
      body: row.body,
      attachments: (row.body['attachments'] as Attachment[] | undefined) ?? [],
      at: row.at,
    })),
    history: raw.history,
    posts: raw.posts.map((post) => ({
      slot: post.slot,
      key: post.key,
      state: post.state,
      id: post.platform_id,
      source: post.source,
      place: post.place,
      intendedAt: Date.parse(post.created_at),
    })),
    priority: raw.priority,
    attempts: Number(raw.turn['attempts']),
    crashes: Number(raw.turn['crashes']),
    survived: Number(raw.turn['survived']),
    isVisible: Boolean(raw.turn['is_visible']),
    isNotified: raw.person?.notified_at != null && String(raw.person.notified_by) !== raw.turn.id,
    isStopped: raw.isStopped,
    facts: (raw.turn['facts'] as Record<string, unknown> | null) ?? {},
    handle: raw.rows.find((row) => row.handle !== null)?.handle ?? null,
    createdAt: raw.createdAt,
  }
}
