// A long queue: a hundred thousand questions wait, as after an outage. The model is kept busy all the same, memory stays
// as it was, and whoever asks a first question now does not wait behind them.
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import pg from 'pg'
import { wallMs } from '../harness/child.ts'
import { liveHeapMb } from '../harness/heap.ts'
import { fill, newcomers } from '../harness/long-queue.ts'
import { rssMb, startCpuMeter, withChildren } from '../harness/machine.ts'
import { type Measurement, number, type Row } from '../harness/row.ts'
import { median } from '../harness/statistics.ts'
import { type Bench, openStage, type Stage } from '../harness/trial.ts'
import { SHORT } from './profile.ts'

const LATENCY = { prefillMs: 500, perPromptTokenMs: 0, itlMs: 10 }
const ANSWER_SECONDS = (LATENCY.prefillMs + SHORT * LATENCY.itlMs) / 1_000
const CONCURRENCY = 32
/** A quarter is kept for the batch queue. */
const CHAT_SLOTS = CONCURRENCY * 0.75
const SECONDS = 60
/**
 * Until then caches and compiled code fill up, the sweeper has found the lanes, and the first question of each of those who
 * have flooded is answered: it counts as much as a newcomer's, and has waited longer.
 */
const EARLY_SECONDS = 20
/** Beside which the long queue is put: what grows with it shows. */
const FEW = 4_000

interface Drained {
  answersPerSecond: number
  /** From a newcomer's acknowledgement to the model's request. */
  newcomersMs: number[]
  memory: { role: string; heapMb: number[]; rssMb: number[] }[]
  /** Of the servers, for each answer. */
  cost: { statements: number; commands: number; cpuMs: number }
  left: number
  faults: string[]
}

async function drain(bench: Bench, count: number, seconds: number): Promise<Drained> {
  const options = { shape: 'damso', latency: LATENCY, tokens: SHORT, concurrency: CONCURRENCY } as const
  await using stage = await openStage(bench, { ...options, isInspected: true })
  const client = new pg.Client({ connectionString: stage.system.databaseUrl as string })
  await client.connect()
  try {
    const began = performance.now()
    await fill(stage, client, count)
    console.log(`  ${count} questions wait after ${((performance.now() - began) / 1_000).toFixed(0)} s`)
    return await watch(bench, stage, client, seconds)
  } finally {
    await client.end()
  }
}

async function watch(bench: Bench, stage: Stage, client: pg.Client, seconds: number): Promise<Drained> {
  const end = performance.now() + seconds * 1_000
  await sleep(EARLY_SECONDS * 1_000)
  const early = await memoryOf(stage)
  await stage.model.call('generations')
  const { infrastructure } = bench
  const cpuMs = startCpuMeter([infrastructure.redisPid(), ...withChildren(infrastructure.postgresPid())])
  const before = await count(bench, stage, client)
  const arriving = newcomers(stage, end - 3_000)
  await sleep(end - performance.now())
  const after = await count(bench, stage, client)
  const used = cpuMs()
  const acknowledged = await arriving
  const late = await memoryOf(stage)
  const asked = new Map((await stage.model.call('generations')).map(({ key, at }) => [key, at]))
  const waits = [...acknowledged].map(([key, at]) => (asked.get(key) ?? Number.NaN) - at)
  const lost = waits.filter(Number.isNaN).length
  const outcomes = await stage.slack.call('answered')
  const bad = outcomes.filter(({ complete, others }) => complete !== 1 || others > 0)
  const done = after.done - before.done
  return {
    answersPerSecond: done / ((after.at - before.at) / 1_000),
    newcomersMs: waits,
    memory: stage.system.processes.map(({ role }, index) => {
      const [from, to] = [early[index] as Memory, late[index] as Memory]
      return { role, heapMb: [from.heapMb, to.heapMb], rssMb: [from.rssMb, to.rssMb] }
    }),
    cost: {
      statements: (after.statements - before.statements) / done,
      commands: (after.commands - before.commands) / done,
      cpuMs: used / done,
    },
    left: after.left,
    faults: [
      ...(bad[0] ? [`${bad.length} of ${outcomes.length} answers are doubled or half: ${bad[0].key}`] : []),
      ...(lost > 0 ? [`${lost} of ${waits.length} newcomers never reached the model`] : []),
    ],
  }
}

