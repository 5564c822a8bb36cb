// `npm run bench`: measures Damso beside plain Bolt and the Chat SDK, prints a table, and writes README.md and chart.svg.
// --row NAME (again for more) · --smoke (bounded, no peers, fails only on what is broken) · --minutes N (soak) ·
// --backlog N (questions that wait) · --json FILE · --profile DIR (CPU profiles) · --install (the peers, which are installed when missing anyway)
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openInfrastructure } from './harness/infrastructure.ts'
import type { Result, Row } from './harness/row.ts'
import type { Bench } from './harness/trial.ts'
import { runKnowledgeBench } from './kb/main.ts'
import { record } from './report/record.ts'
import { tableOf } from './report/table.ts'
import { ROWS } from './rows/index.ts'

const [first, ...rest] = process.argv.slice(2)
const isKnowledge = first === 'kb'

const { values } = parseArgs({
  args: isKnowledge ? [] : process.argv.slice(2),
  options: {
    row: { type: 'string', multiple: true, default: [] },
    smoke: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '2' },
    backlog: { type: 'string', default: '100000' },
    json: { type: 'string' },
    profile: { type: 'string' },
    install: { type: 'boolean', default: false },
  },
})

const PEERS = fileURLToPath(new URL('.', import.meta.url))

function installPeers(): void {
  console.log('Installing the peers (bench/package.json) …')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  execFileSync(npm, ['--prefix', PEERS, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    stdio: 'inherit',
  })
}

function chosen(): Row[] {
  const unknown = values.row.filter((name) => !ROWS.some((row) => row.name === name))
  if (unknown.length > 0) {
    throw new Error(`--row ${unknown.join(', ')}: expected one of ${ROWS.map((row) => row.name).join(', ')}`)
  }
  return ROWS.filter((row) =>
    values.row.length > 0 ? values.row.includes(row.name) : !values.smoke || row.isInSmoke,
  )
}

async function runRow(row: Row, bench: Bench): Promise<Result> {
  console.log(`\n▶ ${row.title} (${row.name}), load average ${loadavg()[0]?.toFixed(1)}`)
  const began = performance.now()
  let result: Result
  try {
    result = await row.run(bench)
  } catch (error) {
    result = { measurements: [], faults: [`${row.name}: ${(error as Error).stack}`] }
  }
  console.log(tableOf(result.measurements))
  for (const fault of result.faults) console.log(`  ✘ ${fault}`)
  console.log(`  ${((performance.now() - began) / 1_000).toFixed(0)} s`)
  return result
}

async function main(): Promise<void> {
  const rows = chosen()
  if (values.install || (!values.smoke && !existsSync(new URL('node_modules/chat', import.meta.url))))
    installPeers()
  if (values.install && values.row.length === 0 && !values.smoke) return
  await using infrastructure = openInfrastructure()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void infrastructure[Symbol.asyncDispose]().then(() => process.exit(130)))
  }
  if (infrastructure.missing) throw new Error(`${infrastructure.missing}: install Redis and PostgreSQL first`)
  const profileDir = values.profile ? resolve(values.profile) : null
  if (profileDir) await mkdir(profileDir, { recursive: true })
  const bench: Bench = {
    infrastructure,
    profileDir,
    isSmoke: values.smoke,
    minutes: Number(values.minutes),
    backlog: Number(values.backlog),
  }
  const results: Record<string, Result> = {}
  for (const row of rows) {
    results[row.name] = await runRow(row, bench)
    // After each row, so that a run cut short has not been for nothing. Profiling slows down what is measured.
    if (!values.smoke && !profileDir) await record(row, results[row.name] as Result)
  }
  if (values.json) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`)
  const all = Object.values(results)
  if (all.some(({ faults, measurements }) => faults.length > 0 || measurements.some(isUnmeasured)))
    process.exitCode = 1
}

function isUnmeasured({ runs }: { runs: readonly number[] }): boolean {
  return runs.length === 0 || runs.some(Number.isNaN)
}

try {
  await (isKnowledge ? runKnowledgeBench(rest) : main())
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
