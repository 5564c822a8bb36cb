// PostgreSQL alone, killed: the tables of the queue are locked to hold wake-ups back.
import pg from 'pg'
import { withServer } from '../servers.ts'
import { furnishedDatabase } from '../templates.ts'
import { killContract } from './kill.contract.ts'

withServer('postgres')('end to end', () => {
  let url: string
  killContract(
    'PostgreSQL',
    async () => {
      url = (await furnishedDatabase()).url
      return { databaseUrl: url }
    },
    () => lockQueue(url),
  )
})

async function lockQueue(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname like 'bullmq%'`,
  )
  await client.query(`begin; lock table ${rows.map((row) => row.name).join(', ')} in access exclusive mode`)
  return () => client.end()
}
