// The embedded database must look like PostgreSQL to everything that takes a pg.Pool.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { PgliteBackend } from '../../src/store/pglite-backend.ts'
import { startPglite } from '../../src/store/pglite-engine.ts'
import { openPglitePool, type PglitePool } from '../../src/store/pglite-pool.ts'
import { message } from '../../src/store/postgres-message.ts'

const run = promisify(execFile)

async function newDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'damso-pglite-'))
  cleanups.push(() => rm(dir, { recursive: true, force: true }))
  return dir
}

const cleanups: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const clean of cleanups) await clean()
})

describe.each(['memory', 'a folder, in a thread of its own'])('in %s', (place) => {
  let pool: PglitePool
  beforeAll(async () => {
    pool = await openPglitePool(place === 'memory' ? place : await newDir())
    await pool.query(
      'create table note (id bigserial primary key, body text, data jsonb, at timestamptz default now())',
    )
  })
  afterAll(() => pool.end())

  test('values come back as pg gives them', async () => {
    const at = new Date('2026-11-02T03:04:05.678Z')
    const { rows, rowCount, command, fields } = await pool.query(
      `select $1::int8 as big, $2::timestamptz as at, $3::jsonb as data, $4::text[] as names, $5::bytea as bytes,
            $6::int4 as small, $7::text as nothing, $8::int8[] as bigs, $9::boolean as yes`,
      [
        '9007199254740993',
        at,
        { a: ['가'] },
        ['a "b"', null, '담소'],
        Buffer.from([0, 255]),
        7,
        undefined,
        [1, 2],
        true,
      ],
    )
    expect(rows).toEqual([
      {
        big: '9007199254740993',
        at,
        data: { a: ['가'] },
        names: ['a "b"', null, '담소'],
        bytes: Buffer.from([0, 255]),
        small: 7,
        nothing: null,
        bigs: ['1', '2'],
        yes: true,
      },
    ])
    expect([rowCount, command, fields[0]?.name]).toEqual([1, 'SELECT', 'big'])
  })

  test('an error carries its SQLSTATE, and the pool goes on', async () => {
    await pool.query("insert into note (id, body) values (900, 'x')")
    await expect(pool.query("insert into note (id, body) values (900, 'x')")).rejects.toMatchObject({
      code: '23505',
      constraint: 'note_pkey',
    })
    await expect(pool.query('select $1::int4', ['x'])).rejects.toMatchObject({ code: '22P02' })
    await expect(pool.query('selec')).rejects.toMatchObject({ code: '42601' })
    expect((await pool.query('delete from note where id = 900')).rowCount).toBe(1)
  })

  test('nobody sees or joins a transaction that another client has open', async () => {
    const [one, two] = [await pool.connect(), await pool.connect()]
    await one.query('begin')
    await one.query("insert into note (body) values ('one')")
    const outside = two.query('select count(*)::int as n from note')
    await one.query("insert into note (body) values ('more')")
    await one.query('rollback')
    expect((await outside).rows).toEqual([{ n: 0 }])
    one.release()
    two.release()
  })

  test('an error inside a transaction can only be rolled back', async () => {
    const client = await pool.connect()
    await client.query('begin')
    await expect(client.query('select 1/0')).rejects.toMatchObject({ code: '22012' })
    await expect(client.query('select 1')).rejects.toMatchObject({ code: '25P02' })
    const waiting = pool.query('select 1 as one')
    await client.query('rollback')
    expect((await waiting).rows).toEqual([{ one: 1 }])
    client.release()
  })

  test('a client that goes away inside a transaction blocks nobody', async () => {
    const client = await pool.connect()
    await client.query('begin')
    await client.query("insert into note (body) values ('lost')")
    client.release(true)
    expect((await pool.query("select from note where body = 'lost'")).rowCount).toBe(0)
  })

  test('a notification reaches every client that listens and no other', async () => {
    const heard: string[] = []
    const clients = await Promise.all(['a', 'b', 'c'].map(() => pool.connect()))
    const [a, b, c] = clients as [(typeof clients)[0], (typeof clients)[0], (typeof clients)[0]]
    for (const [index, client] of clients.entries()) {
      client.on('notification', (message) => heard.push(`${index}:${message.channel}:${message.payload}`))
    }
    await a.query('-- with a comment\nlisten Signals;\n-- and another')
    await b.query('LISTEN "signals"')
    await pool.query("select pg_notify('signals', '담소')")
    await c.query('select 1')
    expect(heard.splice(0)).toEqual(['0:signals:담소', '1:signals:담소'])
    await a.query('unlisten signals')
    await pool.query("notify signals, 'again'")
    await c.query('select 1')
    expect(heard).toEqual(['1:signals:again'])
    for (const client of clients) client.release(true)
  })

  test('many clients at once all get their own answers', async () => {
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, i) => pool.query('select $1::int as i', [i])),
    )
    expect(answers.map(({ rows }) => rows[0].i)).toEqual(Array.from({ length: 300 }, (_, i) => i))
  })

  test('what is urgent goes before what waits, but not into a transaction', async () => {
    const order: string[] = []
    const SLOW = 'select count(*) from generate_series(1, 20000)'
    const asked = async (name: string, from: Pick<PglitePool, 'query'>, text = SLOW): Promise<void> => {
      await from.query(text)
      order.push(name)
    }
    const client = await pool.connect()
    await client.query('begin')
    const others = ['first', 'second', 'third'].map((name) => asked(name, pool))
    const urgent = asked('urgent', pool.urgent)
    await asked('in the transaction', client)
    await asked('commit', client, 'commit')
    client.release()
    await Promise.all([...others, urgent])
    expect(order).toEqual(['in the transaction', 'commit', 'urgent', 'first', 'second', 'third'])
  })

  test('a flood of what is urgent does not keep the rest waiting for its end', async () => {
    const order: string[] = []
    const ask = async (name: string, from: Pick<PglitePool, 'query'>): Promise<void> => {
      await from.query('select count(*) from generate_series(1, 2000)')
      order.push(name)
    }
    let isFlooded = true
    const flood = Array.from({ length: 8 }, async () => {
      while (isFlooded) await ask('urgent', pool.urgent)
    })
    for (let n = 0; n < 5; n += 1) await ask('answer', pool)
    isFlooded = false
    await Promise.all(flood)
    const urgent = order.slice(0, order.lastIndexOf('answer')).filter((name) => name === 'urgent').length
    // Each had to wait for its turn, and for no more than that; a connection of either kind is free at once.
    expect(urgent).toBeGreaterThan(5)
    expect(urgent).toBeLessThan(5 * 12)
  })

  test.each([1, 3])('statements of %i that never stops do not keep the rest waiting', async (clients) => {
    let isAsking = true
    const asking = Array.from({ length: clients }, async () => {
      while (isAsking) await pool.query('select 1')
    })
    let ticks = 0
    const timer = setInterval(() => (ticks += 1), 1)
    await expect.poll(() => ticks, { timeout: 5_000 }).toBeGreaterThan(20)
    // What is urgent is heard of meanwhile.
    await pool.urgent.query('select 1')
    clearInterval(timer)
    isAsking = false
    await Promise.all(asking)
  })
})

