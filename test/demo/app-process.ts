// The app as a process of its own: started with an environment, watched by its log lines, killed and started again.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setPriority } from 'node:os'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const FIRST = fileURLToPath(new URL('../../src/node-version.mjs', import.meta.url))
// Seconds when idle; a busy machine may take long.
const START_MS = 60_000

/** One line of the app's log. `at` is ms since 1970. */
export interface LogLine {
  at: number
  level: string
  msg: string
  fields: Readonly<Record<string, unknown>>
}

export type AppState = 'starting' | 'running' | 'stopped'

export interface AppProcess extends AsyncDisposable {
  readonly state: AppState
  readonly pid: number | null
  /** Newest last; a bounded number. */
  readonly lines: readonly LogLine[]
  /** How it ended whenever nobody had told it to: a signal, or `exit code …` with its last words. */
  readonly exits: string[]
  /** Resolves when the app says that it is ready; `env` replaces what it was started with before. */
  start(env?: Readonly<Record<string, string>>): Promise<void>
  /** SIGKILL: nothing is said or saved. */
  kill(): Promise<void>
  /** SIGTERM, and SIGKILL when that takes too long. */
  stop(): Promise<void>
  onLine(listener: (line: LogLine) => void): void
  onState(listener: (state: AppState) => void): void
}

/** `cwd` must hold no .env: the app would read it, and with it somebody's real tokens. */
export function createAppProcess(options: {
  env: Readonly<Record<string, string>>
  cwd: string
  /** What to run instead of the app itself; it must tell its port in the same way. */
  main?: string
  /** Its priority from the first moment on, as of os.setPriority; else that of this process. */
  niceness?: number
}): AppProcess {
  let env = options.env
  let child: ChildProcess | null = null
  let state: AppState = 'stopped'
  // However this process ends, the app must not outlive it.
  const orphaned = (): void => void child?.kill('SIGKILL')
  process.once('exit', orphaned)
  const lines: LogLine[] = []
  const exits: string[] = []
  const told = new WeakSet<ChildProcess>()
  const lineListeners: ((line: LogLine) => void)[] = []
  const stateListeners: ((state: AppState) => void)[] = []

  const become = (next: AppState): void => {
    state = next
    for (const listener of stateListeners) listener(next)
  }

  const hear = (text: string): void => {
    const line = toLogLine(text)
    if (!line) return
    lines.push(line)
    if (lines.length > 2_000) lines.shift()
    for (const listener of lineListeners) listener(line)
  }

  const end = async (signal: NodeJS.Signals, patienceMs: number): Promise<void> => {
    const ending = child
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    told.add(ending)
    const ended = once(ending, 'exit')
    ending.kill(signal)
    const late = setTimeout(() => ending.kill('SIGKILL'), patienceMs)
    await ended
    clearTimeout(late)
  }

  const app: AppProcess = {
    get state() {
      return state
    },
    get pid() {
      return child?.pid ?? null
    },
    lines,
    exits,
    async start(next) {
      env = next ?? env
      become('starting')
      const started = spawn(process.execPath, ['--import', FIRST, options.main ?? MAIN], {
        cwd: options.cwd,
        env: { PATH: process.env['PATH'] ?? '', HOME: options.cwd, ...env },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      })
      child = started
      if (started.pid !== undefined && options.niceness !== undefined)
        setPriority(started.pid, options.niceness)
      let said = ''
      started.once('exit', (code, signal) => {
        if (!told.has(started)) exits.push(signal ?? `exit code ${code}: ${said.trim().slice(-500)}`)
        if (child === started) become('stopped')
      })
      createInterface({ input: started.stdout! }).on('line', hear)
      started.stderr!.on('data', (chunk: Buffer) => {
        said = `${said}${chunk}`.slice(-4_000)
      })
      const port = await portOf(started, () => said)
      await untilReady(port, started)
      become('running')
    },
    kill: () => end('SIGKILL', 1_000),
    stop: () => end('SIGTERM', 8_000),
    onLine: (listener) => void lineListeners.push(listener),
    onState: (listener) => void stateListeners.push(listener),
    async [Symbol.asyncDispose]() {
      process.off('exit', orphaned)
      await end('SIGKILL', 1_000)
    },
  }
  return app
}

/** The app tells its port to the process that started it. */
function portOf(child: ChildProcess, said: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`the app did not start in ${START_MS} ms\n${said()}`)),
      START_MS,
    )
    child.once('message', (message: { port?: number }) => {
      clearTimeout(late)
      resolve(Number(message.port))
    })
    // `close` and not `exit`: by then everything it said has been read.
    child.once('close', (code, signal) => {
      clearTimeout(late)
      reject(new Error(`the app stopped (${signal ?? `exit code ${code}`})\n${said()}`))
    })
  })
}

async function untilReady(port: number, child: ChildProcess): Promise<void> {
  const end = performance.now() + START_MS
  let last = ''
  while (performance.now() < end && child.exitCode === null && child.signalCode === null) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/readyz`)
      if (response.ok) return
      last = await response.text()
    } catch (error) {
      last = String(error)
    }
    await sleep(20)
  }
  throw new Error(`the app is not ready: ${last}`)
}

function toLogLine(text: string): LogLine | null {
  try {
    const { time, level, msg, ...fields } = JSON.parse(text) as Record<string, unknown>
    return { at: Date.parse(String(time)), level: String(level), msg: String(msg ?? ''), fields }
  } catch (error) {
    // A line that is not of the log, such as a warning of Node's.
    if (error instanceof SyntaxError) return null
    throw error
  }
}
