// A worker of one process on a real store in memory, with a screen instead of a platform: what is posted can be seen there,
// and the platform can be away.
import { afterAll, beforeAll } from 'vitest'
import type { Content } from '../../src/core/content.ts'
import type { Enqueue, QueueName } from '../../src/core/decision.ts'
import { BotError } from '../../src/core/error.ts'
import type { Author, Place } from '../../src/core/inbound.ts'
import { NO_METRICS } from '../../src/core/metrics.ts'
import type { Outbound, Post, WriteOptions, Writer } from '../../src/core/outbound.ts'
import type { Handler } from '../../src/core/turn.ts'
import { SILENT } from '../../src/log.ts'
import type { Verdict } from '../../src/queue/model.ts'
import { realClock } from '../../src/real-clock.ts'
import type { Store } from '../../src/store/store.ts'
import { createActiveTurns } from '../../workers/active.ts'
import { createRunner, type RunDeps } from '../../workers/run.ts'
import { furnishedStore } from '../templates.ts'

export interface Shown {
  slot: string
  content: Content
  isFinal: boolean
}

export interface Screen {
  outbound: Outbound
  /** What is there to see, oldest first. */
  shown(): Shown[]
  texts(): string[]
  statuses: (string | null)[]
  whispers: { person: string; text: string }[]
  posts: Post[]
  /** Of each of them: only the asker sees it. */
  hidden: boolean[]
  /** The next `times` final writes fail. */
  fail(code: string, times?: number, fields?: { retryable?: boolean; retryAfterMs?: number }): void
  /** Until it resolves no call arrives. */
  held?: Promise<void>
  /** How many further posts a place takes after this one. */
  left?: (post: Post) => number | undefined
}

export function createScreen(
  fields: Partial<Pick<Outbound, 'maxChars' | 'fetch' | 'read'>> & {
    waitNotice?: 'status' | 'post' | 'whisper'
  } = {},
): Screen {
  const messages = new Map<string, Shown>()
  const failures: BotError[] = []
  let count = 0
  const write = (post: Post, options: WriteOptions): Writer => {
    screen.posts.push(post)
    screen.hidden.push(options.isPrivate)
    const first = Promise.withResolvers<number>()
    let id = post.id
    let calling: Promise<unknown> = Promise.resolve()
    const put = async (content: Content, isFinal: boolean): Promise<string> => {
      await screen.held
      if (id === null) {
        id = `ts${++count}`
        await options.opened(id)
      }
      messages.set(id, { slot: post.slot, content, isFinal })
      first.resolve(realClock.now())
      return id
    }
    return {
      show(text) {
        calling = put({ text, lang: 'ko' }, false).catch(() => undefined)
      },
      settle: async () => void (await calling),
      firstShown: first.promise,
      get isVisible() {
        return id !== null
      },
      async finish(content) {
        const failure = failures.shift()
        if (failure) throw failure
        const made = await put(content, true)
        const left = screen.left?.(post)
        return left === undefined ? { id: made } : { id: made, left }
      },
      async discard() {
        const failure = failures.shift()
        if (failure) throw failure
        if (id !== null) messages.delete(id)
        id = null
      },
    }
  }
  const screen: Screen = {
    statuses: [],
    whispers: [],
    posts: [],
    hidden: [],
    shown: () => [...messages.values()],
    texts: () => [...messages.values()].map(({ content }) => content.text),
    fail(code, times = 1, { retryable = true, retryAfterMs } = {}) {
      const say = { ko: '', en: '' }
      for (let n = 0; n < times; n++)
        failures.push(new BotError(code, { retryable, retryAfterMs, say, hint: 'h' }))
    },
    outbound: {
      maxChars: fields.maxChars ?? 1_000,
      waitNotice: () => fields.waitNotice ?? 'status',
      write,
      async status(_place, text) {
        screen.statuses.push(text)
      },
      belongs: async () => null,
      nameOf: async () => null,
      readersOf: async () => 'members',
      hasLeft: async () => false,
      markSolved: async () => 'none',
      zoneOf: async () => null,
      topicOf: async () => null,
      async react() {
        return
      },
      async whisper(_place, person, { text }) {
        screen.whispers.push({ person, text })
      },
      read: fields.read ?? (async () => null),
      recent: async () => null,
      fetch: fields.fetch ?? (async () => new Uint8Array()),
    },
  }
  return screen
}

