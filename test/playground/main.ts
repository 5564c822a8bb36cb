// `npm run playground`: a page with a Slack and a Discord that are not real, and the app behind them that is.
import { openServer } from './server.ts'
import { openStage } from './stage.ts'

const FIRST_PORT = 4000

await using closing = new AsyncDisposableStack()
const stage = closing.use(await openStage({ detect: true }))
const server = closing.use(await openServer(stage, Number(process.env['PLAYGROUND_PORT'] ?? FIRST_PORT)))
console.log(`\n  놀이터 · Playground   ${server.url}\n`)
const info = stage.model.info()
console.log(
  info.kind === 'exaone'
    ? `  ${info.name} (${info.url})`
    : info.kind === 'other'
      ? `  ${info.name} (${info.url}): EXAONE이 아닙니다. Not EXAONE.`
      : '  리허설 모델입니다. EXAONE이 아닙니다. · Rehearsal model, not EXAONE.',
)

const over = Promise.withResolvers<void>()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => over.resolve())
try {
  await stage.world.start()
  console.log('  앱이 켜졌어요. 끝내려면 Ctrl+C · The app is running; Ctrl+C ends it.\n')
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
  over.resolve()
}
await over.promise
