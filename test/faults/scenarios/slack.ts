// Slack limits, loses, repeats, reorders and refuses.
import { setTimeout as sleep } from 'node:timers/promises'
import { markOf } from '../../e2e/audit.ts'
import { seenOnSlack } from '../../e2e/stage.ts'
import type { DeliverOptions } from '../../fakes/slack/index.ts'
import { until } from '../../servers.ts'
import { audit } from '../audit.ts'
import {
  MANY_AT_ONCE,
  openSetting,
  type Setting,
  untilEnded,
  untilRunning,
  whileTalking,
} from '../setting.ts'
import type { Lane } from '../speech.ts'
import type { Scenario } from '../trial.ts'
import { startAll } from '../world.ts'

const TEXT = '배송이 언제 오는지 알려 주세요.'
const CHANNEL_ONLY = { commands: 0, dms: 0, followUps: 0 }
const WRITES = [
  'chat.startStream',
  'chat.appendStream',
  'chat.stopStream',
  'chat.postMessage',
  'chat.update',
] as const

/** A question with a say in how its events travel. */
function askOddly({ world, speech }: Setting, deliver: DeliverOptions): Lane {
  const { slack } = world
  const number = world.nextNumber()
  const who = `odd${number}`
  const text = `${slack.mention} ${markOf(number)} ${TEXT}`
  const ts = slack.user(`U${who.toUpperCase()}`, { name: who, locale: 'ko-KR' }).say('C1', text, { deliver })
  const answers = () =>
    slack
      .thread('C1', ts)
      .filter((message) => message.isBot)
      .map(seenOnSlack)
  const lane: Lane = {
    platform: 'slack',
    who,
    said: [{ number, id: ts, atLeast: () => 1, atMost: () => 1 }],
    question: { id: ts, answers },
    answers,
    slackDm: null,
  }
  speech.lanes.push(lane)
  return lane
}

const storm: Scenario = {
  name: 'slack-storm',
  proves: '429 storms, 5xx, and answers lost after the post was made, on every call that writes',
  turns: 60,
  async run(trial) {
    const setting = await openSetting(trial)
    const { slack } = setting.world
    const before = slack.calls.length
    const found = await whileTalking(setting, 7_000, async () => {
      for (let left = 50; left > 0; left--) {
        const method = WRITES[Math.floor(trial.random() * WRITES.length)]!
        const chance = trial.random()
        if (chance < 0.35) slack.failNext(method, { status: 429, retryAfter: 1 })
        else if (chance < 0.5) slack.failNext(method, { status: 503 })
        else if (chance < 0.65) slack.failNext(method, { status: 500, afterEffect: true })
        else if (chance < 0.9) slack.failNext(method, { drop: true, afterEffect: true })
        else slack.failNext(method, { drop: true })
        await sleep(140)
      }
      slack.clearFaults()
    })
    const hurt = slack.calls
      .slice(before)
      .filter(({ fault, status }) => fault !== undefined || status === 429)
    const limited = hurt.filter(({ status }) => status === 429).length
    trial.say(`${limited} calls limited, ${hurt.length - limited} failed or lost`)
    if (limited === 0 || limited === hurt.length) throw new Error('it was no storm')
    return found
  },
}

const repeats: Scenario = {
  name: 'slack-repeats',
  proves:
    'every event three times, a mention before its message, late ones after newer ones, deleted before created',
  turns: 30,
  async run(trial) {
    const setting = await openSetting(trial, { speech: CHANNEL_ONLY })
    const { world, speech } = setting
    for (let index = 0; index < trial.turns; index++) {
      const deliver = { times: 3, reorder: index % 2 === 0, delayMs: Math.floor(trial.random() * 800) }
      askOddly(setting, deliver)
      if (index % 2 === 0) speech.ask('discord')
    }
    for (let index = 0; index < 4; index++) {
      const lane = askOddly(setting, { hold: true })
      for (const said of lane.said) said.atLeast = said.atMost = () => 0
      world.slack.user(`U${lane.who.toUpperCase()}`).delete(lane.question.id)
    }
    await sleep(1_000)
    world.slack.release()
    trial.say(`${speech.lanes.length} messages, those on Slack three times each`)
    return audit(world, speech.lanes)
  },
}

const twoGateways: Scenario = {
  name: 'slack-two-gateways',
  proves: 'two gateways hear every event, at the same time: each is answered once',
  turns: 30,
  async run(trial) {
    const setting = await openSetting(trial, { speech: CHANNEL_ONLY })
    const { world, speech } = setting
    const { slack } = world
    await slackSockets(setting, 2)
    const first = new Set(slack.sockets())
    const before = new Set(slack.deliveries)
    const other = world.process({ roles: 'gateway' })
    trial.stack.use(other)
    await startAll(other)
    await slackSockets(setting, 4)
    // The fake hands them to its sockets in turn.
    for (let index = 0; index < trial.turns; index++) {
      askOddly(setting, { times: 4, reorder: index % 2 === 0 })
      if (index % 2 === 0) speech.ask('discord')
      await sleep(trial.random() * 60)
    }
    const found = await audit(world, speech.lanes)
    const heardByBoth = slack.deliveries.filter((delivery) => {
      if (before.has(delivery)) return false
      const byFirst = delivery.attempts.map(({ socket }) => first.has(Number(socket)))
      return byFirst.includes(true) && byFirst.includes(false)
    })
    // A mention is two events.
    if (heardByBoth.length < 2 * trial.turns)
      throw new Error(`only ${heardByBoth.length} events reached both gateways`)
    trial.say(`${speech.lanes.length} messages, each event of Slack to both`)
    return found
  },
}

