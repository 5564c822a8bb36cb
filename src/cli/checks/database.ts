// The database: version, migrations, notifications (a transaction-mode pooler swallows them), and what the embedded one
// does not survive. Changes nothing and creates nothing.
import { existsSync } from 'node:fs'
import type { Config } from '../../config.ts'
import { type BotError, isBotError } from '../../core/error.ts'
import { allMigrations } from '../../features.ts'
import { type Database, openDatabase } from '../../store/db.ts'
import { embeddedFolder } from '../embedded.ts'
import type { Io } from '../io.ts'
import { bad, type Finding, ok, warn } from './finding.ts'
import { checkVectors } from './vectors.ts'

/** gen_random_uuid() without an extension. */
const MIN_VERSION = 13
const CHANNEL = 'damso_doctor'
const NOTIFY_TIMEOUT_MS = 2_000

const NO_POOLER = {
  en: 'Point DATABASE_URL at PostgreSQL itself, or at a pooler in session mode: Stop, edits and deletes reach a running answer by LISTEN/NOTIFY.',
  ko: 'DATABASE_URL을 PostgreSQL에 직접 연결하거나 풀러를 세션 모드로 바꾸세요. 중지·수정·삭제가 LISTEN/NOTIFY로 전달돼요.',
}

export async function checkDatabase(config: Config, io: Io): Promise<Finding[]> {
  const isEmbedded = !config.DATABASE_URL
  const limits = isEmbedded ? [embeddedLimits(config)] : []
  if (isEmbedded && !existsSync(embeddedFolder(config.DATA_DIR))) {
    const dir = config.DATA_DIR
    return [
      ok({ en: `Will be created in ${dir} at the first start`, ko: `처음 시작할 때 ${dir}에 만들어요` }),
      ...limits,
    ]
  }
  try {
    await using db = await openDatabase({
      url: config.DATABASE_URL ?? null,
      dataDir: config.DATA_DIR,
      log: io.log,
      maxConnections: 4,
    })
    const found = [await checkVersion(db), await checkMigrations(db), await checkNotify(db, io)]
    return [...found, ...(await checkVectors(db, config)), ...limits]
  } catch (error) {
    if (!isBotError(error)) throw error
    return [fromFailure(error), ...limits]
  }
}

function embeddedLimits({ DATA_DIR }: Config): Finding {
  return warn(
    {
      en: `Embedded database in ${DATA_DIR}: one process only; it survives a crash of the bot but not a power cut (no fsync)`,
      ko: `내장 데이터베이스(${DATA_DIR}): 프로세스 하나만 쓸 수 있고, 봇이 죽어도 괜찮지만 정전에는 데이터를 잃을 수 있어요(fsync 없음)`,
    },
    {
      en: 'Fine for a trial. In production set DATABASE_URL to a PostgreSQL.',
      ko: '시험용으로는 충분해요. 실제 운영에서는 DATABASE_URL에 PostgreSQL을 지정하세요.',
    },
  )
}

function fromFailure(error: BotError): Finding {
  const why = error.cause instanceof Error ? error.cause.message : ''
  if (error.code === 'data-dir-locked')
    return ok({
      en: 'The bot is running and holds the embedded database: not looked into',
      ko: '봇이 실행 중이라 내장 데이터베이스는 열어 보지 않았어요',
    })
  // PgBouncer refuses the search_path that every connection of ours asks for.
  if (/unsupported startup parameter/.test(why))
    return bad(
      { en: 'DATABASE_URL leads to a pooler (PgBouncer)', ko: 'DATABASE_URL이 풀러(PgBouncer)를 가리켜요' },
      NO_POOLER,
    )
  return bad(
    {
      en: `The database cannot be opened (${error.code}${why ? `: ${why}` : ''})`,
      ko: `데이터베이스를 열 수 없어요(${error.code}${why ? `: ${why}` : ''})`,
    },
    { en: error.hint, ko: remedyKo(error.code) },
  )
}

function remedyKo(code: string): string {
  if (code === 'database-unreachable')
    return 'PostgreSQL이 실행 중인지, DATABASE_URL의 호스트·이름·사용자·비밀번호가 맞는지 확인하세요.'
  if (code === 'data-dir-full') return '디스크에 64 MB 이상 비우거나 DATA_DIR을 바꾸세요.'
  return 'DATA_DIR에 쓸 수 있는지 확인하거나 다른 곳으로 바꾸세요.'
}

