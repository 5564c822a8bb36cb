// The scene of most scenarios: a gateway and a worker in processes of their own, people who talk, and something that
// goes wrong meanwhile.
import type { AppProcess } from '../demo/app-process.ts'
import { until } from '../servers.ts'
import { type AuditOptions, audit } from './audit.ts'
import { createSpeech, type Speech, type SpeechOptions } from './speech.ts'
import type { Trial } from './trial.ts'
import { openWorld, startAll, type World, type WorldOptions } from './world.ts'

/** As many as any worker takes, however slow it is. */
const FEWEST_RUNNING = 4

/** Everything that is asked may be at the model at once. */
export const MANY_AT_ONCE = { EXAONE_CONCURRENCY: '64' }

export interface Setting {
  trial: Trial
  world: World
  speech: Speech
  gateway: AppProcess
  worker: AppProcess
}

export interface SettingOptions extends WorldOptions {
  speech?: SpeechOptions
  /** Faults of the app itself that must be survived. */
  faults?: readonly string[]
}

/** The same servers and processes as the scenario before, if it was opened with the same options and left them running. */
export async function openSetting(
  trial: Trial,
  { speech: talk, ...options }: SettingOptions = {},
): Promise<Setting> {
  const { world, gateway, worker } = await trial.kept.take(
    JSON.stringify([trial.faults, options]),
    async (stack) => {
      const own = await openWorld({ ...trial, stack }, options)
      const { faults } = options
      const processes = {
        gateway: own.process({ faults, roles: 'gateway' }),
        worker: own.process({ faults, roles: 'worker' }),
      }
      await startAll(...Object.values(processes))
      return { world: own, ...processes }
    },
  )
  world.calm()
  const speech = createSpeech(trial, world, talk)
  if (talk?.dms !== 0) await speech.introduce()
  return { trial, world, speech, gateway, worker }
}

/** People talk for `overMs` while `hurt` goes on; the audit comes after both. */
export async function whileTalking(
  setting: Setting,
  overMs: number,
  hurt: () => Promise<void>,
  options: AuditOptions = {},
): Promise<string[]> {
  const { trial, speech, world } = setting
  await Promise.all([speech.sayMany(trial.turns, overMs), hurt()])
  trial.say(`${speech.count} messages`)
  return audit(world, speech.lanes, options)
}

/**
 * Waits until this many turns are being worked on; or fewer, once no more are taken: a worker on a busy machine takes no
 * more than it keeps up with.
 */
export async function untilRunning(world: World, count: number): Promise<void> {
  let last = 0
  let changedAt = performance.now()
  await until(() => {
    const now = world.vllm.running + world.vllm.waiting
    if (now !== last) changedAt = performance.now()
    last = now
    return now >= count || (now >= FEWEST_RUNNING && performance.now() - changedAt > 3_000)
  }, 60_000)
}

/** Waits until no turn is left to be worked on; says so when that takes too long. */
export async function untilEnded(world: World): Promise<string[]> {
  const left = async (): Promise<number> => {
    const rows = await world.query<{ n: number }>(
      `select (select count(*) from turns where state in ('pending', 'running'))::int
         + (select count(*) from inbox where state = 'pending')::int as n`,
    )
    return rows[0]!.n
  }
  await until(async () => (await left()) === 0, 30_000).catch(() => undefined)
  const count = await left()
  return count > 0 ? [`${count} turns have not ended`] : []
}
