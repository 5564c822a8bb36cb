// The store's contract on a real PostgreSQL.
import { afterAll, expect, test } from 'vitest'
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import { openDatabase } from '../../src/store/db.ts'
import { openStore } from '../../src/store/store.ts'
import { postgresDatabase, withServer } from '../servers.ts'
import { storeContract } from './store.contract.ts'

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
