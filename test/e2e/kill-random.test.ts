// The recommended production shape, killed again and again.
import { redisPrefix, withServer } from '../servers.ts'
import { furnishedDatabase } from '../templates.ts'
import { randomKills } from './kill-random.ts'

withServer('redis', 'postgres')('end to end', () => {
  randomKills('Redis and PostgreSQL', async () => {
    const redis = await redisPrefix()
    return { databaseUrl: (await furnishedDatabase()).url, redisUrl: redis.url, queuePrefix: redis.prefix }
  })
})
