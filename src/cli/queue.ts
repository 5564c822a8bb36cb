// `npm run queue`: what failed, and running it again. Shows ids and reasons, never what people wrote.
import type { Config } from '../config.ts'
import { openQueue, type Queue } from '../queue/queue.ts'
import type { Database } from '../store/db.ts'
import type { FailedTurn, Turns } from '../store/model.ts'
import { createTurns } from '../store/turns.ts'
import { openExisting } from './database.ts'
import { type Command, type Io, parseOptions, UsageError } from './io.ts'
import { toTable } from './table.ts'

const USAGE = 'npm run queue -- failed [--limit 50] | retry ID | retry all | drop ID | stats'

interface Parts {
  config: Config
  io: Io
  db: Database
  turns: Turns
}

export const queue: Command = async (args, { config }, io) => {
  const { positionals, values } = parseOptions(USAGE, {
    args,
    allowPositionals: true,
    options: { limit: { type: 'string', default: '50' } },
  })
  const action = toAction(positionals, Number(values.limit))
  await using db = await openExisting(config, io.log)
  return await action({ config, io, db, turns: createTurns(db) })
}

type Action = (parts: Parts) => Promise<number>

/** Throws UsageError. */
function toAction([name, id, ...more]: string[], limit: number): Action {
  const isId = id !== undefined && /^\d{1,18}$/.test(id)
  if (more.length === 0) {
    if (name === 'failed' && id === undefined && limit >= 1) return (parts) => showFailed(parts, limit)
    if (name === 'stats' && id === undefined) return showStats
    if (name === 'retry' && id !== undefined && (isId || id === 'all')) return (parts) => retry(parts, id)
    if (name === 'drop' && isId) return (parts) => drop(parts, id)
  }
  throw new UsageError(USAGE)
}

function openWakeUps({ config, db, io }: Parts): Promise<Queue> {
  const connection = config.REDIS_URL ? { redisUrl: config.REDIS_URL } : { pool: db.pool }
  return openQueue({ connection, log: io.log, prefix: config.QUEUE_PREFIX })
}

async function showFailed({ turns, io }: Parts, limit: number): Promise<number> {
  const failed = await turns.failed(limit)
  if (failed.length === 0) {
    io.out('No failed turns.')
    return 0
  }
  const header = ['id', 'when', 'workspace', 'kind', 'code', 'error', 'attempts', 'hint']
  for (const line of toTable([header, ...failed.map(toRow)])) io.out(line)
  if (failed.length === limit) io.out(`The newest ${limit}; more with --limit.`)
  io.out('Again: npm run queue -- retry ID (or all). Away: npm run queue -- drop ID.')
  return 0
}

function toRow(turn: FailedTurn): string[] {
  const { id, at, workspace, kind, code, error, attempts, hint } = turn
  const when = at ? new Date(at).toISOString().slice(0, 19).replace('T', ' ') : '-'
  return [id, when, workspace, kind, code ?? '-', error ?? '-', String(attempts), hint ?? '-']
}

async function retry(parts: Parts, id: string): Promise<number> {
  const { turns, io } = parts
  // First, so that nothing is set pending when the queue cannot be told.
  await using wakeUps = await openWakeUps(parts)
  const again = await turns.retry(id)
  if (again.length === 0) return nothingDone(io, id)
  for (const { queue, workspace, lane } of again) await wakeUps.wake(queue, { workspace, lane })
  io.out(`${again.length === 1 ? '1 turn runs' : `${again.length} turns run`} again.`)
  return 0
}

async function drop({ turns, io }: Parts, id: string): Promise<number> {
  if (!(await turns.drop(id))) return nothingDone(io, id)
  io.out(`Turn ${id} is dropped; it will not be tried again.`)
  return 0
}

function nothingDone(io: Io, id: string): number {
  if (id === 'all') {
    io.out('No failed turns.')
    return 0
  }
  io.err(`There is no failed turn ${id}. See: npm run queue -- failed`)
  return 1
}

async function showStats(parts: Parts): Promise<number> {
  const { db, turns, io } = parts
  await using wakeUps = await openWakeUps(parts)
  const counts = await wakeUps.counts()
  const rows = Object.entries(counts).map(([name, { waiting, delayed, active, failed }]) =>
    [name, waiting, delayed, active, failed].map(String),
  )
  for (const line of toTable([
    [`queue (${wakeUps.kind})`, 'waiting', 'delayed', 'active', 'failed'],
    ...rows,
  ]))
    io.out(line)
  const states = Object.entries(await turns.counts()).map(([state, n]) => [state, String(n)])
  io.out('')
  for (const line of states.length > 0 ? toTable([['turns', 'number'], ...states]) : ['No turns yet.'])
    io.out(line)
  io.out('')
  io.out(await oldestWaiting(db))
  return 0
}

async function oldestWaiting(db: Database): Promise<string> {
  const rows = await db.query<{ seconds: number | null; n: number }>(
    `select count(*)::int as n, extract(epoch from now() - min(created_at))::int as seconds from (
       select created_at from inbox where state = 'pending'
       union all select created_at from turns where state = 'pending') waiting`,
  )
  const { n = 0, seconds = null } = rows[0] ?? {}
  return seconds === null ? 'Nothing waits.' : `${n} wait, the oldest for ${seconds} s.`
}
