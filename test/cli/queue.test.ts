// npm run queue, on the embedded database and, while the bot would run, on PostgreSQL with and without Redis.
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { featureMigrations } from '../../src/features.ts'
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import { lockDataDir } from '../../src/store/data-dir.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { redisPrefix, withServer } from '../servers.ts'
import { furnishDataDir, furnishedDatabase } from '../templates.ts'
import { type Env, lineWith, run, temporaryFolder } from './support.ts'

const SECRET = '주문번호 1234 환불해 주세요'

function open(env: Env): Promise<Store> {
  return openStore({
    url: env['DATABASE_URL'] ?? null,
    dataDir: env['DATA_DIR'] ?? null,
    log: SILENT,
    clock: realClock,
    rateScale: 1,
    migrations: featureMigrations,
  })
}

async function withStore<T>(env: Env, use: (store: Store) => Promise<T>): Promise<T> {
  await using store = await open(env)
  return await use(store)
}

/** A turn that failed for good, with the words of the person who asked. */
async function fail(store: Store, n: number): Promise<string> {
  const rows = await store.db.query<{ id: string }>(
    `with lane as (insert into lanes (workspace, lane, audience) values ('T1', $1, 'C1')),
     turn as (insert into turns (workspace, audience, lane, kind, queue, author, place, state, attempts, error_code, error_hint, code, done_at)
       values ('T1', 'C1', $1, 'answer', 'chat', 'U1', '{}', 'failed', 5, 'model-empty', 'Check --reasoning-parser.', 'k3f9', now())
       returning id),
     message as (insert into inbox (workspace, audience, source, lane, kind, queue, state, author, text, turn)
       select 'T1', 'C1', $1, $1, 'answer', 'chat', 'done', 'U1', $2, id from turn)
     select id::text from turn`,
    [`lane-${n}`, SECRET],
  )
  return rows[0]?.id ?? ''
}

describe('npm run queue on the embedded database', () => {
  test('works while the bot is stopped', async () => {
    await using folder = await temporaryFolder()
    const env = { DATA_DIR: folder.path }
    await furnishDataDir(folder.path)
    const ids = await withStore(env, async (store) => [await fail(store, 1), await fail(store, 2)])
    expect((await run(['queue', 'failed'], env)).out).toMatch(new RegExp(`\n${ids[1]} +.*\n${ids[0]} +`))
    expect(await run(['queue', 'retry', `${ids[0]}`], env)).toMatchObject({
      code: 0,
      out: '1 turn runs again.',
    })
    // The doctor looks into it too, and changes nothing.
    const doctor = await run(['doctor'], { ...env, PORT: '0', EXAONE_BASE_URL: 'http://127.0.0.1:59999/v1' })
    for (const part of ['PGlite (PostgreSQL 1', 'migrations are applied', 'Notifications arrive'])
      expect(lineWith(doctor, part)).toContain('✓')
    const { out } = await run(['queue', 'stats'], env)
    expect(out).toMatch(/^queue \(postgres\) .*\nchat +1 +0 +0 +0\n/)
    expect(out).toMatch(/1 wait, the oldest for \d+ s\./)
  }, 60_000)

  test('says that the running bot holds it, and what to do', async () => {
    await using folder = await temporaryFolder()
    await mkdir(join(folder.path, 'pglite'))
    await using _running = await lockDataDir(folder.path)
    const { code, out, err } = await run(['queue', 'failed'], { DATA_DIR: folder.path })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    for (const part of ['The bot is running', 'Stop it', 'DATABASE_URL']) expect(err).toContain(part)
  })

  test('says so when the bot has never run here, and creates nothing', async () => {
    await using folder = await temporaryFolder()
    const { code, err } = await run(['queue', 'failed'], { DATA_DIR: folder.path })
    expect(code).toBe(1)
    expect(err).toContain('npm start')
    expect(await readdir(folder.path)).toEqual([])
  })
})

/** The bot keeps running all the while. */
function suite(prepare: () => Promise<Env>): void {
  let env: Env
  let store: Store
  let ids: string[]
  const queue = (...args: string[]) => run(['queue', ...args], env)

  beforeEach(async () => {
    env = await prepare()
    store = await open(env)
    ids = [await fail(store, 1), await fail(store, 2)]
  })
  afterEach(() => store[Symbol.asyncDispose]())

  test('shows what failed, why and how often it was tried, but never what people wrote', async () => {
    const { code, out } = await queue('failed')
    expect(code).toBe(0)
    const [header = '', first = ''] = out.split('\n')
    expect(header.split(/\s+/)).toEqual([
      'id',
      'when',
      'workspace',
      'kind',
      'code',
      'error',
      'attempts',
      'hint',
    ])
    expect(first).toMatch(
      new RegExp(
        `^${ids[1]} +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d +T1 +answer +k3f9 +model-empty +5 +Check --reasoning-parser\\.$`,
      ),
    )
    expect(out).not.toContain(SECRET)
    expect((await queue('failed', '--limit', '1')).out.split('\n')[2]).toBe(
      'The newest 1; more with --limit.',
    )
  })

  test('runs one again, or all', async () => {
    expect(await queue('retry', String(ids[0]))).toMatchObject({ code: 0, out: '1 turn runs again.' })
    expect(await store.turns.counts()).toEqual({ failed: 1, pending: 1 })
    expect((await queue('stats')).out).toMatch(/\nchat +1 +0 +0 +0\n/)
    expect(await queue('retry', 'all')).toMatchObject({ code: 0, out: '1 turn runs again.' })
    expect(await store.turns.counts()).toEqual({ pending: 2 })
    expect(await queue('retry', 'all')).toMatchObject({ code: 0, out: 'No failed turns.' })
    expect((await queue('retry', String(ids[0]))).code).toBe(1)
  })

  test('drops one for good', async () => {
    expect((await queue('drop', String(ids[0]))).code).toBe(0)
    expect(await queue('drop', String(ids[0]))).toMatchObject({
      code: 1,
      err: expect.stringContaining('no failed turn'),
    })
    expect(await store.turns.counts()).toEqual({ failed: 1, gone: 1 })
  })

  test('counts what waits', async () => {
    const before = (await queue('stats')).out
    expect(before).toMatch(/failed +2/)
    expect(before).toContain('Nothing waits.')
    await queue('retry', 'all')
    expect((await queue('stats')).out).toMatch(/2 wait, the oldest for \d+ s\./)
  })
}

withServer('postgres')('npm run queue on PostgreSQL', () => {
  suite(async () => ({ DATABASE_URL: (await furnishedDatabase()).url }))
})

withServer('postgres', 'redis')('npm run queue on PostgreSQL and Redis', () => {
  suite(async () => {
    const { url, prefix } = await redisPrefix()
    return { DATABASE_URL: (await furnishedDatabase()).url, REDIS_URL: url, QUEUE_PREFIX: prefix }
  })
})