const slackSockets = ({ world }: Setting, count: number): Promise<void> =>
  until(() => world.slack.sockets().length === count, 20_000)

const refresh: Scenario = {
  name: 'slack-refresh',
  proves:
    'sockets refreshed or cut every second, app_rate_limited, invalid_auth when reconnecting: no exit, no loss',
  turns: 60,
  async run(trial) {
    const setting = await openSetting(trial)
    const { slack } = setting.world
    const found = await whileTalking(setting, 9_000, async () => {
      for (let round = 0; round < 8; round++) {
        if (round % 4 === 1) slack.failNext('apps.connections.open', { error: 'invalid_auth', times: 2 })
        if (round % 4 === 2) slack.failNext('apps.connections.open', { status: 503, times: 2 })
        if (round % 2 === 0) await slack.sendAppRateLimited()
        if (round % 3 === 2) slack.cutSockets()
        else slack.refreshSockets(round % 3 === 0 ? 'refresh_requested' : 'warning')
        await sleep(1_000)
      }
    })
    if (setting.gateway.state !== 'running') found.push('the gateway ended')
    return found
  },
}

const streams: Scenario = {
  name: 'slack-streams',
  proves: 'streams that die in mid-answer, and msg_too_long: the answer is finished another way',
  turns: 40,
  async run(trial) {
    const setting = await openSetting(trial, {
      vllm: { latency: { prefillMs: 30, perPromptTokenMs: 0, itlMs: 15 } },
    })
    const { slack } = setting.world
    const before = slack.calls.length
    return whileTalking(setting, 5_000, async () => {
      let killed = 0
      for (let left = 60; left > 0; left--) {
        const open = setting.speech.lanes
          .filter((lane) => lane.platform === 'slack')
          .flatMap((lane) => lane.answers())
          .filter(({ id }) => slack.message(id)?.streamingState === 'in_progress')
        const one = open[Math.floor(trial.random() * open.length)]
        if (one && trial.random() < 0.5) {
          slack.killStream(one.id)
          killed++
        }
        if (left % 10 === 0) slack.failNext('chat.appendStream', { error: 'msg_too_long' })
        await sleep(80)
      }
      slack.clearFaults()
      const refused = slack.calls.slice(before).filter(({ error }) => error === 'msg_too_long').length
      trial.say(`${killed} streams killed, ${refused} texts refused as too long`)
      if (killed === 0 || refused === 0) throw new Error('no stream was killed, or no text refused')
    })
  },
}

const lookUp: Scenario = {
  name: 'slack-look-up',
  proves:
    'a post whose answer was lost, while looking for it is rate-limited: the turn waits, nothing is posted twice',
  turns: 16,
  async run(trial) {
    const setting = await openSetting(trial, { speech: CHANNEL_ONLY })
    const { slack } = setting.world
    const before = slack.calls.length
    for (const method of ['chat.startStream', 'chat.postMessage'])
      slack.failNext(method, { drop: true, afterEffect: true, times: 12 })
    for (const method of ['conversations.replies', 'conversations.history'])
      slack.failNext(method, { status: 429, retryAfter: 1, times: 12 })
    const found = await whileTalking(setting, 1_500, async () => undefined)
    slack.clearFaults()
    const calls = slack.calls.slice(before)
    const lost = calls.filter(({ fault, method }) => fault !== undefined && method.startsWith('chat.')).length
    const limited = calls.filter(({ status, method }) => status === 429 && method.startsWith('conv')).length
    trial.say(`${lost} answers lost, ${limited} look-ups limited`)
    if (lost === 0 || limited === 0) throw new Error('no answer was lost, or no look-up limited')
    return found
  },
}

const places: Scenario = {
  name: 'slack-places',
  proves: 'channels archived and the bot removed in mid-answer: those turns end, and hold up nobody else',
  turns: 30,
  async run(trial) {
    const setting = await openSetting(trial, { env: MANY_AT_ONCE })
    const { world } = setting
    const { slack, vllm } = world
    const gone = ['CGONE1', 'CGONE2'].map((id) => slack.channel(id, { name: id.toLowerCase() }))
    vllm.pause()
    for (const [index, channel] of gone.entries())
      for (let number = 0; number < 4; number++)
        slack
          .user(`UGONE${index}${number}`, { name: `gone${index}${number}` })
          .say(channel, `${slack.mention} 사라질 질문 ${number}`)
    await untilRunning(world, 8)
    slack.archive(gone[0]!)
    slack.removeBot(gone[1]!)
    vllm.resume()
    const found = await whileTalking(setting, 3_000, async () => undefined)
    found.push(...(await untilEnded(setting.world)))
    for (const error of ['is_archived', 'not_in_channel'])
      if (!slack.calls.some((call) => call.error === error))
        throw new Error(`nothing was refused as ${error}`)
    return found
  },
}

export const slackScenarios: readonly Scenario[] = [
  storm,
  repeats,
  twoGateways,
  refresh,
  streams,
  lookUp,
  places,
]