test('the process goes on while a statement computes', async () => {
  const pool = await openPglitePool(await newDir())
  let ticks = 0
  const timer = setInterval(() => (ticks += 1), 2)
  const began = performance.now()
  await pool.query('select count(*) from generate_series(1, 1500000)')
  const ms = performance.now() - began
  clearInterval(timer)
  expect(ms).toBeGreaterThan(100)
  expect(ticks).toBeGreaterThan(ms / 10)
  await pool.end()
})

test('what an open transaction has kept waiting is told of the end', async () => {
  const own = await openPglitePool('memory')
  const client = await own.connect()
  client.on('error', () => undefined)
  await client.query('begin')
  const waiting = expect(own.query('select 1')).rejects.toThrow(/closed/)
  await own.end()
  await waiting
})

test('a client that goes away before its BEGIN is carried out blocks nobody', async () => {
  const backend = new PgliteBackend(await startPglite('memory', 'public'))
  const [one, other] = [backend.connect(false, () => undefined), backend.connect(false, () => undefined)]
  const statement = (text: string): Buffer => message('Q', Buffer.from(`${text}\0`))
  const before = other.ask(statement('select 1'))
  const begun = one.ask(statement('begin'))
  const closed = one.close()
  await Promise.all([before, begun, closed])
  expect((await other.ask(statement('select 7'))).includes('7')).toBe(true)
  await backend.end()
})

test.each(['memory', 'folder'])(
  'a client that is still held when it ends (%s) is told so, and waits for nothing',
  async (place) => {
    const own = await openPglitePool(place === 'memory' ? place : await newDir())
    const client = await own.connect()
    client.on('error', () => undefined)
    await own.end()
    await expect(client.query('select 1')).rejects.toThrow(/closed|terminated/)
    client.release(true)
  },
)

test('what cannot be opened says why', async () => {
  const dir = await newDir()
  await writeFile(join(dir, 'file'), '')
  await expect(openPglitePool(join(dir, 'file', 'pglite'))).rejects.toMatchObject({ code: 'ENOTDIR' })
})

test.each([
  ['ended', 'await pool.end()'],
  ['left open', ''],
])('a process whose database is %s ends with its work', async (_name, end) => {
  const source = new URL('../../src/store/pglite-pool.ts', import.meta.url)
  const { stdout } = await run(process.execPath, [
    '-e',
    `import('${source}').then(async ({ openPglitePool }) => {
       const pool = await openPglitePool('${await newDir()}')
       const { rows } = await pool.query('select 7 as seven')
       ${end}
       console.log(rows[0].seven)
     })`,
  ])
  expect(stdout).toBe('7\n')
})

test('a process whose database has fallen over ends, and says why', async () => {
  const source = new URL('../../src/store/pglite-pool.ts', import.meta.url)
  const ended = run(process.execPath, [
    '-e',
    `let thread
     process.once('worker', (worker) => (thread = worker))
     import('${source}').then(async ({ openPglitePool }) => {
       await openPglitePool('${await newDir()}')
       thread.terminate()
       setTimeout(() => process.exit(0), 10_000)
     })`,
  ])
  await expect(ended).rejects.toThrow(/database.s thread has ended/)
})

test('what was committed survives the kill of the process', { timeout: 120_000 }, async () => {
  const dir = await newDir()
  const source = new URL('../../src/store/pglite-pool.ts', import.meta.url)
  const child = spawn(process.execPath, [
    '-e',
    `import('${source}').then(async ({ openPglitePool }) => {
       const pool = await openPglitePool('${dir}')
       await pool.query('create table note (body text)')
       for (let i = 0; i < 100; i++) await pool.query("insert into note values ('담소')")
       console.log('committed')
       for (;;) await pool.query("insert into note values ('more')")
     })`,
  ])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const reopened = await openPglitePool(dir)
  expect((await reopened.query("select count(*)::int as n from note where body = '담소'")).rows).toEqual([
    { n: 100 },
  ])
  await reopened.end()
})
