// A logger that says nothing, and one that a test can read.
import type { Logger } from '../../src/core/logger.ts'

const silent = (): void => undefined
export const quiet: Logger = { debug: silent, info: silent, warn: silent, error: silent, child: () => quiet }

export interface Line {
  level: 'debug' | 'info' | 'warn' | 'error'
  message: string
  fields: object
}

export function recordingLogger(lines: Line[], bound: object = {}): Logger {
  const at =
    (level: Line['level']) =>
    (fields: object, message: string): void =>
      void lines.push({ level, message, fields: { ...bound, ...fields } })
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => recordingLogger(lines, { ...bound, ...fields }),
  }
}
