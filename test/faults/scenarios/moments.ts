// The worst moments, met every time and not by chance: each is where one rule of the design is needed.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { AppProcess } from '../../demo/app-process.ts'
import { portOf } from '../../e2e/processes.ts'
import { until } from '../../servers.ts'
import { audit } from '../audit.ts'
import { MANY_AT_ONCE, openSetting, untilEnded, untilRunning, whileTalking } from '../setting.ts'
import type { Scenario } from '../trial.ts'
import { startAll, type World } from '../world.ts'

const CHANNEL_ONLY = { commands: 0, dms: 0, followUps: 0 }

/** Nobody can write into the inbox until the result is called. */
async function lockInbox(world: World): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: world.postgres.url })
  await client.connect()
  await client.query('begin; lock table inbox in access exclusive mode')
  return () => client.end()
}

const beforeCommit: Scenario = {
  name: 'kill-before-commit',
  proves: 'a gateway dies with messages it has heard and not yet saved: none was acknowledged',
  turns: 24,
  async run(trial) {
    const { world, speech, gateway } = await openSetting(trial, {
      speech: { ...CHANNEL_ONLY, commands: 0.2 },
    })
    const unlock = await lockInbox(world)
    await speech.sayMany(trial.turns, 500)
    await sleep(800)
    await gateway.kill()
    await unlock()
    await gateway.start()
    trial.say(`${speech.count} messages`)
    return audit(world, speech.lanes, { mayLoseInteractions: true })
  },
}

const midAnswer: Scenario = {
  name: 'kill-mid-answer',
  proves: 'a worker dies with answers half shown: another goes on in the same posts',
  turns: 24,
  async run(trial) {
    const { world, speech, worker } = await openSetting(trial, {
      speech: { ...CHANNEL_ONLY, commands: 0.2 },
      env: MANY_AT_ONCE,
    })
    const held = world.vllm.holdAfter(12)
    await speech.sayMany(trial.turns)
    await held
    await until(
      () => speech.lanes.filter((lane) => lane.answers().some(({ text }) => text !== '')).length > 12,
      30_000,
    ).catch(() => undefined)
    await worker.kill()
    world.vllm.resume()
    await worker.start()
    trial.say(`${speech.count} messages`)
    return audit(world, speech.lanes)
  },
}

/** Its id: others have spoken before in this world. */
const lastTurn = async (world: World): Promise<string> =>
  (await world.query<{ id: string }>('select coalesce(max(id), 0) as id from turns'))[0]!.id

const isAwake = (app: AppProcess): Promise<boolean> =>
  fetch(`http://127.0.0.1:${portOf(app)}/healthz`).then(
    (response) => response.ok,
    () => false,
  )

const workerPause: Scenario = {
  name: 'worker-pause',
  proves: 'a worker stands still past its leases and wakes up with its answers ready: it posts nothing',
  turns: 24,
  async run(trial) {
    const { world, speech, worker } = await openSetting(trial, {
      speech: CHANNEL_ONLY,
      env: MANY_AT_ONCE,
    })
    const last = await lastTurn(world)
    // Starting takes longer on a busy machine than the first one waits for the model.
    const other = world.process({ roles: 'worker' })
    trial.stack.use(other)
    await startAll(other)
    process.kill(other.pid as number, 'SIGSTOP')
    world.vllm.pause()
    for (let index = 0; index < trial.turns; index++) speech.ask(index % 2 === 0 ? 'slack' : 'discord')
    await untilRunning(world, trial.turns)
    const pid = worker.pid as number
    process.kill(pid, 'SIGSTOP')
    process.kill(other.pid as number, 'SIGCONT')
    world.vllm.resume()
    // The other has answered everything, or is in the middle of it; also what the first had begun.
    await until(async () => {
      const [row] = await world.query<{ n: number }>(
        `select count(*)::int as n from turns where state = 'done' and crashes > 0 and workspace like 'slack:%'
           and id > $1`,
        [last],
      )
      return (row?.n ?? 0) > 0 && speech.lanes.filter((lane) => lane.answers().length > 0).length > 6
    }, 60_000)
    process.kill(pid, 'SIGCONT')
    // On a busy machine it takes a while to come to itself; what it does then is what this is about.
    await until(() => isAwake(worker), 30_000)
    await sleep(3_000)
    trial.say(`${speech.count} messages`)
    return audit(world, speech.lanes)
  },
}

const workerStutter: Scenario = {
  name: 'worker-stutter',
  proves: 'two workers stand still in turn, for 1 to 8 s, in the middle of calls that are limited and lost',
  turns: 60,
  async run(trial) {
    const setting = await openSetting(trial)
    const { world, worker } = setting
    const other = world.process({ roles: 'worker' })
    trial.stack.use(other)
    await startAll(other)
    const rounds = trial.isShort ? 4 : 12
    return whileTalking(setting, rounds * 5_000, async () => {
      for (let round = 0; round < rounds; round++) {
        for (const method of ['chat.startStream', 'chat.postMessage', 'chat.update'])
          world.slack.failNext(method, { status: 429, retryAfter: 1 })
        world.slack.failNext('chat.startStream', { drop: true, afterEffect: true })
        world.discord.failNext('POST /channels/{channel}/messages', { status: 429, retryAfter: 0.7 })
        world.discord.failNext('PATCH /channels/{channel}/messages/{id}', { status: 502 })
        await sleep(trial.random() * 1_500)
        const pid = (round % 2 === 0 ? worker : other).pid as number
        process.kill(pid, 'SIGSTOP')
        await sleep(1_000 + trial.random() * 7_000)
        process.kill(pid, 'SIGCONT')
      }
    })
  },
}

