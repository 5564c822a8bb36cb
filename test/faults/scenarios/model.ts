// The model fails in every way that a vLLM behind a proxy can; people get one whole answer, later.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from '../../fakes/vllm/index.ts'
import { MANY_AT_ONCE, openSetting, whileTalking } from '../setting.ts'
import type { Scenario } from '../trial.ts'

const QUICK_FAULTS: readonly Fault[] = [
  'refuse',
  '503',
  '500',
  '500-empty',
  '502-html',
  'error-mid-stream',
  'cut',
  'cut-hard',
]

const faults: Scenario = {
  name: 'model-faults',
  proves:
    'refused, 500, 502, 503, an error inside a 200 stream, a cut stream: every second call fails somehow',
  turns: 60,
  async run(trial) {
    const setting = await openSetting(trial)
    const { vllm } = setting.world
    return whileTalking(setting, 6_000, async () => {
      for (let left = Math.floor(trial.turns / 2); left > 0; left--) {
        vllm.next({
          fault: QUICK_FAULTS[Math.floor(trial.random() * QUICK_FAULTS.length)]!,
          after: Math.floor(trial.random() * 20),
        })
        await sleep(150)
      }
    })
  },
}

const hangs: Scenario = {
  name: 'model-hangs',
  proves: 'no headers, no first token, silence in mid-stream: given up after the deadlines and asked again',
  turns: 20,
  async run(trial) {
    const setting = await openSetting(trial, { env: MANY_AT_ONCE })
    const kinds: readonly Fault[] = ['hang-connect', 'hang-first', 'hang-mid']
    for (const fault of kinds) setting.world.vllm.next({ fault, after: 10, times: 2 })
    return whileTalking(setting, 1_000, async () => undefined)
  },
}

const outage: Scenario = {
  name: 'model-outage',
  proves: 'the model is away (60 s; 12 s in CI) and no turn spends an attempt on it',
  turns: 40,
  async run(trial) {
    const setting = await openSetting(trial)
    const { world } = setting
    const began = Date.now()
    const outageMs = Number(process.env['OUTAGE_SECONDS'] ?? (trial.isShort ? 12 : 60)) * 1_000
    let [from, to] = [Number.POSITIVE_INFINITY, 0]
    const found = await whileTalking(setting, outageMs, async () => {
      await sleep(1_000)
      await world.vllm.down()
      from = Date.now()
      await sleep(outageMs)
      to = Date.now()
      await world.vllm.up()
    })
    // What was being answered when it went away lost its stream: that one attempt is the turn's own.
    const [spent] = await world.query<{ asked: number; within: number; before: number }>(
      `select count(*)::int as asked,
         count(*) filter (where attempts > 0)::int as within,
         (select count(*)::int from turns where attempts > 1 and created_at > to_timestamp(${began / 1_000})) as before
       from turns where created_at between to_timestamp(${from / 1_000}) and to_timestamp(${to / 1_000})`,
    )
    const { asked, within, before } = spent!
    trial.say(`${asked} turns began during the outage`)
    if (asked === 0) found.push('nobody asked anything during the outage')
    if (within > 0) found.push(`${within} of ${asked} turns spent attempts on an outage that was there first`)
    if (before > 0) found.push(`${before} turns spent more than the attempt that was cut short`)
    return found
  },
}

const slow: Scenario = {
  name: 'model-slow',
  proves: 'one token a second: the words come as they are written, and the answer is whole',
  turns: 10,
  async run(trial) {
    const setting = await openSetting(trial, { env: MANY_AT_ONCE })
    const { vllm } = setting.world
    vllm.reply((request) => {
      const marks = [...new Set(request.lastUser.match(/접수\d+번/g) ?? [])].join(' ')
      const tokens = [
        `${marks} 답변을 `,
        '시작할게요. ',
        '주문 내역에서 ',
        '볼 수 있어요. ',
        `${marks} `,
        '답변은 ',
        '여기까지예요.',
      ]
      return { tokens, fault: 'slow', ms: 1_000 }
    })
    return whileTalking(setting, 1_000, async () => undefined)
  },
}

export const modelScenarios: readonly Scenario[] = [faults, hangs, outage, slow]
