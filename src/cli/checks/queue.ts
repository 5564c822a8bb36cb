// The queue: Redis's version, eviction and persistence; or that BullMQ keeps its wake-ups in the database.
import type { Config } from '../../config.ts'
import { type BotError, isBotError } from '../../core/error.ts'
import type { RedisFacts } from '../../queue/broker.ts'
import { openRedisBroker } from '../../queue/redis.ts'
import type { Io } from '../io.ts'
import { bad, type Finding, ok, warn } from './finding.ts'

const MIN_VERSION = [6, 2] as const

export async function checkQueue(config: Config, io: Io): Promise<Finding[]> {
  if (!config.REDIS_URL) return [inDatabase(config)]
  try {
    // The connection alone: BullMQ's queues write down their settings as soon as they are opened.
    await using broker = await openRedisBroker(config.REDIS_URL, config.QUEUE_PREFIX, io.log)
    const facts = await broker.redisFacts()
    const lone = config.DATABASE_URL ? [] : [redisWithEmbedded()]
    return [...(facts ? fromFacts(facts) : []), ...lone]
  } catch (error) {
    if (!isBotError(error)) throw error
    return [fromFailure(error)]
  }
}

function inDatabase({ DATABASE_URL }: Config): Finding {
  if (!DATABASE_URL)
    return ok({ en: 'BullMQ in the embedded database', ko: 'BullMQ: 내장 데이터베이스에 저장' })
  return warn(
    {
      en: 'BullMQ in PostgreSQL (REDIS_URL is unset)',
      ko: 'BullMQ: PostgreSQL에 저장(REDIS_URL이 비어 있음)',
    },
    {
      en: 'It works; under load a Redis is faster.',
      ko: '그대로도 동작하지만, 문의가 많으면 Redis가 더 빨라요.',
    },
  )
}

function redisWithEmbedded(): Finding {
  return warn(
    {
      en: 'Redis with the embedded database: still one process only',
      ko: 'Redis를 쓰지만 데이터베이스가 내장형이라 프로세스는 하나만 쓸 수 있어요',
    },
    { en: 'Set DATABASE_URL too.', ko: 'DATABASE_URL도 지정하세요.' },
  )
}

function fromFacts({ version, evictionPolicy, aof, rdb }: RedisFacts): Finding[] {
  return [checkVersion(version), checkEviction(evictionPolicy), checkPersistence(aof, rdb)]
}

export function checkVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > MIN_VERSION[0] || (major === MIN_VERSION[0] && minor >= MIN_VERSION[1]))
    return ok({ en: `Redis ${version}`, ko: `Redis ${version}` })
  return bad(
    { en: `Redis ${version} is too old`, ko: `Redis ${version}: 너무 오래된 버전이에요` },
    {
      en: `Install ${MIN_VERSION.join('.')} or newer, or Valkey.`,
      ko: `${MIN_VERSION.join('.')} 이상이나 Valkey를 설치하세요.`,
    },
  )
}

function checkEviction(policy: string): Finding {
  if (policy === 'noeviction')
    return ok({ en: 'Nothing is evicted (noeviction)', ko: '메모리가 차도 키를 지우지 않음(noeviction)' })
  return bad(
    {
      en: `Redis drops keys when it is full (maxmemory-policy ${policy})`,
      ko: `메모리가 차면 Redis가 키를 지워요(maxmemory-policy ${policy})`,
    },
    {
      en: 'redis-cli CONFIG SET maxmemory-policy noeviction, and put it into redis.conf.',
      ko: 'redis-cli CONFIG SET maxmemory-policy noeviction 을 실행하고 redis.conf에도 적으세요.',
    },
  )
}

function checkPersistence(aof: boolean, rdb: boolean): Finding {
  if (aof) return ok({ en: 'Saved to disk (AOF)', ko: '디스크에 저장됨(AOF)' })
  const remedy = {
    en: 'redis-cli CONFIG SET appendonly yes, and put it into redis.conf. No question is lost either way: they are in the database.',
    ko: 'redis-cli CONFIG SET appendonly yes 를 실행하고 redis.conf에도 적으세요. 질문은 데이터베이스에 있어서 사라지지 않아요.',
  }
  if (rdb)
    return warn(
      {
        en: 'Saved by snapshots only (RDB): after a crash the newest wake-ups are found again by the sweeper, seconds later',
        ko: '스냅숏으로만 저장돼요(RDB). Redis가 죽으면 최근 대기열을 몇 초 뒤에 데이터베이스에서 다시 채워요',
      },
      remedy,
    )
  return warn(
    {
      en: 'Not saved at all (no AOF, no RDB): after a restart of Redis every wake-up is added again from the database',
      ko: '디스크에 저장하지 않아요(AOF·RDB 모두 꺼짐). Redis를 다시 시작하면 대기열을 데이터베이스에서 다시 채워요',
    },
    remedy,
  )
}

function fromFailure(error: BotError): Finding {
  if (error.code === 'redis-evicts')
    return checkEviction(/maxmemory-policy ([\w-]+)/.exec(error.hint)?.[1] ?? '?')
  const why = error.cause instanceof Error ? error.cause.message : error.code
  return bad(
    { en: `Redis cannot be reached (${why})`, ko: `Redis에 연결할 수 없어요(${why})` },
    {
      en: 'Start it or correct REDIS_URL; without REDIS_URL the queue lives in the database.',
      ko: 'Redis를 시작하거나 REDIS_URL을 고치세요. REDIS_URL을 비우면 대기열이 데이터베이스에 저장돼요.',
    },
  )
}
