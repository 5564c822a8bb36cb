// One real Redis and one real PostgreSQL for the whole run; every trial starts with an empty Redis and a new database.
import { Redis } from 'ioredis'
import { canRun } from '../../test/programs.ts'
import {
  type Database,
  type PostgresServer,
  type RedisServer,
  startPostgres,
  startRedis,
} from '../../test/servers.ts'

export interface Infrastructure extends AsyncDisposable {
  /** Null, or why there is none. */
  missing: string | null
  /** Empties it; returns its address. */
  emptyRedis(): Promise<string>
  database(): Promise<Database>
  redisUrl(): string
  redisPid(): number
  postgresPid(): number
}

/** Started when first asked for. */
export function openInfrastructure(): Infrastructure {
  const opening = new AsyncDisposableStack()
  let redis: Promise<RedisServer> | null = null
  let postgres: Promise<PostgresServer> | null = null
  let pids = { redis: 0, postgres: 0 }
  let redisUrl = ''
  const getRedis = (): Promise<RedisServer> => {
    redis ??= startRedis().then((server) => {
      pids = { ...pids, redis: server.pid }
      redisUrl = server.url
      return opening.use(server)
    })
    return redis
  }
  const getPostgres = (): Promise<PostgresServer> => {
    postgres ??= startPostgres().then((server) => {
      pids = { ...pids, postgres: server.pid }
      return opening.use(server)
    })
    return postgres
  }
  const reasons = [canRun('redis'), canRun('postgres')].flatMap((one) => (one.ok ? [] : [one.reason]))
  return {
    missing: reasons.length > 0 ? reasons.join(', ') : null,
    async emptyRedis() {
      const { url } = await getRedis()
      const client = new Redis(url)
      await client.flushall()
      client.disconnect()
      return url
    },
    database: async () => (await getPostgres()).database(),
    redisUrl: () => redisUrl,
    redisPid: () => pids.redis,
    postgresPid: () => pids.postgres,
    async [Symbol.asyncDispose]() {
      // The servers are detached, so waiting for their end does not by itself keep this process alive.
      const alive = setInterval(() => undefined, 1_000)
      await opening.disposeAsync()
      clearInterval(alive)
    },
  }
}
