// Everything that is kept, behind one object. The database holds the truth; the queue holds only wake-ups.
import type { Migration } from 'kysely/migration'
import type { Answers } from '../core/answers.ts'
import type { Clock } from '../core/clock.ts'
import { createAnswers } from './answers.ts'
import { type Budgets, createBudgets } from './budgets.ts'
import { type Database, type DatabaseOptions, openDatabase } from './db.ts'
import { createInbox, type InboxLimits } from './inbox.ts'
import { createLeases } from './leases.ts'
import { storeMigrations } from './migrations.ts'
import type { Inbox, Leases, People, Posts, Sweep, Turns } from './model.ts'
import { createPeople } from './people.ts'
import { createPosts } from './posts.ts'
import { rememberRepeats } from './repeats.ts'
import { createSettingsStore, type SettingsStore } from './settings.ts'
import { createSweep } from './sweep.ts'
import { createTurns } from './turns.ts'

/** What reaches a running turn from another process. */
export interface LaneSignal {
  workspace: string
  lane: string
  signal: 'more' | 'restart' | 'delete' | 'stop' | 'take-over'
}

export interface Store extends AsyncDisposable {
  readonly db: Database
  readonly inbox: Inbox
  readonly turns: Turns
  readonly posts: Posts
  readonly answers: Answers
  readonly leases: Leases
  readonly sweep: Sweep
  readonly people: People
  readonly settings: SettingsStore
  readonly budgets: Budgets
  /** Hears signals at once; lease renewal brings them within a second when this fails. */
  onSignal(heard: (signal: LaneSignal) => void): Promise<AsyncDisposable>
}

export interface StoreOptions extends DatabaseOptions {
  clock: Clock
  /** Multiplies every platform rate budget; 1 = the real limits. */
  rateScale: number
  /** Default: LIMITS. */
  limits?: InboxLimits
  /** Tables of the features; a database that has had them must be opened with them again. */
  migrations?: Readonly<Record<string, Migration>>
}

const LIMITS: InboxLimits = { perPerson: 100, perWorkspace: 10_000 }

export async function openStore(options: StoreOptions): Promise<Store> {
  const db = await openDatabase(options)
  try {
    await db.migrate({ ...storeMigrations, ...options.migrations })
  } catch (error) {
    await db[Symbol.asyncDispose]()
    throw error
  }
  const leases = createLeases(db)
  // Embedded, a lease that is still there belongs to a process that has ended: the data directory's lock says so.
  if (db.kind === 'embedded') await leases.releaseAll()
  const settings = createSettingsStore(db)
  await settings.refresh()
  return {
    db,
    inbox: rememberRepeats(createInbox(db, options.limits ?? LIMITS), options.clock),
    turns: createTurns(db),
    posts: createPosts(db),
    answers: createAnswers(db),
    leases,
    sweep: createSweep(db),
    people: createPeople(db),
    settings,
    budgets: createBudgets(db, options.clock, options.log, options.rateScale),
    onSignal: (heard) =>
      db.listen(
        'damso_signal',
        (payload) => heard(JSON.parse(payload) as LaneSignal),
        () => undefined,
      ),
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}
