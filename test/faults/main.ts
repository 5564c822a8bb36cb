// `npm run faults`: hurts real app processes and real servers, and audits what people see in the end.
// --scenario NAME (again for more; NAME,NAME on the same servers) · --seed N · --turns N · --kills N · --sabotage NAME (must
// end red) · --ci (bounded, then every sabotage against its scenario) · --jobs N (rows side by side) · --record (into README.md)
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { bundle } from '../bundle.ts'
import { canRun } from '../programs.ts'
import { createKept, type Kept } from './kept.ts'
import { type Outcome, record } from './record.ts'
import { NOTICED, SABOTAGES, type Sabotage } from './sabotage.ts'
import { CI_ROWS, SCENARIOS, TARGETS } from './scenarios/index.ts'
import { type Scenario, Skipped, seeded, type Trial } from './trial.ts'

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string' },
    turns: { type: 'string' },
    kills: { type: 'string' },
    sabotage: { type: 'string' },
    ci: { type: 'boolean', default: false },
    jobs: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
})

interface Job {
  scenario: Scenario
  sabotage?: Sabotage
}

/** What the scenarios that run now have opened. */
const open = new Set<AsyncDisposable>()
const firstSeed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))

/** Rows of jobs: those of a row one after the other, rows side by side. */
function chosen(): Job[][] {
  const sabotage = values.sabotage as Sabotage | undefined
  if (sabotage && !SABOTAGES.includes(sabotage))
    throw new Error(`--sabotage ${sabotage}: expected one of ${SABOTAGES.join(', ')}`)
  const names = values.scenario.length > 0 ? values.scenario : sabotage ? [TARGETS[sabotage]] : []
  if (names.length > 0)
    return names.map((row) => row.split(',').map((name) => ({ scenario: scenarioOf(name), sabotage })))
  if (!values.ci) return SCENARIOS.map((scenario) => [{ scenario }])
  const [kills, ...others] = CI_ROWS.map((row) => row.map((name): Job => ({ scenario: scenarioOf(name) })))
  // Most of a red run is waiting until nothing moves any more: it leaves the processor to the others.
  const red = SABOTAGES.map((name): Job => ({ scenario: scenarioOf(TARGETS[name]), sabotage: name }))
  return [kills!, red, ...others]
}

function asked(): Job[][] {
  try {
    return chosen()
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}

function scenarioOf(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name)
  if (found) return found
  const known = SCENARIOS.map((scenario) => scenario.name).join(', ')
  throw new Error(`--scenario ${name}: expected one of ${known}`)
}

/** Whether something taken away does harm is a matter of moments: it is looked for with up to three seeds. */
const MOST_SEEDS = 3

async function runRow(row: readonly Job[], app: Trial['app']): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  await using kept = createKept()
  open.add(kept)
  for (const job of row) {
    const seeds = job.sabotage ? MOST_SEEDS : 1
    for (let nth = 0, isDone = false; nth < seeds && !isDone; nth += 1) {
      const outcome = await runOnce(job, app, firstSeed + nth, kept)
      isDone = outcome.isAsExpected
      // What went wrong here must not look like a fault of the next.
      if (job.sabotage || !isDone) await kept[Symbol.asyncDispose]()
      if (isDone || nth + 1 === seeds) outcomes.push(outcome)
    }
  }
  open.delete(kept)
  return outcomes
}

async function runOnce(
  { scenario, sabotage }: Job,
  app: Trial['app'],
  seed: number,
  kept: Kept,
): Promise<Outcome> {
  const title = sabotage ? `${scenario.name} with ${sabotage}` : scenario.name
  const lines: string[] = []
  const began = performance.now()
  await using stack = new AsyncDisposableStack()
  open.add(stack)
  stack.defer(async () => void open.delete(stack))
  const trial: Trial = {
    seed,
    app,
    ...sizeOf(scenario),
    isShort: values.ci || sabotage !== undefined,
    faults: sabotage ? [sabotage] : [],
    random: seeded(seed),
    say: (line) => lines.push(line),
    stack,
    kept,
  }
  let faults: string[]
  let isBroken = false
  try {
    faults = await scenario.run(trial)
  } catch (error) {
    if (error instanceof Skipped) return skipped(title, error.message, seed)
    // Not a verdict: a sabotage must be caught by the audit, not by a scenario that falls over.
    isBroken = true
    faults = [`could not be carried out: ${(error as Error).stack}`]
  }
  const isNoticed = faults.some((fault) => sabotage && NOTICED[sabotage].test(fault))
  const isAsExpected = !isBroken && (sabotage ? isNoticed : faults.length === 0)
  const seconds = ((performance.now() - began) / 1_000).toFixed(0)
  console.log(`${isAsExpected ? '✔' : '✘'} ${title} (${seconds} s, seed ${seed}) ${lines.join('; ')}`)
  const shown = faults.find((fault) => sabotage && NOTICED[sabotage].test(fault))
  if (sabotage && isAsExpected) console.log(`    red, as it must be: ${shown}`)
  if (sabotage && faults.length === 0) console.log(`    nothing was noticed of --sabotage ${sabotage}`)
  if (!isAsExpected) for (const fault of faults) console.log(`    ${fault}`)
  return { name: sabotage ?? scenario.name, isAsExpected, note: lines.join('; '), seed }
}

function skipped(title: string, reason: string, seed: number): Outcome {
  console.log(`↓ ${title} skipped: ${reason}`)
  return { name: title, isAsExpected: true, note: `skipped: ${reason}`, seed }
}

function sizeOf({ turns, kills = 0, ciKills }: Scenario): { turns: number; kills: number } {
  const share = values.ci && ciKills ? ciKills / kills : 1
  return {
    turns: Number(values.turns ?? Math.ceil(turns * share)),
    kills: Number(values.kills ?? Math.ceil(kills * share)),
  }
}

async function runAll(rows: readonly Job[][], sideBySide: number, app: Trial['app']): Promise<Outcome[]> {
  const waiting = [...rows]
  const results: Outcome[] = []
  const next = async (): Promise<void> => {
    for (let row = waiting.shift(); row; row = waiting.shift()) results.push(...(await runRow(row, app)))
  }
  await Promise.all(Array.from({ length: Math.max(1, sideBySide) }, next))
  return results
}

// Interrupted, it leaves no app and no server behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, async () => {
    await Promise.allSettled([...open].map((one) => one[Symbol.asyncDispose]()))
    process.exit(1)
  })
for (const kind of ['redis', 'postgres'] as const) {
  const answer = canRun(kind)
  if (!answer.ok) throw new Error(`${answer.reason}; apt-get install redis-server postgresql`)
}
// Each app is killed when this process ends.
process.setMaxListeners(0)
// The servers are detached: waiting for their end does not by itself keep this process alive.
setInterval(() => undefined, 1_000)
console.log(`faults: seed ${firstSeed}`)
const began = performance.now()
const rows = asked()
// Most of them wait for leases and pauses, not for the processor.
const sideBySide = Number(values.jobs ?? (values.ci ? cpus().length + 3 : 1))
const dir = await bundle(new URL('./app.ts', import.meta.url), 'faults')
const results = await runAll(rows, sideBySide, { main: `${dir}app.mjs`, cacheDir: `${dir}compiled` })
if (values.record) await record(results)
const failed = results.filter(({ isAsExpected }) => !isAsExpected)
console.log(`${((performance.now() - began) / 1_000).toFixed(0)} s`)
console.log(`${results.length - failed.length} passed, ${failed.length} failed`)
process.exit(failed.length > 0 ? 1 : 0)
