// Answers a second, and what each costs.
import { answersPerSecond } from '../harness/figures.ts'
import { alternate, type Measurement, number, type Row } from '../harness/row.ts'
import { median } from '../harness/statistics.ts'
import type { Shape } from '../harness/systems.ts'
import { type Bench, runTrial, type Trial } from '../harness/trial.ts'
import { LATENCY, SHORT } from './profile.ts'

type Found = { found: Measurement[]; faults: string[] }

const SECONDS = 10
const ROUNDS = 3

function run(bench: Bench, shape: Shape, perSecond: number): Promise<Trial> {
  return runTrial(bench, { shape, latency: LATENCY, tokens: SHORT, perSecond, seconds: SECONDS })
}

function cost(trial: Trial, part: 'app' | 'servers'): number {
  return trial.cpuMs[part] / trial.answers.length
}

async function offered(bench: Bench): Promise<Found> {
  const names = ['damso', 'bolt', 'chat-sdk'] as const
  type Name = (typeof names)[number]
  const trials = await alternate<Name, Trial>(ROUNDS, names, (shape) => run(bench, shape, 300))
  const rate = (name: Name) => trials[name].map((trial) => answersPerSecond(trial, SECONDS))
  const cpu = (name: Name, part: 'app' | 'servers') => trials[name].map((trial) => cost(trial, part))
  const shown = (values: number[], unit: string) => `${number(median(values))} ${unit}`
  return {
    found: [
      {
        id: 'throughput-300',
        what: 'answers/s at 300/s offered, gateway + worker',
        unit: '/s',
        runs: rate('damso'),
        target: { atLeast: median(rate('chat-sdk')) },
        beside: { bolt: shown(rate('bolt'), '/s'), 'chat-sdk': shown(rate('chat-sdk'), '/s') },
      },
      {
        id: 'cpu',
        what: 'CPU per answer, our processes',
        unit: 'ms',
        runs: cpu('damso', 'app'),
        beside: {
          bolt: shown(cpu('bolt', 'app'), 'ms'),
          'chat-sdk': shown(cpu('chat-sdk', 'app'), 'ms'),
          'Redis + PostgreSQL': shown(cpu('damso', 'servers'), 'ms'),
          'chat-sdk’s Redis': shown(cpu('chat-sdk', 'servers'), 'ms'),
        },
      },
    ],
    faults: trials.damso.flatMap(({ faults }) => faults),
  }
}

async function saturated(bench: Bench): Promise<Found> {
  const names = ['damso', 'bolt'] as const
  type Name = (typeof names)[number]
  const trials = await alternate<Name, Trial>(ROUNDS, names, (shape) => run(bench, shape, 600))
  const rate = (name: Name) => trials[name].map((trial) => answersPerSecond(trial, SECONDS))
  const bolt = rate('bolt')
  return {
    found: [
      {
        id: 'saturation',
        what: 'at saturation (600/s offered): ratio to plain Bolt',
        unit: '×',
        runs: rate('damso').map((value, round) => value / (bolt[round] as number)),
        target: { atLeast: 0.5 },
        beside: { damso: `${number(median(rate('damso')))} /s`, bolt: `${number(median(bolt))} /s` },
      },
    ],
    faults: trials.damso.flatMap(({ faults }) => faults),
  }
}

/** More is offered than is asked for; and half as much again, where taking messages in leaves less for answers. */
async function embedded(bench: Bench): Promise<Found> {
  const rates = ['100', '150'] as const
  const trials = await alternate<(typeof rates)[number], Trial>(ROUNDS, rates, (rate) =>
    run(bench, 'embedded', Number(rate)),
  )
  const answered = (rate: (typeof rates)[number]) =>
    trials[rate].map((trial) => answersPerSecond(trial, SECONDS))
  return {
    found: [
      {
        id: 'embedded',
        what: 'embedded, one process, 100/s offered',
        unit: '/s',
        runs: answered('100'),
        target: { atLeast: 80 },
        beside: {
          'CPU per answer': `${number(median(trials['100'].map((trial) => cost(trial, 'app'))))} ms`,
          'while 150/s are offered': `${number(median(answered('150')))} /s`,
        },
      },
    ],
    faults: rates.flatMap((rate) => trials[rate].flatMap(({ faults }) => faults)),
  }
}

/**
 * EXAONE_CONCURRENCY is for all processes together, so a second worker comes with a second model and twice of it. So few at
 * once that it is the model which is busy, and not the two cores: 12 chats of 0.9 s are 13 answers a second.
 */
async function twoWorkers(bench: Bench): Promise<Found> {
  const names = ['damso', 'damso-2-workers'] as const
  type Name = (typeof names)[number]
  const trials = await alternate<Name, Trial>(ROUNDS, names, (shape) =>
    runTrial(bench, {
      shape,
      latency: { prefillMs: 500, perPromptTokenMs: 0, itlMs: 10 },
      tokens: SHORT,
      concurrency: shape === 'damso' ? 16 : 32,
      perSecond: 40,
      seconds: SECONDS,
      warmUpSeconds: 0.3,
    }),
  )
  const rate = (name: Name) => trials[name].map((trial) => answersPerSecond(trial, SECONDS))
  const one = rate('damso')
  return {
    found: [
      {
        id: 'two-workers',
        what: 'two workers and models instead of one, model-bound',
        unit: '×',
        runs: rate('damso-2-workers').map((value, round) => value / (one[round] as number)),
        target: { atLeast: 1.9 },
        beside: {
          one: `${number(median(one))} /s`,
          two: `${number(median(rate('damso-2-workers')))} /s`,
          'most model calls at once': names.map((name) => trials[name][0]?.peakRunning).join(' and '),
        },
      },
    ],
    faults: names.flatMap((name) => trials[name].flatMap(({ faults }) => faults)),
  }
}

export const throughput: Row = {
  name: 'throughput',
  title: 'Throughput',
  isInSmoke: false,
  async run(bench) {
    const all = [await offered(bench), await saturated(bench)]
    return { measurements: all.flatMap(({ found }) => found), faults: all.flatMap(({ faults }) => faults) }
  },
}

async function alone(made: Promise<Found>): Promise<{ measurements: Measurement[]; faults: string[] }> {
  const { found: measurements, faults } = await made
  return { measurements, faults }
}

export const embeddedRow: Row = {
  name: 'embedded',
  title: 'Embedded',
  isInSmoke: false,
  run: (bench) => alone(embedded(bench)),
}

export const twoWorkersRow: Row = {
  name: 'two-workers',
  title: 'Two workers',
  isInSmoke: false,
  run: (bench) => alone(twoWorkers(bench)),
}
