// A PostgreSQL that can be restarted on the same port with the same data, as on the night of an upgrade.
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import pg from 'pg'
import { findProgram } from '../programs.ts'
import { copyOfPostgres, initPostgres, postgresUser, startPostgres, until } from '../servers.ts'

export interface Postgres extends AsyncDisposable {
  /** Of a database of its own. */
  readonly url: string
  /** SIGSTOP reaches only the postmaster's children when each is sent it: `pause` does. */
  pause(): void
  resume(): void
  /** Connections are cut; the data stays. The first time it shuts down, from then on it crashes. */
  restart(options?: { settings?: string[]; downMs?: number }): Promise<void>
}

/** Made once: forty scenarios have a server of their own. */
let made: Promise<string> | null = null

function makeOnce(): Promise<string> {
  made ??= initPostgres().then((dir) => {
    process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
    return dir
  })
  return made
}

export async function startOwnPostgres(): Promise<Postgres> {
  const server = await startPostgres(async () => copyOfPostgres(await makeOnce()))
  const database = await server.database()
  const port = new URL(server.url).port
  let pid = server.pid
  let isFirst = true

  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    process.kill(pid, signal)
    await until(() => !isAlive(pid), 20_000)
  }
  const family = (): number[] => [pid, ...childrenOf(pid)]
  const each = (signal: NodeJS.Signals): void => {
    for (const one of family()) {
      try {
        process.kill(one, signal)
      } catch (error) {
        // A backend may have ended meanwhile.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
      }
    }
  }
  return {
    url: database.url,
    pause: () => each('SIGSTOP'),
    resume: () => each('SIGCONT'),
    async restart({ settings = [], downMs = 0 } = {}) {
      // It was started to acknowledge commits before they are written, which a crash would lose.
      await kill(isFirst ? 'SIGINT' : 'SIGQUIT')
      isFirst = false
      if (downMs > 0) await new Promise((resolve) => setTimeout(resolve, downMs))
      const child = spawn(
        findProgram('postgres') as string,
        [
          ...['-D', server.dataDir, '-p', port],
          ...['listen_addresses=127.0.0.1', 'max_connections=300', ...QUICK, ...settings].flatMap((one) => [
            '-c',
            one,
          ]),
        ],
        { ...postgresUser(), cwd: tmpdir(), stdio: 'ignore', detached: true },
      )
      child.unref()
      pid = child.pid as number
      await until(() => answers(server.url), 20_000)
    },
    async [Symbol.asyncDispose]() {
      each('SIGCONT')
      if (!isFirst && isAlive(pid)) await kill('SIGQUIT')
      await server[Symbol.asyncDispose]()
    },
  }
}

/** Nothing is synced, which only a power cut would show; every commit is written. */
const QUICK = ['fsync=off', 'full_page_writes=off', 'unix_socket_directories=']

function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  return client
    .connect()
    .then(() => client.end())
    .then(
      () => true,
      () => false,
    )
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    // A zombie waits to be reaped by whoever started it, and holds nothing any more.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    // It has ended meanwhile, or this system has no /proc, where no more is known than that it is there.
    return !existsSync('/proc')
  }
}

function childrenOf(pid: number): number[] {
  try {
    return execFileSync('pgrep', ['-P', `${pid}`])
      .toString()
      .split('\n')
      .filter(Boolean)
      .map(Number)
  } catch {
    // It has none.
    return []
  }
}
