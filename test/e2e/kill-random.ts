// Kills at random moments with several turns in flight, and an audit at the end: every message that was said has exactly
// one complete visible answer in its thread. The seed is printed; SEED repeats a run, KILLS makes it longer.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppProcess } from '../demo/app-process.ts'
import { answerByMark, faultsOf, markOf, quiet, unfinished, untilNone } from './audit.ts'
import { type Asked, askSlackCommand } from './kill.contract.ts'
import { openProcesses, type ProcessWorld, type ProcessWorldOptions, troubleOf } from './processes.ts'
import { discordStage, type Stage, slackStage } from './stage.ts'

const KILLS = Number(process.env['KILLS'] ?? 20)
/** How long a process may live: from hardly connected to some answers written. */
const LIFE_MS = 2_000
/** The last process has the leases of all before it to wait for, and what nobody heard to fetch. */
const SETTLE_MS = 60_000

export function randomKills(name: string, options: () => Promise<ProcessWorldOptions>): void {
  describe(`${KILLS} kills at random moments, with ${name}`, () => {
    let world: ProcessWorld
    let app: AppProcess
    beforeAll(async () => {
      // Slow enough that most kills meet an answer being written.
      const latency = { prefillMs: 80, perPromptTokenMs: 0, itlMs: 8, jitter: 0.3 }
      // Slack's second repetition comes after a minute: as long as all of this may take to settle.
      const slack = { retryDelaysMs: [10, 3_000, 20_000] }
      world = await openProcesses({ ...(await options()), slack, vllm: { latency } })
      answerByMark(world.vllm)
      app = world.process()
    }, 90_000)
    afterAll(async () => {
      await world[Symbol.asyncDispose]()
    })

    it(
      'leaves every message with exactly one complete answer',
      async () => {
        const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))
        console.log(`kills: ${KILLS}, seed: ${seed}`)
        await app.start()
        const said = await speakAndKill(world, app, seeded(seed))
        const faults = (): string[] => faultsOfAll(world, said)
        await untilNone(faults, SETTLE_MS)
        await quiet(world, 1_500)
        expect(faults(), `seed ${seed}\n${troubleOf(app)}`).toEqual([])
        console.log(`messages: ${said.length}, each answered once`)
      },
      240_000 + KILLS * 30_000,
    )
  })
}

async function speakAndKill(world: ProcessWorld, app: AppProcess, random: () => number): Promise<Asked[]> {
  const stages = [slackStage(world), discordStage(world)] as const
  const said: Asked[] = []
  const speaking = { stages, said, random, known: await introduce(stages[1]) }
  for (let kill = 1; kill <= KILLS; kill += 1) {
    saySome(speaking)
    // A turn that has taken five workers down is given up, and none here deserves that.
    if (kill % 4 === 0) await untilNone(() => faultsOfAll(world, said), SETTLE_MS)
    saySome(speaking)
    const command = random() < 0.3 ? await askSlackCommand(world, stages[0], said.length + 1) : null
    if (command) said.push(command)
    await sleep(random() * LIFE_MS)
    await app.kill()
    if (random() < 0.5) saySome(speaking)
    await app.start()
  }
  return said
}

function faultsOfAll(world: ProcessWorld, said: readonly Asked[]): string[] {
  return [...said.flatMap(({ question, mark }) => faultsOf(question, mark)), ...unfinished(world, ['C1'])]
}

/** People who have used direct messages before: from others, Discord lets nobody fetch what was missed. */
async function introduce(discord: Stage): Promise<string[]> {
  const known = Array.from({ length: 8 }, (_, index) => `hana${index}`)
  const mark = markOf(0)
  const asked = known.map((who) => discord.dm(who, `${mark} 배송이 언제 오는지 알려 주세요.`))
  await untilNone(() => asked.flatMap((question) => faultsOf(question, mark)), SETTLE_MS)
  return known
}

interface Speaking {
  stages: readonly Stage[]
  said: Asked[]
  random(): number
  known: string[]
}

/** One to three people speak at once, on both platforms; each only once, so that nobody's messages are joined. */
function saySome({ stages, said, random, known }: Speaking): void {
  for (let left = 1 + Math.floor(random() * 3); left > 0; left -= 1) {
    const stage = stages[Math.floor(random() * stages.length)]!
    const number = said.length + 1
    const mark = markOf(number)
    const text = `${mark} ${random() < 0.2 ? '저기요' : '배송이 언제 오는지 알려 주세요.'}`
    const stranger = `minji${number}`
    const inDm = random() < 0.2 ? (stage.platform === 'slack' ? stranger : known.pop()) : undefined
    said.push({ mark, stage, question: inDm ? stage.dm(inDm, text) : stage.ask(stranger, text) })
  }
}

/** mulberry32: small, and the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
