// What every store of the queue must do; run on Redis, on PostgreSQL and on the embedded database by queue.test.ts.
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { QueueName } from '../../src/core/decision.ts'
import type { Verdict, WakeUp } from '../../src/queue/model.ts'
import type { Queue } from '../../src/queue/queue.ts'
import type { QueueWorker, Run } from '../../src/queue/worker.ts'
import { until } from '../servers.ts'

/** Opens a queue on the same store each time, so that two may stand for two processes. */
export type OpenQueue = () => Promise<Queue>

const DONE: Verdict = { type: 'done' }
const ONE = { concurrency: 4, globalConcurrency: 4 }

export function queueContract(open: OpenQueue): void {
  let queue: Queue
  let next = 0
  /** A lane of its own for each test. */
  const newLane = (): WakeUp => ({ workspace: 'T1', lane: `lane-${++next}` })

  async function work(name: QueueName, run: Run, how = ONE, on = queue): Promise<QueueWorker> {
    const worker = await on.work(name, how, run)
    onTestFinished(() => worker[Symbol.asyncDispose]())
    return worker
  }

  beforeAll(async () => {
    queue = await open()
  })
  afterAll(() => queue[Symbol.asyncDispose]())

  test('a wake-up is processed once, and leaves nothing behind', async () => {
    const seen: WakeUp[] = []
    await work('chat', async (job) => {
      seen.push(job)
      return DONE
    })
    const lane = newLane()
    await queue.wake('chat', lane)
    await until(() => seen.length === 1)
    expect(seen).toEqual([lane])
    await until(async () => (await queue.counts()).chat.active === 0)
    expect((await queue.counts()).chat).toEqual({ waiting: 0, delayed: 0, active: 0, failed: 0 })
  })

  test('ten messages in a lane that waits are one wake-up', async () => {
    const lane = newLane()
    for (let i = 0; i < 10; i++) await queue.wake('relay', lane)
    await queue.wakeAll('relay', [lane, lane, newLane()])
    expect((await queue.counts()).relay.waiting).toBe(2)
    let runs = 0
    await work('relay', async () => {
      runs++
      return DONE
    })
    await until(async () => (await queue.counts()).relay.waiting === 0 && runs >= 2)
    expect(runs).toBe(2)
  })

  test('messages that arrive while a lane is answered are followed up exactly once, after it', async () => {
    const lane = newLane()
    const gate = Promise.withResolvers<void>()
    let [runs, running, overlap] = [0, 0, 0]
    await work('chat', async () => {
      overlap = Math.max(overlap, ++running)
      if (++runs === 1) await gate.promise
      running--
      return DONE
    })
    await queue.wake('chat', lane)
    await until(() => runs === 1)
    for (let i = 0; i < 5; i++) await queue.wake('chat', lane)
    await queue.wakeAll('chat', [lane, lane])
    expect(runs).toBe(1)
    gate.resolve()
    await until(() => runs === 2)
    await until(async () => (await queue.counts()).chat.active === 0)
    expect([runs, overlap, (await queue.counts()).chat.waiting]).toEqual([2, 1, 0])
  })

  test('a lane put off runs later, and a wake-up meanwhile adds nothing', async () => {
    const lane = newLane()
    const times: number[] = []
    await work('chat', async () => {
      times.push(performance.now())
      return times.length === 1 ? { type: 'later', ms: 1_500 } : DONE
    })
    await queue.wake('chat', lane)
    await until(async () => (await queue.counts()).chat.delayed === 1)
    await queue.wake('chat', lane)
    expect((await queue.counts()).chat).toMatchObject({ delayed: 1, waiting: 0 })
    await until(() => times.length === 2)
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1_400)
    await until(async () => (await queue.counts()).chat.active === 0)
    expect(times).toHaveLength(2)
    await queue.wake('chat', lane)
    await until(() => times.length === 3)
  })

  test('a wake-up may ask to start after a moment of quiet', async () => {
    const start = performance.now()
    let at = 0
    await work('chat', async () => {
      at = performance.now()
      return DONE
    })
    await queue.wake('chat', newLane(), { delayMs: 300 })
    await until(() => at > 0)
    expect(at - start).toBeGreaterThan(280)
  })

  test('while the model is down the whole queue waits and no job is lost', async () => {
    const done: string[] = []
    let isDown = true
    let tries = 0
    const lanes = [newLane(), newLane(), newLane()]
    await work('batch', async ({ lane }) => {
      tries++
      if (isDown) return { type: 'pause', ms: 500 }
      done.push(lane)
      return DONE
    })
    for (const lane of lanes) await queue.wake('batch', lane)
    await until(() => tries > 0)
    await until(async () => (await queue.counts()).batch.waiting === 3)
    const paused = tries
    isDown = false
    await until(() => done.length === 3)
    expect(done.toSorted()).toEqual(lanes.map(({ lane }) => lane).toSorted())
    expect(paused).toBeLessThanOrEqual(4)
    expect((await queue.counts()).batch.failed).toBe(0)
  })

  test('a newcomer is not behind the three hundred of one busy workspace', async () => {
    const order: string[] = []
    const many = Array.from({ length: 30 }, (_, i) => ({ ...newLane(), priority: i + 1 }))
    await queue.wakeAll('relay', many)
    await queue.wake('relay', { workspace: 'T2', lane: 'new' }, { priority: 1 })
    await work(
      'relay',
      async ({ lane }) => {
        order.push(lane)
        return DONE
      },
      { concurrency: 1, globalConcurrency: 1 },
    )
    await until(() => order.length === 31)
    expect(order.indexOf('new')).toBe(1)
  })

  test('all processes together keep to the global concurrency', async () => {
    await using other = await open()
    let [running, most, runs] = [0, 0, 0]
    const run: Run = async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 20))
      running--
      runs++
      return DONE
    }
    await work('batch', run, { concurrency: 4, globalConcurrency: 2 })
    await work('batch', run, { concurrency: 4, globalConcurrency: 2 }, other)
    await queue.wakeAll('batch', Array.from({ length: 20 }, newLane))
    await until(() => runs === 20)
    expect(most).toBe(2)
  })

  test('a paused worker takes nothing new, and another process goes on', async () => {
    await using other = await open()
    const seen: string[] = []
    const first = await work('relay', async () => {
      seen.push('first')
      return DONE
    })
    await queue.wake('relay', newLane())
    await until(() => seen.length === 1)
    await first.pause()
    const lane = newLane()
    await queue.wake('relay', lane)
    await work(
      'relay',
      async () => {
        seen.push('second')
        return DONE
      },
      ONE,
      other,
    )
    await until(() => seen.length === 2)
    expect(seen).toEqual(['first', 'second'])
  })

  test('a processor with a bug leaves a failed job to be seen, and the lane can be woken again', async () => {
    const lane = newLane()
    let runs = 0
    await work('relay', async () => {
      if (++runs === 1) throw new Error('bug')
      return DONE
    })
    const { failed } = (await queue.counts()).relay
    await queue.wake('relay', lane)
    await until(async () => (await queue.counts()).relay.failed === failed + 1)
    expect(runs).toBe(1)
    await queue.wake('relay', lane)
    await until(() => runs === 2)
  })

  test('closing aborts what is active and lets it say when to go on', async () => {
    const closing = await open()
    const worker = await closing.work('chat', ONE, (_job, signal) => {
      const { promise, resolve } = Promise.withResolvers<Verdict>()
      signal.addEventListener('abort', () => resolve({ type: 'later', ms: 0 }))
      return promise
    })
    const lane = newLane()
    await closing.wake('chat', lane)
    await until(() => worker.active() === 1)
    await closing[Symbol.asyncDispose]()
    const seen: WakeUp[] = []
    await work('chat', async (job) => {
      seen.push(job)
      return DONE
    })
    await until(() => seen.length === 1, 15_000)
    expect(seen).toEqual([lane])
  })

  test('all is said to be lost once, on the first start', async () => {
    const first = await queue.lostEverything()
    expect(first).toBe(true)
    expect(await queue.lostEverything()).toBe(false)
  })
}
