// The whole product for a test with the app as real child processes, so that they can be killed, frozen and rolled.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AppProcess, createAppProcess } from '../demo/app-process.ts'
import { registerCommands } from '../demo/commands.ts'
import { type FakeDiscord, startFakeDiscord } from '../fakes/discord/index.ts'
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../fakes/slack/index.ts'
import { type FakeVllm, startFakeVllm } from '../fakes/vllm/index.ts'
import { until } from '../servers.ts'
import { furnishDataDir } from '../templates.ts'
import { bundledApp } from './bundled-app.ts'
import { envOf, type WorldOptions } from './harness.ts'

export interface ProcessWorld extends AsyncDisposable {
  slack: FakeSlack
  discord: FakeDiscord
  vllm: FakeVllm
  /** A process of the app, not started yet. Ends with the world. */
  process(env?: Record<string, string>): AppProcess
}

export type ProcessWorldOptions = WorldOptions & {
  slack?: FakeSlackOptions
  /** False where too few processes are started to make up for the making of a bundle. */
  isBundled?: boolean
}

export async function openProcesses(options: ProcessWorldOptions): Promise<ProcessWorld> {
  await using opening = new AsyncDisposableStack()
  const dir = await mkdtemp(join(tmpdir(), 'damso-e2e-'))
  opening.defer(() => rm(dir, { recursive: true, force: true, maxRetries: 3 }))
  const slack = opening.use(await startFakeSlack(options.slack))
  const discord = opening.use(await startFakeDiscord({ rateLimits: 'off', ...options.discord }))
  const vllm = opening.use(await startFakeVllm({ model: 'LGAI-EXAONE/EXAONE-4.0-32B-AWQ', ...options.vllm }))
  if (!options.databaseUrl) await furnishDataDir(join(dir, 'data'))
  const main = options.isBundled === false ? undefined : await bundledApp()
  discord.guild('하늘상점')
  await registerCommands(discord, 'Damso')
  const env = envOf({ slack, discord, vllm }, join(dir, 'data'), options)
  const processes = opening.use(new AsyncDisposableStack())
  const opened = opening.move()
  return {
    slack,
    discord,
    vllm,
    process: (more) =>
      processes.use(createAppProcess({ cwd: dir, main, env: { ...env, LOG_LEVEL: 'debug', ...more } })),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** Waits for a line of the app's log; `since` counts the lines that were there before. */
export async function untilLogged(
  app: AppProcess,
  msg: string,
  matches: (fields: Readonly<Record<string, unknown>>) => boolean = () => true,
  timeoutMs = 15_000,
): Promise<void> {
  await until(() => app.lines.some((line) => line.msg === msg && matches(line.fields)), timeoutMs)
}

/** The last warnings and errors, for a failing test. Of what each start says again only the last. */
export function troubleOf(app: AppProcess): string {
  const lines = app.lines.filter((line) => line.level === 'warn' || line.level === 'error')
  const kept = lines.filter(
    (line, index) =>
      !AT_EACH_START.test(line.msg) || lines.findLastIndex(({ msg }) => msg === line.msg) === index,
  )
  return kept
    .slice(-8)
    .map((line) => JSON.stringify(line))
    .join('\n')
}

const AT_EACH_START = /^the queue was empty or flushed/

/** The port that the process serves since its last start. */
export function portOf(app: AppProcess): number {
  return Number(app.lines.findLast((line) => line.msg === 'started')?.fields['port'])
}
