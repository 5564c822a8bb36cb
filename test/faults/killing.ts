// SIGKILL at random moments, again and again, while people talk. A turn is given up after it has taken five workers
// down, so nobody is killed who would be its fifth.
import { setTimeout as sleep } from 'node:timers/promises'
import type { AppProcess } from '../demo/app-process.ts'
import { until } from '../servers.ts'
import type { Speech } from './speech.ts'
import type { Trial } from './trial.ts'
import type { World } from './world.ts'

const SPARED_AT = 3

export interface KillingOptions {
  apps: readonly AppProcess[]
  kills: number
  /** How long a process may live, ms. */
  lifeMs: number
}

/** One process after the other; each is up again before the next is killed. Resolves with all of them running. */
export async function killAtRandom(
  trial: Trial,
  world: World,
  speech: Speech,
  { apps, kills, lifeMs }: KillingOptions,
): Promise<void> {
  const { random } = trial
  const share = trial.turns / kills
  let owed = 0
  for (let kill = 0; kill < kills; kill++) {
    for (owed += share; owed >= 1; owed--) speech.sayOne()
    await sleep(random() * lifeMs)
    await spareTheUnlucky(world)
    const app = apps[Math.floor(random() * apps.length)]!
    await app.kill()
    if (random() < 0.5) speech.sayOne()
    // Some never get as far as being ready.
    if (random() < 0.1) {
      const starting = app.start().catch(() => undefined)
      await sleep(random() * 1_000)
      await app.kill()
      await starting
    }
    await app.start()
  }
}

async function spareTheUnlucky(world: World): Promise<void> {
  const worst = async (): Promise<number> => {
    const [row] = await world.query<{ crashes: number }>(
      `select coalesce(max(crashes), 0)::int as crashes from turns where state in ('pending', 'running')`,
    )
    return row?.crashes ?? 0
  }
  if ((await worst()) < SPARED_AT) return
  await until(async () => (await worst()) < SPARED_AT, 60_000)
}
