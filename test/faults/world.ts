// The world of one scenario: its own Redis and PostgreSQL, the fakes in this process, and app processes to hurt.
import { mkdtemp, rm } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type AppProcess, createAppProcess } from '../demo/app-process.ts'
import { registerCommands } from '../demo/commands.ts'
import { envOf } from '../e2e/harness.ts'
import { troubleOf } from '../e2e/processes.ts'
import { discordStage, type Stage, slackStage } from '../e2e/stage.ts'
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from '../fakes/discord/index.ts'
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../fakes/slack/index.ts'
import { type FakeVllm, type FakeVllmOptions, startFakeVllm } from '../fakes/vllm/index.ts'
import { type RedisServer, startRedis } from '../servers.ts'
import { answerByMarks } from './audit.ts'
import { DIES } from './dying.ts'
import { type Postgres, startOwnPostgres } from './postgres.ts'
import { SETTLE_MS, type Trial } from './trial.ts'

export interface World {
  slack: FakeSlack
  discord: FakeDiscord
  vllm: FakeVllm
  stages: readonly [slack: Stage, discord: Stage]
  redis: RedisServer
  postgres: Postgres
  /** Rows of a statement, for evidence and for waiting on what only the database knows. */
  query<Row>(text: string, values?: unknown[]): Promise<Row[]>
  /** Of the next message: no two of a world have the same, whichever scenario says them. */
  nextNumber(): number
  /** Nothing that was planned for the fakes happens any more. */
  calm(): void
  /** A process of the app, not started yet. */
  process(options?: ProcessOptions): AppProcess
  /** Warnings and errors of every process, for a scenario that failed. */
  trouble(): string
  /** What the processes said of the turn whose apology has this code. */
  saidOf(code: string): string
  /** How processes have ended that nobody told to, since this was asked last; not those that died at a moment of dying.ts. */
  ended(): string[]
  env: Readonly<Record<string, string>>
  /** How long the last answers are waited for while nothing changes that people see. */
  stillMs: number
  /** How long the last answers may take in all. */
  settleMs: number
}

export interface ProcessOptions {
  roles?: 'gateway' | 'worker' | 'gateway,worker,admin'
  env?: Record<string, string>
  faults?: readonly string[]
}

export interface WorldOptions {
  /** No servers: the embedded database serves one process. */
  isEmbedded?: boolean
  /** The queue is in PostgreSQL too. */
  isWithoutRedis?: boolean
  redisArgs?: string[]
  env?: Record<string, string>
  vllm?: FakeVllmOptions
  slack?: FakeSlackOptions
  discord?: FakeDiscordOptions
}

/** An answer takes about a fifth of a second: long enough to be hit, short enough for thousands. */
const LATENCY = { prefillMs: 30, perPromptTokenMs: 0, itlMs: 3, jitter: 0.3 }
/** Slack's own waits are at once, a minute and five; here an outage is seconds long, and so are they. */
const RETRY_DELAYS_MS = [100, 4_000, 15_000]

/**
 * What a sabotage breaks does not heal. Nothing that does waits for longer than this: Slack delivers again after 15 s, as
 * the model is asked again, and a dead worker's lease ends after six.
 */
const BROKEN_STILL_MS = 18_000
/** Slack's third delivery and the model's second try, one after the other, on a busy machine. */
const BROKEN_SETTLE_MS = 48_000

