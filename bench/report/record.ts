// Keeps the last run of every row in results.json, and writes README.md and chart.svg from it.
import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Result, Row } from '../harness/row.ts'
import { KNOWLEDGE } from '../kb/row.ts'
import { ROWS } from '../rows/index.ts'
import { chartOf } from './chart.ts'
import { readmeOf } from './readme.ts'

export interface Recorded extends Result {
  date: string
  /** Of the machine, when the row ended. */
  cores: number
  load: number
  node: string
}

/** By the name of the row. */
export type Records = Record<string, Recorded>

const FOLDER = new URL('../', import.meta.url)

export async function record(row: Pick<Row, 'name'>, result: Result): Promise<void> {
  const path = new URL('results.json', FOLDER)
  const known = JSON.parse(await readFile(path, 'utf8').catch(() => '{}')) as Records
  const now: Recorded = {
    ...result,
    date: new Date().toISOString().slice(0, 10),
    cores: availableParallelism(),
    load: Number((loadavg()[0] ?? 0).toFixed(1)),
    node: process.versions.node,
  }
  const all = { ...known, [row.name]: now }
  await writeFile(path, `${JSON.stringify(all, null, 2)}\n`)
  await writeFile(new URL('README.md', FOLDER), readmeOf(ROWS, KNOWLEDGE, all))
  await writeFile(new URL('chart.svg', FOLDER), chartOf(all))
  format(['results.json', 'README.md'])
}

/** As the linter wants it, which checks these files too. */
function format(names: readonly string[]): void {
  const biome = fileURLToPath(import.meta.resolve('@biomejs/biome/bin/biome'))
  const root = fileURLToPath(new URL('..', FOLDER))
  const paths = names.map((name) => fileURLToPath(new URL(name, FOLDER)))
  execFileSync(process.execPath, [biome, 'format', '--write', ...paths], { cwd: root, stdio: 'ignore' })
}