async function count(bench: Bench, stage: Stage, client: pg.Client) {
  const { infrastructure } = bench
  // Each statement of the app is a transaction.
  const { rows } = await client.query<{ statements: number; left: number }>(`
    select xact_commit::int as statements, (select count(*)::int from inbox where state = 'pending') as left
    from pg_stat_database where datname = current_database()`)
  const redis = new Redis(infrastructure.redisUrl())
  const found = /total_commands_processed:(\d+)/.exec(await redis.info('stats'))
  redis.disconnect()
  return {
    at: wallMs(),
    done: (await stage.slack.call('progress')).done,
    statements: rows[0]?.statements ?? Number.NaN,
    left: rows[0]?.left ?? Number.NaN,
    commands: Number(found?.[1]),
  }
}

interface Memory {
  heapMb: number
  rssMb: number
}

function memoryOf(stage: Stage): Promise<Memory[]> {
  return Promise.all(
    stage.system.processes.map(async ({ pid, inspector }) => {
      const heapMb = await liveHeapMb(inspector)
      return { heapMb, rssMb: rssMb(pid) }
    }),
  )
}

/** How much more it is at the end, %. */
function growth([from, to]: number[]): number {
  return ((to as number) / (from as number) - 1) * 100
}

async function measure(bench: Bench): Promise<{ measurements: Measurement[]; faults: string[] }> {
  const few = await drain(bench, FEW, SECONDS)
  const many = await drain(bench, bench.backlog, SECONDS)
  const most = CHAT_SLOTS / ANSWER_SECONDS
  const waiting = `${bench.backlog} waiting`
  const inBoth = (value: (drained: Drained) => number, unit = '') =>
    `${number(value(many))}${unit} (${FEW} waiting: ${number(value(few))}${unit})`
  const memory = many.memory.flatMap(({ role, heapMb, rssMb: resident }): Measurement[] => [
    {
      id: `backlog-heap-${role}`,
      what: `${waiting}: growth of the ${role}’s memory in use, from second ${EARLY_SECONDS} to ${SECONDS}`,
      unit: '%',
      runs: [growth(heapMb)],
      target: { atMost: 5 },
      beside: {
        'in use': `${heapMb.map(number).join(' → ')} MB`,
        resident: `${resident.map(number).join(' → ')} MB`,
      },
    },
  ])
  return {
    measurements: [
      {
        id: 'backlog-speed',
        what: `${waiting}: answers/s, as a share of what the model can give`,
        unit: '×',
        runs: [many.answersPerSecond / most],
        target: { atLeast: 0.9 },
        beside: {
          'answers/s': inBoth((one) => one.answersPerSecond),
          'the model can give': `${number(most)} /s`,
          'statements per answer': inBoth((one) => one.cost.statements),
          'Redis commands per answer': inBoth((one) => one.cost.commands),
          'CPU of the servers per answer': inBoth((one) => one.cost.cpuMs, ' ms'),
          'left at the end': String(many.left),
        },
      },
      {
        id: 'backlog-newcomer',
        what: `${waiting}: a newcomer’s acknowledgement → the model is asked, longest`,
        unit: 'ms',
        runs: [Math.max(...many.newcomersMs)],
        target: { atMost: 1_000 },
        beside: {
          p50: `${number(median(many.newcomersMs))} ms`,
          newcomers: String(many.newcomersMs.length),
          'a slot gets free every': `${number((ANSWER_SECONDS / CHAT_SLOTS) * 1_000)} ms`,
        },
      },
      ...memory,
    ],
    faults: [...few.faults, ...many.faults],
  }
}

export const backlog: Row = { name: 'backlog', title: 'A long queue', isInSmoke: false, run: measure }
