// Discord drops its gateway, limits, loses and refuses; it sends nothing twice, so what was missed is fetched.
import { setTimeout as sleep } from 'node:timers/promises'
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

/** In the one the bot loses the right to write, in the other the right to look. */
const MUTED = '닫힌방'
const BLIND = '숨은방'
const SENDING = ['SEND_MESSAGES', 'SEND_MESSAGES_IN_THREADS', 'CREATE_PUBLIC_THREADS'] as const
const RESUMED = 'resumed the Discord session'
const CONNECTED = 'connected to Discord'
const CHANNEL_ONLY = { commands: 0, dms: 0, followUps: 0 }

const gateway: Scenario = {
  name: 'discord-gateway',
  proves:
    'dropped, told to reconnect, invalid session, session forgotten, and a cold start with missed messages',
  turns: 60,
  async run(trial) {
    const setting = await openSetting(trial, { speech: { commands: 0.1, dms: 0.2 } })
    const { discord } = setting.world
    const began = Date.now()
    const found = await whileTalking(
      setting,
      12_000,
      async () => {
        await sleep(800)
        discord.dropGateway()
        await sleep(1_200)
        discord.gateway.reconnect()
        await sleep(1_200)
        discord.gateway.invalidate(true)
        await sleep(1_200)
        discord.gateway.forgetSessions()
        discord.dropGateway()
        await sleep(1_500)
        discord.gateway.invalidate(false)
        await sleep(1_500)
        await setting.gateway.kill()
        await sleep(1_000)
        await setting.gateway.start()
      },
      { mayLoseInteractions: true },
    )
    const said = setting.gateway.lines.filter(({ at }) => at >= began).map(({ msg }) => msg)
    const times = (msg: string): number => said.filter((one) => one === msg).length
    trial.say(`resumed ${times(RESUMED)} times, connected anew ${times(CONNECTED)} times`)
    if (times(RESUMED) === 0) throw new Error('no session was resumed')
    return found
  },
}

const storm: Scenario = {
  name: 'discord-storm',
  proves: '429 of a bucket and of all, 5xx, and answers lost after the message was made',
  turns: 60,
  async run(trial) {
    const setting = await openSetting(trial)
    const { discord } = setting.world
    const patterns = [
      'POST /channels/{channel}/messages',
      'PATCH /channels/{channel}/messages/{id}',
      'PATCH /webhooks/*',
    ]
    const before = discord.calls.length
    const found = await whileTalking(setting, 7_000, async () => {
      for (let left = 45; left > 0; left--) {
        const pattern = patterns[Math.floor(trial.random() * patterns.length)]!
        const chance = trial.random()
        if (chance < 0.3) discord.failNext(pattern, { status: 429, retryAfter: 0.7 })
        else if (chance < 0.4) discord.failNext('POST *', { status: 429, retryAfter: 0.7, global: true })
        else if (chance < 0.6) discord.failNext(pattern, { status: 502 })
        else if (chance < 0.8) discord.failNext(pattern, { afterEffect: true })
        else discord.failNext(pattern, { status: 500, afterEffect: true })
        await sleep(150)
      }
    })
    const calls = discord.calls.slice(before)
    const limited = calls.filter(({ status }) => status === 429).length
    const failed = calls.filter(({ status }) => status >= 500 || status === 0).length
    trial.say(`${limited} calls limited, ${failed} failed`)
    if (limited === 0 || failed === 0) throw new Error('it was no storm')
    return found
  },
}

