// The recommended production shape: BullMQ on Redis, rows in PostgreSQL.
import { redisPrefix, withServer } from '../servers.ts'
import { furnishedDatabase } from '../templates.ts'
import { mainJobContract } from './main-job.contract.ts'

withServer('redis', 'postgres')('end to end', () => {
  mainJobContract('Redis and PostgreSQL', async () => {
    const redis = await redisPrefix()
    return { databaseUrl: (await furnishedDatabase()).url, redisUrl: redis.url, queuePrefix: redis.prefix }
  })
})
