// Redis forgets everything while answers are being written: the queue no longer knows of them, and starts as many anew. The
// model must not notice.
import { Redis } from 'ioredis'
import { expect, it } from 'vitest'
import { withServer } from '../servers.ts'
import { slackStage } from './stage.ts'
import { openTwoWorkers } from './two-workers.ts'

const CONCURRENCY = 4
/** The rest is kept for batch work. */
const CHATS = 3

withServer('postgres', 'redis')('a Redis that forgets while two workers write', () => {
  it('starts no more answers than the model has room for', { timeout: 120_000 }, async () => {
    await using stack = new AsyncDisposableStack()
    const latency = { prefillMs: 4_000, perPromptTokenMs: 0, itlMs: 5 }
    const { world, redis } = await openTwoWorkers(stack, CONCURRENCY, latency)
    const stage = slackStage(world)
    const questions = Array.from({ length: 9 }, (_, n) =>
      stage.ask(`guest${n}`, `교환은 어떻게 하나요? ${n}번`),
    )
    await stage.until(() => world.vllm.running === CHATS, 'a busy model', 30_000)
    await forget(redis)
    await stage.until(
      () => questions.every((one) => one.answers().some(({ isDone }) => isDone)),
      'all answers',
      90_000,
    )
    expect(world.vllm.peakRunning).toBe(CHATS)
    expect(questions.map((one) => one.answers().length)).toEqual(questions.map(() => 1))
  })
})

/** What FLUSHALL does to one deployment. */
async function forget({ url, prefix }: { url: string; prefix: string }): Promise<void> {
  const redis = new Redis(url)
  try {
    const keys = await redis.keys(`*${prefix}*`)
    expect(keys.length).toBeGreaterThan(0)
    await redis.del(keys)
  } finally {
    redis.disconnect()
  }
}
