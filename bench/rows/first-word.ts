// How soon after the model's first token a person sees the first words.
import { firstWordMs, p50, p99 } from '../harness/figures.ts'
import { alternate, type Measurement, number, type Row } from '../harness/row.ts'
import { median } from '../harness/statistics.ts'
import { type Bench, runTrial, type Trial } from '../harness/trial.ts'
import { LATENCY, LONG } from './profile.ts'

const TARGETS: Record<number, { p50: number; p99: number }> = {
  20: { p50: 60, p99: 200 },
  50: { p50: 40, p99: 150 },
}

async function measure(bench: Bench, perSecond: number): Promise<{ found: Measurement[]; faults: string[] }> {
  const names = bench.isSmoke ? (['damso'] as const) : (['damso', 'bolt', 'chat-sdk'] as const)
  const trials = await alternate<(typeof names)[number], Trial>(bench.isSmoke ? 1 : 3, names, (shape) =>
    runTrial(bench, { shape, latency: LATENCY, tokens: LONG, perSecond, seconds: bench.isSmoke ? 2 : 10 }),
  )
  const figures = (take: (samples: readonly number[]) => number) => {
    const others = names.slice(1).map((name) => {
      const value = median(trials[name].map((trial) => take(firstWordMs(trial))))
      return [name, `${number(value)} ms`]
    })
    return { runs: trials.damso.map((trial) => take(firstWordMs(trial))), beside: Object.fromEntries(others) }
  }
  const target = TARGETS[perSecond]
  const what = `first visible text − model's first token, ${perSecond}/s`
  const make = (name: 'p50' | 'p99', take: typeof p50): Measurement => ({
    id: `first-word-${perSecond}-${name}`,
    what: `${what}, ${name}`,
    unit: 'ms',
    ...figures(take),
    ...(target ? { target: { atMost: target[name] } } : {}),
  })
  return { found: [make('p50', p50), make('p99', p99)], faults: trials.damso.flatMap(({ faults }) => faults) }
}

export const firstWord: Row = {
  name: 'first-word',
  title: 'First words',
  isInSmoke: true,
  async run(bench) {
    const all = []
    for (const perSecond of bench.isSmoke ? [20] : [20, 50]) all.push(await measure(bench, perSecond))
    return {
      measurements: all.flatMap(({ found }) => found),
      faults: all.flatMap(({ faults }) => faults),
    }
  },
}
