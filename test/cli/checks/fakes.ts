// The fakes that the doctor's checks are pointed at, and the environment that points there.
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type FakeDiscord, startFakeDiscord } from '../../fakes/discord/index.ts'
import { type FakeSlack, startFakeSlack } from '../../fakes/slack/index.ts'
import { type FakeVllm, startFakeVllm } from '../../fakes/vllm/index.ts'
import { type Env, temporaryFolder } from '../support.ts'

export const MODEL = 'LGAI-EXAONE/EXAONE-4.0-32B-AWQ'

export interface Fakes {
  slack: FakeSlack
  discord: FakeDiscord
  vllm: FakeVllm
  /** DATA_DIR, empty before each test. */
  dataDir: string
  env(more?: Env): Env
}

/** For one test file. A sound set-up, apart from what a test changes. */
export function useFakes(): Fakes {
  const stack = new AsyncDisposableStack()
  const fakes = { env: (more: Env = {}) => ({ ...envOf(fakes), ...more }) } as Fakes
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  beforeAll(async () => {
    fakes.slack = stack.use(await startFakeSlack())
    fakes.discord = stack.use(await startFakeDiscord({ rateLimits: 'off' }))
    fakes.discord.guild('하늘상점')
    fakes.vllm = stack.use(await startFakeVllm({ model: MODEL }))
  })
  beforeEach(async () => {
    folder = await temporaryFolder()
    fakes.dataDir = folder.path
  })
  afterEach(async () => {
    fakes.vllm.clear()
    fakes.slack.clearFaults()
    await folder[Symbol.asyncDispose]()
  })
  afterAll(() => stack.disposeAsync())
  return fakes
}

function envOf({ slack, discord, vllm, dataDir }: Fakes): Env {
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_APPLICATION_ID: discord.applicationId,
    DISCORD_API_URL: discord.apiUrl,
    EXAONE_BASE_URL: vllm.baseUrl,
    DATA_DIR: dataDir,
    PORT: '0',
  }
}
