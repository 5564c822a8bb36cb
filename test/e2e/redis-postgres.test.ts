// The recommended production shape: BullMQ on Redis, rows in PostgreSQL.
import { postgresDatabase, redisPrefix, withServer } from '../servers.ts'
import { mainJobContract } from './main-job.contract.ts'

withServer('redis', 'postgres')('end to end', () => {
  mainJobContract('Redis and PostgreSQL', async () => {
    const redis = await redisPrefix()
    return { databaseUrl: (await postgresDatabase()).url, redisUrl: redis.url, queuePrefix: redis.prefix }
  })
})
