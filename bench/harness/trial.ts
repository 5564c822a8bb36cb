// One trial: new fakes, a new system, warm-up, questions at a rate, and what became of each of them.
import { setTimeout as sleep } from 'node:timers/promises'
import type { LatencyProfile } from '../../test/fakes/vllm/index.ts'
import { type Child, startChild, wallMs } from './child.ts'
import type { Infrastructure } from './infrastructure.ts'
import { type Ack, send } from './load.ts'
import { startCpuMeter, withChildren } from './machine.ts'
import type { Generation, ModelOperations } from './model-process.ts'
import type { SlackFacts, SlackOperations } from './slack-process.ts'
import { type Shape, type System, startSystem } from './systems.ts'
import type { CallCount, Outcome } from './witness.ts'

/** What stays the same over a run of the bench. */
export interface Bench {
  infrastructure: Infrastructure
  profileDir: string | null
  /** Few questions, no peers: only whether it works. */
  isSmoke: boolean
  /** Of the soak. */
  minutes: number
  /** Questions that wait in the row about a long queue. */
  backlog: number
}

export interface StageOptions {
  shape: Shape
  latency: LatencyProfile
  tokens: number
  /** `real`: Slack's limits in the fake, and ours at scale 1. */
  limits?: 'real' | 'off'
  concurrency?: number
  maxNumSeqs?: number
  isInspected?: boolean
}

export interface Stage extends AsyncDisposable {
  slack: Child<SlackOperations>
  model: Child<ModelOperations>
  system: System
  facts: SlackFacts
  tokens: number
}

/** High enough that no budget of ours is ever felt. */
const NO_LIMITS = '100000'

