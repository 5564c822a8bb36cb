// The store's contract on a real PostgreSQL.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { afterAll, expect, test } from 'vitest'
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import { openDatabase } from '../../src/store/db.ts'
import { openStore } from '../../src/store/store.ts'
import { postgresDatabase, withServer } from '../servers.ts'
import { storeContract } from './store.contract.ts'

/** A way to PostgreSQL on which the first `listen` is cut off, or arrives as what no PostgreSQL understands. */
async function firstListenIs(
  fate: 'cut' | 'refused',
  { hostname, port }: URL,
): Promise<AsyncDisposable & { port: number }> {
  let isFirst = true
  const server = createServer((socket) => {
    const upstream = connect(Number(port), hostname)
    for (const end of [socket, upstream]) end.on('error', () => undefined)
    upstream.pipe(socket)
    upstream.on('close', () => socket.destroy())
    socket.on('close', () => upstream.destroy())
    socket.on('data', (bytes) => {
      const at = isFirst ? bytes.indexOf('listen ') : -1
      if (at >= 0) {
        isFirst = false
        if (fate === 'cut') return void socket.destroy()
        bytes.write('lisren ', at)
      }
      upstream.write(bytes)
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

withServer('postgres')('PostgreSQL', () => {
  const databases = new AsyncDisposableStack()
  afterAll(() => databases.disposeAsync())
  storeContract('PostgreSQL', async () => {
    const database = databases.use(await postgresDatabase())
    return openStore({
      url: database.url,
      dataDir: null,
      log: SILENT,
      clock: realClock,
      rateScale: 1,
      limits: { perPerson: 5, perWorkspace: 500 },
    })
  })

  test('a process that finds no connection for notifications starts all the same, and hears them later', async () => {
    await using own = await postgresDatabase()
    await using db = await openDatabase({ url: own.url, dataDir: null, log: SILENT, maxConnections: 1 })
    const taken = await db.pool.connect()
    const heard: string[] = []
    await using _listening = await db.listen(
      'damso_signal',
      (payload) => heard.push(payload),
      () => undefined,
    )
    taken.release()
    await expect
      .poll(
        async () => {
          await db.urgent(`select pg_notify('damso_signal', 'stop')`)
          return heard
        },
        { timeout: 10_000, interval: 100 },
      )
      .toContain('stop')
  }, 30_000)

  test.each(['cut', 'refused'] as const)(
    'a process whose first attempt to listen is %s hears each notification once, on one connection',
    async (fate) => {
      await using own = await postgresDatabase()
      await using proxy = await firstListenIs(fate, new URL(own.url))
      const { href: url } = Object.assign(new URL(own.url), { hostname: '127.0.0.1', port: `${proxy.port}` })
      await using db = await openDatabase({ url, dataDir: null, log: SILENT, maxConnections: 3 })
      const heard: string[] = []
      let misses = 0
      const onMissed = () => void misses++
      await using _listening = await db.listen('damso_signal', (payload) => heard.push(payload), onMissed)
      await expect.poll(() => misses, { timeout: 10_000 }).toBe(1)
      // A second connection of the same would come after the same pause.
      await sleep(1_000)
      await db.urgent(`select pg_notify('damso_signal', 'stop')`)
      await expect.poll(() => heard).toContain('stop')
      const { totalCount, idleCount } = db.pool as Pool
      expect({ heard, misses, taken: totalCount - idleCount }).toEqual({
        heard: ['stop'],
        misses: 1,
        taken: 1,
      })
    },
    30_000,
  )

  test('a statement that others outrun is said again, until it has been carried out', async () => {
    await using own = await postgresDatabase()
    const open = () => openDatabase({ url: own.url, dataDir: null, log: SILENT })
    await using before = await open()
    await before.query('create table counter as select 0 as n')
    await before.query(`alter database ${own.name} set default_transaction_isolation to 'serializable'`)
    await using db = await open()
    await Promise.all(Array.from({ length: 40 }, () => db.query('update counter set n = n + 1')))
    expect(await db.query('select n from counter')).toEqual([{ n: 40 }])
  })

  test('a statement that takes too long is the database’s failure, and no turn’s', async () => {
    await using own = await postgresDatabase()
    await using db = await openDatabase({ url: own.url, dataDir: null, log: SILENT, maxConnections: 1 })
    await db.query(`select set_config('statement_timeout', '50', false)`)
    await expect(db.query('select pg_sleep(20)')).rejects.toMatchObject({ code: 'database-away' })
  })
})