const lastLook: Scenario = {
  name: 'last-look',
  proves:
    'a question is deleted and the news of it comes too late: the last look before the final write finds out',
  turns: 16,
  async run(trial) {
    const { world, speech } = await openSetting(trial, {
      speech: CHANNEL_ONLY,
      faults: ['deaf'],
      env: MANY_AT_ONCE,
    })
    const lanes = Array.from({ length: trial.turns }, (_, index) =>
      speech.ask(index % 2 === 0 ? 'slack' : 'discord'),
    )
    world.vllm.pause()
    await untilRunning(world, trial.turns)
    for (const lane of lanes) world.stages[lane.platform === 'slack' ? 0 : 1].remove(lane.who, lane.question)
    await until(async () => {
      const [row] = await world.query<{ n: number }>(
        `select count(*)::int as n from inbox where state = 'gone'`,
      )
      return (row?.n ?? 0) >= lanes.length
    }, 20_000)
    // What was answered all the same is taken away later, so that the end alone does not show it.
    const answered = new Set<string>()
    const look = (): void => {
      for (const lane of lanes)
        for (const { text, isDone } of lane.answers())
          if (isDone) answered.add(`answered after it was deleted: ${text}`)
    }
    const offs = [world.slack, world.discord].map((fake) => fake.onChange(look))
    world.vllm.resume()
    for (const lane of lanes) for (const said of lane.said) said.atLeast = said.atMost = () => 0
    trial.say(`${speech.count} messages`)
    const found = [...(await untilEnded(world)), ...(await audit(world, speech.lanes))]
    for (const off of offs) off()
    return [...answered, ...found]
  },
}

/** Commits take a while now and then, as during a checkpoint; reading goes on. */
async function stutter(world: World, isOver: () => boolean): Promise<void> {
  const client = new pg.Client({ connectionString: world.postgres.url })
  await client.connect()
  while (!isOver()) {
    await client.query('begin; lock table inbox in share mode')
    // Longer than a worker on a busy machine takes to fetch a wake-up that came too early.
    await sleep(600)
    await client.query('commit')
    await sleep(400)
  }
  await client.end()
}

const commitThenAdd: Scenario = {
  name: 'commit-then-add',
  proves: 'with the sweeper switched off and slow commits now and then, no message is left without a wake-up',
  turns: 160,
  async run(trial) {
    const setting = await openSetting(trial, {
      faults: ['no-sweeper'],
      speech: { ...CHANNEL_ONLY },
      env: { EXAONE_CONCURRENCY: '128' },
      vllm: { latency: { prefillMs: 1, perPromptTokenMs: 0, itlMs: 0 } },
    })
    const { world, speech } = setting
    let isOver = false
    const talking = speech.sayMany(trial.turns, 4_000).finally(() => {
      isOver = true
    })
    await Promise.all([talking, stutter(world, () => isOver)])
    trial.say(`${speech.count} messages`)
    return audit(world, speech.lanes)
  },
}

/** Others are answered within this, from asking to the last word, although the machine is busy. */
const NOT_HELD_UP_MS = 12_000

const poison: Scenario = {
  name: 'poison',
  proves:
    'turns that always fail, with a 500 or in the time limit of a proxy, end as failed with an apology, and hold up nothing',
  turns: 40,
  async run(trial) {
    const { world, speech } = await openSetting(trial)
    const last = await lastTurn(world)
    world.vllm.reply(/독이 든/, { fault: '500' })
    world.vllm.reply(/끝나지 않는/, { fault: '504', ms: 1_000 })
    const poisoned = ['독이 든 질문이에요.', '끝나지 않는 질문이에요.'].flatMap((text) => [
      speech.ask('slack', text),
      speech.ask('discord', text),
    ])
    for (const lane of poisoned) for (const said of lane.said) said.atLeast = said.atMost = () => 0
    await speech.sayMany(trial.turns, 3_000)
    const isApology = (text: string): boolean => /답변을 만들지 못했어요.*문의 코드/s.test(text)
    await until(
      () => poisoned.every((lane) => lane.answers().some(({ text }) => isApology(text))),
      90_000,
    ).catch(() => undefined)
    const faults = await audit(world, speech.lanes)
    const rows = await world.query<{ state: string; n: number }>(
      `select state, count(*)::int as n from turns where state <> 'done' and id > $1 group by state`,
      [last],
    )
    trial.say(`${speech.count} messages`)
    for (const lane of poisoned) {
      const shown = lane.answers().map(({ text }) => text)
      if (shown.length !== 1 || !isApology(shown[0]!))
        faults.push(`no single apology on ${lane.platform}: ${shown.join(' ‖ ')}`)
    }
    if (JSON.stringify(rows) !== '[{"state":"failed","n":4}]')
      faults.push(`turns by state: ${JSON.stringify(rows)}`)
    const [slowest] = await world.query<{ ms: number }>(
      `select coalesce(max(extract(epoch from t.done_at - i.created_at) * 1000), 0)::int as ms
       from turns t join inbox i on i.turn = t.id where t.state = 'done' and t.id > $1`,
      [last],
    )
    trial.say(`the slowest of the others took ${slowest!.ms} ms`)
    if (slowest!.ms > NOT_HELD_UP_MS) faults.push(`somebody else was held up for ${slowest!.ms} ms`)
    return faults
  },
}

export const momentScenarios: readonly Scenario[] = [
  beforeCommit,
  midAnswer,
  workerPause,
  workerStutter,
  lastLook,
  commitThenAdd,
  poison,
]
