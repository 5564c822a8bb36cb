// What each part is there for, shown by taking it away: the suite must end red with any of these.
import { randomUUID } from 'node:crypto'
import type { Decorate } from '../../src/app.ts'
import type { Deliver } from '../../src/core/adapter.ts'
import type { Clock } from '../../src/core/clock.ts'
import { IGNORED } from '../../src/core/decision.ts'
import type { Queue } from '../../src/queue/queue.ts'
import type { Lease } from '../../src/store/model.ts'
import type { Store } from '../../src/store/store.ts'
import { DYING } from './dying.ts'

type Decorating = (queue: () => Queue, random: () => number) => Decorate

/**
 * By name. `deaf` and the deaths are no sabotage but faults that must be survived; deaf: news of stops, edits and deletions
 * come too late.
 */
const DECORATIONS: Record<string, Decorating> = {
  ...Object.fromEntries(
    Object.entries(DYING).map(([name, dying]): [string, Decorating] => [name, (_, random) => dying(random)]),
  ),
  'no-sweeper': () => ({
    store: (store) => ({ ...store, sweep: { ...store.sweep, stranded: async () => [] } }),
  }),
  'ack-first': () => ({ deliver: ackFirst }),
  'no-post-row': () => ({ store: forgetPosts }),
  'no-dedupe': () => ({
    store: (store) => ({
      ...store,
      inbox: {
        ...store.inbox,
        receive: (row, what) =>
          store.inbox.receive({ ...row, source: `${randomUUID().slice(0, 8)}:${row.source}` }, what),
      },
    }),
  }),
  'no-fence': () => ({ store: unfence }),
  'no-recheck': () => ({
    store: (store) => ({
      ...store,
      posts: { ...store.posts, recheck: async () => ({ isHeld: true, signals: [], isWithPerson: false }) },
    }),
  }),
  'parallel-add': (queue) => ({
    store: (store) => ({
      ...store,
      inbox: {
        ...store.inbox,
        async receive(row, what) {
          const added = queue().wake(what.queue, { workspace: row.workspace, lane: what.lane })
          const [received] = await Promise.all([store.inbox.receive(row, what), added])
          // Added already: intake must not add it again.
          return received && { ...received, state: 'taken' }
        },
      },
    }),
  }),
  deaf: () => ({
    store: (store) => ({
      ...store,
      onSignal: async () => ({ [Symbol.asyncDispose]: async () => undefined }),
      leases: {
        ...store.leases,
        renew: async (...args) => (await store.leases.renew(...args)).map((row) => ({ ...row, signals: [] })),
      },
    }),
  }),
}

export const SABOTAGES = [
  'no-sweeper',
  'ack-first',
  'no-post-row',
  'no-dedupe',
  'no-fence',
  'no-recheck',
  'parallel-add',
] as const
export type Sabotage = (typeof SABOTAGES)[number]

/** What the harm looks like in the audit: any other fault is not of its making. */
export const NOTICED: Readonly<Record<Sabotage, RegExp>> = {
  'no-sweeper': /: no answer$/,
  'ack-first': /: no answer$/,
  'no-post-row': /: \d+ (?:whole )?answers(?: in all places)?$|: not complete|: cut or doubled|^left beside/,
  'no-dedupe': /: \d+ (?:whole )?answers(?: in all places)?$/,
  'no-fence': /: \d+ (?:whole )?answers(?: in all places)?$|: not complete|: cut or doubled|^left beside/,
  'no-recheck': /^answered after it was deleted/,
  'parallel-add': /: no answer$/,
}

export function decorationOf(names: readonly string[], random: () => number): Decorate {
  let opened: Queue | null = null
  const queue = (): Queue => {
    if (!opened) throw new Error('the queue is not open yet')
    return opened
  }
  const all = names.map((name) => {
    const decorating = DECORATIONS[name]
    if (!decorating) throw new Error(`no fault is called ${name}`)
    return decorating(queue, random)
  })
  return {
    store: (store) => all.reduce((decorated, one) => one.store?.(decorated) ?? decorated, store),
    queue(own) {
      opened = own
      return own
    },
    deliver: (deliver) => all.reduce((decorated, one) => one.deliver?.(decorated) ?? decorated, deliver),
  }
}

/** Without a fence, a process does not notice either that it stood still, as when a whole machine was suspended. */
export function clockOf(names: readonly string[], clock: Clock): Clock {
  if (!names.includes('no-fence')) return clock
  let last = clock.monotonic()
  let slept = 0
  return {
    ...clock,
    monotonic() {
      const now = clock.monotonic()
      if (now - last > 2_000) slept += now - last
      last = now
      return now - slept
    },
  }
}

/** The platform is told that the message is safe before it is. */
function ackFirst(deliver: Deliver): Deliver {
  return async (inbound) => {
    void deliver(inbound).catch(() => undefined)
    return { ...IGNORED, ack: inbound.type === 'command' ? 'defer' : 'none' }
  }
}

/** Nothing is known of a post after its attempt. */
function forgetPosts(store: Store): Store {
  const { turns, posts } = store
  return {
    ...store,
    turns: {
      ...turns,
      async claim(...args) {
        const claim = await turns.claim(...args)
        return claim.outcome === 'claimed' ? { ...claim, turn: { ...claim.turn, posts: [] } } : claim
      },
    },
    posts: {
      ...posts,
      intend: async (_turn, _audience, slot, place, source) => {
        const key = randomUUID().replaceAll('-', '').slice(0, 20)
        return { slot, key, state: 'intent', id: null, source, place, intendedAt: Date.now() }
      },
      opened: async () => true,
      closed: async () => true,
    },
  }
}

/** Whoever has begun a turn goes on with it, whoever holds its lane. */
function unfence(store: Store): Store {
  const { turns, posts, leases, db } = store
  const held = async (lease: Lease): Promise<Lease> => {
    const rows = await db.query<{ owner: string | null; epoch: number }>(
      'select owner, epoch::int as epoch from lanes where workspace = $1 and lane = $2',
      [lease.workspace, lease.lane],
    )
    return { ...lease, owner: rows[0]?.owner ?? lease.owner, epoch: rows[0]?.epoch ?? lease.epoch }
  }
  return {
    ...store,
    leases: {
      ...leases,
      async renew(owner, ours, leaseMs) {
        const renewed = await leases.renew(owner, ours, leaseMs)
        const kept = new Set(renewed.map(({ workspace, lane }) => `${workspace} ${lane}`))
        const lost = ours.filter(({ workspace, lane }) => !kept.has(`${workspace} ${lane}`))
        return [...renewed, ...lost.map((lease) => ({ ...lease, signals: [] }))]
      },
    },
    turns: {
      ...turns,
      finish: async (id, lease, result) => (await turns.finish(id, await held(lease), result)) ?? 0,
    },
    posts: {
      ...posts,
      opened: async (turn, slot, id, lease, isAnswer) => {
        await posts.opened(turn, slot, id, await held(lease), isAnswer)
        return true
      },
      closed: async (turn, slot, id, hash, lease) => {
        await posts.closed(turn, slot, id, hash, await held(lease))
        return true
      },
      recheck: async (lease) => ({ ...(await posts.recheck(lease)), isHeld: true }),
    },
  }
}
