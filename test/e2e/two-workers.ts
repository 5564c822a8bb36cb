// One model and two worker processes on the same database and the same Redis; the first of them hears the platforms too.
import { createApp } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import type { FakeVllmOptions } from '../fakes/vllm/index.ts'
import { redisPrefix } from '../servers.ts'
import { furnishedDatabase } from '../templates.ts'
import { openWorld, type World } from './harness.ts'

export interface TwoWorkers {
  world: World
  redis: { url: string; prefix: string }
}

export async function openTwoWorkers(
  stack: AsyncDisposableStack,
  concurrency: number,
  latency: FakeVllmOptions['latency'],
): Promise<TwoWorkers> {
  const { url } = await furnishedDatabase()
  const redis = await redisPrefix()
  const world = stack.use(
    await openWorld({
      ...{ databaseUrl: url, redisUrl: redis.url, queuePrefix: redis.prefix },
      env: { EXAONE_CONCURRENCY: `${concurrency}` },
      vllm: { latency },
    }),
  )
  const worker = parseConfig({ ...world.env, ROLES: 'worker' })
  stack.use(await createApp(worker, { clock: realClock, log: SILENT }))
  return { world, redis }
}
