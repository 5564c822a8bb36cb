// The database for commands that stand beside the bot: embedded, it belongs to the running bot, which is said.
import { existsSync } from 'node:fs'
import type { Config } from '../config.ts'
import { BotError, isBotError } from '../core/error.ts'
import type { Logger } from '../core/logger.ts'
import { type Database, openDatabase } from '../store/db.ts'
import { embeddedFolder } from './embedded.ts'

type Where = Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>

/** For those that look at what is there. Throws BotErrors `no-tables`, `data-dir-locked`, `database-unreachable`. */
export async function openExisting(where: Where, log: Logger): Promise<Database> {
  // Looking must not create one.
  if (!where.DATABASE_URL && !existsSync(embeddedFolder(where.DATA_DIR))) throw neverStarted()
  const db = await open(where, log, '')
  const rows = await db.query<{ found: boolean }>("select to_regclass('public.turns') is not null as found")
  if (rows[0]?.found) return db
  await db[Symbol.asyncDispose]()
  throw neverStarted()
}

/** Created when it is not there yet: knowledge may come before the first start. Throws BotErrors `data-dir-locked`, `database-unreachable`. */
export function openForKnowledge(where: Where, log: Logger): Promise<Database> {
  return open(where, log, ' Or give the files to the bot in chat.')
}

async function open({ DATABASE_URL, DATA_DIR }: Where, log: Logger, or: string): Promise<Database> {
  try {
    return await openDatabase({ url: DATABASE_URL ?? null, dataDir: DATA_DIR, log, maxConnections: 4 })
  } catch (error) {
    if (!isBotError(error) || error.code !== 'data-dir-locked') throw error
    throw new BotError('data-dir-locked', {
      retryable: true,
      say: { ko: '봇이 실행 중이에요.', en: 'The bot is running.' },
      hint: `The bot is running and holds the embedded database, which serves one process. Stop it, run this again and start it: nothing is lost meanwhile.${or} With DATABASE_URL (PostgreSQL) both can run at once.`,
      cause: error,
    })
  }
}

function neverStarted(): BotError {
  return new BotError('no-tables', {
    retryable: true,
    say: { ko: '아직 시작한 적이 없어요.', en: 'It has not been started yet.' },
    hint: 'This database has no tables of the bot yet: start it once (npm start), or check DATABASE_URL and DATA_DIR.',
  })
}
