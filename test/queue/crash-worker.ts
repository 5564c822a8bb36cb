// A worker process for crash.test.ts: takes one job, says so, and never finishes it.
import pg from 'pg'
import { openQueue } from '../../src/queue/queue.ts'
import { quiet } from '../contracts/quiet.ts'

const [url = '', prefix = ''] = process.argv.slice(2)
const connection = url.startsWith('redis')
  ? { redisUrl: url }
  : { pool: new pg.Pool({ connectionString: url, options: '-c search_path=public,bullmq' }) }
const queue = await openQueue({ connection, prefix, log: quiet })
await queue.work('chat', { concurrency: 1, globalConcurrency: 4 }, () => {
  process.stdout.write('active\n')
  return new Promise(() => undefined)
})