export async function openWorld(trial: Trial, options: WorldOptions = {}): Promise<World> {
  const { stack } = trial
  const dir = await mkdtemp(join(tmpdir(), 'damso-faults-'))
  stack.defer(() => rm(dir, { recursive: true, force: true, maxRetries: 3 }))
  const hasNoRedis = options.isEmbedded || options.isWithoutRedis
  const redis = stack.use(hasNoRedis ? noServer<RedisServer>() : await startRedis(options.redisArgs))
  const postgres = stack.use(options.isEmbedded ? noServer<Postgres>() : await startOwnPostgres())
  const slack = stack.use(
    await startFakeSlack({ retryDelaysMs: RETRY_DELAYS_MS, pingIntervalMs: 2_000, ...options.slack }),
  )
  const discord = stack.use(
    await startFakeDiscord({ rateLimits: 'off', validate: 'off', ...options.discord }),
  )
  const vllm = stack.use(
    await startFakeVllm({ model: 'LGAI-EXAONE/EXAONE-4.0-32B-AWQ', latency: LATENCY, ...options.vllm }),
  )
  const stages = [slackStage({ slack, discord }), discordStage({ slack, discord })] as const
  answerByMarks(vllm)
  await registerCommands(discord, 'Damso')
  const servers = {
    ...(options.isEmbedded ? {} : { databaseUrl: postgres.url }),
    ...(hasNoRedis ? {} : { redisUrl: redis.url }),
  }
  const env = {
    ...envOf({ slack, discord, vllm }, join(dir, 'data'), {
      ...servers,
      env: { QUIET_MS: '400', LOG_LEVEL: 'info', ...options.env },
    }),
    // Starting the app again is most of what a kill costs.
    NODE_COMPILE_CACHE: trial.app.cacheDir,
  }
  const apps: AppProcess[] = []
  let dead = 0
  let numbers = 0
  return {
    slack,
    discord,
    vllm,
    stages,
    redis,
    postgres,
    env,
    stillMs: trial.faults.length > 0 ? BROKEN_STILL_MS : SETTLE_MS,
    // Whoever waits in vain is told so again and again, which is no progress.
    settleMs: trial.faults.length > 0 ? BROKEN_SETTLE_MS : SETTLE_MS,
    query: (text, values) => query(postgres.url, text, values),
    nextNumber: () => ++numbers,
    calm() {
      vllm.clear()
      vllm.resume()
      slack.clearFaults()
      discord.heal()
      answerByMarks(vllm)
    },
    process({ roles, env: more, faults = [] } = {}) {
      const own = {
        ...env,
        ...(roles ? { ROLES: roles } : {}),
        FAULTS: [...trial.faults, ...faults].join(','),
        ...more,
      }
      // The priority that a worker gives itself once it runs, for all and from the first moment on: those that are killed and
      // started again and again would leave the workers of other scenarios nothing.
      const niceness = constants.priority.PRIORITY_BELOW_NORMAL
      const app = stack.use(createAppProcess({ cwd: dir, main: trial.app.main, env: own, niceness }))
      apps.push(app)
      app.onLine(({ msg }) => {
        if (msg === DIES) dead++
      })
      return reseeded(app, own, trial.seed + apps.length * 1_000)
    },
    trouble: () => apps.map((app) => `(${app.state}) ${troubleOf(app)}`).join('\n'),
    saidOf(code) {
      const lines = apps.flatMap((app) => app.lines)
      const turn = lines.find(({ fields }) => fields['code'] === code)?.fields['turn']
      return lines
        .filter(({ fields }) => turn !== undefined && fields['turn'] === turn)
        .map((line) => JSON.stringify(line))
        .join('\n')
    },
    ended: () =>
      apps.flatMap((app, index) =>
        app.exits
          .splice(0)
          .filter((how) => how !== 'SIGKILL' || dead === 0 || dead-- === 0)
          .map((how) => `process ${index + 1} ended by itself: ${how}`),
      ),
  }
}

/** Every start of every process has chances of its own, and the same ones when the suite is run with the same seed. */
function reseeded(app: AppProcess, env: Readonly<Record<string, string>>, seed: number): AppProcess {
  const { start } = app
  let own = env
  let starts = 0
  return Object.assign(app, {
    start(next: Readonly<Record<string, string>> = own) {
      own = next
      return start({ ...own, FAULT_SEED: String(seed + starts++) })
    },
  })
}

async function query<Row>(url: string, text: string, values?: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(text, values)).rows as Row[]
  } finally {
    await client.end()
  }
}

/** Stands where a server would, for worlds that have none: any use but disposing is a mistake of the scenario. */
function noServer<T extends AsyncDisposable>(): T {
  return { [Symbol.asyncDispose]: async () => undefined } as unknown as T
}

/** Everything starts at once; rejects when one does not. */
export async function startAll(...apps: AppProcess[]): Promise<void> {
  await Promise.all(apps.map((app) => app.start()))
}
