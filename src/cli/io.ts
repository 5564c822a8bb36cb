// What every command of the command line is given and gives, and how it refuses arguments.
import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { Configuration } from '../config.ts'
import type { Clock } from '../core/clock.ts'
import type { Logger } from '../core/logger.ts'

export interface Io {
  /** A line of the result, on standard output. */
  out(line: string): void
  /** A line about the command itself, on standard error. */
  err(line: string): void
  /** LC_ALL or LANG, e.g. ko_KR.UTF-8; may be empty. */
  locale: string
  clock: Clock
  log: Logger
  /** Lines of standard input, where they do not come from the process itself. */
  input?: AsyncIterable<string>
}

/** Resolves with the exit code: 0, 1 for a failure, 2 for wrong usage. */
export type Command = (args: string[], configuration: Configuration, io: Io) => Promise<number>

/** Wrong arguments: one line that shows the right ones. */
export class UsageError extends Error {
  constructor(usage: string) {
    super(`usage: ${usage}`)
    this.name = 'UsageError'
  }
}

/** One argument has a value that cannot be: says which, and what it may be. */
export class ArgumentError extends UsageError {
  constructor(argument: string, expected: string) {
    super('')
    this.message = `${argument}: ${expected}`
  }
}

/** node:util's parseArgs, whose refusals become a UsageError. */
export function parseOptions<T extends ParseArgsConfig>(
  usage: string,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config)
  } catch {
    throw new UsageError(usage)
  }
}
