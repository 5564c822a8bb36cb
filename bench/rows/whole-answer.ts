// What Damso adds to a short answer from the question to its last word.
import { halvesMs, overheadMs, p50 } from '../harness/figures.ts'
import { alternate, number, type Row } from '../harness/row.ts'
import { median } from '../harness/statistics.ts'
import { runTrial, type Trial } from '../harness/trial.ts'
import { LATENCY, SHORT } from './profile.ts'

export const wholeAnswer: Row = {
  name: 'whole-answer',
  title: 'Whole short answer',
  isInSmoke: false,
  async run(bench) {
    const names = ['damso', 'bolt', 'chat-sdk'] as const
    const trials = await alternate<(typeof names)[number], Trial>(3, names, (shape) =>
      runTrial(bench, { shape, latency: LATENCY, tokens: SHORT, perSecond: 20, seconds: 10 }),
    )
    const of = (name: (typeof names)[number]) => median(trials[name].map((trial) => p50(overheadMs(trial))))
    const half = (part: 'before' | 'after') =>
      `${number(median(trials.damso.map((trial) => p50(halvesMs(trial)[part]))))} ms`
    return {
      measurements: [
        {
          id: 'whole-answer-p50',
          what: 'whole short answer − model time, 20/s, p50',
          unit: 'ms',
          runs: trials.damso.map((trial) => p50(overheadMs(trial))),
          target: { atMost: 25 },
          beside: {
            bolt: `${number(of('bolt'))} ms`,
            'chat-sdk': `${number(of('chat-sdk'))} ms`,
            'before the model': half('before'),
            'after it': half('after'),
          },
        },
      ],
      faults: trials.damso.flatMap(({ faults }) => faults),
    }
  },
}
