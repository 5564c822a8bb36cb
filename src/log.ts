// The process's log: JSON lines on standard output. Never user text, never secrets.
import { pino } from 'pino'
import type { Logger } from './core/logger.ts'

export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    serializers: {
      error: (error: unknown) => (error instanceof Error ? { name: error.name, stack: error.stack } : error),
    },
  })
}

export const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => SILENT,
}
