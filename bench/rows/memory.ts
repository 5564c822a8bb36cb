// Resident memory of idle processes.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startChild } from '../harness/child.ts'
import { rssMb } from '../harness/machine.ts'
import type { ModelOperations } from '../harness/model-process.ts'
import type { Measurement, Row } from '../harness/row.ts'
import type { SlackOperations } from '../harness/slack-process.ts'
import { type Shape, startSystem } from '../harness/systems.ts'
import type { Bench } from '../harness/trial.ts'
import { LATENCY, SHORT } from './profile.ts'

const IDLE_MS = 15_000

async function idleMb(bench: Bench, shape: Shape, starts: number): Promise<number> {
  await using opening = new AsyncDisposableStack()
  const slack = opening.use(await startChild<SlackOperations>('slack-process.ts'))
  const model = opening.use(await startChild<ModelOperations>('model-process.ts'))
  const facts = await slack.call('start', { limits: 'off' })
  const { baseUrl } = await model.call('start', { latency: LATENCY, tokens: SHORT, maxNumSeqs: 16 })
  const dataDir = await mkdtemp(join(tmpdir(), 'damso-memory-'))
  opening.defer(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }))
  const options = {
    shape,
    env: {
      SLACK_BOT_TOKEN: facts.botToken,
      SLACK_SIGNING_SECRET: facts.signingSecret,
      SLACK_API_URL: facts.apiUrl,
      EXAONE_BASE_URL: baseUrl,
    },
    infrastructure: bench.infrastructure,
    concurrency: 16,
    dataDir,
    profileDir: null,
  }
  for (let start = 1; start < starts; start += 1) {
    await using _first = await startSystem(options)
  }
  await using system = await startSystem(options)
  await sleep(bench.isSmoke ? 1_000 : IDLE_MS)
  return rssMb(system.processes[0]?.pid ?? 0)
}

export const memory: Row = {
  name: 'memory',
  title: 'Memory',
  isInSmoke: false,
  async run(bench) {
    const measure = async (id: string, what: string, shape: Shape, atMost: number): Promise<Measurement> => ({
      id,
      what,
      unit: 'MB',
      runs: [await idleMb(bench, shape, shape === 'embedded' ? 2 : 1)],
      target: { atMost },
    })
    return {
      measurements: [
        await measure('memory-embedded', 'idle embedded process, opened again', 'embedded', 450),
        await measure('memory-gateway', 'idle gateway on Redis + PostgreSQL', 'damso-gateway', 150),
        await measure('memory-worker', 'idle worker on Redis + PostgreSQL', 'damso-worker', 150),
      ],
      faults: [],
    }
  },
}
