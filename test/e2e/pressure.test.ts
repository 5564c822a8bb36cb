// When others are overloaded: the model refuses for a while, or the platforms say 429. People are told their place,
// everybody is answered once in the end, and nobody's attempts are spent on it.
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { withServer } from '../servers.ts'
import { furnishedDatabase } from '../templates.ts'
import { answerByMark, faultsOf, markOf, quiet, unfinished, untilNone } from './audit.ts'
import { openWorld, type World } from './harness.ts'
import { discordStage, type Question, type Stage, slackStage } from './stage.ts'

const TOLD = /앞에 \d+건이 있어요|늦어지고 있어요/

interface Asked {
  mark: string
  question: Question
}

withServer('postgres')('under pressure', () => {
  let world: World
  let database: pg.Client
  let slack: Stage
  let discord: Stage
  let count = 0
  beforeAll(async () => {
    const { url } = await furnishedDatabase()
    world = await openWorld({ databaseUrl: url, env: { EXAONE_CONCURRENCY: '2' } })
    database = new pg.Client({ connectionString: url })
    await database.connect()
    slack = slackStage(world)
    discord = discordStage(world)
  }, 120_000)
  afterAll(async () => {
    await database.end()
    await world[Symbol.asyncDispose]()
  })
  beforeEach(() => {
    world.vllm.clear()
    world.slack.clearFaults()
    answerByMark(world.vllm)
  })

  const ask = (stage: Stage): Asked => {
    const mark = markOf(++count)
    return { mark, question: stage.ask(`minji${count}`, `${mark} 배송이 언제 오는지 알려 주세요.`) }
  }
  const askMany = (): { onSlack: Asked[]; onDiscord: Asked[] } => ({
    onSlack: [1, 2, 3].map(() => ask(slack)),
    onDiscord: [1, 2, 3].map(() => ask(discord)),
  })
  const expectOneAnswerEach = async (all: readonly Asked[], withinMs: number): Promise<void> => {
    const faults = (): string[] => [
      ...all.flatMap(({ question, mark }) => faultsOf(question, mark)),
      ...unfinished(world, ['C1']),
    ]
    await untilNone(faults, withinMs)
    await quiet(world)
    expect(faults()).toEqual([])
  }
  const expectToldOnBoth = async ({ onSlack, onDiscord }: ReturnType<typeof askMany>): Promise<void> => {
    await slack.until(
      () => onSlack.every(({ question }) => TOLD.test(world.slack.status('C1', question.id))),
      'the place in Slack’s status',
      20_000,
    )
    await discord.until(
      () => onDiscord.every(({ question }) => question.answers().some((seen) => TOLD.test(seen.text))),
      'the place in a Discord notice',
      20_000,
    )
    for (const { question } of onDiscord) expect(question.answers()).toHaveLength(1)
  }
  const expectNoAttemptSpent = async (): Promise<void> => {
    const { rows } = await database.query(
      'select state, attempts, crashes from turns where attempts > 0 or crashes > 0',
    )
    expect(rows).toEqual([])
  }

  it('while the model cannot be reached, everybody is told their place and answered later', async () => {
    await world.vllm.down()
    const asked = askMany()
    await expectToldOnBoth(asked)
    await world.vllm.up()
    await expectOneAnswerEach([...asked.onSlack, ...asked.onDiscord], 40_000)
    await expectNoAttemptSpent()
  }, 120_000)

  it('while the model is overloaded, everybody is told their place and answered later', async () => {
    world.vllm.next({ fault: '503', times: 1_000 })
    const asked = askMany()
    await expectToldOnBoth(asked)
    world.vllm.clear()
    answerByMark(world.vllm)
    await expectOneAnswerEach([...asked.onSlack, ...asked.onDiscord], 40_000)
    await expectNoAttemptSpent()
  }, 120_000)

  it('the final text arrives in Slack through a storm of 429', async () => {
    const held = world.vllm.holdAfter(10)
    const asked = [ask(slack), ask(slack)]
    await held
    const writes = [
      'chat.postMessage',
      'chat.update',
      'chat.appendStream',
      'chat.stopStream',
      'chat.startStream',
    ]
    for (const method of writes) world.slack.failNext(method, { status: 429, retryAfter: 1, times: 3 })
    world.vllm.resume()
    await expectOneAnswerEach(asked, 45_000)
  }, 90_000)

  it('the final text arrives in Discord through a storm of 429', async () => {
    const held = world.vllm.holdAfter(10)
    const asked = [ask(discord), ask(discord)]
    await held
    world.discord.failNext(/^(POST|PATCH) \/channels\/\d+\/messages/, {
      status: 429,
      retryAfter: 0.7,
      times: 12,
    })
    world.vllm.resume()
    await expectOneAnswerEach(asked, 45_000)
  }, 90_000)

  it('no answer is lost when a platform fails and the connection breaks', async () => {
    world.slack.failNext('chat.stopStream', { status: 500 })
    world.slack.failNext('chat.startStream', { drop: true, afterEffect: true })
    world.discord.failNext(/^POST \/channels\/\d+\/messages/, { afterEffect: true })
    world.discord.failNext(/^PATCH \/channels\/\d+\/messages/, { status: 502, times: 2 })
    await expectOneAnswerEach([ask(slack), ask(discord)], 45_000)
  }, 90_000)
})
