// What the Slack SDKs log, cut down to what may be kept: their lines quote bodies, tokens' neighbours and users' text.
import { LogLevel, type Logger as SdkLogger } from '@slack/web-api'
import type { Logger } from '../core/logger.ts'

const nothing = (): void => undefined

export const silentLogger: SdkLogger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
}

/** Warnings and errors by their first words; what follows a colon or a bracket may be somebody's text. */
export function createSdkLogger(log: Logger): SdkLogger {
  const say = (...words: unknown[]): void => {
    const said = String(words[0] ?? '')
      .split(/[:(]/)[0]!
      .slice(0, 120)
    log.warn({ said }, 'the Slack SDK warns')
  }
  return { ...silentLogger, warn: say, error: say }
}