export const WORKSPACE = 'slack:T1'
export const MINJI: Author = { id: 'U1', name: '민지', kind: 'member', locale: 'ko-KR', isAdmin: false }

export interface Rig {
  store: Store
  screen: Screen
  /** A lane of this rig's own. */
  lane: string
  /** Lanes that were woken again. */
  woken: string[]
  /** Seconds that were timed, by name. */
  timed: string[]
  place(lane: string): Place
  say(
    lane: string,
    text: string,
    more?: Partial<Enqueue> & { source?: string; author?: Author },
  ): Promise<string>
  run(lane: string, queue?: QueueName): Promise<Verdict>
  /** What is signalled reaches the running turn, as it does once a second. */
  renew(): Promise<void>
  /** The turn's row as it is kept. */
  turnOf(lane: string): Promise<Record<string, unknown>>
}

/** One database for a file of tests: opening it takes longer than they do. */
export function useStore(): () => Store {
  let store: Store
  beforeAll(async () => {
    store = await furnishedStore()
  }, 60_000)
  afterAll(() => store[Symbol.asyncDispose]())
  return () => store
}

let rigs = 0
let messages = 0

export function createRig(
  store: Store,
  handlers: Readonly<Record<string, Handler>>,
  screen: Screen = createScreen(),
  withdrawn?: RunDeps['withdrawn'],
): Rig {
  const lane = `lane${++rigs}`
  const active = createActiveTurns({ leases: store.leases, owner: 'w1', clock: realClock, log: SILENT })
  const woken: string[] = []
  const timed: string[] = []
  const runner = createRunner({
    turns: store.turns,
    posts: store.posts,
    people: store.people,
    active,
    owner: 'w1',
    ...{ handlers, ...(withdrawn ? { withdrawn } : {}) },
    outbounds: { slack: screen.outbound },
    settingsOf: store.settings.of,
    async wake(turn) {
      woken.push(turn.lease.lane)
    },
    async letNext({ kind, lease, place }) {
      if (kind === 'auto') woken.push(...(await store.turns.release(lease.workspace, place.channel)))
    },
    clock: realClock,
    log: SILENT,
    metrics: { ...NO_METRICS, time: (name) => void timed.push(name) },
    random: () => 0,
  })
  const place = (lane: string): Place => ({
    platform: 'slack',
    workspace: WORKSPACE,
    channel: 'C1',
    thread: lane,
  })
  return {
    store,
    screen,
    lane,
    woken,
    timed,
    place,
    async say(lane, text, { source = `C1:${++messages}.000100`, author = MINJI, ...more } = {}) {
      await store.inbox.receive(
        { workspace: WORKSPACE, audience: `${WORKSPACE}:C1`, source, author },
        {
          type: 'enqueue',
          lane,
          kind: 'answer',
          queue: 'chat',
          ack: 'none',
          place: place(lane),
          text,
          body: {},
          quietMs: 0,
          ...more,
        },
      )
      return source
    },
    run: (lane, queue = 'chat') => runner(queue, { workspace: WORKSPACE, lane }),
    renew: active.renewOnce,
    async turnOf(lane) {
      const rows = await store.db.query<Record<string, unknown>>(
        'select * from turns where lane = $1 order by id desc limit 1',
        [lane],
      )
      return rows[0] ?? {}
    },
  }
}

/** A turn that waits before its next attempt is due at once. */
export async function hurry(store: Store): Promise<void> {
  await store.db.query(`update turns set not_before = now() - interval '1 second' where state = 'pending'`)
}
