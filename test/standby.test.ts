// A gateway that takes long to connect, as Discord's does while a server is away (15 s): its lease is kept meanwhile, or two
// processes would take it from each other for ever and neither would hear anything for long.
import { expect, test } from 'vitest'
import type { Gateway } from '../src/core/adapter.ts'
import type { Clock } from '../src/core/clock.ts'
import { SILENT } from '../src/log.ts'
import { createStandby } from '../src/standby.ts'
import type { Leases } from '../src/store/model.ts'

const LEASE = 'discord:0'

/** Time that only goes on by hand. */
function createHeldClock(): Clock & { pass(ms: number): Promise<void> } {
  let time = 0
  const timers = new Set<{ at: number; run: () => void }>()
  return {
    now: () => time,
    monotonic: () => time,
    after(ms, run) {
      const timer = { at: time + ms, run }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    async pass(ms) {
      for (const end = time + ms; time < end; time += 100) {
        for (const timer of [...timers]) if (timer.at <= time && timers.delete(timer)) timer.run()
        // What they have begun goes on before time does.
        await new Promise(setImmediate)
      }
    },
  }
}

/** As the database keeps them. */
function createLeases(clock: Clock): Pick<Leases, 'hold' | 'letGo'> {
  let held = { owner: '', until: -1 }
  return {
    async hold(_, owner, leaseMs) {
      if (held.owner !== owner && held.until >= clock.now()) return false
      held = { owner, until: clock.now() + leaseMs }
      return true
    },
    async letGo(_, owner) {
      if (held.owner === owner) held = { owner: '', until: -1 }
    },
  }
}

/** Two processes with a gateway each, which takes `connectMs` to connect. */
function openTwo(connectMs: number) {
  const clock = createHeldClock()
  const leases = createLeases(clock)
  const connections: { owner: string; from: number; to: number | null }[] = []
  const gatewayOf = (owner: string): Gateway => {
    let own: (typeof connections)[number] | null = null
    let isClosed = false
    return {
      platform: 'discord',
      mounts: [],
      start: () =>
        new Promise((resolve) => {
          clock.after(connectMs, () => {
            if (!isClosed) {
              own = { owner, from: clock.now(), to: null }
              connections.push(own)
            }
            resolve()
          })
        }),
      ready: () => ({ ok: own !== null, reason: '' }),
      async [Symbol.asyncDispose]() {
        isClosed = true
        if (own) own.to = clock.now()
      },
    }
  }
  const processes = ['first', 'second'].map((owner) =>
    createStandby({
      platform: 'discord',
      name: LEASE,
      owner,
      leases: leases as Leases,
      clock,
      log: SILENT,
      open: () => gatewayOf(owner),
    }),
  )
  return { clock, connections, processes }
}

test.each([0, 7_000, 9_000, 20_000])(
  'one that takes %i ms to connect is connected once, and stays so',
  async (ms) => {
    const { clock, connections, processes } = openTwo(ms)
    for (const standby of processes) void standby.start()
    await clock.pass(120_000)
    expect(connections).toEqual([{ owner: 'first', from: expect.any(Number), to: null }])
  },
)

test('the other takes over from one that stops', async () => {
  const { clock, connections, processes } = openTwo(7_000)
  for (const standby of processes) void standby.start()
  await clock.pass(30_000)
  await processes[0]?.[Symbol.asyncDispose]()
  await clock.pass(30_000)
  expect(connections.map(({ owner, to }) => [owner, to !== null])).toEqual([
    ['first', true],
    ['second', false],
  ])
})

test('one that takes over and is refused says so, and tries again more and more seldom', async () => {
  const clock = createHeldClock()
  const leases = createLeases(clock)
  await leases.hold(LEASE, 'other', 3_000)
  const tries: number[] = []
  let isRefused = true
  const open = (): Gateway => {
    let isConnected = false
    return {
      platform: 'discord',
      mounts: [],
      async start() {
        tries.push(clock.now())
        if (isRefused) throw new Error('wrong token')
        isConnected = true
      },
      ready: () => ({ ok: isConnected, reason: isConnected ? '' : 'Discord refuses the token' }),
      [Symbol.asyncDispose]: async () => undefined,
    }
  }
  const standby = createStandby({
    ...{ platform: 'discord' as const, name: LEASE, owner: 'first', leases: leases as Leases, clock },
    ...{ log: SILENT, open },
  })
  await standby.start()
  expect(standby.ready()).toMatchObject({ ok: true, reason: expect.stringContaining('standby') })
  await clock.pass(300_000)
  expect(standby.ready()).toEqual({ ok: false, reason: 'Discord refuses the token' })
  const pauses = tries.slice(1).map((at, index) => Math.round((at - tries[index]!) / 1_000))
  expect(pauses.length).toBeLessThan(10)
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b))
  expect(pauses.at(-1)).toBeGreaterThanOrEqual(60)
  isRefused = false
  await clock.pass(62_000)
  expect(standby.ready()).toEqual({ ok: true, reason: '' })
})

test('one whose connection is refused for good says so at its start, and gives the lease back', async () => {
  const clock = createHeldClock()
  const leases = createLeases(clock)
  const refused = new Error('wrong token')
  const gateway: Gateway = {
    platform: 'discord',
    mounts: [],
    start: () => Promise.reject(refused),
    ready: () => ({ ok: false, reason: '' }),
    [Symbol.asyncDispose]: async () => undefined,
  }
  const standby = createStandby({
    platform: 'discord',
    name: LEASE,
    owner: 'first',
    leases: leases as Leases,
    clock,
    log: SILENT,
    open: () => gateway,
  })
  await expect(standby.start()).rejects.toBe(refused)
  expect(await leases.hold(LEASE, 'second', 1_000)).toBe(true)
})
