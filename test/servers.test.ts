// The servers that other tests stand on.
import { Redis } from 'ioredis'
import pg from 'pg'
import { expect, test } from 'vitest'
import { postgresDatabase, redisPrefix, startRedis, withServer } from './servers.ts'

withServer('postgres')('PostgreSQL for tests', () => {
  test('each database is new, sorts Hangul by code point and knows its letters', async () => {
    await using one = await postgresDatabase()
    await using two = await postgresDatabase()
    const client = new pg.Client({ connectionString: one.url })
    await client.connect()
    const { rows } = await client.query(
      "select current_database() as name, current_setting('server_encoding') as encoding, '가' ~ '^[[:alpha:]]$' as letter",
    )
    await client.end()
    expect(rows).toEqual([{ name: one.name, encoding: 'UTF8', letter: true }])
    expect(two.name).not.toBe(one.name)
  })
})

withServer('redis')('Redis for tests', () => {
  test('everyone gets a prefix of their own', async () => {
    const [one, two] = [await redisPrefix(), await redisPrefix()]
    expect(two.url).toBe(one.url)
    expect(two.prefix).not.toBe(one.prefix)
  })

  test('a restarted Redis is empty and answers on the same port', async () => {
    await using server = await startRedis()
    const client = new Redis(server.url)
    client.on('error', () => undefined)
    await client.set('a', '1')
    await server.restart()
    expect(await client.get('a')).toBe(null)
    client.disconnect()
  })
})
