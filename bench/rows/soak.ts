// Minutes at a steady rate: memory must not grow, and nothing be lost. Unlike a missed target, growth is a fault: it fails CI.
import { liveHeapMb } from '../harness/heap.ts'
import { send } from '../harness/load.ts'
import { rssMb } from '../harness/machine.ts'
import { type Measurement, number, type Row } from '../harness/row.ts'
import { type Bench, openStage, type Stage, settle } from '../harness/trial.ts'
import type { Outcome } from '../harness/witness.ts'
import { LATENCY, SHORT } from './profile.ts'

const PER_SECOND = 20
const PORTION_SECONDS = 10
const SLACK_RETRIES = 3
/** A share. A connection may close just as it is used again; nothing else is refused. */
const MOST_AGAIN = 0.01
const PORTION = PER_SECOND * PORTION_SECONDS

/** Each question as often as Slack sends it: what was not acknowledged comes again. Returns how many did. */
async function ask(stage: Stage, from: number, to: number): Promise<number> {
  let again = 0
  const { signingSecret } = stage.facts
  for (let portion = from; portion < to; portion += 1) {
    // A key has five digits, so every hundred thousand questions begin another series.
    const first = (portion * PORTION) % 100_000
    const series = String.fromCharCode(65 + Math.floor((portion * PORTION) / 100_000))
    const asking = { series, first, count: PORTION, channels: 200, tokens: SHORT }
    const questions = await stage.slack.call('ask', asking)
    const options = { url: stage.system.url, signingSecret, perSecond: PER_SECOND }
    let { acks } = await send(questions, options)
    for (let left = SLACK_RETRIES; left > 0; left -= 1) {
      const refused = new Set(acks.filter(({ status }) => status !== 200).map(({ key }) => key))
      if (refused.size === 0) break
      again += refused.size
      acks = (
        await send(
          questions.filter(({ key }) => refused.has(key)),
          options,
        )
      ).acks
    }
  }
  await settle(stage, to * PORTION, {})
  return again
}

function heaps(stage: Stage): Promise<number[]> {
  return Promise.all(stage.system.processes.map(({ inspector }) => liveHeapMb(inspector)))
}

async function measure(bench: Bench): Promise<{ measurements: Measurement[]; faults: string[] }> {
  await using stage = await openStage(bench, {
    shape: 'damso',
    latency: LATENCY,
    tokens: SHORT,
    isInspected: true,
  })
  const portions = Math.max(2, Math.ceil((bench.minutes * 60) / PORTION_SECONDS))
  // Until then caches and compiled code fill up.
  const half = Math.floor(portions / 2)
  let again = await ask(stage, 0, half)
  const before = await heaps(stage)
  again += await ask(stage, half, portions)
  const after = await heaps(stage)
  const outcomes = await stage.slack.call('outcomes')
  const bad = outcomes.filter(({ complete, others }) => complete !== 1 || others > 0)
  const grown: string[] = []
  const measurements = stage.system.processes.map(({ role, pid }, index): Measurement => {
    const [first, last] = [before[index] as number, after[index] as number]
    const atMost = Math.max(2, first * 0.05)
    if (last - first > atMost)
      grown.push(`the ${role} grew by ${number(last - first)} MB in the soak, at most ${number(atMost)} MB`)
    return {
      id: `soak-${role}`,
      what: `memory in use by the ${role}, second half of ${bench.minutes} min at ${PER_SECOND}/s: growth`,
      unit: 'MB',
      runs: [last - first],
      target: { atMost },
      beside: {
        'in use at the end': `${number(last)} MB`,
        resident: `${number(rssMb(pid))} MB`,
        answers: String(outcomes.length),
        'sent again': String(again),
      },
    }
  })
  return {
    measurements,
    faults: [
      ...(bad.length > 0
        ? [
            `${bad.length} of ${outcomes.length} answers of the soak are lost, doubled or half: ${described(bad)}`,
          ]
        : []),
      ...(again > MOST_AGAIN * outcomes.length
        ? [`${again} of ${outcomes.length} questions of the soak were not acknowledged at once`]
        : []),
      ...grown,
    ],
  }
}

function described(bad: readonly Outcome[]): string {
  return bad
    .slice(0, 3)
    .map(({ key, complete, others }) => `${key} has ${complete} whole answers and ${others} other posts`)
    .join('; ')
}

export const soak: Row = { name: 'soak', title: 'Soak', isInSmoke: false, run: measure }
