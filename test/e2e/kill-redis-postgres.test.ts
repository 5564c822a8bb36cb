// The recommended production shape, killed; with a Redis of its own, which is frozen to hold wake-ups back.
import { afterAll } from 'vitest'
import { type RedisServer, startRedis, withServer } from '../servers.ts'
import { furnishedDatabase } from '../templates.ts'
import { killContract } from './kill.contract.ts'

withServer('redis', 'postgres')('end to end', () => {
  let redis: RedisServer
  afterAll(async () => {
    await redis[Symbol.asyncDispose]()
  })

  killContract(
    'Redis and PostgreSQL',
    async () => {
      redis = await startRedis()
      return { databaseUrl: (await furnishedDatabase()).url, redisUrl: redis.url }
    },
    async () => {
      redis.signal('SIGSTOP')
      return async () => redis.signal('SIGCONT')
    },
  )
})
