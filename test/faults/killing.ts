// SIGKILL at random moments, again and again, while people talk. Each process has a life of its own: killed, started again
// at once and killed again, whatever becomes of the others; now and then all die together, or one before it is ready.
import { setTimeout as sleep } from 'node:timers/promises'
import type { AppProcess } from '../demo/app-process.ts'
import type { Speech } from './speech.ts'
import { seeded, type Trial } from './trial.ts'
import type { World } from './world.ts'

/** A turn is given up after it has taken five workers down, so nobody is killed who would be its fifth. */
const SPARED_AT = 3
/** How many kills are those of all processes at once, and of one that is still starting. */
const TOGETHER = 0.08
const NOT_READY = 0.1
const STARTING_MS = 800

export interface KillingOptions {
  apps: readonly AppProcess[]
  kills: number
  /** Waits until this one works on no turn that would be given up if it were lost once more. */
  spare(app: AppProcess): Promise<void>
}

export interface Toll {
  kills: number
  /** Kills of processes that were not ready yet. */
  starting: number
  /** How often all were killed at once. */
  together: number
  /** From the first life to the last start. */
  seconds: number
  /** Of all processes together: until they were ready, and for the sake of a turn. */
  startSeconds: number
  spareSeconds: number
}

/** Resolves with all of them running, after exactly that many kills. */
export async function killAtRandom(
  trial: Trial,
  speech: Speech,
  { apps, kills, spare }: KillingOptions,
): Promise<Toll> {
  const toll: Toll = { kills: 0, starting: 0, together: 0, seconds: 0, startSeconds: 0, spareSeconds: 0 }
  const share = trial.turns / kills
  let owed = 0
  let all = Promise.withResolvers<void>()
  const killAll = (): void => {
    all.resolve()
    all = Promise.withResolvers()
  }
  /** Resolves true when it dies alone. */
  const live = async (ms: number): Promise<boolean> => {
    const over = new AbortController()
    const own = sleep(ms, true, { signal: over.signal }).catch(() => true)
    const isOwn = await Promise.race([own, all.promise.then(() => false)])
    over.abort()
    return isOwn
  }
  const kill = async (app: AppProcess): Promise<void> => {
    toll.kills++
    await app.kill()
  }
  const haunt = async (app: AppProcess, random: () => number): Promise<void> => {
    while (toll.kills < kills) {
      for (owed += share; owed >= 1; owed--) speech.sayOne()
      const isAlone = await live(lifeMs(random))
      if (isAlone && apps.length > 1 && random() < TOGETHER) {
        toll.together++
        killAll()
      }
      toll.spareSeconds += await secondsOf(spare(app))
      if (toll.kills >= kills) break
      await kill(app)
      // Nobody hears this one, or another process does.
      if (random() < 0.3) speech.sayOne()
      if (random() < NOT_READY && toll.kills < kills) {
        const starting = app.start().catch(() => undefined)
        await sleep(random() * STARTING_MS)
        toll.starting++
        await kill(app)
        await starting
      }
      toll.startSeconds += await secondsOf(app.start())
    }
    // Whoever still waits for its last hour need not.
    killAll()
  }
  // Each has chances of its own: which of them is started first must not change the others' fate.
  toll.seconds = await secondsOf(
    Promise.all(apps.map((app, index) => haunt(app, seeded(trial.seed + index)))),
  )
  return toll
}

/** Mostly short, so that there are many; some long enough to be connected everywhere and to have answered. */
function lifeMs(random: () => number): number {
  return random() < 0.2 ? 1_000 + random() * 6_000 : random() * 1_000
}

async function secondsOf(work: Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work
  return (performance.now() - began) / 1_000
}

/** By what the database knows of crashes, and of who works on what: an owner's name has its process id. */
export const sparing =
  (world: World) =>
  async (app: AppProcess): Promise<void> => {
    const isInDanger = async (): Promise<boolean> => {
      const [row] = await world.query<{ crashes: number }>(
        `select coalesce(max(t.crashes), 0)::int as crashes from lanes l
           join turns t on t.workspace = l.workspace and t.lane = l.lane
         where l.owner like '%:' || $1 || ':%' and t.state in ('pending', 'running')`,
        [String(app.pid)],
      )
      return (row?.crashes ?? 0) >= SPARED_AT
    }
    // If it does not end, the audit says so.
    for (const end = performance.now() + 60_000; (await isInDanger()) && performance.now() < end; )
      await sleep(100)
  }
