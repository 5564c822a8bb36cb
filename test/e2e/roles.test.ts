// Gateways and workers as processes of their own, on Redis and PostgreSQL: what happens in one reaches the other, and
// each can be replaced, frozen or killed without a message lost or answered twice.
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { AppProcess } from '../demo/app-process.ts'
import { redisPrefix, until, withServer } from '../servers.ts'
import { furnishedDatabase } from '../templates.ts'
import { answerByMark, faultsOf, markOf, quiet, unfinished, untilNone } from './audit.ts'
import { openProcesses, type ProcessWorld, troubleOf, untilLogged } from './processes.ts'
import { discordStage, type Question, type Stage, slackStage } from './stage.ts'

const SOME_TOKENS = 12
/** Renewal brings a signal within a second; a notification is much faster than that. */
const AT_ONCE_MS = 600

interface Asked {
  mark: string
  question: Question
  who: string
}

withServer('redis', 'postgres')('gateways and workers in processes of their own', () => {
  let world: ProcessWorld
  let gateway: AppProcess
  let workers: AppProcess[]
  let stages: { slack: Stage; discord: Stage }
  let count = 0
  beforeAll(async () => {
    const { url, prefix } = await redisPrefix()
    const databaseUrl = (await furnishedDatabase()).url
    world = await openProcesses({
      databaseUrl,
      redisUrl: url,
      queuePrefix: prefix,
      // Slack's are at once, after one minute and after five.
      slack: { retryDelaysMs: [10, 2_000, 20_000] },
    })
    const port = await freePort()
    const http = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: world.slack.signingSecret }
    gateway = world.process({ ...http, ROLES: 'gateway', PORT: `${port}` })
    workers = [0, 1].map(() => world.process({ ...http, ROLES: 'worker' }))
    await Promise.all([gateway, ...workers].map((process) => process.start()))
    await untilLogged(gateway, 'gateway is connected')
    await world.slack.connectHttp(`http://127.0.0.1:${port}/slack/events`)
    stages = { slack: slackStage(world), discord: discordStage(world) }
  }, 150_000)
  afterAll(async () => {
    await world[Symbol.asyncDispose]()
  })
  beforeEach(() => {
    world.vllm.resume()
    world.vllm.clear()
    answerByMark(world.vllm)
  })

  const ask = (stage: Stage): Asked => {
    const mark = markOf(++count)
    const who = `minji${count}`
    return { mark, who, question: stage.ask(who, `${mark} 배송이 언제 오는지 알려 주세요.`) }
  }
  /** A question whose answer has begun to show and is held there. */
  const askAndHold = async (stage: Stage): Promise<Asked> => {
    const held = world.vllm.holdAfter(SOME_TOKENS)
    const asked = ask(stage)
    await held
    await stage.until(
      () => asked.question.answers().some((one) => one.text.includes(asked.mark)),
      'first words',
      15_000,
    )
    return asked
  }
  const trouble = (): string => [gateway, ...workers].map(troubleOf).join('\n')
  const expectOneAnswerEach = async (all: readonly Asked[], withinMs: number): Promise<void> => {
    const faults = (): string[] => [
      ...all.flatMap(({ question, mark }) => faultsOf(question, mark)),
      ...unfinished(world, ['C1']),
    ]
    await untilNone(faults, withinMs)
    await quiet(world)
    expect(faults(), trouble()).toEqual([])
  }
  const both = ['slack', 'discord'] as const

  it.each(both)(
    'Stop on %s ends the model’s work in another process at once',
    async (platform) => {
      const stage = stages[platform]
      const { question, who } = await askAndHold(stage)
      const aborted = world.vllm.aborted.length
      const pressedAt = performance.timeOrigin + performance.now()
      await stage.stop(who, question)
      await world.vllm.until((vllm) => vllm.aborted.length > aborted)
      const ms = world.vllm.aborted.at(-1)!.abortedAt! - pressedAt
      console.log(`stopped after ${Math.round(ms)} ms`)
      expect(ms).toBeLessThan(AT_ONCE_MS)
      await stage.until(
        () => question.answers().some((one) => one.text.includes('멈췄어요')),
        'the stopped mark',
      )
      expect(question.answers()).toHaveLength(1)
    },
    40_000,
  )

  it.each(both)(
    'an edit on %s restarts the answer in another process',
    async (platform) => {
      const stage = stages[platform]
      const asked = await askAndHold(stage)
      const mark = markOf(++count)
      stage.edit(asked.who, asked.question, `${mark} 고친 질문이에요. 배송이 언제 오나요?`)
      await world.vllm.until((vllm) => vllm.requests.at(-1)!.lastUser.includes(mark))
      world.vllm.resume()
      await expectOneAnswerEach([{ ...asked, mark }], 15_000)
    },
    40_000,
  )

  it.each(both)(
    'a deleted question on %s takes its answer away in another process',
    async (platform) => {
      const stage = stages[platform]
      const { question, who } = await askAndHold(stage)
      stage.remove(who, question)
      await stage.until(() => question.answers().length === 0, 'the answer gone')
      world.vllm.resume()
      await quiet(world)
      expect(question.answers()).toEqual([])
    },
    40_000,
  )

  it('loses and repeats nothing while all processes are replaced one after the other', async () => {
    const asked: Asked[] = []
    let isRolling = true
    const flow = (async () => {
      for (let turn = 0; isRolling; turn += 1) {
        asked.push(ask(turn % 2 === 0 ? stages.slack : stages.discord))
        await sleep(250)
      }
    })()
    for (const process of [...workers, gateway]) {
      await process.stop()
      await process.start()
    }
    isRolling = false
    await flow
    console.log(`${asked.length} messages during the rolling restart`)
    await expectOneAnswerEach(asked, 45_000)
  }, 180_000)

  it.each(both)(
    'a worker that was frozen longer than its lease writes nothing more on %s',
    async (platform) => {
      const asked = await askAndHold(stages[platform])
      const frozen = workers.find((worker) => isAt(worker, asked))!
      process.kill(frozen.pid!, 'SIGSTOP')
      try {
        world.vllm.resume()
        await expectOneAnswerEach([asked], 25_000)
      } finally {
        process.kill(frozen.pid!, 'SIGCONT')
      }
      const text = asked.question.answers()[0]?.text
      await untilLogged(frozen, 'lock lost')
      await expectOneAnswerEach([asked, ask(stages[platform])], 20_000)
      expect(asked.question.answers()[0]?.text).toBe(text)
    },
    80_000,
  )

  it('of two gateways one is connected to Discord, and the other takes over when it is killed', async () => {
    const standby = world.process({ ROLES: 'gateway', SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'unused' })
    await standby.start()
    expect(world.discord.gateway.connected()).toBe(1)
    await gateway.kill()
    await until(() => world.discord.gateway.connected() === 0)
    const missed = ask(stages.discord)
    await untilLogged(standby, 'gateway is connected', undefined, 20_000)
    expect(world.discord.gateway.connected()).toBe(1)
    await expectOneAnswerEach([missed, ask(stages.discord)], 20_000)
    await gateway.start()
    await quiet(world)
    expect(world.discord.gateway.connected()).toBe(1)
  }, 120_000)
})

/** This worker has begun the turn and not ended it. */
function isAt(worker: AppProcess, { question }: Asked): boolean {
  return worker.lines.some(
    ({ msg, fields }) =>
      msg === 'turn started' &&
      (fields['sources'] as string[]).some((source) => source.includes(question.id)),
  )
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
