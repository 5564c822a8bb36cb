// Somebody floods: the others do not notice, and whoever asks too much is told so politely. Two app processes' worth of
// workers share one model, which never gets more at once than it was configured for.
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import { redisPrefix, until, withServer } from '../servers.ts'
import { furnishedDatabase } from '../templates.ts'
import { openWorld, restorePriority, type World } from './harness.ts'
import { discordStage, type Question, type Stage, slackStage } from './stage.ts'

const CONCURRENCY = 8
/** A quarter is kept for translations and the like. */
const CHAT = 6

withServer('postgres', 'redis')('when somebody floods', () => {
  let world: World
  let pool: pg.Pool
  let slack: Stage
  let discord: Stage
  const more = new AsyncDisposableStack()
  beforeAll(async () => {
    const { url } = await furnishedDatabase()
    pool = new pg.Pool({ connectionString: url, max: 1 })
    const redis = await redisPrefix()
    world = await openWorld({
      databaseUrl: url,
      redisUrl: redis.url,
      queuePrefix: redis.prefix,
      env: { EXAONE_CONCURRENCY: `${CONCURRENCY}` },
      vllm: { latency: { prefillMs: 20, perPromptTokenMs: 0, itlMs: 2 } },
    })
    const worker = parseConfig({ ...world.env, ROLES: 'worker' })
    more.use(await createApp(worker, { clock: realClock, log: SILENT }))
    more.defer(restorePriority)
    slack = slackStage(world)
    discord = discordStage(world)
  }, 120_000)
  afterAll(async () => {
    await pool.end()
    await more.disposeAsync()
    await world[Symbol.asyncDispose]()
  })
  beforeEach(() => {
    world.vllm.reply(({ lastUser }) => `${/[가-힣]+\d+번/.exec(lastUser)?.[0] ?? '?'} 답변이에요.`)
  })

  const asked = (mark: string): number =>
    world.vllm.requests.filter(({ lastUser }) => lastUser.includes(mark)).length
  /** Of the questions with `mark`, those that the model got before it got that one. */
  const begunBefore = (one: string, mark: string, from: number): number => {
    const begun = world.vllm.requests.slice(from).map(({ lastUser }) => lastUser)
    const at = begun.findIndex((text) => text.includes(one))
    return at < 0 ? Number.POSITIVE_INFINITY : begun.slice(0, at).filter((text) => text.includes(mark)).length
  }
  const untilSaved = (mark: string, count = 1): Promise<void> =>
    until(async () => {
      const { rows } = await pool.query('select count(*)::int as n from inbox where text like $1', [
        `%${mark}%`,
      ])
      return rows[0].n >= count
    }, 60_000)
  const isAnswered = (question: Question): boolean => question.answers().some(({ isDone }) => isDone)

  it('a person’s thousand questions delay nobody, and are refused beyond what may wait', async () => {
    world.vllm.pause()
    const roots = Array.from({ length: 1_000 }, (_, n) =>
      world.slack.user('UHOST', { name: 'host' }).say('C1', `공지 ${n}`),
    )
    const minji = world.slack.user('UMINJI', { name: 'minji' })
    for (const [n, threadTs] of roots.entries())
      minji.say('C1', `${world.slack.mention} 폭주${n}번 배송이 언제 오는지 알려 주세요.`, { threadTs })
    const refusals = () =>
      world.slack.ephemerals('C1', 'UMINJI').filter(({ text }) => text.includes('기다리는 질문이 많아서'))
    await slack.until(() => refusals().length > 0, 'the polite refusal', 120_000)
    await world.vllm.until(({ running, waiting }) => running + waiting >= CHAT, 60_000)
    const newcomer = slack.ask('dave', '새손님1번 교환은 어떻게 하는지 알려 주세요.')
    const neighbour = discord.ask('jun', '옆집1번 환불은 며칠 걸리는지 알려 주세요.')
    await slack.until(() => world.slack.status('C1', newcomer.id) !== '', 'a status', 30_000)
    await untilSaved('옆집1번')
    const from = world.vllm.requests.length
    world.vllm.resume()
    await slack.until(() => isAnswered(newcomer), 'an answer on Slack', 30_000)
    await discord.until(() => isAnswered(neighbour), 'an answer on Discord', 30_000)
    // The places that become free next are theirs.
    expect(begunBefore('새손님1번', '폭주', from)).toBeLessThanOrEqual(CHAT)
    expect(begunBefore('옆집1번', '폭주', from)).toBeLessThanOrEqual(CHAT)
    expect(refusals().length).toBeLessThanOrEqual(3)
    await world.vllm.until(() => asked('폭주') >= 100 && world.vllm.running === 0, 60_000)
    expect(asked('폭주')).toBeLessThan(200)
  }, 240_000)

  it('sixty people of one workspace who ask at once are not all before the first of another', async () => {
    world.vllm.pause()
    for (let n = 0; n < 60; n += 1) slack.ask(`visitor${n}`, `손님${n}번 배송이 언제 오는지 알려 주세요.`)
    await untilSaved('손님', 60)
    await world.vllm.until(({ running, waiting }) => running + waiting >= CHAT, 60_000)
    const neighbours = [1, 2, 3].map((n) => discord.ask(`nari${n}`, `이웃${n}번 환불은 며칠 걸리나요?`))
    await untilSaved('이웃', 3)
    const from = world.vllm.requests.length
    world.vllm.resume()
    await discord.until(() => neighbours.every(isAnswered), 'answers on Discord', 60_000)
    for (const n of [1, 2, 3]) expect(begunBefore(`이웃${n}번`, '손님', from)).toBeLessThanOrEqual(CHAT)
    await world.vllm.until(() => asked('손님') >= 60 && world.vllm.running === 0, 60_000)
  }, 240_000)

  it('a busy workspace with many people does not delay another', async () => {
    world.vllm.pause()
    for (let n = 0; n < 500; n += 1) slack.ask(`guest${n}`, `단골${n}번 배송이 언제 오는지 알려 주세요.`)
    await world.vllm.until(({ running, waiting }) => running + waiting >= CHAT, 60_000)
    const saved = () =>
      world.slack.timeline('C1').filter(({ ts }) => world.slack.status('C1', ts) !== '').length
    await slack.until(() => saved() >= 495, 'all are saved', 120_000)
    const neighbour = discord.ask('mina', '옆집2번 환불은 며칠 걸리는지 알려 주세요.')
    await untilSaved('옆집2번')
    const from = world.vllm.requests.length
    world.vllm.resume()
    await discord.until(() => isAnswered(neighbour), 'an answer on Discord', 60_000)
    expect(begunBefore('옆집2번', '단골', from)).toBeLessThanOrEqual(CHAT)
    await world.vllm.until(() => asked('단골') >= 500, 120_000)
  }, 240_000)

  it('the model never has more at once than it was configured for', () => {
    expect(world.vllm.peakRunning).toBeLessThanOrEqual(CONCURRENCY)
    expect(world.vllm.peakRunning).toBeGreaterThanOrEqual(CHAT)
  })
})
