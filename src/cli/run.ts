// `npm run doctor`, `manifest`, `register`, `queue`, `kb`, `eval`, `report`, `people`, `translate`: finds the command and says what went wrong in one line.
import { ConfigError, type Configuration } from '../config.ts'
import { isBotError } from '../core/error.ts'
import { type Command, type Io, UsageError } from './io.ts'

// Loaded when asked for, so that printing a manifest does not open a database driver.
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  doctor: async () => (await import('./doctor.ts')).doctor,
  manifest: async () => (await import('./manifest.ts')).manifest,
  register: async () => (await import('./register.ts')).register,
  queue: async () => (await import('./queue.ts')).queue,
  kb: async () => (await import('./kb.ts')).kb,
  report: async () => (await import('./report.ts')).report,
  eval: async () => (await import('./eval.ts')).evaluate,
  people: async () => (await import('./people.ts')).people,
  translate: async () => (await import('./translate.ts')).translateLines,
}

export async function runCommand(
  name: string,
  args: string[],
  configuration: Configuration,
  io: Io,
): Promise<number> {
  try {
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (!load) throw new UsageError(`npm start, or npm run ${Object.keys(COMMANDS).join(' | ')}`)
    const command = await load()
    return await command(args, configuration, io)
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(error.message)
      return 2
    }
    if (!isBotError(error) && !(error instanceof ConfigError)) throw error
    io.err(isBotError(error) ? error.hint : error.message)
    return 1
  }
}
