// What a scenario is, and what it is given: a seed's random numbers, sizes, and a place to say what goes on.
import type { Kept } from './kept.ts'

export interface Trial {
  readonly seed: number
  /** The app to run, and where what V8 made of it is kept. */
  readonly app: { main: string; cacheDir: string }
  /** Messages that people say, about. */
  readonly turns: number
  readonly kills: number
  /** Outages are as short as they can be and still prove something. */
  readonly isShort: boolean
  /** Names for FAULTS of every app process: the sabotage under test, if any. */
  readonly faults: readonly string[]
  /** From the seed. In [0, 1). */
  random(): number
  say(line: string): void
  /** Released last in, first out when the scenario ends, however it ends. */
  readonly stack: AsyncDisposableStack
  /** What the next scenario of a row goes on with, if this one is clean. */
  readonly kept: Kept
}

export interface Scenario {
  name: string
  /** One sentence for the table: what its passing shows. */
  proves: string
  turns: number
  kills?: number
  /** With `--ci`, which has no time for more; fewer turns go with it. */
  ciKills?: number
  /** Resolves with what is wrong; [] = passed. Throws when it could not be carried out. */
  run(trial: Trial): Promise<string[]>
}

/** How long the last answers may take: leases of killed workers run out, sweepers look, platforms send again. */
export const SETTLE_MS = 60_000

/** mulberry32: small, and the same everywhere. */
export function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What this machine does not allow. */
export class Skipped extends Error {}

/**
 * Many kills as rounds, each with servers of its own and its own seed: audited one by one, and ended by the first that is
 * not clean. With that round's seed and size it can be run again by itself.
 */
export async function inRounds(
  trial: Trial,
  killsARound: number,
  run: (round: Trial) => Promise<string[]>,
): Promise<string[]> {
  if (trial.kills <= killsARound) return run(trial)
  const rounds = Math.ceil(trial.kills / killsARound)
  const turns = Math.ceil(trial.turns / rounds)
  for (let round = 0; round < rounds; round++) {
    const kills = Math.min(killsARound, trial.kills - round * killsARound)
    const seed = trial.seed + round
    await using stack = new AsyncDisposableStack()
    const say = (line: string): void =>
      console.log(`  round ${round + 1} of ${rounds}, seed ${seed}: ${line}`)
    const faults = await run({ ...trial, seed, kills, turns, random: seeded(seed), say, stack })
    if (faults.length > 0) return [`round ${round + 1} of ${rounds}, seed ${seed}, ${kills} kills`, ...faults]
  }
  trial.say(`${trial.kills} kills in ${rounds} rounds`)
  return []
}