export async function openStage(bench: Bench, options: StageOptions): Promise<Stage> {
  await using opening = new AsyncDisposableStack()
  const limits = options.limits ?? 'off'
  const slack = opening.use(await startChild<SlackOperations>('slack-process.ts'))
  const model = opening.use(await startChild<ModelOperations>('model-process.ts'))
  const facts = await slack.call('start', { limits })
  const { latency, tokens, maxNumSeqs = 4_096 } = options
  const { baseUrl } = await model.call('start', { latency, tokens, maxNumSeqs })
  const system = opening.use(
    await startSystem({
      shape: options.shape,
      env: {
        SLACK_BOT_TOKEN: facts.botToken,
        SLACK_SIGNING_SECRET: facts.signingSecret,
        SLACK_API_URL: facts.apiUrl,
        EXAONE_BASE_URL: baseUrl,
        PLATFORM_RATE_SCALE: limits === 'off' ? NO_LIMITS : '1',
      },
      infrastructure: bench.infrastructure,
      concurrency: options.concurrency ?? 1_024,
      profileDir: bench.profileDir,
      isInspected: options.isInspected,
    }),
  )
  if (options.shape !== 'damso-worker') await slack.call('connect', { url: system.url })
  const opened = opening.move()
  return { slack, model, system, facts, tokens, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

export interface TrialOptions extends StageOptions {
  perSecond: number
  seconds: number
  channels?: number
  warmUpSeconds?: number
  /** How long to wait for the last answers. */
  settleSeconds?: number
  /** A gateway alone: nothing answers. */
  isIntakeOnly?: boolean
}

/** Of one question; times in ms. */
export interface Answered extends Outcome {
  sentAt: number
  generation: Generation | undefined
}

export interface Trial {
  answers: Answered[]
  acks: Ack[]
  /** 99th percentile of how late the load was. */
  lateMs: number[]
  startedAt: number
  cpuMs: { app: number; servers: number }
  calls: Record<string, CallCount>
  peakRunning: number
  /** Lost, doubled or refused, in words; empty when all is well. */
  faults: string[]
}

export async function runTrial(bench: Bench, options: TrialOptions): Promise<Trial> {
  await using stage = await openStage(bench, options)
  const { channels = 200, perSecond, seconds, tokens } = options
  const warmUp = Math.ceil(perSecond * (options.warmUpSeconds ?? (bench.isSmoke ? 0.2 : 3.1)))
  await ask(stage, { series: 'W', count: warmUp, channels, tokens, perSecond })
  if (!options.isIntakeOnly) await settle(stage, warmUp, options)
  const count = Math.ceil(perSecond * seconds)
  const questions = await stage.slack.call('ask', { series: 'Q', first: 0, count, channels, tokens })
  const pids = stage.system.processes.map(({ pid }) => pid)
  const servers = serversOf(bench, options.shape)
  const [app, ofServers] = [startCpuMeter(pids), startCpuMeter(servers)]
  const startedAt = wallMs()
  const { signingSecret } = stage.facts
  const sent = await send(questions, { url: stage.system.url, signingSecret, perSecond })
  if (!options.isIntakeOnly) await settle(stage, warmUp + count, options)
  const used = { app: app(), servers: ofServers() }
  const outcomes = (await stage.slack.call('outcomes')).filter(({ key }) => key.startsWith('Q'))
  const generations = new Map((await stage.model.call('generations')).map((one) => [one.key, one]))
  const { peakRunning } = await stage.model.call('state')
  const answers = outcomes.map((outcome) => ({
    ...outcome,
    sentAt: sent.sentAt.get(outcome.key) as number,
    generation: generations.get(outcome.key),
  }))
  return {
    answers,
    acks: sent.acks,
    lateMs: sent.lateMs,
    startedAt,
    cpuMs: used,
    calls: await stage.slack.call('calls'),
    peakRunning,
    faults: faultsOf(answers, sent.acks, options.isIntakeOnly ?? false),
  }
}

interface Asking {
  series: string
  count: number
  channels: number
  tokens: number
  perSecond: number
}

async function ask(stage: Stage, { perSecond, ...asking }: Asking): Promise<void> {
  const questions = await stage.slack.call('ask', { ...asking, first: 0 })
  await send(questions, { url: stage.system.url, signingSecret: stage.facts.signingSecret, perSecond })
}

/** Until `count` questions have their whole answer, or nothing has come for a while. */
export async function settle(
  stage: Stage,
  count: number,
  { settleSeconds = 30 }: { settleSeconds?: number },
): Promise<void> {
  let last = -1
  let until = 0
  for (;;) {
    const { done } = await stage.slack.call('progress')
    if (done >= count) break
    if (done > last) until = performance.now() + settleSeconds * 1_000
    else if (performance.now() > until) return
    last = done
    await sleep(200)
  }
  // A doubled answer would come shortly after the first.
  await sleep(300)
}

function serversOf({ infrastructure }: Bench, shape: Shape): number[] {
  if (shape === 'bolt' || shape === 'embedded') return []
  const redis = infrastructure.redisPid()
  return shape === 'chat-sdk' ? [redis] : [redis, ...withChildren(infrastructure.postgresPid())]
}

function faultsOf(answers: readonly Answered[], acks: readonly Ack[], isIntakeOnly: boolean): string[] {
  const lost = isIntakeOnly ? [] : answers.filter(({ complete }) => complete === 0)
  const doubled = answers.filter(({ complete, others }) => complete > 1 || (complete === 1 && others > 0))
  const refused = acks.filter(({ status }) => status < 200 || status > 299)
  const first = ({ key, shown }: Answered): string => `${key}: ${JSON.stringify(shown)}`
  return [
    ...(lost[0]
      ? [`${lost.length} of ${answers.length} questions lack a complete answer, ${first(lost[0])}`]
      : []),
    ...(doubled[0]
      ? [`${doubled.length} of ${answers.length} answers are doubled or half, ${first(doubled[0])}`]
      : []),
    ...(refused[0]
      ? [`${refused.length} of ${acks.length} events were not acknowledged, first with ${refused[0].status}`]
      : []),
  ]
}
