// What Damso does with the model: how much of a thread's prompts its prefix cache knows, and how fast Stop frees it.
import { setTimeout as sleep } from 'node:timers/promises'
import { p50, p99 } from '../harness/figures.ts'
import { send } from '../harness/load.ts'
import { type Measurement, number, type Row } from '../harness/row.ts'
import { sum } from '../harness/statistics.ts'
import { type Bench, openStage, type Stage, settle } from '../harness/trial.ts'
import { LATENCY, LONG } from './profile.ts'

type Found = { found: Measurement; faults: string[] }

const TURNS = 10

async function prefixShare(bench: Bench): Promise<Found> {
  const turns = bench.isSmoke ? 3 : TURNS
  await using stage = await openStage(bench, {
    shape: 'damso',
    latency: LATENCY,
    tokens: LONG,
    concurrency: 16,
  })
  let thread: { channel: string; ts: string } | undefined
  for (let turn = 0; turn < turns; turn += 1) {
    const asking = { series: 'T', first: turn, count: 1, channels: 1, tokens: LONG, thread }
    const questions = await stage.slack.call('ask', asking)
    await send(questions, sending(stage, 1))
    await settle(stage, turn + 1, {})
    const [first] = questions
    if (first) thread ??= { channel: first.channel, ts: first.ts }
  }
  const generations = await stage.model.call('generations')
  const [prompt, cached] = [
    sum(generations.map((one) => one.promptTokens)),
    sum(generations.map((one) => one.cachedTokens)),
  ]
  const { done } = await stage.slack.call('progress')
  return {
    found: {
      id: 'prefix-share',
      what: `prompt tokens from the prefix cache over a thread of ${turns} turns`,
      unit: '%',
      runs: [(cached / prompt) * 100],
      target: { atLeast: 80 },
      beside: { 'prompt tokens': `${prompt} in ${generations.length} calls` },
    },
    faults: done === turns ? [] : [`${turns - done} of ${turns} turns of the thread have no answer`],
  }
}

/** Slack's own Stop button, in direct messages; gateway and worker are two processes. */
async function stopTime(bench: Bench): Promise<Found> {
  const count = bench.isSmoke ? 5 : 100
  const latency = { ...LATENCY, itlMs: 40 }
  await using stage = await openStage(bench, { shape: 'damso', latency, tokens: LONG })
  const asking = { series: 'S', first: 0, count, channels: 1, tokens: LONG, isDirect: true }
  const questions = await stage.slack.call('ask', asking)
  const pressed = new Map<string, number>()
  const sent = send(questions, sending(stage, 10))
  const stopping = questions.map(async ({ key, channel, ts }) => {
    const end = performance.now() + 30_000
    while (!(await stage.slack.call('canStop', { channel, ts }))) {
      if (performance.now() > end) return
      await sleep(50)
    }
    pressed.set(key, await stage.slack.call('stop', { user: channel.slice(1), ts }))
  })
  await Promise.all([sent, ...stopping])
  await sleep(2_000)
  const generations = await stage.model.call('generations')
  const times = generations.flatMap(({ key, abortedAt }) => {
    const at = pressed.get(key)
    return at !== undefined && abortedAt !== undefined ? [abortedAt - at] : []
  })
  const missing = count - times.length
  return {
    found: {
      id: 'stop',
      what: 'Stop pressed → aborted at the model, p99, worker in another process',
      unit: 'ms',
      runs: [p99(times)],
      target: { atMost: 300 },
      beside: { p50: `${number(p50(times))} ms`, presses: String(times.length) },
    },
    faults: missing > 0 ? [`${missing} of ${count} answers went on after Stop, or could not be stopped`] : [],
  }
}

function sending(stage: Stage, perSecond: number) {
  return { url: stage.system.url, signingSecret: stage.facts.signingSecret, perSecond }
}

export const modelUse: Row = {
  name: 'model-use',
  title: 'Use of the model',
  isInSmoke: true,
  async run(bench) {
    const all = [...(bench.isSmoke ? [] : [await prefixShare(bench)]), await stopTime(bench)]
    return { measurements: all.map(({ found }) => found), faults: all.flatMap(({ faults }) => faults) }
  },
}
