// How long a platform waits for its acknowledgement, which Damso gives only after the commit.
import { ackMs, p50, p99 } from '../harness/figures.ts'
import { alternate, type Measurement, number, type Row } from '../harness/row.ts'
import { median } from '../harness/statistics.ts'
import { type Bench, runTrial, type Trial } from '../harness/trial.ts'
import { LATENCY, SHORT } from './profile.ts'

type Found = { found: Measurement; faults: string[] }

const ROUNDS = 5

async function besideBolt(bench: Bench): Promise<Found> {
  const names = ['damso', 'bolt'] as const
  const trials = await alternate<(typeof names)[number], Trial>(ROUNDS, names, (shape) =>
    runTrial(bench, { shape, latency: LATENCY, tokens: SHORT, perSecond: 200, seconds: 8 }),
  )
  const of = (name: (typeof names)[number]) => trials[name].map((trial) => p99(ackMs(trial)))
  const bolt = of('bolt')
  const found: Measurement = {
    id: 'ack-200',
    what: 'ack p99 at 200/s with answers running, minus plain Bolt’s',
    unit: 'ms',
    runs: of('damso').map((value, round) => value - (bolt[round] as number)),
    target: { atMost: 20 },
    beside: {
      damso: `${number(median(of('damso')))} ms`,
      bolt: `${number(median(bolt))} ms`,
      'damso p50': `${number(median(trials.damso.map((trial) => p50(ackMs(trial)))))} ms`,
    },
  }
  return { found, faults: trials.damso.flatMap(({ faults }) => faults) }
}

async function alone(bench: Bench): Promise<Found> {
  const perSecond = bench.isSmoke ? 100 : 300
  const trials: Trial[] = []
  for (let round = 0; round < (bench.isSmoke ? 1 : ROUNDS); round += 1) {
    const seconds = bench.isSmoke ? 2 : 8
    const options = { latency: LATENCY, tokens: SHORT, perSecond, seconds, isIntakeOnly: true }
    trials.push(await runTrial(bench, { shape: 'damso-gateway', ...options }))
  }
  const found: Measurement = {
    id: `ack-intake-${perSecond}`,
    what: `ack p99, intake alone at ${perSecond}/s`,
    unit: 'ms',
    runs: trials.map((trial) => p99(ackMs(trial))),
    target: { atMost: 50 },
    beside: { p50: `${number(median(trials.map((trial) => p50(ackMs(trial)))))} ms` },
  }
  return { found, faults: trials.flatMap(({ faults }) => faults) }
}

async function embedded(bench: Bench): Promise<Found> {
  const trials: Trial[] = []
  for (let round = 0; round < (bench.isSmoke ? 1 : 3); round += 1) {
    const seconds = bench.isSmoke ? 2 : 8
    const options = { latency: LATENCY, tokens: SHORT, perSecond: bench.isSmoke ? 20 : 50, seconds }
    trials.push(await runTrial(bench, { shape: 'embedded', ...options }))
  }
  const found: Measurement = {
    id: 'ack-embedded-50',
    what: `ack p99, embedded, ${bench.isSmoke ? 20 : 50}/s with answers running`,
    unit: 'ms',
    runs: trials.map((trial) => p99(ackMs(trial))),
    target: { atMost: 50 },
    beside: { p50: `${number(median(trials.map((trial) => p50(ackMs(trial)))))} ms` },
  }
  return { found, faults: trials.flatMap(({ faults }) => faults) }
}

export const acknowledgement: Row = {
  name: 'ack',
  title: 'Acknowledgement',
  isInSmoke: true,
  async run(bench) {
    const all: Found[] = []
    if (!bench.isSmoke) all.push(await besideBolt(bench))
    if (!bench.infrastructure.missing) all.push(await alone(bench))
    all.push(await embedded(bench))
    return { measurements: all.map(({ found }) => found), faults: all.flatMap(({ faults }) => faults) }
  },
}
