// Faults that must be survived: the process kills itself at one exact moment, now and then. What a kill from outside meets
// by chance, in a window of a millisecond, is met here every time.
import { writeSync } from 'node:fs'
import type { Decorate } from '../../src/app.ts'
import type { Store } from '../../src/store/store.ts'

/** As a line of the log, written before the last breath; `moment` says which. */
export const DIES = 'dies here'

const CHANCE = 0.5
/** A turn is given up after it has taken five workers down; nobody dies who would be its fourth. */
const SPARED_AT = 3

async function dieNowAndThen(store: Store, random: () => number, moment: string): Promise<void> {
  if (random() > CHANCE) return
  const [row] = await store.db.query<{ worst: number }>(
    `select coalesce(max(crashes), 0)::int as worst from turns where state in ('pending', 'running')`,
  )
  if ((row?.worst ?? 0) >= SPARED_AT) return
  const time = new Date().toISOString()
  writeSync(process.stdout.fd, `${JSON.stringify({ time, level: 'info', msg: DIES, moment })}\n`)
  process.kill(process.pid, 'SIGKILL')
  await Promise.withResolvers<void>().promise
}

/** By name, as in FAULTS. `random` comes from the suite's seed: another for each start, or all would die alike. */
export const DYING: Record<string, (random: () => number) => Decorate> = {
  'die-after-commit': (random) => ({
    store: (store) => ({
      ...store,
      inbox: {
        ...store.inbox,
        async receive(row, what) {
          const received = await store.inbox.receive(row, what)
          if (received?.isNew) await dieNowAndThen(store, random, 'die-after-commit')
          return received
        },
      },
    }),
  }),
  'die-before-record': (random) => ({
    store: (store) => ({
      ...store,
      posts: {
        ...store.posts,
        async opened(...args) {
          await dieNowAndThen(store, random, 'die-before-record')
          return store.posts.opened(...args)
        },
      },
    }),
  }),
  'die-before-close': (random) => ({
    store: (store) => ({
      ...store,
      posts: {
        ...store.posts,
        async closed(...args) {
          await dieNowAndThen(store, random, 'die-before-close')
          return store.posts.closed(...args)
        },
      },
    }),
  }),
  'die-before-finish': (random) => ({
    store: (store) => ({
      ...store,
      turns: {
        ...store.turns,
        async finish(id, lease, result) {
          if (result.state === 'done') await dieNowAndThen(store, random, 'die-before-finish')
          return store.turns.finish(id, lease, result)
        },
      },
    }),
  }),
  'die-renewing': (random) => ({
    store: (store) => ({
      ...store,
      leases: {
        ...store.leases,
        async renew(...args) {
          const [renewed] = await Promise.all([
            store.leases.renew(...args),
            dieNowAndThen(store, random, 'die-renewing'),
          ])
          return renewed
        },
      },
    }),
  }),
}
