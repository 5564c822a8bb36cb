// What is measured, as processes: Damso in each of its shapes, and the peers. All are told where the fakes are by the
// same names of environment variables.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Infrastructure } from './infrastructure.ts'

/** `damso`: gateway and worker on Redis and PostgreSQL. */
export type Shape =
  | 'damso'
  | 'damso-2-workers'
  | 'damso-gateway'
  | 'damso-worker'
  | 'embedded'
  | 'bolt'
  | 'chat-sdk'

export interface SystemOptions {
  shape: Shape
  /** Where the fakes are. */
  env: Readonly<Record<string, string>>
  infrastructure: Infrastructure
  /** Model calls at once, for all processes together. */
  concurrency: number
  /** Embedded: the folder with the data; by default a new one. */
  dataDir?: string
  /** Writes CPU profiles there. */
  profileDir: string | null
  /** Lets liveHeapMb() look into the processes. */
  isInspected?: boolean
}

export interface SystemProcess {
  role: string
  pid: number
  /** Where its inspector listens; '' when it is not inspected. */
  inspector: string
}

export interface System extends AsyncDisposable {
  /** Slack's events go here; of a worker alone, nowhere. */
  url: string
  /** Null where the app has no PostgreSQL. */
  databaseUrl: string | null
  processes: readonly SystemProcess[]
}

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const START_MS = 60_000
/** What each process of a shape has as ROLES. */
const ROLES: Partial<Record<Shape, readonly string[]>> = {
  damso: ['gateway,admin', 'worker'],
  'damso-2-workers': ['gateway,admin', 'worker', 'worker'],
  'damso-gateway': ['gateway'],
  'damso-worker': ['worker'],
  embedded: ['gateway,worker,admin'],
}

export async function startSystem(options: SystemOptions): Promise<System> {
  await using opening = new AsyncDisposableStack()
  const dir = await mkdtemp(join(tmpdir(), 'damso-bench-'))
  opening.defer(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }))
  const roles = ROLES[options.shape]
  const commands = roles
    ? roles.map((role) => ({ role: role.split(',')[0] as string, file: MAIN, env: { ROLES: role } }))
    : [{ role: options.shape, file: peer(options.shape), env: {} }]
  const base = await baseOf(options, dir, opening)
  const started: { role: string; process: Running }[] = []
  // One after the other: the first migrates the database.
  for (const { role, file, env } of commands) {
    const flags = flagsOf(options, role)
    const process = opening.use(await run({ file, env: { ...base, ...env }, cwd: dir, flags, role }))
    started.push({ role, process })
  }
  if (roles) await Promise.all(started.map(({ process }) => untilReady(process.port)))
  const opened = opening.move()
  return {
    url: `http://127.0.0.1:${started[0]?.process.port}/slack/events`,
    databaseUrl: base['DATABASE_URL'] ?? null,
    processes: started.map(({ role, process }) => ({
      role,
      pid: process.pid,
      inspector: process.inspector,
    })),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

function peer(name: string): string {
  return fileURLToPath(new URL(`../peers/${name}.mjs`, import.meta.url))
}

async function baseOf(
  options: SystemOptions,
  dir: string,
  opening: AsyncDisposableStack,
): Promise<Record<string, string>> {
  const { shape, infrastructure } = options
  const base = { PATH: process.env['PATH'] ?? '', HOME: dir, ...options.env }
  if (shape === 'bolt') return base
  if (shape === 'chat-sdk') return { ...base, REDIS_URL: await infrastructure.emptyRedis() }
  const damso = {
    ...base,
    PORT: '0',
    EXAONE_CONCURRENCY: String(options.concurrency),
    GRACE_SECONDS: '1',
    DATA_DIR: options.dataDir ?? join(dir, 'data'),
  }
  if (shape === 'embedded') return damso
  const database = opening.use(await infrastructure.database())
  return { ...damso, REDIS_URL: await infrastructure.emptyRedis(), DATABASE_URL: database.url }
}

function flagsOf({ profileDir, isInspected }: SystemOptions, role: string): string[] {
  const name = `${role}-${Date.now()}.cpuprofile`
  return [
    ...(profileDir ? ['--cpu-prof', `--cpu-prof-dir=${profileDir}`, `--cpu-prof-name=${name}`] : []),
    ...(isInspected ? ['--inspect=127.0.0.1:0'] : []),
  ]
}

interface Running extends AsyncDisposable {
  pid: number
  port: number
  inspector: string
}

interface RunOptions {
  file: string
  env: Record<string, string>
  cwd: string
  flags: string[]
  role: string
}

async function run({ file, env, cwd, flags, role }: RunOptions): Promise<Running> {
  // Its log goes nowhere, as fast as a container's would; what it says on stderr is a bug worth seeing.
  const log = process.env['BENCH_LOG'] ? 'inherit' : 'ignore'
  const child = spawn(process.execPath, [...flags, file], { cwd, env, stdio: ['ignore', log, 'pipe', 'ipc'] })
  const end = (): void => void child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  let inspector = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    const text = chunk.toString()
    const found = /Debugger listening on (ws:\S+)/.exec(text)
    if (found) inspector = found[1] as string
    else if (!/^(For help, see|Debugger )/.test(text)) process.stderr.write(text)
  })
  try {
    const port = await portOf(child, role)
    return { pid: child.pid as number, port, inspector, [Symbol.asyncDispose]: () => stop(child) }
  } catch (error) {
    await stop(child)
    throw error
  }
}

function portOf(child: ChildProcess, role: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${role} did not start in ${START_MS} ms`)), START_MS)
    child.once('message', ({ port }: { port: number }) => {
      clearTimeout(late)
      resolve(port)
    })
    child.once('exit', (code, signal) => {
      clearTimeout(late)
      reject(new Error(`${role} stopped with ${signal ?? code}`))
    })
  })
}

async function untilReady(port: number): Promise<void> {
  const end = performance.now() + START_MS
  while (performance.now() < end) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`)
    if (response.ok) return
    await sleep(50)
  }
  throw new Error('the app is not ready')
}

/** SIGTERM, so that a CPU profile is written; SIGKILL when that takes too long. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await ended
  clearTimeout(late)
}
