// PostgreSQL alone: BullMQ keeps its wake-ups there too.
import { postgresDatabase, withServer } from '../servers.ts'
import { mainJobContract } from './main-job.contract.ts'

withServer('postgres')('end to end', () => {
  mainJobContract('PostgreSQL', async () => ({ databaseUrl: (await postgresDatabase()).url }))
})
