// `npm run demo`: Slack, Discord and the model as fakes on this machine, the app as a process of its own, and a few
// questions. Exit code 0 when all of it works, 1 with the name of the step that does not.
import { crashInTheMiddle } from './crash.ts'
import { crashLines, heading, seconds, stepLines } from './print.ts'
import { furnish, runSteps } from './steps.ts'
import { openWorld, type World } from './world.ts'

const started = performance.now()
let step = '준비 · start of the fakes'

async function run(world: World): Promise<void> {
  console.log(heading(world))
  furnish(world)
  step = '앱 켜기 · start of the app'
  await world.start()
  console.log(`✔ 앱을 켰어요 · app started in ${seconds(performance.now() - started)}\n`)
  for (const { step: one, shown } of runSteps(world)) {
    step = `${one.platform} ${one.what.ko} · ${one.what.en}`
    console.log(stepLines(one, await shown))
  }
  step = 'kill -9'
  if (world.endpoint) {
    // Only the rehearsal model can be held in the middle of a sentence.
    await world.app.stop()
    await world.app.start(world.envFor(null))
  }
  const crash = await crashInTheMiddle(world)
  console.log(crashLines(crash))
  if (crash.visible.slack !== 1 || crash.visible.discord !== 1) throw new Error('not exactly one answer')
  console.log('visible answers: 1')
  console.log(`✔ 모두 됐어요 · all done in ${seconds(performance.now() - started)}`)
}

let world: World | null = null
try {
  world = await openWorld({ latency: { prefillMs: 30, perPromptTokenMs: 0, itlMs: 4 }, detect: true })
  await run(world)
} catch (error) {
  console.error(`✘ ${step}\n${(error as Error).message}`)
  const trouble =
    world?.app.lines.filter(({ level }) => level === 'error' || level === 'warn').slice(-5) ?? []
  for (const line of trouble) console.error(JSON.stringify(line))
  process.exitCode = 1
} finally {
  await world?.[Symbol.asyncDispose]()
}
