// The app as src/main.ts starts it, with something put between its parts: what FAULTS names, as chance as FAULT_SEED has
// it. Only for this suite; the product has none of it.
import { flushCompileCache } from 'node:module'
import { type App, createApp } from '../../src/app.ts'
import { parseBotConfig } from '../../src/config.ts'
import { isBotError } from '../../src/core/error.ts'
import { createLog } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import { clockOf, decorationOf } from './sabotage.ts'
import { seeded } from './trial.ts'

const FLUSH_MS = 1_500

const faults = (process.env['FAULTS'] ?? '').split(',').filter(Boolean)
const random = seeded(Number(process.env['FAULT_SEED']))
try {
  const clock = clockOf(faults, realClock)
  const config = parseBotConfig(process.env)
  const log = createLog(config.LOG_LEVEL)
  process.on('unhandledRejection', (error) =>
    log.error({ error }, 'a promise was rejected and nobody listened'),
  )
  const app: App = await createApp(config, { clock, log, decorate: decorationOf(faults, random) })
  process.send?.({ port: app.port })
  // A process that is killed does not write it when it ends. Later, so that what the first answers need is in it too.
  setTimeout(flushCompileCache, FLUSH_MS).unref()
  const stop = async (): Promise<void> => {
    await app[Symbol.asyncDispose]()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop())
} catch (error) {
  console.error(isBotError(error) ? error.hint : error)
  process.exit(1)
}
