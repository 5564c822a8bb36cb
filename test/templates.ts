// New databases for tests that have all tables in them: copies of one that a run makes once. To make the tables anew takes
// longer than most tests.
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { allMigrations, featureMigrations } from '../src/features.ts'
import { SILENT } from '../src/log.ts'
import { openQueue } from '../src/queue/queue.ts'
import { realClock } from '../src/real-clock.ts'
import { type DatabaseOptions, type Database as OpenDatabase, openDatabase } from '../src/store/db.ts'
import { openStore, type Store } from '../src/store/store.ts'
import { once } from './once.ts'
import { canRun } from './programs.ts'
import { type Database, postgresDatabase } from './servers.ts'

/** The databases that new ones would be made of are half of the files. */
const WITHOUT_OTHERS = [
  'update pg_database set datistemplate = false',
  ...['template0', 'template1'].map((name) => `drop database ${name}`),
]

/** The folder of an embedded database. */
function embeddedTemplate(): Promise<string> {
  return once('embedded-template', async () => {
    const dataDir = join(inject('sharedDir'), 'embedded')
    await furnish({ url: null, dataDir, log: SILENT }, WITHOUT_OTHERS)
    return join(dataDir, 'pglite')
  })
}

/** Such a database in memory. */
export async function furnishedInMemory(): Promise<OpenDatabase> {
  return openDatabase({ url: null, dataDir: null, template: await embeddedTemplate(), log: SILENT })
}

/** The same behind a store. */
export async function furnishedStore(): Promise<Store> {
  return openStore({
    ...{ url: null, dataDir: null, template: await embeddedTemplate(), log: SILENT },
    ...{ clock: realClock, rateScale: 1, migrations: featureMigrations },
  })
}

/** Puts such a database into the DATA_DIR of a bot that has not begun. */
export async function furnishDataDir(dataDir: string): Promise<void> {
  cpSync(await embeddedTemplate(), join(dataDir, 'pglite'), { recursive: true })
}

/** On the run's PostgreSQL. */
export async function furnishedDatabase(): Promise<Database> {
  const template = await once('postgres-template', async () => {
    const { url, name } = await postgresDatabase()
    await furnish({ url, dataDir: null, log: SILENT })
    return name
  })
  return postgresDatabase(template)
}

/** Where PostgreSQL is installed, such a database on it: with it a statement takes a third of the processor's time. */
export async function quickestDatabase(): Promise<{ databaseUrl?: string }> {
  return canRun('postgres').ok ? { databaseUrl: (await furnishedDatabase()).url } : {}
}

async function furnish(options: DatabaseOptions, statements: readonly string[] = []): Promise<void> {
  await using db = await openDatabase(options)
  for (const statement of statements) await db.query(statement)
  await db.migrate({ ...allMigrations })
  await using _queue = await openQueue({ connection: { pool: db.pool }, log: options.log })
}
