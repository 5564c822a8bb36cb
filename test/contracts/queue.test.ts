// The queue's contract on each store that it may have.
import pg from 'pg'
import { afterAll, beforeAll, describe } from 'vitest'
import { openQueue } from '../../src/queue/queue.ts'
import { openPglitePool, type PglitePool, SEARCH_PATH } from '../../src/store/pglite-pool.ts'
import { type Database, postgresDatabase, redisPrefix, withServer } from '../servers.ts'
import { queueContract } from './queue.contract.ts'
import { quiet } from './quiet.ts'

describe('on the embedded database', () => {
  let pool: PglitePool
  beforeAll(async () => {
    pool = await openPglitePool('memory')
  })
  afterAll(() => pool.end())
  queueContract(() => openQueue({ connection: { pool }, log: quiet }))
})

withServer('postgres')('on PostgreSQL', () => {
  let database: Database
  const pools: pg.Pool[] = []
  beforeAll(async () => {
    database = await postgresDatabase()
  })
  afterAll(async () => {
    for (const pool of pools) await pool.end()
    await database[Symbol.asyncDispose]()
  })
  queueContract(() => {
    const options = `-c search_path=${SEARCH_PATH.replaceAll(' ', '')}`
    const pool = new pg.Pool({ connectionString: database.url, options, max: 20 })
    pools.push(pool)
    return openQueue({ connection: { pool }, log: quiet })
  })
})

withServer('redis')('on Redis', () => {
  let redis: { url: string; prefix: string }
  beforeAll(async () => {
    redis = await redisPrefix()
  })
  queueContract(() => openQueue({ connection: { redisUrl: redis.url }, prefix: redis.prefix, log: quiet }))
})