async function checkVersion(db: Database): Promise<Finding> {
  const rows = await db.query<{ version: string; major: number }>(
    "select current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as major",
  )
  const { version = '?', major = 0 } = rows[0] ?? {}
  const name = db.kind === 'embedded' ? `PGlite (PostgreSQL ${version})` : `PostgreSQL ${version}`
  if (major >= MIN_VERSION) return ok({ en: name, ko: name })
  return bad(
    { en: `PostgreSQL ${version} is too old`, ko: `PostgreSQL ${version}: 너무 오래된 버전이에요` },
    { en: `Version ${MIN_VERSION} or newer is needed.`, ko: `${MIN_VERSION} 이상이 필요해요.` },
  )
}

async function checkMigrations(db: Database): Promise<Finding> {
  const known = Object.keys(allMigrations)
  const done = new Set(await appliedMigrations(db))
  const open = known.filter((name) => !done.has(name))
  const foreign = [...done].filter((name) => !known.includes(name))
  if (foreign.length > 0)
    return bad(
      {
        en: `The database was changed by a newer version of the bot (${foreign.join(', ')})`,
        ko: `더 새로운 버전의 봇이 바꾼 데이터베이스예요(${foreign.join(', ')})`,
      },
      { en: 'Update this copy of the bot.', ko: '이 봇을 최신 버전으로 올리세요.' },
    )
  if (open.length === 0)
    return ok({
      en: `All ${known.length} migrations are applied`,
      ko: `마이그레이션 ${known.length}개 모두 적용됨`,
    })
  if (await mayCreate(db))
    return ok({
      en: `${open.length} of ${known.length} migrations will be applied at the next start`,
      ko: `마이그레이션 ${known.length}개 가운데 ${open.length}개는 다음에 시작할 때 적용돼요`,
    })
  return bad(
    {
      en: `${open.length} migrations are open, and this user may not create tables`,
      ko: `적용할 마이그레이션이 ${open.length}개 있는데 이 사용자는 테이블을 만들 수 없어요`,
    },
    {
      en: 'grant create on database … to …; grant create on schema public to …;',
      ko: '이 SQL을 실행하세요: grant create on database … to …; grant create on schema public to …;',
    },
  )
}

async function appliedMigrations(db: Database): Promise<string[]> {
  const found = await db.query<{ found: boolean }>(
    "select to_regclass('public.kysely_migration') is not null as found",
  )
  if (!found[0]?.found) return []
  const rows = await db.query<{ name: string }>('select name from kysely_migration')
  return rows.map((row) => row.name)
}

/** BullMQ's tables get a schema of their own, ours stand in public. */
async function mayCreate(db: Database): Promise<boolean> {
  const rows = await db.query<{ may: boolean }>(
    "select has_database_privilege(current_database(), 'create') and has_schema_privilege('public', 'create') as may",
  )
  return rows[0]?.may ?? false
}

/** One connection listens, another speaks; behind a transaction-mode pooler nothing is heard. */
export async function checkNotify(
  db: Pick<Database, 'listen' | 'query'>,
  io: Pick<Io, 'clock'>,
): Promise<Finding> {
  const heard = Promise.withResolvers<boolean>()
  const giveUp = setTimeout(() => heard.resolve(false), NOTIFY_TIMEOUT_MS)
  const token = String(io.clock.now())
  const listening = await db.listen(
    CHANNEL,
    (payload) => payload === token && heard.resolve(true),
    () => undefined,
  )
  try {
    await db.query('select pg_notify($1, $2)', [CHANNEL, token])
    if (await heard.promise) return ok({ en: 'Notifications arrive', ko: '알림(LISTEN/NOTIFY) 정상' })
  } finally {
    clearTimeout(giveUp)
    await listening[Symbol.asyncDispose]()
  }
  return bad(
    {
      en: 'Notifications do not arrive: DATABASE_URL seems to be a transaction-mode pooler',
      ko: '알림이 도착하지 않아요. DATABASE_URL이 트랜잭션 모드 풀러인 것 같아요',
    },
    NO_POOLER,
  )
}
