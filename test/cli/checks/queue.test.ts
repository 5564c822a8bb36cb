// What the doctor says of Redis.
import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { checkVersion } from '../../../src/cli/checks/queue.ts'
import { startRedis, withServer } from '../../servers.ts'
import { lineWith, run } from '../support.ts'
import { useFakes } from './fakes.ts'

const fakes = useFakes()

withServer('redis')('Redis', () => {
  test('one that drops keys or saves nothing is told with the command that changes it', async () => {
    await using redis = await startRedis(['--maxmemory-policy', 'allkeys-lru'])
    const said = await run(['doctor'], fakes.env({ REDIS_URL: redis.url }))
    expect(said.code).toBe(1)
    expect(lineWith(said, 'allkeys-lru')).toMatch(/✗ .*→ redis-cli CONFIG SET maxmemory-policy noeviction/)
  })

  test.each([
    { args: [], mark: '!', words: 'no AOF, no RDB' },
    { args: ['--save', '3600 1'], mark: '!', words: 'snapshots only' },
    { args: ['--appendonly', 'yes'], mark: '✓', words: 'AOF' },
  ])('persistence: $words', async ({ args, mark, words }) => {
    await using redis = await startRedis(args)
    const said = await run(['doctor'], fakes.env({ REDIS_URL: redis.url }))
    expect(lineWith(said, words)).toContain(mark)
    expect(lineWith(said, 'Redis 7')).toContain('✓')
    expect(lineWith(said, 'noeviction')).toContain('✓')
    expect(said.code).toBe(0)
  })
})

withServer('redis')('a Redis that the doctor has looked at', () => {
  test('is as it was', async () => {
    await using redis = await startRedis()
    await run(['doctor'], fakes.env({ REDIS_URL: redis.url }))
    const client = new Redis(redis.url)
    expect(await client.dbsize()).toBe(0)
    client.disconnect()
  })
})

test('a Redis before 6.2 is too old, a Valkey is not', () => {
  expect(
    ['5.0.14', '6.0.16', '6.2.0', '7.4.1', '8.1.0'].map((version) => checkVersion(version).mark),
  ).toEqual(['bad', 'bad', 'ok', 'ok', 'ok'])
})

test('a Redis that is not there', async () => {
  const said = await run(['doctor'], fakes.env({ REDIS_URL: 'redis://127.0.0.1:9' }))
  expect(lineWith(said, 'Redis cannot be reached')).toMatch(/✗ .*→ .*REDIS_URL/)
})
