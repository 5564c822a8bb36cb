// chrF2: how much a translation has in common with a reference, by the runs of 1 to 6 characters that they share. As in
// Popović, "chrF: character n-gram F-score for automatic MT evaluation" (WMT 2015) and "chrF++: words helping character
// n-grams" (WMT 2017), over a whole set as sacreBLEU counts it: white space is left out, orders that occur are averaged.

const ORDERS = [1, 2, 3, 4, 5, 6] as const
/** Recall counts twice as much as precision. */
const BETA_SQUARED = 4

export interface Sample {
  translation: string
  reference: string
}

/** 0 to 100; null for no samples. */
export function chrF(samples: readonly Sample[]): number | null {
  if (samples.length === 0) return null
  const scores = ORDERS.map((order) => countOrder(samples, order)).filter(
    ({ written, wanted }) => written > 0 && wanted > 0,
  )
  if (scores.length === 0) return 0
  const mean = (of: (one: Counts) => number): number =>
    scores.reduce((sum, one) => sum + of(one), 0) / scores.length
  const precision = mean(({ shared, written }) => shared / written)
  const recall = mean(({ shared, wanted }) => shared / wanted)
  if (precision + recall === 0) return 0
  return (100 * (1 + BETA_SQUARED) * precision * recall) / (BETA_SQUARED * precision + recall)
}

interface Counts {
  shared: number
  written: number
  wanted: number
}

function countOrder(samples: readonly Sample[], order: number): Counts {
  const sum: Counts = { shared: 0, written: 0, wanted: 0 }
  for (const { translation, reference } of samples) {
    const [written, wanted] = [runsOf(translation, order), runsOf(reference, order)]
    sum.written += total(written)
    sum.wanted += total(wanted)
    for (const [run, count] of written) sum.shared += Math.min(count, wanted.get(run) ?? 0)
  }
  return sum
}

function runsOf(text: string, order: number): Map<string, number> {
  const signs = [...text.normalize('NFC').replaceAll(/\s+/g, '')]
  const runs = new Map<string, number>()
  for (let at = 0; at + order <= signs.length; at++) {
    const run = signs.slice(at, at + order).join('')
    runs.set(run, (runs.get(run) ?? 0) + 1)
  }
  return runs
}

function total(runs: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const count of runs.values()) sum += count
  return sum
}