const places: Scenario = {
  name: 'discord-places',
  proves:
    'threads archived or deleted and permissions taken away in mid-answer: finished, or ended, and nobody waits',
  turns: 30,
  async run(trial) {
    const setting = await openSetting(trial, {
      speech: { commands: 0, followUps: 0.4 },
      env: MANY_AT_ONCE,
    })
    const { world, speech } = setting
    const { discord, vllm } = world
    const lanes = Array.from({ length: 8 }, () => speech.ask('discord'))
    const askIn = (room: string): Lane[] =>
      Array.from({ length: 3 }, () => speech.ask('discord', undefined, room))
    const [muted, blind] = [askIn(MUTED), askIn(BLIND)]
    lanes.push(...muted, ...blind)
    const held = vllm.holdAfter(12)
    await untilRunning(world, lanes.length)
    await held
    await until(() => lanes.every((lane) => lane.answers().length > 0), 20_000)
    const [archived, deleted] = [lanes.slice(0, 4), lanes.slice(4, 8)]
    for (const lane of archived) discord.archive(lane.question.id)
    for (const lane of deleted) discord.deleteChannel(lane.question.id)
    // One's own message may still be edited, so these are finished; where nothing may be seen, nothing can be changed.
    discord.setPermissions(MUTED, { bot: { deny: [...SENDING] } })
    discord.setPermissions(BLIND, { bot: { deny: ['VIEW_CHANNEL', ...SENDING] } })
    for (const lane of [...muted, ...blind]) lane.isShut = true
    for (const room of [MUTED, BLIND])
      discord.user('nari', { locale: 'ko' }).say(room, `${discord.botMention} 들리시나요?`)
    // Where the thread was, nothing can be said, or it is said in the channel.
    for (const lane of [...deleted, ...blind]) {
      for (const said of lane.said) said.atLeast = () => 0
      lane.answers = () => []
    }
    vllm.resume()
    const found = await whileTalking(setting, 3_000, async () => undefined)
    if (!discord.calls.some(({ status }) => status === 403)) throw new Error('nothing was refused')
    return [...found, ...(await untilEnded(setting.world))]
  },
}

const late: Scenario = {
  name: 'discord-late',
  proves:
    'the interaction expires while its answer is written: a public answer goes on as an ordinary message',
  turns: 12,
  async run(trial) {
    const setting = await openSetting(trial, {
      speech: CHANNEL_ONLY,
      discord: { interactionLifetimeMs: 2_500 },
    })
    const { world, speech } = setting
    world.vllm.pause()
    for (let index = 0; index < trial.turns; index++) {
      publicCommand(setting)
      speech.ask('slack')
    }
    await untilRunning(world, 2 * trial.turns)
    await sleep(3_000)
    world.vllm.resume()
    trial.say(`${speech.count} messages`)
    // Discord itself ends the “thinking” of a token that has expired.
    for (const lane of speech.lanes) if (lane.platform === 'discord') lane.isForgiven = true
    return audit(world, speech.lanes)
  },
}

/** Every second one is private, and is not asked for here. */
function publicCommand({ speech }: Setting): Lane {
  const lane = speech.command('discord')
  if (lane.said[0]!.number % 2 === 1) return lane
  for (const said of lane.said) said.atLeast = () => 0
  return speech.command('discord')
}

const two: Scenario = {
  name: 'discord-two-gateways',
  proves: 'two gateways, one shard: one is connected at a time, and the other takes over when it is killed',
  turns: 40,
  async run(trial) {
    const setting = await openSetting(trial, { speech: { commands: 0.05, dms: 0.15 } })
    const { world } = setting
    const other = world.process({ roles: 'gateway' })
    trial.stack.use(other)
    await startAll(other)
    let most = 0
    const watch = setInterval(() => {
      most = Math.max(most, world.discord.gateway.connected())
    }, 20)
    const found = await whileTalking(
      setting,
      14_000,
      async () => {
        await sleep(2_000)
        await setting.gateway.kill()
        // The lease lasts ten seconds.
        await until(() => world.discord.gateway.connected() === 1, 25_000)
        await setting.gateway.start()
        await sleep(500)
      },
      { mayLoseInteractions: true },
    )
    clearInterval(watch)
    if (most !== 1) found.push(`${most} sessions were connected at once`)
    return found
  },
}

export const discordScenarios: readonly Scenario[] = [gateway, storm, places, late, two]
