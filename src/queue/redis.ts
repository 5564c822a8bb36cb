// BullMQ on Redis or Valkey, through ioredis: the connections, what must be true of the server, and what is logged
// when it goes away.
import { randomUUID } from 'node:crypto'
import { Queue as BullQueue, Worker as BullWorker } from 'bullmq'
import { Redis, type RedisOptions } from 'ioredis'
import { BotError } from '../core/error.ts'
import type { Logger } from '../core/logger.ts'
import type { Broker, RedisFacts } from './broker.ts'
import { atMost } from './worker.ts'

export type { RedisFacts } from './broker.ts'

const CONNECT_TIMEOUT_MS = 5_000
const CLOSE_TIMEOUT_MS = 1_000
const SAY = {
  ko: '지금은 서비스를 시작할 수 없어요. 운영자에게 알려 주세요.',
  en: 'The service cannot start right now. Please tell the operator.',
}

/** Rejects with BotError 'redis-unreachable' (retryable) or 'redis-evicts'. */
export async function openRedisBroker(url: string, prefix: string, log: Logger): Promise<Broker> {
  const shared: RedisOptions = {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    retryStrategy: (times) => Math.min(times * 100, 2_000),
  }
  // Whoever adds must learn at once that Redis is away; a worker waits until it is back.
  const adding = new Redis(url, { ...shared, enableOfflineQueue: false, maxRetriesPerRequest: 0 })
  const working = new Redis(url, { ...shared, maxRetriesPerRequest: null })
  const blocking = rememberDuplicates(working)
  logChanges(adding, log)
  // The other connections tell the same story.
  working.on('error', () => undefined)
  try {
    await Promise.all([connected(adding), connected(working)])
    await refuseEviction(adding)
  } catch (error) {
    adding.disconnect()
    working.disconnect()
    throw error
  }

  const opened: BullQueue[] = []
  return {
    kind: 'redis',
    queue(name) {
      const queue = new BullQueue(name, { connection: adding, prefix, streams: { events: { maxLen: 100 } } })
      queue.on('error', () => undefined)
      opened.push(queue)
      return queue
    },
    worker(name, run, options) {
      const worker = new BullWorker(name, run, { ...options, connection: working, prefix })
      worker.on('error', (error) => {
        if (adding.status === 'ready' && !isConnectionError(error))
          log.warn({ err: error, queue: name }, 'queue error')
      })
      return worker
    },
    async lostEverything() {
      return (await adding.set(`${prefix}:generation`, randomUUID(), 'NX')) === 'OK'
    },
    redisFacts: () => factsOf(adding),
    ready: () => adding.status === 'ready',
    async [Symbol.asyncDispose]() {
      await atMost(CLOSE_TIMEOUT_MS, Promise.all(opened.map((queue) => queue.close())))
      await Promise.all([adding, working].map((redis) => atMost(CLOSE_TIMEOUT_MS, redis.quit())))
      for (const redis of [adding, working, ...blocking]) if (redis.status !== 'end') redis.disconnect()
    },
  }
}

/**
 * BullMQ duplicates the connection for each worker's blocking reads. Those of a worker that could not close in time
 * would reconnect for ever and keep the process alive.
 */
function rememberDuplicates(redis: Redis): Redis[] {
  const made: Redis[] = []
  const duplicate = redis.duplicate.bind(redis)
  redis.duplicate = (override) => {
    const copy = duplicate(override)
    made.push(copy)
    return copy
  }
  return made
}

async function connected(redis: Redis): Promise<void> {
  let reason: Error | undefined
  redis.once('error', (error: Error) => {
    reason = error
  })
  try {
    await redis.connect()
  } catch (error) {
    const { host, port } = redis.options
    throw new BotError('redis-unreachable', {
      retryable: true,
      say: SAY,
      hint: `Redis at ${host}:${port} does not answer (${reason?.message ?? 'connection closed'}). Start it or correct REDIS_URL; without REDIS_URL the queue lives in the database.`,
      cause: reason ?? error,
    })
  }
}

/** A Redis that evicts would drop wake-ups without a word. */
async function refuseEviction(redis: Redis): Promise<void> {
  const { evictionPolicy } = await factsOf(redis)
  if (evictionPolicy === 'noeviction') return
  throw new BotError('redis-evicts', {
    retryable: false,
    say: SAY,
    hint: `Redis drops keys when it is full (maxmemory-policy ${evictionPolicy}). Run: redis-cli CONFIG SET maxmemory-policy noeviction, and put it into redis.conf.`,
  })
}

async function factsOf(redis: Redis): Promise<RedisFacts> {
  const info = new Map<string, string>()
  for (const line of (await redis.info()).split('\r\n')) {
    const [key = '', value = ''] = line.split(':')
    info.set(key, value)
  }
  return {
    version: info.get('valkey_version') ?? info.get('redis_version') ?? 'unknown',
    evictionPolicy: info.get('maxmemory_policy') ?? 'noeviction',
    aof: info.get('aof_enabled') === '1',
    rdb: await savesSnapshots(redis, info),
  }
}

async function savesSnapshots(redis: Redis, info: Map<string, string>): Promise<boolean> {
  try {
    const [, rules = ''] = (await redis.config('GET', 'save')) as string[]
    return rules !== ''
  } catch {
    // Hosted servers forbid CONFIG; that one has saved says enough.
    return Number(info.get('rdb_saves') ?? 0) > 0
  }
}

/** Those are told once, by logChanges. */
function isConnectionError(error: NodeJS.ErrnoException): boolean {
  return error.syscall !== undefined || error.message === 'Connection is closed.'
}

function logChanges(redis: Redis, log: Logger): void {
  let isUp = true
  redis.on('ready', () => {
    if (!isUp) log.info({}, 'redis is back')
    isUp = true
  })
  redis.on('error', (error: Error) => {
    if (isUp && redis.status !== 'ready') {
      log.warn({ err: error }, 'redis is away; wake-ups wait for the sweeper')
      isUp = false
    }
  })
}
