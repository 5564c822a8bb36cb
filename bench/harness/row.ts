// What a row of the bench is, and what it hands back.
import { median } from './statistics.ts'
import type { Bench } from './trial.ts'

export interface Row {
  name: string
  title: string
  /** For `--smoke`: whether it is part of the bounded run. */
  isInSmoke: boolean
  run(bench: Bench): Promise<Result>
}

export interface Result {
  measurements: Measurement[]
  /** What was broken: lost, doubled or refused. A missed target is none. */
  faults: string[]
}

export interface Measurement {
  /** Stable; what bench/causes.ts and the chart go by. */
  id: string
  what: string
  unit: string
  /** One per run, in order; the figure is their median. */
  runs: readonly number[]
  target?: Target
  /** The same of others in the same run, and what explains the figure. */
  beside?: Readonly<Record<string, string>>
}

export type Target = { atMost: number } | { atLeast: number }

export function figure({ runs }: Pick<Measurement, 'runs'>): number {
  // What was not measured reads back from JSON as null.
  return median(runs.map((run: number | null) => run ?? Number.NaN))
}

/** Null without a target. */
export function isMet(measurement: Measurement): boolean | null {
  const { target } = measurement
  if (!target) return null
  const value = figure(measurement)
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast
}

/** Each round runs every entry once, so that what the machine does meanwhile meets all of them. */
export async function alternate<Name extends string, Run>(
  rounds: number,
  names: readonly Name[],
  run: (name: Name, round: number) => Promise<Run>,
): Promise<Record<Name, Run[]>> {
  const all = Object.fromEntries(names.map((name) => [name, [] as Run[]])) as Record<Name, Run[]>
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) all[name].push(await run(name, round))
  }
  return all
}

export function number(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (Math.abs(value) >= 100) return value.toFixed(0)
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2)
}

/** Smallest to largest of the runs. */
export function spread(runs: readonly number[]): string {
  if (runs.some((run: number | null) => run === null)) return ''
  return runs.length < 2 ? '' : `${number(Math.min(...runs))}–${number(Math.max(...runs))}`
}
