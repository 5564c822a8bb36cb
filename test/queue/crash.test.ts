// A worker process is killed in the middle of a job.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { openQueue, type Queue } from '../../src/queue/queue.ts'
import { quiet } from '../contracts/quiet.ts'
import { postgresDatabase, redisPrefix, until, withServer } from '../servers.ts'

const LANE = { workspace: 'T1', lane: 'lane' }

async function survivesCrash(queue: Queue, url: string, prefix: string): Promise<void> {
  const child = spawn(process.execPath, [
    fileURLToPath(import.meta.resolve('./crash-worker.ts')),
    url,
    prefix,
  ])
  onTestFinished(() => void child.kill('SIGKILL'))
  await queue.wake('chat', LANE)
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const killed = performance.now()
  await queue.wake('chat', LANE)

  const starts: number[] = []
  await queue.work('chat', { concurrency: 2, globalConcurrency: 4 }, async () => {
    starts.push(performance.now() - killed)
    return { type: 'done' }
  })
  await until(() => starts.length === 2, 15_000)
  expect(starts[0]).toBeLessThan(8_000)
  await until(async () => (await queue.counts()).chat.active === 0)
  expect((await queue.counts()).chat).toEqual({ waiting: 0, delayed: 0, active: 0, failed: 0 })
  expect(starts).toHaveLength(2)
}

withServer('redis')('on Redis', () => {
  test('another worker starts the job again within seconds, then the message that came meanwhile', async () => {
    const { url, prefix } = await redisPrefix()
    await using queue = await openQueue({ connection: { redisUrl: url }, prefix, log: quiet })
    await survivesCrash(queue, url, prefix)
  })
})

withServer('postgres')('on PostgreSQL', () => {
  test('another worker starts the job again within seconds, then the message that came meanwhile', async () => {
    await using database = await postgresDatabase()
    const pool = new pg.Pool({ connectionString: database.url, options: '-c search_path=public,bullmq' })
    {
      await using queue = await openQueue({ connection: { pool }, log: quiet })
      await survivesCrash(queue, database.url, '')
    }
    await pool.end()
  })
})
