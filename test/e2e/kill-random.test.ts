// The recommended production shape, killed again and again.
import { postgresDatabase, redisPrefix, withServer } from '../servers.ts'
import { randomKills } from './kill-random.ts'

withServer('redis', 'postgres')('end to end', () => {
  randomKills('Redis and PostgreSQL', async () => {
    const redis = await redisPrefix()
    return { databaseUrl: (await postgresDatabase()).url, redisUrl: redis.url, queuePrefix: redis.prefix }
  })
})
