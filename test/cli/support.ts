// The command line as an operator uses it: in this process with captured lines, or as the process that npm starts.
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { runCommand } from '../../src/cli/run.ts'
import { readConfig } from '../../src/config.ts'
import type { Clock } from '../../src/core/clock.ts'
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'

export type Env = Readonly<Record<string, string>>

export interface Said {
  code: number
  out: string
  err: string
}

/** One command in this process. */
export async function run(
  line: readonly string[],
  env: Env = {},
  clock: Clock = realClock,
  input?: string[],
): Promise<Said> {
  const [name = '', ...args] = line
  const out: string[] = []
  const err: string[] = []
  const code = await runCommand(name, args, readConfig(env), {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    locale: env['LANG'] ?? '',
    clock,
    log: SILENT,
    ...(input ? { input: Readable.from(input) } : {}),
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const NODE_VERSION = fileURLToPath(new URL('../../src/node-version.mjs', import.meta.url))

/** The same as `npm start` or `npm run <command>`, in a folder without a .env file. */
export async function runMain(
  args: readonly string[],
  env: Env = {},
  node = process.execPath,
  input = '',
): Promise<Said> {
  await using folder = await temporaryFolder()
  return await new Promise((resolve) => {
    const child = execFile(
      node,
      ['--import', NODE_VERSION, MAIN, ...args],
      { cwd: folder.path, env: { ...env }, timeout: 60_000 },
      (error, out, err) => resolve({ code: error ? Number(error.code ?? -1) : 0, out, err }),
    )
    child.stdin?.end(input)
  })
}

export async function temporaryFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'damso-cli-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** The line of the doctor that holds `part`. */
export function lineWith(said: Said, part: string): string {
  return said.out.split('\n').find((line) => line.includes(part)) ?? `no line with “${part}” in:\n${said.out}`
}
