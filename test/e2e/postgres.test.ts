// PostgreSQL alone: BullMQ keeps its wake-ups there too.
import { withServer } from '../servers.ts'
import { furnishedDatabase } from '../templates.ts'
import { mainJobContract } from './main-job.contract.ts'

withServer('postgres')('end to end', () => {
  mainJobContract('PostgreSQL', async () => ({ databaseUrl: (await furnishedDatabase()).url }))
})
