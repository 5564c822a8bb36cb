// Figures of one trial. Questions without an answer are faults, counted elsewhere, and left out here.
import { percentile } from './statistics.ts'
import type { Trial } from './trial.ts'

/** From the model's first token to the first visible words, ms. */
export function firstWordMs({ answers }: Trial): number[] {
  return answers.flatMap(({ firstVisibleAt, generation }) =>
    firstVisibleAt !== undefined && generation?.firstTokenAt !== undefined
      ? [firstVisibleAt - generation.firstTokenAt]
      : [],
  )
}

/** From the question to the whole answer, without the time that the model took, ms. */
export function overheadMs({ answers }: Trial): number[] {
  return answers.flatMap(({ doneAt, sentAt, generation }) =>
    doneAt !== undefined && generation?.finishedAt !== undefined
      ? [doneAt - sentAt - (generation.finishedAt - generation.at)]
      : [],
  )
}

/** The two halves of overheadMs: until the model is asked, and after its last token. */
export function halvesMs({ answers }: Trial): { before: number[]; after: number[] } {
  const whole = answers.flatMap(({ doneAt, sentAt, generation }) =>
    doneAt !== undefined && generation?.finishedAt !== undefined
      ? [{ before: generation.at - sentAt, after: doneAt - generation.finishedAt }]
      : [],
  )
  return { before: whole.map(({ before }) => before), after: whole.map(({ after }) => after) }
}

export function totalMs({ answers }: Trial): number[] {
  return answers.flatMap(({ doneAt, sentAt }) => (doneAt === undefined ? [] : [doneAt - sentAt]))
}

export function ackMs({ acks }: Trial): number[] {
  return acks.map(({ ms }) => ms)
}

/** Answers finished per second while questions were coming in, the first two seconds left out. */
export function answersPerSecond({ answers, startedAt }: Trial, seconds: number): number {
  const skipped = Math.min(2, seconds / 4)
  const [from, to] = [startedAt + skipped * 1_000, startedAt + seconds * 1_000]
  const counted = answers.filter(({ doneAt }) => doneAt !== undefined && doneAt > from && doneAt <= to)
  return counted.length / (seconds - skipped)
}

export function p50(samples: readonly number[]): number {
  return percentile(samples, 0.5)
}

export function p99(samples: readonly number[]): number {
  return percentile(samples, 0.99)
}
