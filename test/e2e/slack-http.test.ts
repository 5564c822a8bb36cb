// Slack over the HTTP Events API, with the app as a process: what is not saved is not acknowledged and comes again, what
// comes again is answered once, and nothing forged, broken or strange gets in.
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AppProcess } from '../demo/app-process.ts'
import { redisPrefix, until, withServer } from '../servers.ts'
import { furnishedDatabase } from '../templates.ts'
import { answerByMark, faultsOf, markOf, quiet, untilNone } from './audit.ts'
import { openProcesses, type ProcessWorld, portOf, troubleOf } from './processes.ts'
import { type Question, type Stage, slackStage } from './stage.ts'

const DAY_S = 86_400

withServer('redis', 'postgres')('Slack over HTTP', () => {
  let world: ProcessWorld
  let app: AppProcess
  let stage: Stage
  let databaseUrl: string
  let database: pg.Client
  let count = 0
  beforeAll(async () => {
    const { url, prefix } = await redisPrefix()
    databaseUrl = (await furnishedDatabase()).url
    world = await openProcesses({
      databaseUrl,
      redisUrl: url,
      queuePrefix: prefix,
      platforms: ['slack'],
      // Slack's are at once, after one minute and after five.
      slack: { retryDelaysMs: [10, 1_500, 4_000] },
    })
    answerByMark(world.vllm)
    const { signingSecret } = world.slack
    app = world.process({ SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: signingSecret })
    await app.start()
    database = new pg.Client({ connectionString: databaseUrl })
    // The last test ends its connection too.
    database.on('error', () => undefined)
    await database.connect()
    await world.slack.connectHttp(urlOf(app))
    stage = slackStage(world)
  }, 120_000)
  afterAll(async () => {
    await database.end().catch(() => undefined)
    await world[Symbol.asyncDispose]()
  })

  const ask = (): { mark: string; question: Question } => {
    const mark = markOf(++count)
    return { mark, question: stage.ask(`minji${count}`, `${mark} 배송이 언제 오나요?`) }
  }
  const expectOneAnswer = async ({ mark, question }: ReturnType<typeof ask>): Promise<void> => {
    const faults = (): string[] => faultsOf(question, mark)
    await untilNone(faults, 20_000)
    await quiet(world)
    expect(faults(), troubleOf(app)).toEqual([])
  }
  const rows = async (): Promise<number> => {
    const { rows } = await database.query<{ n: number }>('select count(*)::int as n from inbox')
    return rows[0]!.n
  }
  const send = async (signed: { body: string; headers: Record<string, string> }): Promise<number> =>
    (await fetch(urlOf(app), { method: 'POST', ...signed })).status
  /** What Slack would send for a mention that nobody wrote. */
  const forged = (): string => {
    const genuine = world.slack.deliveries.find((one) => one.type === 'app_mention')!
    const event = { ...(genuine.payload['event'] as object), ts: '1700000000.000100', text: '위조된 질문' }
    return JSON.stringify({ ...genuine.payload, event_id: 'EvFORGED', event })
  }

  it('answers a mention once although Slack sends it as two events', async () => {
    const asked = ask()
    await expectOneAnswer(asked)
    const events = deliveriesOf(world, asked.mark)
    expect(events.map((one) => one.type).sort()).toEqual(['app_mention', 'message'])
    expect(events.map((one) => one.status)).toEqual(['delivered', 'delivered'])
  }, 40_000)

  it('answers once when the same event is delivered three times more', async () => {
    const asked = ask()
    for (const one of deliveriesOf(world, asked.mark))
      for (let times = 0; times < 3; times += 1) world.slack.redeliver(one)
    await expectOneAnswer(asked)
  }, 40_000)

  it('refuses a wrong signature and one that is too old, and stores nothing', async () => {
    const before = await rows()
    const body = forged()
    const now = Math.floor(Date.now() / 1000)
    const { headers } = world.slack.sign(body)
    expect(await send({ headers, body: `${body} ` })).toBe(401)
    expect(await send({ headers: { 'content-type': 'application/json' }, body })).toBe(401)
    expect(await send(world.slack.sign(body, 'application/json', now - DAY_S))).toBe(401)
    expect(await rows()).toBe(before)
  })

  it('refuses what is too large or broken, and goes on', async () => {
    const before = await rows()
    const large = JSON.stringify({ type: 'event_callback', filler: '가'.repeat(500_000) })
    for (const body of [large, '{"type": "event_callback", ', 'null', '[]', '']) {
      const status = await send(world.slack.sign(body))
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
    }
    expect(await rows()).toBe(before)
    await expectOneAnswer(ask())
  }, 40_000)

  it('ignores an event that it does not know', async () => {
    const before = await rows()
    const body = forged().replace('"app_mention"', '"something_new"')
    expect(await send(world.slack.sign(body))).toBe(200)
    expect(await rows()).toBe(before)
  })

  it('does not acknowledge what the database could not take in time, and answers it once later', async () => {
    const asked = await whileLocked(database, async () => {
      const waiting = ask()
      await until(
        () =>
          attemptsOf(world, waiting.mark).some((one) => one.error === 'http_timeout' || one.status === 503),
        15_000,
      )
      expect(attemptsOf(world, waiting.mark).some((one) => one.ackedAt)).toBe(false)
      return waiting
    })
    await until(() => attemptsOf(world, asked.mark).some((one) => one.ackedAt), 20_000)
    await expectOneAnswer(asked)
  }, 60_000)

  it('does not acknowledge while the database refuses connections, and answers once it is back', async () => {
    const asked = await whileRefused(databaseUrl, async () => {
      const waiting = ask()
      await until(() => attemptsOf(world, waiting.mark).some((one) => one.status === 500), 15_000)
      expect(attemptsOf(world, waiting.mark).some((one) => one.ackedAt)).toBe(false)
      return waiting
    })
    await until(() => attemptsOf(world, asked.mark).some((one) => one.ackedAt), 20_000)
    await expectOneAnswer(asked)
  }, 60_000)
})

function urlOf(app: AppProcess): string {
  return `http://127.0.0.1:${portOf(app)}/slack/events`
}

/** What Slack sent about a question; the echo of its answer is another user's. */
function deliveriesOf({ slack }: ProcessWorld, mark: string) {
  return slack.deliveries.filter(({ payload }) => {
    const event = JSON.stringify(payload['event'])
    return event.includes(mark) && !event.includes(`"user":"${slack.botUserId}"`)
  })
}

function attemptsOf(world: ProcessWorld, mark: string) {
  return deliveriesOf(world, mark).flatMap((one) => one.attempts)
}

/** A database that hangs: nothing can be written to the inbox. */
async function whileLocked<T>(database: pg.Client, run: () => Promise<T>): Promise<T> {
  await database.query('begin; lock table inbox in access exclusive mode')
  try {
    return await run()
  } finally {
    await database.query('rollback')
  }
}

/** A database that is gone: connections are ended and new ones refused. */
async function whileRefused<T>(databaseUrl: string, run: () => Promise<T>): Promise<T> {
  const name = databaseUrl.slice(databaseUrl.lastIndexOf('/') + 1)
  const server = new pg.Client({ connectionString: databaseUrl.replace(name, 'postgres') })
  await server.connect()
  const allow = (value: boolean) => server.query(`alter database ${name} allow_connections ${value}`)
  try {
    await allow(false)
    await server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    return await run()
  } finally {
    await allow(true)
    await server.end()
  }
}
