// A Slack adapter on a fake Slack: real Bolt receivers and WebClient, a recording Deliver, and people who speak. Closed
// after the test.
import { createServer } from 'node:http'
import { COMMANDS } from '../../commands/index.ts'
import type { Budget, Deliver } from '../../src/core/adapter.ts'
import type { Clock } from '../../src/core/clock.ts'
import type { Content } from '../../src/core/content.ts'
import { IGNORED } from '../../src/core/decision.ts'
import type { Inbound, MessageInbound, Place } from '../../src/core/inbound.ts'
import type { Logger } from '../../src/core/logger.ts'
import { type Metrics, NO_METRICS } from '../../src/core/metrics.ts'
import type { Post, WriteOptions } from '../../src/core/outbound.ts'
import { lightFetch } from '../../src/light-fetch.ts'
import { createSlackGateway } from '../../src/slack/gateway.ts'
import { createSlackOutbound, type SlackOutbound } from '../../src/slack/outbound.ts'
import { closeServer } from '../fakes/http.ts'
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../fakes/slack/index.ts'

const cleanups: (() => Promise<unknown> | unknown)[] = []

/** For `afterEach`. */
export async function closeAll(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
}

export const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** The real clock, moved forward by hand. */
export function createShiftedClock(): Clock & { shift(ms: number): void } {
  let shifted = 0
  return {
    now: () => Date.now() + shifted,
    monotonic: () => performance.now() + shifted,
    after: realClock.after,
    shift(ms) {
      shifted += ms
    },
  }
}

export interface LogLine {
  level: string
  message: string
  fields: object
}

export function createTestLog(lines: LogLine[] = []): Logger & { lines: LogLine[] } {
  const at =
    (level: string) =>
    (fields: object, message: string): void => {
      lines.push({ level, message, fields })
    }
  const log = { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
  return { ...log, child: () => createTestLog(lines) }
}

/** One process's share of the limits, as store/budgets.ts would give it, without a database. */
export function createTestBudget(
  clock: Clock = realClock,
): Budget & { blocks: string[]; refuse: Set<string> } {
  const limits = new Map<string, { perMinute: number; burst: number }>()
  const buckets = new Map<string, { left: number; at: number }>()
  const blocked = new Map<string, number>()
  const blocks: string[] = []
  /** Keys (by their end) of which nothing is left but the reserve. */
  const refuse = new Set<string>()
  const bucket = (key: string) => {
    const { perMinute, burst } = limits.get(key)!
    const now = clock.monotonic()
    const known = buckets.get(key) ?? { left: burst, at: now }
    const left = Math.min(burst, known.left + ((now - known.at) * perMinute) / 60_000)
    const current = { left, at: now }
    buckets.set(key, current)
    return current
  }
  const waitMs: Budget['waitMs'] = (key, need) => {
    const pause = (blocked.get(key) ?? 0) - clock.monotonic()
    if (pause > 0) return pause
    if (need === 'must') return 0
    if ([...refuse].some((end) => key.endsWith(end))) return 1_000
    const { burst, perMinute } = limits.get(key)!
    const missing = 1 + burst / 5 - bucket(key).left
    return missing <= 0 ? 0 : (missing * 60_000) / perMinute
  }
  return {
    blocks,
    refuse,
    declare: (key, limit) => void limits.set(key, limit),
    waitMs,
    take(key, need) {
      if (waitMs(key, need) > 0) return false
      bucket(key).left -= 1
      return true
    },
    block(key, ms) {
      blocks.push(key)
      blocked.set(key, clock.monotonic() + ms)
    },
  }
}

export async function startFake(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const slack = await startFakeSlack({ retryDelaysMs: [20, 40, 80], pingIntervalMs: 60_000, ...options })
  cleanups.push(() => slack.close())
  return slack
}

export interface OutboundOptions {
  clock?: Clock
  log?: Logger
  budget?: Budget
  timeoutMs?: number
  tokens?: string[]
}

export function openOutbound(slack: FakeSlack, options: OutboundOptions = {}): SlackOutbound {
  const clock = options.clock ?? realClock
  return createSlackOutbound({
    fetch: lightFetch,
    tokens: options.tokens ?? [slack.botToken],
    apiUrl: slack.apiUrl,
    clock,
    log: options.log ?? createTestLog(),
    budget: options.budget ?? createTestBudget(clock),
    timeoutMs: options.timeoutMs,
  })
}

export interface RigOptions extends OutboundOptions {
  mode?: 'http' | 'socket'
  deliver?: Deliver
  /** By default every question stays open. */
  isOpen?(lane: { workspace: string; lane: string }): Promise<boolean>
  sockets?: number
  appToken?: string
}

export interface Rig {
  heard: Inbound[]
  messages(): MessageInbound[]
  outbound: SlackOutbound
  log: ReturnType<typeof createTestLog>
  counted: string[]
  ready(): { ok: boolean; reason: string }
  close(): Promise<void>
}

/** Connects; what is heard is recorded, and `deliver` says what becomes of it. */
export async function openRig(slack: FakeSlack, options: RigOptions = {}): Promise<Rig> {
  const heard: Inbound[] = []
  const counted: string[] = []
  const log = createTestLog()
  const clock = options.clock ?? realClock
  const outbound = openOutbound(slack, { log, ...options, clock })
  const isHttp = options.mode !== 'socket'
  const metrics: Metrics = {
    ...NO_METRICS,
    count: (name) => void counted.push(name),
  }
  const gateway = createSlackGateway({
    ...(isHttp
      ? { signingSecret: slack.signingSecret }
      : { appToken: options.appToken ?? slack.appToken, sockets: options.sockets }),
    apiUrl: slack.apiUrl,
    clock,
    log,
    metrics,
    outbound,
    commands: COMMANDS,
    isOpen: options.isOpen ?? (async () => true),
    deliver: async (inbound) => {
      const receipt = await (options.deliver?.(inbound) ?? IGNORED)
      heard.push(inbound)
      return receipt
    },
  })
  const close = async (): Promise<void> => gateway[Symbol.asyncDispose]()
  cleanups.push(close)
  await outbound.installations.start()
  await gateway.start()
  const mount = gateway.mounts[0]
  if (mount) {
    const server = createServer((request, response) => mount.handle(request, response))
    cleanups.push(() => closeServer(server))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    await slack.connectHttp(`http://127.0.0.1:${address.port}${mount.path}`)
  }
  const messages = (): MessageInbound[] => heard.filter((inbound) => inbound.type === 'message')
  return { heard, messages, outbound, log, counted, ready: () => gateway.ready(), close }
}

export function placeOf(channel: string, thread: string | null): Place {
  return { platform: 'slack', workspace: 'slack:T0DAMSO', channel, thread }
}

let posts = 0

export function createPost(place: Place, fields: Partial<Post> = {}): Post {
  posts += 1
  return {
    turn: '1',
    slot: 'answer.0',
    key: `key${posts.toString().padStart(8, '0')}`,
    state: 'intent',
    id: null,
    source: place.thread === null ? null : `${place.channel}:${place.thread}`,
    handle: null,
    ...fields,
    place,
  }
}

export function writeOptions(fields: Partial<WriteOptions> = {}): WriteOptions & { ids: string[] } {
  const ids: string[] = []
  return {
    ids,
    recipient: 'U1',
    attempt: 1,
    isPrivate: false,
    opened(id) {
      ids.push(id)
      return Promise.resolve()
    },
    signal: new AbortController().signal,
    ...fields,
  }
}

export function korean(text: string, fields: Partial<Content> = {}): Content {
  return { text, lang: 'ko', ...fields }
}
