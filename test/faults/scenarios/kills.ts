// kill -9 of every kind of process, at random moments and at the worst ones.
import { setTimeout as sleep } from 'node:timers/promises'
import { audit, faultsIn } from '../audit.ts'
import { DIES } from '../dying.ts'
import { killAtRandom, sparing, type Toll } from '../killing.ts'
import { createSpeech, type Speech } from '../speech.ts'
import { inRounds, type Scenario, type Trial } from '../trial.ts'
import { openWorld, type ProcessOptions, startAll, type WorldOptions } from '../world.ts'

/** Until it is audited: the fakes remember everything, and looking through it takes longer and longer. */
const KILLS_A_ROUND = 200

async function killThese(
  trial: Trial,
  roles: readonly ProcessOptions['roles'][],
  options: WorldOptions = {},
): Promise<string[]> {
  const world = await openWorld(trial, options)
  const apps = roles.map((own) => world.process({ roles: own }))
  await startAll(...apps)
  const speech = createSpeech(trial, world)
  await speech.introduce()
  const spare = sparing(world)
  const toll = await killAtRandom(trial, speech, { apps, kills: trial.kills, spare })
  const faults = await audit(world, speech.lanes, { mayLoseInteractions: true })
  tell(trial, toll, speech)
  return faults
}

function tell(trial: Trial, toll: Toll, speech: Speech): void {
  const { kills, starting, together, seconds, startSeconds, spareSeconds } = toll
  const each = (all: number): string => `${(all / kills).toFixed(1)} s`
  trial.say(
    `${kills} kills in ${seconds.toFixed(0)} s, ${starting} of them while starting, ${together} times all at once; ${speech.count} messages`,
  )
  trial.say(`for each kill ${each(startSeconds)} of starting, ${each(spareSeconds)} of sparing a turn`)
  const unheard = speech.lanes.flatMap(({ said }) => said).filter(({ isUnheard }) => isUnheard).length
  if (unheard > 0) trial.say(`Slack gave up delivering ${unheard}`)
}

const killSplit: Scenario = {
  name: 'kill-gateway-or-worker',
  proves:
    'two gateways and two workers, on Redis and PostgreSQL, die at random moments, one at a time and together',
  turns: 220,
  kills: 136,
  run: (trial) =>
    inRounds(trial, KILLS_A_ROUND, (round) => killThese(round, ['gateway', 'gateway', 'worker', 'worker'])),
}

const ALL = 'gateway,worker,admin'

const killSolo: Scenario = {
  name: 'kill-all-in-one',
  proves:
    'two processes that each do everything, on PostgreSQL alone, die at random moments, one at a time and together',
  turns: 90,
  kills: 50,
  run: (trial) =>
    inRounds(trial, KILLS_A_ROUND, (round) => killThese(round, [ALL, ALL], { isWithoutRedis: true })),
}

/** What was said this many kills ago must have been answered: a turn that takes five processes down is given up. */
const ANSWERED_AFTER = 3

const killEmbedded: Scenario = {
  name: 'kill-embedded',
  proves: 'the only process, with the embedded database, dies at random moments, also while it starts',
  turns: 28,
  kills: 14,
  run: (trial) =>
    inRounds(trial, KILLS_A_ROUND, async (round) => {
      const world = await openWorld(round, { isEmbedded: true })
      const app = world.process()
      await startAll(app)
      // One message a lane, and none that Discord forgets: nobody else may look into this database.
      const speech = createSpeech(round, world, { commands: 0, followUps: 0 })
      await speech.introduce()
      const lanesAt: number[] = []
      const spare = async (): Promise<void> => {
        lanesAt.push(speech.lanes.length)
        const old = speech.lanes.slice(0, lanesAt.at(-1 - ANSWERED_AFTER) ?? 0)
        // If they never are, the audit says so.
        for (const end = performance.now() + 60_000; performance.now() < end; await sleep(100))
          if (old.every((lane) => faultsIn(lane).length === 0)) return
      }
      const toll = await killAtRandom(round, speech, { apps: [app], kills: round.kills, spare })
      const faults = await audit(world, speech.lanes)
      tell(round, toll, speech)
      return faults
    }),
}

const GATEWAY_DEATHS = ['die-after-commit'] as const
const WORKER_DEATHS = ['die-before-record', 'die-before-close', 'die-before-finish', 'die-renewing'] as const
/** Long enough for a lease to be renewed meanwhile. */
const SLOW = { prefillMs: 30, perPromptTokenMs: 0, itlMs: 15, jitter: 0.3 }

const killAtMoments: Scenario = {
  name: 'kill-at-moments',
  proves:
    'processes die exactly between commit and add, post and record, last word and its record, before the turn’s end, and while renewing leases',
  turns: 40,
  kills: 15,
  ciKills: 10,
  async run(trial) {
    const world = await openWorld(trial, { vllm: { latency: SLOW } })
    const met = new Map<string, number>([...GATEWAY_DEATHS, ...WORKER_DEATHS].map((death) => [death, 0]))
    const rarest = (deaths: readonly string[]): string =>
      deaths.toSorted((a, b) => met.get(a)! - met.get(b)!)[0]!
    let isOver = false
    /** Each time that it starts, it may die at one moment only: the one that has been met least. */
    const mortal = (roles: 'gateway' | 'worker', deaths: readonly string[], turn: number) => {
      const app = world.process({ roles })
      app.onLine(({ msg, fields }) => {
        const moment = String(fields['moment'])
        if (msg === DIES) met.set(moment, (met.get(moment) ?? 0) + 1)
      })
      const start = (death = rarest(deaths)): Promise<void> =>
        app.start({ ...world.env, ROLES: roles, FAULTS: [...trial.faults, death].filter(Boolean).join() })
      const revive = async (): Promise<void> => {
        for (; !isOver; await sleep(20)) if (app.state === 'stopped') await start().catch(() => undefined)
      }
      return { app, start, revive, first: deaths[turn % deaths.length] }
    }
    const mortals = [
      mortal('gateway', GATEWAY_DEATHS, 0),
      mortal('worker', WORKER_DEATHS, 0),
      mortal('worker', WORKER_DEATHS, 1),
    ]
    await Promise.all(mortals.map(({ start, first }) => start(first)))
    // Those whose direct messages are unknown on Discord cannot be heard after an outage.
    const speech = createSpeech(trial, world, { dms: 0 })
    const reviving = mortals.map(({ revive }) => revive())
    const deaths = (): number => [...met.values()].reduce((sum, times) => sum + times, 0)
    const unmet = (): string[] => [...met].flatMap(([death, times]) => (times === 0 ? [death] : []))
    const end = performance.now() + 60_000 + trial.kills * 10_000
    while (
      (deaths() < trial.kills || unmet().length > 0 || speech.count < trial.turns) &&
      performance.now() < end
    ) {
      speech.sayOne()
      await sleep(trial.random() * 800)
    }
    isOver = true
    await Promise.all(reviving)
    // From here on nobody dies, so that the last answers can be given.
    for (const { app, start } of mortals) {
      await app.kill()
      await start('')
    }
    if (unmet().length > 0) throw new Error(`nobody died at ${unmet().join(', ')}; ${speech.count} messages`)
    const times = [...met].map(([death, times]) => `${times} × ${death.replace('die-', '')}`).join(', ')
    trial.say(`${deaths()} deaths (${times}), ${speech.count} messages`)
    return audit(world, speech.lanes, { mayLoseInteractions: true })
  },
}

export const killScenarios: readonly Scenario[] = [killSplit, killSolo, killEmbedded, killAtMoments]
