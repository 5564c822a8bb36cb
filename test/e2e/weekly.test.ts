// Monday at nine in the whole product: one report in each staff channel, and no second one after a restart.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'
import type { Clock } from '../../src/core/clock.ts'
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import { localTimes } from '../../src/report/days.ts'
import { startFakeDiscord } from '../fakes/discord/index.ts'
import { startFakeSlack } from '../fakes/slack/index.ts'
import { startFakeVllm } from '../fakes/vllm/index.ts'
import { discordDesk, slackDesk } from './desk.ts'
import { envOf } from './harness.ts'

/** The next Monday, some minutes past nine, with minutes that pass quickly. */
function mondayClock(): Clock {
  const timeOf = localTimes('Asia/Seoul')
  let at = Date.now()
  while (!(timeOf(new Date(at)).isMonday && timeOf(new Date(at)).hour === 9)) at += 15 * 60_000
  const shift = at - Date.now()
  return {
    ...realClock,
    now: () => Date.now() + shift,
    after: (ms, run) => realClock.after(ms === 60_000 ? 200 : ms, run),
  }
}

test('the report is posted once, on both platforms', { timeout: 120_000 }, async () => {
  await using stack = new AsyncDisposableStack()
  const dataDir = await mkdtemp(join(tmpdir(), 'damso-weekly-'))
  stack.defer(() => rm(dataDir, { recursive: true, force: true }))
  const slack = stack.use(await startFakeSlack())
  const discord = stack.use(await startFakeDiscord({ rateLimits: 'off' }))
  const vllm = stack.use(await startFakeVllm())
  const env = envOf({ slack, discord, vllm }, dataDir, {})
  const start = () => createApp(parseConfig(env), { clock: mondayClock(), log: SILENT })
  let app = await start()
  stack.defer(() => app[Symbol.asyncDispose]())
  const desks = [slackDesk({ slack }), await discordDesk({ discord })]
  for (const desk of desks) await desk.open()
  const reports = () => desks.map((desk) => desk.cards().filter(({ text }) => text.includes('지난주 보고서')))
  const isThere = (): boolean => reports().every((seen) => seen.length === 1)
  await slack.until(isThere, { what: 'a report on both platforms', timeoutMs: 60_000 })
  await app[Symbol.asyncDispose]()
  app = await start()
  // Long enough for several looks at the clock.
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect(reports().map((seen) => seen.length)).toEqual([1, 1])
  for (const [report] of reports()) expect(report?.text).toContain('지난주에는 질문이 없었어요.')
})
