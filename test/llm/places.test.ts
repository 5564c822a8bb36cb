// Places at the model that several processes share: never more at once than there are, and none is lost with who had it.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPlacedModel, createPlaces, type PlaceLeases, type Places } from '../../src/llm/places.ts'
import type { Store } from '../../src/store/store.ts'
import { furnishedStore } from '../templates.ts'
import { createHeldClock, realClock, startModel, toRequest } from './ask.ts'

let store: Store
beforeAll(async () => {
  store = await furnishedStore()
})
afterAll(() => store[Symbol.asyncDispose]())

let owners = 0
const processOf = (count: number, clock = realClock): Places =>
  createPlaces({ leases: store.leases, count, owner: `process ${++owners}`, clock })
const never = new AbortController().signal

test.each([1, 2])('two processes share %i and never use more at once', async (count) => {
  const both = [processOf(count), processOf(count)]
  let [running, most] = [0, 0]
  const call = async (places: Places): Promise<void> => {
    await using _place = await places.take(1, never)
    most = Math.max(most, ++running)
    await sleep(10)
    running--
  }
  await Promise.all(Array.from({ length: 16 }, (_, n) => call(both[n % 2]!)))
  expect(most).toBe(count)
})

test('who waits for an answer goes before batch work that has waited longer', async () => {
  const places = processOf(1)
  const order: string[] = []
  const first = await places.take(10, never)
  const call = async (name: string, priority: number): Promise<void> => {
    await using _place = await places.take(priority, never)
    order.push(name)
  }
  const all = [call('batch', 10), call('handed on', 1), call('chat', 0)]
  await first![Symbol.asyncDispose]()
  await Promise.all(all)
  expect(order).toEqual(['chat', 'handed on', 'batch'])
})

test('whoever gives up waiting takes none', async () => {
  const places = processOf(1)
  const gone = new AbortController()
  const first = await places.take(1, never)
  const second = places.take(1, gone.signal)
  gone.abort()
  expect(await second).toBeNull()
  await first![Symbol.asyncDispose]()
  await using third = await processOf(1).take(1, never)
  expect(third).not.toBeNull()
})

test('a message does not wait for the next look of batch work', async () => {
  const clock = createHeldClock()
  let looks = 0
  const hold: PlaceLeases['hold'] = (...what) => {
    looks++
    return store.leases.hold(...what)
  }
  const leases = { hold, letGo: store.leases.letGo }
  const places = createPlaces({ leases, count: 1, owner: 'sleeper', clock })
  const first = await processOf(1).take(1, never)
  const stop = new AbortController()
  const batch = places.take(10, stop.signal)
  await expect.poll(() => looks).toBe(1)
  await first![Symbol.asyncDispose]()
  // The clock stands still: only the message itself can wake the look.
  await using place = await places.take(1, never)
  expect(place).not.toBeNull()
  stop.abort()
  expect(await batch).toBeNull()
})

test('a database that is away for a moment costs nobody their place; whoever waits learns that it stays away', async () => {
  const clock = createHeldClock()
  let [looks, failures] = [0, 2]
  const leases: PlaceLeases = {
    letGo: store.leases.letGo,
    async hold(...what) {
      looks++
      if (failures-- > 0) throw new Error('the database is away')
      return store.leases.hold(...what)
    },
  }
  const places = createPlaces({ leases, count: 1, owner: 'away', clock })
  const first = places.take(1, never)
  const second = places.take(1, never)
  // As long as somebody looks: time passes once a look has failed.
  const passUntil = async (done: () => boolean): Promise<void> =>
    expect
      .poll(
        () => {
          clock.pass(300)
          return done()
        },
        { timeout: 10_000 },
      )
      .toBe(true)
  await passUntil(() => looks >= 3)
  await (await first)![Symbol.asyncDispose]()
  failures = Number.POSITIVE_INFINITY
  const refused = second.then(
    () => 'taken',
    (error: Error) => error.message,
  )
  let told: string | null = null
  void refused.then((message) => {
    told = message
  })
  await passUntil(() => told !== null)
  expect(told).toBe('the database is away')
})

test('the place of a process that has died is free again, and one that only slept learns that it lost its own', async () => {
  const asleep = createHeldClock()
  const slept = await processOf(1, asleep).take(1, never)
  await store.db.query(
    `update leases set lease_until = now() - interval '1 second' where name like 'model:%'`,
  )
  await using place = await processOf(1).take(1, never)
  expect(place).not.toBeNull()
  expect(slept!.lost.aborted).toBe(false)
  asleep.pass(1_500)
  await expect.poll(() => slept!.lost.aborted).toBe(true)
  // Letting go of what it lost takes nothing away from who has it now.
  await slept![Symbol.asyncDispose]()
  const refused = AbortSignal.timeout(200)
  expect(await processOf(1).take(1, refused)).toBeNull()
})

test('a long call keeps its place', async () => {
  const clock = createHeldClock()
  await using _place = await processOf(1, clock).take(1, never)
  await store.db.query(
    `update leases set lease_until = now() + interval '1 second' where name like 'model:%'`,
  )
  clock.pass(1_500)
  const left = async (): Promise<number> => {
    const rows = await store.db.query<{ s: number }>(
      `select extract(epoch from lease_until - now())::float8 as s from leases where name = 'model:0'`,
    )
    return rows[0]!.s
  }
  await expect.poll(left).toBeGreaterThan(4)
})

test('chats pass, and what shares a place waits for it', async () => {
  await using server = await startModel()
  server.vllm.reply('네, 그래요.')
  const places = processOf(1)
  const model = createPlacedModel(server.model, places, (priority) => priority > 0)
  const taken = await places.take(1, never)
  expect(await model.answer(toRequest(), () => undefined)).toMatchObject({ text: '네, 그래요.' })
  const stop = new AbortController()
  const waiting = model.answer(toRequest({ priority: 10, signal: stop.signal }), () => undefined)
  stop.abort('stop')
  await expect(waiting).rejects.toMatchObject({ code: 'aborted', cause: 'stop' })
  expect(server.vllm.requests).toHaveLength(1)
  const served = model.answer(toRequest({ priority: 10 }), () => undefined)
  await taken![Symbol.asyncDispose]()
  expect(await served).toMatchObject({ text: '네, 그래요.' })
})
