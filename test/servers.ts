// Real Redis and PostgreSQL for tests: found on this machine, started on free ports with data that goes away. A run
// shares one of each, started by the first test file that asks (see global-setup.ts); a file has its own database.
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { describe, test } from 'vitest'
import type { SharedServer } from './global-setup.ts'
import { once } from './once.ts'
import { canRun, findProgram, type ServerKind } from './programs.ts'

/** `describe`, but skipped with the reason in its title where a server is missing; REQUIRE_SERVERS=1 makes that fail. */
export function withServer(...kinds: ServerKind[]): (title: string, suite: () => void) => void {
  const reasons = kinds.flatMap((kind) => {
    const answer = canRun(kind)
    return answer.ok ? [] : [answer.reason]
  })
  return (title, suite) => {
    if (reasons.length === 0) describe(title, suite)
    else if (process.env['REQUIRE_SERVERS'] === '1') {
      test(title, () => {
        throw new Error(`${reasons.join(', ')}, and REQUIRE_SERVERS=1`)
      })
    } else describe.skip(`${title} (skipped: ${reasons.join(', ')})`, suite)
  }
}

export interface RedisServer extends SharedServer, AsyncDisposable {
  signal(name: NodeJS.Signals): void
  /** Kills it at once and starts an empty one on the same port. */
  restart(options?: { whileDown(): Promise<void> }): Promise<void>
}

/** A Redis of one's own, for tests that flush, stop or kill it. Nothing is kept on disk. */
export async function startRedis(args: string[] = []): Promise<RedisServer> {
  const port = await freePort()
  const dir = await mkdtemp(join(tmpdir(), 'damso-redis-'))
  const all = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', dir, ...args]
  let child = await start('redis', all, port)
  return {
    url: `redis://127.0.0.1:${port}`,
    dataDir: dir,
    get pid() {
      return child.pid as number
    },
    signal: (name) => void child.kill(name),
    async restart(options) {
      await stop(child, 'SIGKILL')
      await options?.whileDown()
      child = await start('redis', all, port)
    },
    async [Symbol.asyncDispose]() {
      await stop(child, 'SIGKILL')
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Its url is that of the maintenance database. */
export interface PostgresServer extends SharedServer, AsyncDisposable {
  signal(name: NodeJS.Signals): void
  /** A new empty database, or a copy of `template`. */
  database(template?: string): Promise<Database>
}

export interface Database extends AsyncDisposable {
  url: string
  name: string
}

// Never synchronous: the fakes of other scenarios live in this process, and must not stand still meanwhile.
const execute = promisify(execFile)

/** The data directory of a new PostgreSQL, C.UTF-8 and without passwords, which belongs to user postgres when we are root. */
export async function initPostgres(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'damso-postgres-'))
  const who = postgresUser()
  if (who) await chown(dir, who.uid, who.gid)
  const initdb = (findProgram('postgres') as string).replace(/postgres$/, 'initdb')
  const how = ['--no-sync', '--auth=trust', '--username=damso', '--encoding=UTF8', '--locale=C.UTF-8']
  await execute(initdb, [...how, '--no-instructions', dir], { ...who, cwd: dir })
  return dir
}

/** A copy of a data directory that no server has open takes a tenth of the time of a new one. */
export async function copyOfPostgres(from: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'damso-postgres-'))
  await execute('cp', ['-a', `${from}/.`, dir])
  return dir
}

/** A PostgreSQL of one's own, without fsync, on a directory that goes away with it. */
export async function startPostgres(init: () => Promise<string> = initPostgres): Promise<PostgresServer> {
  const port = await freePort()
  const dir = await init()
  const who = postgresUser()
  const settings = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'unix_socket_directories=']
  const args = ['-D', dir, '-p', `${port}`, '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=300']
  const child = await start('postgres', [...args, ...settings.flatMap((each) => ['-c', each])], port, who)
  const url = `postgres://damso@127.0.0.1:${port}/postgres`
  await until(() => answers(url), 15_000)
  return {
    url,
    dataDir: dir,
    pid: child.pid as number,
    signal: (name) => void child.kill(name),
    database: (template) => createDatabase(url, template),
    async [Symbol.asyncDispose]() {
      await stop(child, 'SIGQUIT')
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** The run's Redis, and a prefix of one's own in it. Flush or stop only what startRedis() gave you. */
export async function redisPrefix(): Promise<{ url: string; prefix: string }> {
  return { url: await shared('redis', startRedis), prefix: `t-${randomUUID()}` }
}

/** A database of one's own on the run's PostgreSQL. */
export async function postgresDatabase(template?: string): Promise<Database> {
  return createDatabase(await shared('postgres', () => startPostgres()), template)
}

/** global-setup.ts stops it. */
async function shared(kind: 'redis' | 'postgres', start: () => Promise<SharedServer>): Promise<string> {
  const { url } = await once(kind, async () => {
    const { url, pid, dataDir } = await start()
    return { url, pid, dataDir }
  })
  return url
}

async function createDatabase(server: string, template = 'template0'): Promise<Database> {
  const name = `t_${randomUUID().replaceAll('-', '')}`
  await query(server, `create database ${name} template ${pg.escapeIdentifier(template)}`)
  return {
    url: server.replace(/postgres$/, name),
    name,
    [Symbol.asyncDispose]: () => query(server, `drop database if exists ${name} with (force)`),
  }
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}

/** Accepting connections is not enough: PostgreSQL refuses queries while it starts up. */
function answers(url: string): Promise<boolean> {
  return query(url, 'select 1').then(
    () => true,
    () => false,
  )
}

async function start(kind: ServerKind, args: string[], port: number, who?: Account): Promise<ChildProcess> {
  const program = findProgram(kind)
  if (!program) throw new Error(`${kind} is not installed`)
  // A shared server outlives the test file that started it.
  const child = spawn(program, args, {
    ...who,
    cwd: tmpdir(),
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  let said = ''
  child.stderr?.on('data', (chunk) => (said += chunk))
  child.unref()
  ;(child.stderr as unknown as { unref(): void }).unref()
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`${kind} stopped with ${child.exitCode}: ${said}`)
    return await accepts(port)
  }, 15_000)
  return child
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await ended
}

export interface Account {
  uid: number
  gid: number
}

let account: Account | undefined

/** PostgreSQL refuses to run as root. */
export function postgresUser(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  account ??= { uid: id('-u'), gid: id('-g') }
  return account
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const done = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => done(true)).once('error', () => done(false))
  })
}

/** Waits until `test` holds; for what has no event to wait for. */
export async function until(test: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  const end = performance.now() + ms
  while (!(await test())) {
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${test}`)
    await sleep(20)
  }
}
