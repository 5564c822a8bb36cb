// What happens when Redis is wrong, away, frozen, emptied or back.
import { Redis } from 'ioredis'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openQueue, type Queue } from '../../src/queue/queue.ts'
import { type Line, quiet, recordingLogger } from '../contracts/quiet.ts'
import { type RedisServer, startRedis, until, withServer } from '../servers.ts'

const LANE = { workspace: 'T1', lane: 'lane' }
const ONE = { concurrency: 1, globalConcurrency: 1 }

withServer('redis')('Redis', () => {
  let redis: RedisServer
  beforeAll(async () => {
    redis = await startRedis()
    return () => redis[Symbol.asyncDispose]()
  })

  async function open(lines: Line[] = []): Promise<Queue> {
    const log = recordingLogger(lines)
    const queue = await openQueue({ connection: { redisUrl: redis.url }, log })
    onTestFinished(() => queue[Symbol.asyncDispose]())
    return queue
  }

  test('one that drops keys when full is refused, with the command that cures it', async () => {
    const client = new Redis(redis.url)
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru')
    await expect(openQueue({ connection: { redisUrl: redis.url }, log: quiet })).rejects.toMatchObject({
      code: 'redis-evicts',
      hint: expect.stringContaining('CONFIG SET maxmemory-policy noeviction'),
    })
    await client.config('SET', 'maxmemory-policy', 'noeviction')
    client.disconnect()
  })

  test('one that is not there is said to be unreachable, without its password', async () => {
    const connection = { redisUrl: 'redis://user:secret@127.0.0.1:1' }
    await expect(openQueue({ connection, log: quiet })).rejects.toMatchObject({
      code: 'redis-unreachable',
      retryable: true,
      hint: expect.stringMatching(/127\.0\.0\.1:1 .*ECONNREFUSED/),
      message: expect.not.stringContaining('secret'),
    })
  })

  test('the doctor sees its version, eviction and persistence', async () => {
    const queue = await open()
    expect(await queue.redisFacts()).toEqual({
      version: expect.stringMatching(/^\d+\.\d+/),
      evictionPolicy: 'noeviction',
      aof: false,
      rdb: false,
    })
  })

  test('a flush is noticed once, and adding every lane again makes them run', async () => {
    const queue = await open()
    await queue.lostEverything()
    const client = new Redis(redis.url)
    await client.flushall()
    client.disconnect()
    expect([await queue.lostEverything(), await queue.lostEverything()]).toEqual([true, false])
    await queue.wakeAll('relay', [LANE])
    let runs = 0
    await queue.work('relay', ONE, async () => {
      runs++
      return { type: 'done' }
    })
    await until(() => runs === 1)
  })

  test('a flush in the middle of a job aborts it, since its lock is gone', async () => {
    const queue = await open()
    const started = Promise.withResolvers<void>()
    const aborted = Promise.withResolvers<unknown>()
    await queue.work('chat', ONE, async (_job, signal) => {
      started.resolve()
      signal.addEventListener('abort', () => aborted.resolve(signal.reason))
      await aborted.promise
      return { type: 'done' }
    })
    await queue.wake('chat', LANE)
    await started.promise
    const client = new Redis(redis.url)
    await client.flushall()
    client.disconnect()
    expect(await aborted.promise).toBe('lock lost')
  })

  describe('while it is frozen', () => {
    test('adding fails within two seconds instead of hanging, and works again afterwards', async () => {
      const queue = await open()
      redis.signal('SIGSTOP')
      const start = performance.now()
      await expect(queue.wake('chat', LANE)).rejects.toMatchObject({ code: 'queue-unreachable' })
      expect(performance.now() - start).toBeLessThan(2_500)
      redis.signal('SIGCONT')
      await queue.wake('chat', LANE)
    })

    test('closing does not hang, even with a job that ignores its abort', async () => {
      const queue = await openQueue({ connection: { redisUrl: redis.url }, log: quiet })
      await queue.work('relay', ONE, async () => ({ type: 'done' }))
      const deaf = await queue.work('batch', ONE, () => new Promise(() => undefined))
      await queue.wake('batch', LANE)
      await until(() => deaf.active() === 1)
      redis.signal('SIGSTOP')
      const start = performance.now()
      await queue[Symbol.asyncDispose]()
      redis.signal('SIGCONT')
      expect(performance.now() - start).toBeLessThan(5_000)
    })
  })

  test('a restart is logged once each way, adding fails at once meanwhile, and workers go on', async () => {
    const lines: Line[] = []
    const queue = await open(lines)
    let runs = 0
    await queue.work('relay', ONE, async () => {
      runs++
      return { type: 'done' }
    })
    await redis.restart({
      async whileDown() {
        await until(() => !queue.ready())
        const start = performance.now()
        await expect(queue.wake('relay', LANE)).rejects.toMatchObject({
          code: 'queue-unreachable',
          retryable: true,
        })
        expect(performance.now() - start).toBeLessThan(100)
        await until(() => lines.length > 0)
      },
    })
    await until(() => queue.ready())
    expect(await queue.lostEverything()).toBe(true)
    await queue.wake('relay', LANE)
    await until(() => runs === 1, 15_000)
    expect(lines.map(({ message }) => message)).toEqual([
      'redis is away; wake-ups wait for the sweeper',
      'redis is back',
    ])
  })
})
