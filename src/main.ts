// The process: reads the environment, then runs the app or one command of src/cli. Nothing else reads process.env.
import { ConfigError, parseBotConfig, readConfig } from './config.ts'
import { isBotError } from './core/error.ts'
import { createLog, SILENT } from './log.ts'
import { realClock as clock } from './real-clock.ts'

try {
  process.loadEnvFile()
} catch (error) {
  // No .env file: the environment alone counts.
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
}

const [command, ...args] = process.argv.slice(2)
try {
  if (command === undefined) {
    const config = parseBotConfig(process.env)
    const { serve } = await import('./serve.ts')
    await serve(config, { clock, log: createLog(config.LOG_LEVEL) })
  } else {
    const locale = process.env['LC_ALL'] || process.env['LANG'] || ''
    const io = { out: console.log, err: console.error, locale, clock, log: SILENT }
    process.exit(await (await import('./cli/run.ts')).runCommand(command, args, readConfig(process.env), io))
  }
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : isBotError(error) ? error.hint : error)
  process.exit(1)
}
