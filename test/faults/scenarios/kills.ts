// kill -9 of every kind of process, at random moments and at the worst ones.
import { setTimeout as sleep } from 'node:timers/promises'
import type { AppProcess } from '../../demo/app-process.ts'
import { audit } from '../audit.ts'
import { killAtRandom } from '../killing.ts'
import { createSpeech } from '../speech.ts'
import type { Scenario } from '../trial.ts'
import { openWorld, startAll } from '../world.ts'

const killSolo: Scenario = {
  name: 'kill-all-in-one',
  proves: 'the only process dies at random moments: between commit and add, post and record, in mid-answer',
  turns: 120,
  kills: 70,
  ciKills: 6,
  isInCi: true,
  async run(trial) {
    const world = await openWorld(trial)
    const app = world.process()
    await startAll(app)
    const speech = createSpeech(trial, world)
    await speech.introduce()
    await killAtRandom(trial, world, speech, { apps: [app], kills: trial.kills, lifeMs: 700 })
    trial.say(`${trial.kills} kills, ${speech.count} messages`)
    return audit(world, speech.lanes, { mayLoseInteractions: true })
  },
}

const killSplit: Scenario = {
  name: 'kill-gateway-or-worker',
  proves: 'gateway and workers in processes of their own die at random moments, one at a time and together',
  turns: 220,
  kills: 130,
  ciKills: 12,
  isInCi: true,
  async run(trial) {
    const world = await openWorld(trial)
    const gateway = world.process({ roles: 'gateway' })
    const workers = [world.process({ roles: 'worker' }), world.process({ roles: 'worker' })]
    await startAll(gateway, ...workers)
    const speech = createSpeech(trial, world)
    await speech.introduce()
    const half = Math.floor(trial.kills / 2)
    const each = { ...trial, turns: trial.turns / 2 }
    await Promise.all([
      killAtRandom(each, world, speech, { apps: [gateway], kills: half, lifeMs: 700 }),
      killAtRandom(each, world, speech, { apps: workers, kills: trial.kills - half, lifeMs: 700 }),
    ])
    trial.say(`${trial.kills} kills, ${speech.count} messages`)
    return audit(world, speech.lanes, { mayLoseInteractions: true })
  },
}

const GATEWAY_DEATHS = ['die-after-commit']
const WORKER_DEATHS = ['die-before-record', 'die-before-close', 'die-before-finish', 'die-renewing']

const killAtMoments: Scenario = {
  name: 'kill-at-moments',
  proves:
    'processes die exactly between commit and add, post and record, last word and its record, and while renewing leases',
  turns: 30,
  kills: 10,
  ciKills: 6,
  isInCi: true,
  async run(trial) {
    const world = await openWorld(trial)
    const apps: { app: AppProcess; roles: 'gateway' | 'worker' }[] = [
      { app: world.process({ roles: 'gateway', faults: GATEWAY_DEATHS }), roles: 'gateway' },
      { app: world.process({ roles: 'worker', faults: WORKER_DEATHS }), roles: 'worker' },
      { app: world.process({ roles: 'worker', faults: WORKER_DEATHS }), roles: 'worker' },
    ]
    await startAll(...apps.map(({ app }) => app))
    // Those whose direct messages are unknown on Discord cannot be heard after an outage.
    const speech = createSpeech(trial, world, { dms: 0 })
    let deaths = 0
    let isOver = false
    const revive = async (app: AppProcess): Promise<void> => {
      for (; !isOver; await sleep(20)) {
        if (app.state !== 'stopped') continue
        deaths++
        await app.start().catch(() => undefined)
      }
    }
    const reviving = apps.map(({ app }) => revive(app))
    const end = performance.now() + trial.kills * 20_000
    while ((deaths < trial.kills || speech.count < trial.turns) && performance.now() < end) {
      speech.sayOne()
      await sleep(trial.random() * 800)
    }
    isOver = true
    await Promise.all(reviving)
    // From here on nobody dies, so that the last answers can be given.
    for (const { app, roles } of apps) {
      await app.kill()
      await app.start({ ...world.env, ROLES: roles, FAULTS: trial.faults.join(',') })
    }
    if (deaths < 3) throw new Error(`only ${deaths} deaths, after ${speech.count} messages`)
    trial.say(`${deaths} deaths, ${speech.count} messages`)
    return audit(world, speech.lanes, { mayLoseInteractions: true })
  },
}

export const killScenarios: readonly Scenario[] = [killSolo, killSplit, killAtMoments]
