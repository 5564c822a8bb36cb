// Redis is only the place of the wake-ups: whatever happens to it, the database knows what is owed.
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { openSetting, whileTalking } from '../setting.ts'
import type { Scenario } from '../trial.ts'
import { openWorld, type World } from '../world.ts'

/** Commands to the scenario's own Redis. */
async function withRedis<T>(world: World, run: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(world.redis.url, { maxRetriesPerRequest: 1, retryStrategy: null })
  redis.on('error', () => undefined)
  try {
    return await run(redis)
  } finally {
    redis.disconnect()
  }
}

/** Messages that are safe in the database. */
async function saved(world: World): Promise<number> {
  const [row] = await world.query<{ n: number }>('select count(*)::int as n from inbox')
  return row!.n
}

const flush: Scenario = {
  name: 'redis-flush',
  proves: 'FLUSHALL with wake-ups waiting, delayed and active: the sweeper adds every pending lane again',
  turns: 50,
  async run(trial) {
    const setting = await openSetting(trial, { env: { EXAONE_CONCURRENCY: '4' } })
    return whileTalking(setting, 6_000, async () => {
      for (let left = 3; left > 0; left--) {
        await sleep(1_500)
        // With the model held, most wake-ups are waiting when they go.
        setting.world.vllm.pause()
        await sleep(500)
        await withRedis(setting.world, (redis) => redis.flushall())
        setting.world.vllm.resume()
      }
    })
  },
}

const restart: Scenario = {
  name: 'redis-restart',
  proves: 'Redis dies, messages come in without it, and it comes back empty',
  turns: 50,
  async run(trial) {
    const setting = await openSetting(trial)
    return whileTalking(setting, 8_000, async () => {
      let meanwhile = 0
      for (let left = 2; left > 0; left--) {
        await sleep(1_000)
        await setting.world.redis.restart({
          async whileDown() {
            const before = await saved(setting.world)
            await sleep(2_500)
            meanwhile += (await saved(setting.world)) - before
          },
        })
      }
      trial.say(`${meanwhile} of them saved without it`)
      if (meanwhile === 0) throw new Error('nothing came in while it was away')
    })
  },
}

const pause: Scenario = {
  name: 'redis-pause',
  proves: 'a Redis that stands still longer than BullMQ holds a lock: two may be started, one answers',
  turns: 50,
  async run(trial) {
    const setting = await openSetting(trial)
    return whileTalking(setting, 9_000, async () => {
      await sleep(1_000)
      const before = await saved(setting.world)
      setting.world.redis.signal('SIGSTOP')
      await sleep(7_000)
      const meanwhile = (await saved(setting.world)) - before
      setting.world.redis.signal('SIGCONT')
      trial.say(`${meanwhile} of them saved while it stood still`)
      if (meanwhile === 0) throw new Error('nothing came in while it stood still')
    })
  },
}

const full: Scenario = {
  name: 'redis-full',
  proves: 'Redis out of memory refuses every wake-up: messages are saved all the same and answered later',
  turns: 50,
  async run(trial) {
    const setting = await openSetting(trial)
    const limit = (bytes: string) =>
      withRedis(setting.world, (redis) => redis.config('SET', 'maxmemory', bytes))
    return whileTalking(setting, 7_000, async () => {
      await sleep(1_000)
      await limit('1')
      await sleep(5_000)
      const stats = await withRedis(setting.world, (redis) => redis.info('errorstats'))
      await limit('0')
      const refused = Number(/errorstat_OOM:count=(\d+)/.exec(stats)?.[1] ?? 0)
      trial.say(`${refused} commands refused`)
      if (refused === 0) throw new Error('Redis refused nothing')
    })
  },
}

const evicts: Scenario = {
  name: 'redis-evicts',
  proves: 'a Redis that may drop keys is refused at the start, with the remedy',
  turns: 0,
  async run(trial) {
    const world = await openWorld(trial, { redisArgs: ['--maxmemory-policy', 'allkeys-lru'] })
    const said = await world
      .process()
      .start()
      .then(
        () => 'it started',
        (error: Error) => error.message,
      )
    return said.includes('CONFIG SET maxmemory-policy noeviction') ? [] : [`no remedy was named: ${said}`]
  },
}

export const redisScenarios: readonly Scenario[] = [flush, restart, pause, full, evicts]
