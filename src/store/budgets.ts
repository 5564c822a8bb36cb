// Rate budgets: leased from the database in blocks, spent locally without waiting. A 429 anywhere stops everyone.
import type { Budget } from '../core/adapter.ts'
import type { Clock } from '../core/clock.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from './db.ts'

/** Share of a limit that only first and final writes may use. */
const RESERVE = 0.2
/** Unspent leased calls are not spent after this: the next visit to the database gives them back. */
const KEEP_MS = 10_000

export interface Budgets extends Budget {
  /** Fetches shares that run low; called by a timer and after spending. */
  refill(): Promise<void>
}

/** Until a share that is being fetched arrives. */
const SOON_MS = 20

interface Local {
  perMinute: number
  burst: number
  tokens: number
  /** What the database still held after the last visit. */
  left: number
  fetchedAt: number
  blockedUntil: number
  /** What was leased and not spent (or overdrawn, if negative), for the next visit to the database to take back. */
  unspent: number
  /** The tokens are the assumed first block, which the first visit to the database takes from. */
  isAssumed: boolean
  /** The database had nothing to give at the last visit. */
  isEmpty: boolean
  fetching: Promise<void> | null
}

const blockOf = (local: Pick<Local, 'burst'>): number => Math.max(1, Math.ceil(local.burst / 5))

const LEASE = `
  insert into budgets as b (key, tokens, refilled_at) values ($1, $3::float8 - $4::float8, now())
  on conflict (key) do update set
    tokens = least($3::float8, b.tokens + $5::float8 + extract(epoch from now() - b.refilled_at) * $2::float8 / 60)
      - least($4::float8, floor(greatest(0, least($3::float8, b.tokens + $5::float8 + extract(epoch from now() - b.refilled_at) * $2::float8 / 60)))),
    refilled_at = now()
  returning tokens, extract(epoch from greatest(not_before, now()) - now()) * 1000::float8 as blocked_ms,
    (select least($3::float8, o.tokens + $5::float8 + extract(epoch from now() - o.refilled_at) * $2::float8 / 60) from budgets o where o.key = $1) as before`

export function createBudgets(db: Database, clock: Clock, log: Logger, scale: number): Budgets {
  const known = new Map<string, Local>()

  /** One visit to the database at a time per key. */
  const fetch = (key: string, local: Local): Promise<void> => {
    local.fetching ??= lease(key, local).finally(() => {
      local.fetching = null
    })
    return local.fetching
  }

  const lease = async (key: string, local: Local): Promise<void> => {
    const { unspent } = local
    try {
      // What first and final writes have overdrawn is taken along.
      const want = blockOf(local) + Math.max(0, Math.ceil(-local.tokens))
      local.unspent = 0
      const rows = await db.query<{ tokens: number; blocked_ms: number; before: number | null }>(LEASE, [
        ...[key, local.perMinute, local.burst, want, unspent],
      ])
      const row = rows[0]
      if (!row) return
      const granted = row.before === null ? want : Math.max(0, Math.min(want, Math.floor(row.before)))
      local.tokens += granted - (local.isAssumed ? blockOf(local) : 0)
      local.isAssumed = false
      local.isEmpty = granted === 0
      local.left = Math.max(0, row.tokens)
      local.fetchedAt = clock.monotonic()
      if (row.blocked_ms > 0)
        local.blockedUntil = Math.max(local.blockedUntil, clock.monotonic() + row.blocked_ms)
    } catch (error) {
      // It may have been taken back all the same: what was overdrawn is told again, what was left is not.
      local.unspent += Math.min(0, unspent)
      log.warn({ key, reason: (error as Error).message }, 'rate budget could not be read')
    }
  }

  const current = (key: string): Local | null => {
    const local = known.get(key)
    if (!local || clock.monotonic() - local.fetchedAt <= KEEP_MS) return local ?? null
    // Unused for a while: what was leased is given back, and a block assumed as at first. Were it only forgotten, a process
    // that writes every ten seconds would use up a limit that it hardly touches.
    Object.assign(local, {
      unspent: local.unspent + (local.isAssumed ? local.tokens - blockOf(local) : local.tokens),
      tokens: blockOf(local),
      left: local.burst,
      isAssumed: true,
      isEmpty: false,
      fetchedAt: clock.monotonic(),
    })
    void fetch(key, local)
    return local
  }

  const isAllowed = (local: Local, need: 'must' | 'may'): boolean => {
    if (clock.monotonic() < local.blockedUntil) return false
    // A first or final write goes out even when our share is used up: losing it would be worse than a 429.
    if (need === 'must') return true
    return local.tokens >= 1 && local.tokens + restOf(local) > RESERVE * local.burst
  }

  /** What the database should hold by now. A guess, but only calls that are leased already are made on it. */
  const restOf = (local: Local): number => {
    const refilled = ((clock.monotonic() - local.fetchedAt) / 60_000) * local.perMinute
    return Math.min(local.burst, local.left + refilled)
  }

  return {
    declare(key, limit) {
      if (known.has(key)) return
      const local: Local = {
        perMinute: limit.perMinute * scale,
        burst: Math.max(1, limit.burst * scale),
        // A first word must not wait for the database: one block is assumed, and reconciled when the share arrives.
        tokens: 0,
        left: limit.burst * scale,
        fetchedAt: clock.monotonic(),
        blockedUntil: 0,
        unspent: 0,
        isAssumed: true,
        isEmpty: false,
        fetching: null,
      }
      local.tokens = blockOf(local)
      known.set(key, local)
      void fetch(key, local)
    },
    take(key, need) {
      const local = current(key)
      if (!local) return true
      if (!isAllowed(local, need)) {
        // More than a block is not hoarded: others need it, and here it could only wait for the reserve to fill up.
        if (local.tokens < 1) void fetch(key, local)
        return false
      }
      local.tokens -= 1
      if (local.tokens < Math.max(1, local.burst / 10)) void fetch(key, local)
      return true
    },
    waitMs(key, need) {
      const local = current(key)
      if (!local || isAllowed(local, need)) return 0
      const blocked = local.blockedUntil - clock.monotonic()
      if (blocked > 0) return blocked
      if (local.tokens < 1 && !local.isEmpty) void fetch(key, local)
      return local.isEmpty || local.tokens >= 1 ? Math.min(2_000, 60_000 / local.perMinute) : SOON_MS
    },
    block(key, ms) {
      const local = known.get(key)
      if (local) local.blockedUntil = Math.max(local.blockedUntil, clock.monotonic() + ms)
      db.query(
        `insert into budgets (key, tokens, not_before) values ($1, 0, now() + make_interval(secs => $2::float8 / 1000))
         on conflict (key) do update set not_before = greatest(budgets.not_before, excluded.not_before)`,
        [key, ms],
      ).catch((error: Error) => log.warn({ key, reason: error.message }, 'rate limit could not be shared'))
    },
    async refill() {
      for (const [key, local] of known) {
        const idleMs = clock.monotonic() - local.fetchedAt
        if (idleMs > 10 * 60_000) known.delete(key)
        else if (local.tokens < 1) await fetch(key, local)
      }
    },
  }
}
