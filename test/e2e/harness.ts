// The whole product for a test: the three fakes, and the app in this process with its real SDKs against them, on one of
// the store and queue pairs.
import { mkdtemp, rm } from 'node:fs/promises'
import { constants, setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'
import type { Clock } from '../../src/core/clock.ts'
import type { Logger } from '../../src/core/logger.ts'
import { createLog, SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import type { Store } from '../../src/store/store.ts'
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from '../fakes/discord/index.ts'
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../fakes/slack/index.ts'
import { type FakeVllm, type FakeVllmOptions, startFakeVllm } from '../fakes/vllm/index.ts'
import { furnishDataDir } from '../templates.ts'

export interface WorldOptions {
  /** Unset: embedded. */
  databaseUrl?: string
  redisUrl?: string
  queuePrefix?: string
  env?: Record<string, string>
  vllm?: FakeVllmOptions
  discord?: FakeDiscordOptions
  platforms?: readonly ('slack' | 'discord')[]
  /** Further workspaces where the Slack app is installed. */
  workspaces?: readonly FakeSlackOptions[]
  clock?: Clock
  /** By default silent. */
  log?: Logger
}

export interface World extends AsyncDisposable {
  slack: FakeSlack
  /** The further workspaces. */
  workspaces: readonly FakeSlack[]
  discord: FakeDiscord
  vllm: FakeVllm
  app: App
  /** What the app keeps, for looking into. */
  store: Store
  env: Record<string, string>
  /** Stops the app as SIGTERM would and starts a new one on the same data. */
  restart(): Promise<void>
}

/** DEBUG_APP=1 shows the app's log lines. */
const usualLog = process.env['DEBUG_APP'] ? createLog('debug') : SILENT

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  await using opening = new AsyncDisposableStack()
  const dataDir = await mkdtemp(join(tmpdir(), 'damso-e2e-'))
  opening.defer(() => rm(dataDir, { recursive: true, force: true }))
  if (!options.databaseUrl) await furnishDataDir(dataDir)
  const slack = opening.use(await startFakeSlack())
  const discord = opening.use(await startFakeDiscord({ rateLimits: 'off', ...options.discord }))
  const vllm = opening.use(await startFakeVllm({ model: 'LGAI-EXAONE/EXAONE-4.0-32B-AWQ', ...options.vllm }))
  const workspaces = (options.workspaces ?? []).map((one) => slack.workspace(one))
  const env = envOf({ slack, workspaces, discord, vllm }, dataDir, options)
  const { clock = realClock, log = usualLog } = options
  const stores: Store[] = []
  const decorate = {
    store(opened: Store): Store {
      stores.push(opened)
      return opened
    },
  }
  let app = await createApp(parseConfig(env), { clock, log, decorate })
  opening.defer(() => app[Symbol.asyncDispose]())
  const opened = opening.move()
  return {
    slack,
    workspaces,
    discord,
    vllm,
    env,
    get app() {
      return app
    },
    get store() {
      return stores.at(-1)!
    },
    async restart() {
      await app[Symbol.asyncDispose]()
      app = await createApp(parseConfig(env), { clock, log, decorate })
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** An app without a gateway lowers the priority of its process, in which other tests are to run. */
export function restorePriority(): void {
  try {
    setPriority(constants.priority.PRIORITY_NORMAL)
  } catch {
    // Only root may: for anybody else, what runs after it in this process takes longer.
  }
}

/** The environment of a process that serves these fakes. */
export function envOf(
  fakes: { slack: FakeSlack; workspaces?: readonly FakeSlack[]; discord: FakeDiscord; vllm: FakeVllm },
  dataDir: string,
  options: WorldOptions,
): Record<string, string> {
  const { slack, workspaces = [], discord, vllm } = fakes
  const botTokens = [slack, ...workspaces].map(({ botToken }) => botToken).join(', ')
  const platforms = options.platforms ?? ['slack', 'discord']
  return {
    ...(platforms.includes('slack')
      ? { SLACK_BOT_TOKEN: botTokens, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl }
      : {}),
    ...(platforms.includes('discord')
      ? {
          DISCORD_TOKEN: discord.token,
          DISCORD_APPLICATION_ID: discord.applicationId,
          DISCORD_API_URL: discord.apiUrl,
        }
      : {}),
    EXAONE_BASE_URL: vllm.baseUrl,
    DATA_DIR: dataDir,
    PORT: '0',
    GRACE_SECONDS: '2',
    // The fakes' own limits are off, and a test asks more in a minute than a workspace does.
    PLATFORM_RATE_SCALE: '50',
    ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
    ...(options.redisUrl ? { REDIS_URL: options.redisUrl } : {}),
    ...(options.queuePrefix ? { QUEUE_PREFIX: options.queuePrefix } : {}),
    ...options.env,
  }
}
