// The place that demo and playground play in: a made-up shop's Slack and Discord, the model (a real one if this machine
// has it, else the rehearsal), and the app with its data in a folder that goes away.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultCandidates, detectEndpoint, type Endpoint } from '../../src/llm/detect.ts'
import { type FakeDiscord, startFakeDiscord } from '../fakes/discord/index.ts'
import { type FakeSlack, startFakeSlack } from '../fakes/slack/index.ts'
import { type FakeVllm, type LatencyProfile, startFakeVllm } from '../fakes/vllm/index.ts'
import { type AppProcess, createAppProcess } from './app-process.ts'
import { rehearseFrom } from './handbook.ts'
import { readModelEnv } from './model-env.ts'
import { createTraces, type Traces } from './traces.ts'

export const BOT_NAME = 'Damso'

export interface World extends AsyncDisposable {
  slack: FakeSlack
  discord: FakeDiscord
  rehearsal: FakeVllm
  /** A real model on this machine, else null. */
  endpoint: Endpoint | null
  app: AppProcess
  traces: Traces
  /** Starts the app, and meanwhile tells Discord its commands. */
  start(): Promise<void>
  /** False from the beginning of start() until the app itself is started. */
  readonly isPrepared: boolean
  /** What the app is started with to speak to this model; null = the rehearsal. */
  envFor(endpoint: Endpoint | null): Record<string, string>
}

export interface WorldOptions {
  latency: LatencyProfile
  /** Whether to look for a real model. */
  detect: boolean
  /** Done to the app's data before its first start. */
  prepare?(dataDir: string): Promise<void>
  /** What is run instead of src/main.ts. */
  main?: string
  /** False: neither platform limits how often it is called, and the app knows. */
  hasLimits?: boolean
  /** What the app is started with besides. */
  env?: Readonly<Record<string, string>>
}

/** Starts the fakes; the app is left to the caller, who may first add people and places. */
export async function openWorld(options: WorldOptions): Promise<World> {
  await using opening = new AsyncDisposableStack()
  let isPrepared = true
  const dir = await mkdtemp(join(tmpdir(), 'damso-demo-'))
  const dataDir = join(dir, 'data')
  opening.defer(() => rm(dir, { recursive: true, force: true, maxRetries: 3 }))
  const { hasLimits = true } = options
  const rateLimits = hasLimits ? 'real' : 'off'
  const [slack, discord, rehearsal, endpoint] = await Promise.all([
    startFakeSlack({ botName: BOT_NAME, rateLimits }),
    startFakeDiscord({ botName: BOT_NAME, rateLimits }),
    startFakeVllm({ model: 'rehearsal', latency: options.latency }),
    options.detect ? findModel() : null,
  ])
  opening.use(slack)
  opening.use(discord)
  opening.use(rehearsal)
  rehearsal.reply((request) => rehearseFrom(request.lastUser))
  const envFor = (model: Endpoint | null): Record<string, string> => ({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_APPLICATION_ID: discord.applicationId,
    DISCORD_API_URL: discord.apiUrl,
    ...(model ? modelEnvOf(model) : { EXAONE_BASE_URL: rehearsal.baseUrl }),
    BOT_NAME,
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'debug',
    GRACE_SECONDS: '2',
    ...(hasLimits ? {} : { PLATFORM_RATE_SCALE: '50' }),
    ...options.env,
  })
  const app = opening.use(
    createAppProcess({ env: envFor(endpoint), cwd: dir, ...(options.main ? { main: options.main } : {}) }),
  )
  const traces = createTraces()
  app.onLine(traces.line)
  const opened = opening.move()
  return {
    slack,
    discord,
    rehearsal,
    endpoint,
    app,
    traces,
    envFor,
    get isPrepared() {
      return isPrepared
    },
    async start() {
      const start = async (): Promise<void> => {
        isPrepared = options.prepare === undefined
        await options.prepare?.(dataDir)
        isPrepared = true
        await app.start()
      }
      const started = start()
      const { registerCommands } = await import('./commands.ts')
      await Promise.all([started, registerCommands(discord, BOT_NAME)])
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** EXAONE_BASE_URL, else what answers on the ports of vLLM, llama-server and Ollama. */
export function findModel(configured = readModelEnv(process.env)): Promise<Endpoint | null> {
  const { EXAONE_BASE_URL: baseUrl, EXAONE_API_KEY: apiKey, EXAONE_MODEL: model } = configured
  return detectEndpoint(defaultCandidates({ baseUrl, apiKey, model }))
}

/** What the app needs to speak to it. The key goes to the server that it was written down for, and to no other. */
export function modelEnvOf(
  endpoint: Endpoint,
  configured = readModelEnv(process.env),
): Record<string, string> {
  const { EXAONE_API_KEY, EXAONE_PROFILE, EXAONE_BASE_URL } = configured
  const isConfigured = endpoint.baseUrl === EXAONE_BASE_URL
  return {
    EXAONE_BASE_URL: endpoint.baseUrl,
    EXAONE_MODEL: endpoint.model,
    ...(isConfigured && EXAONE_API_KEY ? { EXAONE_API_KEY } : {}),
    ...(isConfigured && EXAONE_PROFILE ? { EXAONE_PROFILE } : {}),
  }
}

export function isExaone({ model }: Endpoint): boolean {
  return /exaone/i.test(model)
}
