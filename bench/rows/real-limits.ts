// A busy minute under Slack's real limits: a hundred questions in one workspace, over ten channels.
import { p50, totalMs } from '../harness/figures.ts'
import type { Row } from '../harness/row.ts'
import { number } from '../harness/row.ts'
import { sum } from '../harness/statistics.ts'
import { runTrial } from '../harness/trial.ts'
import { LATENCY, LONG } from './profile.ts'

/** docs.slack.dev apis/web-api/rate-limits: calls a minute of the methods that answers are made of. */
const TIERS: Record<string, number> = {
  'chat.startStream': 20,
  'chat.appendStream': 100,
  'chat.stopStream': 20,
  'chat.update': 50,
}

export const realLimits: Row = {
  name: 'real-limits',
  title: 'Real limits',
  isInSmoke: false,
  async run(bench) {
    const trial = await runTrial(bench, {
      shape: 'damso',
      latency: LATENCY,
      tokens: LONG,
      limits: 'real',
      perSecond: 100 / 60,
      seconds: 60,
      channels: 10,
      concurrency: 16,
      warmUpSeconds: 0,
      settleSeconds: 90,
    })
    const { answers, calls, faults } = trial
    const over = Object.entries(TIERS).filter(([method, tier]) => (calls[method]?.maxPerMinute ?? 0) > tier)
    const limited = sum(Object.values(calls).map((one) => one.limited))
    const busiest = Object.keys(TIERS).map((method) => [
      `${method} a minute`,
      `${calls[method]?.maxPerMinute ?? 0} of ${TIERS[method]}`,
    ])
    const streamed = answers.filter(({ isStreamed }) => isStreamed).length
    const total = totalMs(trial).map((ms) => ms / 1_000)
    return {
      measurements: [
        {
          id: 'limits-shown',
          what: '100 questions in a minute, real limits: final texts shown',
          unit: 'of 100',
          runs: [answers.filter(({ complete }) => complete === 1).length],
          target: { atLeast: 100 },
          beside: { 'streamed natively': String(streamed), ...Object.fromEntries(busiest) },
        },
        {
          id: 'limits-429',
          what: '… 429s, and methods called more often than their tier allows',
          unit: '',
          runs: [limited + over.length],
          target: { atMost: 0 },
        },
        {
          id: 'limits-final',
          what: '… question to whole answer, p50',
          unit: 's',
          runs: [p50(total)],
          beside: { longest: `${number(Math.max(...total))} s` },
        },
      ],
      faults,
    }
  },
}
