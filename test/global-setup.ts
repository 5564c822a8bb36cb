// Once per test run: the database that all embedded ones are copies of, a folder for what the run makes once and shares
// (test/once.ts), and the end of the servers that are among it (test/servers.ts).
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { keepTemplate } from '../src/store/pglite-engine.ts'
import { canRun } from './programs.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    sharedDir: string
  }
}

const SERVERS = ['redis.json', 'postgres.json']

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await keepTemplate()
  // The reporter names no reasons for what it skips.
  for (const kind of ['redis', 'postgres', 'chromium'] as const) {
    const answer = canRun(kind)
    if (!answer.ok) console.log(`${answer.reason}: the tests that need it are skipped`)
  }
  const dir = await mkdtemp(join(tmpdir(), 'damso-tests-'))
  project.provide('sharedDir', dir)
  return async () => {
    const made = await readdir(dir)
    for (const name of SERVERS) {
      if (!made.includes(name)) continue
      const { pid, dataDir } = JSON.parse(await readFile(join(dir, name), 'utf8')) as SharedServer
      // PostgreSQL's immediate shutdown; a SIGKILL would leave its shared memory behind.
      process.kill(pid, name === 'postgres.json' ? 'SIGQUIT' : 'SIGKILL')
      await rm(dataDir, { recursive: true, force: true })
    }
    await rm(dir, { recursive: true, force: true })
  }
}

/** What is noted of a server: enough to use it and to end it. */
export interface SharedServer {
  url: string
  pid: number
  dataDir: string
}
