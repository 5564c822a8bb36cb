// A Discord adapter on a fake Discord: real discord.js, a recording Deliver, and people who speak. Closed after the test.
import type { Budget, Complete, Deliver } from '../../src/core/adapter.ts'
import type { Clock } from '../../src/core/clock.ts'
import type { Command } from '../../src/core/command.ts'
import type { Content } from '../../src/core/content.ts'
import { IGNORED, type Receipt } from '../../src/core/decision.ts'
import type { Inbound, MessageInbound, Place } from '../../src/core/inbound.ts'
import type { Logger } from '../../src/core/logger.ts'
import { NO_METRICS } from '../../src/core/metrics.ts'
import type { Post, WriteOptions } from '../../src/core/outbound.ts'
import { createDiscordGateway } from '../../src/discord/gateway.ts'
import { createDiscordOutbound, type DiscordOutbound } from '../../src/discord/outbound.ts'
import type { WatermarkStore } from '../../src/discord/watermark.ts'
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from '../fakes/discord/index.ts'

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

/** The real clock, only quicker: waits of a minute take a second or less. */
export function createQuickClock(factor: number): Clock {
  const start = Date.now()
  const from = performance.now()
  const passed = (): number => (performance.now() - from) * factor
  return {
    now: () => start + passed(),
    monotonic: passed,
    after: (ms, run) => realClock.after(ms / factor, run),
  }
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
export function createTestBudget(clock: Clock = realClock): Budget & { blocks: string[] } {
  const limits = new Map<string, { perMinute: number; burst: number }>()
  const buckets = new Map<string, { left: number; at: number }>()
  const blocked = new Map<string, number>()
  const blocks: string[] = []
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
    const { burst, perMinute } = limits.get(key)!
    const missing = 1 + burst / 5 - bucket(key).left
    return missing <= 0 ? 0 : (missing * 60_000) / perMinute
  }
  return {
    blocks,
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

export async function startFake(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const discord = await startFakeDiscord({ keepCalls: 5_000, ...options })
  cleanups.push(() => discord.close())
  return discord
}

export function openOutbound(
  discord: FakeDiscord,
  options: { clock?: Clock; log?: Logger; budget?: Budget; timeoutMs?: number; paceMs?: number } = {},
): DiscordOutbound {
  const clock = options.clock ?? realClock
  return createDiscordOutbound({
    token: discord.token,
    apiUrl: discord.apiUrl,
    clock,
    log: options.log ?? createTestLog(),
    budget: options.budget ?? createTestBudget(clock),
    timeoutMs: options.timeoutMs,
    paceMs: options.paceMs,
  })
}

export interface RigOptions {
  deliver?: Deliver
  complete?: Complete
  commands?: readonly Command[]
  watermark?: WatermarkStore
  dmChannels?: () => Promise<string[]>
  clock?: Clock
  token?: string
}

export interface Rig {
  heard: Inbound[]
  /** Metrics that were counted, each with its platform. */
  counted: string[]
  messages(): MessageInbound[]
  outbound: DiscordOutbound
  log: ReturnType<typeof createTestLog>
  ready(): { ok: boolean; reason: string }
  close(): Promise<void>
}

export function createMemoryWatermark(
  start: string | null = null,
): WatermarkStore & { value: string | null } {
  const store = {
    value: start,
    read: () => Promise.resolve(store.value),
    write: (_shard: string, id: string) => {
      store.value = id
      return Promise.resolve()
    },
  }
  return store
}

/** Connects; what is heard is recorded, and `deliver` says what becomes of it. */
export async function openRig(discord: FakeDiscord, options: RigOptions = {}): Promise<Rig> {
  const heard: Inbound[] = []
  const log = createTestLog()
  const counted: string[] = []
  const clock = options.clock ?? realClock
  const budget = createTestBudget(clock)
  const outbound = openOutbound(discord, { clock, log, budget })
  const gateway = createDiscordGateway({
    token: options.token ?? discord.token,
    apiUrl: discord.apiUrl,
    clock,
    log,
    metrics: { ...NO_METRICS, count: (name, labels) => void counted.push(`${name} ${labels?.['platform']}`) },
    budget,
    outbound,
    deliver: async (inbound) => {
      const receipt = await (options.deliver?.(inbound) ?? IGNORED)
      heard.push(inbound)
      return receipt
    },
    complete: options.complete ?? (() => Promise.resolve([])),
    commands: options.commands ?? [],
    watermark: options.watermark ?? createMemoryWatermark(),
    dmChannels: options.dmChannels ?? (() => Promise.resolve([])),
  })
  const close = async (): Promise<void> => {
    await gateway[Symbol.asyncDispose]()
  }
  cleanups.push(close)
  const messages = (): MessageInbound[] => heard.filter((inbound) => inbound.type === 'message')
  const rig: Rig = { heard, counted, messages, outbound, log, ready: () => gateway.ready(), close }
  await gateway.start()
  return rig
}

export function placeOf(channel: { id: string }, thread: string | null, workspace = 'discord:1'): Place {
  return { platform: 'discord', workspace, channel: channel.id, thread }
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
    source: null,
    handle: null,
    ...fields,
    place,
  }
}

export function writeOptions(fields: Partial<WriteOptions> = {}): WriteOptions & { ids: string[] } {
  const ids: string[] = []
  return {
    ids,
    recipient: '1',
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

export function statusAt(place: Place): Receipt {
  return { ack: 'none', status: { place, text: '답변을 쓰고 있어요…' } }
}
