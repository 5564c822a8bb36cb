// One Socket Mode connection on Bolt's receiver, made safe: no frame and no refusal by Slack can end the process, and a
// farewell is heard before the connection goes. Whether and when to connect again is socket-pool.ts's.
import { type App, SocketModeReceiver } from '@slack/bolt'
import { type Clock, delay } from '../core/clock.ts'
import type { Logger } from '../core/logger.ts'
import type { Process } from './receive.ts'
import { createSdkLogger } from './sdk-logger.ts'
import { type Dict, dictOf, textOf } from './wire.ts'

export interface Socket {
  /** Resolves when Slack says goodbye (the connection still works for a while) or the connection is gone. */
  readonly leaving: Promise<void>
  readonly isOpen: boolean
  /** Finishes what is being handled, for a while, and closes. */
  close(): Promise<void>
}

export interface SocketOptions {
  appToken: string
  apiUrl?: string
  process: Process
  clock: Clock
  log: Logger
}

/** `apps.connections.open` was refused: `code` is Slack's word for why. */
export class SocketRefused extends Error {
  readonly code: string

  constructor(code: string, cause: unknown) {
    super(`Slack refused a socket: ${code}`, { cause })
    this.name = 'SocketRefused'
    this.code = code
  }
}

const OPEN_TIMEOUT_MS = 15_000
const DRAIN_MS = 3_000
const CLOSE_MS = 1_000

/** Throws SocketRefused, or whatever kept it from connecting. */
export async function openSocket(options: SocketOptions): Promise<Socket> {
  const { clock, log } = options
  const leaving = Promise.withResolvers<void>()
  const gone = Promise.withResolvers<void>()
  let isOpen = false
  let running = 0

  const receiver = new SocketModeReceiver({
    appToken: options.appToken,
    logger: createSdkLogger(log),
    // The client's own reconnecting leaves a gap of five seconds, and an `invalid_auth` on the way ends the process by
    // an unhandled rejection (@slack/socket-mode 3.1.0; facts A1). Can go back to it with 3.2.0.
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: {
        ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: 10_000,
      },
    },
    // Not acknowledged: Slack sends it again.
    processEventErrorHandler: async ({ error }) => {
      log.warn({ reason: error.message }, 'an event was not saved and is left to be delivered again')
      return false
    },
  })
  const { client } = receiver
  // Bolt's App acknowledges socket events before anything has looked at them, so the receiver gets our own processing.
  const processEvent: Process = async (event) => {
    running++
    try {
      await options.process(event)
    } finally {
      running--
    }
  }
  receiver.init({ processEvent } as unknown as App)
  guardFrames(client, log, leaving.resolve)
  client.on('disconnected', () => {
    isOpen = false
    leaving.resolve()
    gone.resolve()
  })

  const hangUp = async (): Promise<void> => {
    // A second request cuts a connection whose other end does not say goodbye back.
    for (let tries = 0; tries < 2; tries++) {
      void client.disconnect()
      const stop = new AbortController()
      await Promise.race([gone.promise, delay(clock, CLOSE_MS, stop.signal)])
      stop.abort()
    }
  }

  try {
    await withDeadline(client.start(), clock)
  } catch (error) {
    await hangUp()
    throw toRefusal(error)
  }
  isOpen = true
  return {
    leaving: leaving.promise,
    get isOpen() {
      return isOpen
    },
    async close() {
      const until = clock.monotonic() + DRAIN_MS
      while (running > 0 && isOpen && clock.monotonic() < until) await delay(clock, 10)
      if (isOpen) await hangUp()
    },
  }
}

/**
 * Stands between the connection and the client's reading of frames, whose rejections nobody catches: an `app_rate_limited`
 * envelope is a TypeError there (3.1.0). Can go with 3.1.1. A `disconnect` frame makes the client hang up at once; it is
 * kept back, so that a successor can be opened first.
 */
function guardFrames(client: SocketModeReceiver['client'], log: Logger, goodbye: () => void): void {
  const [read] = client.listeners('ws_message')
  client.removeAllListeners('ws_message')
  client.on('ws_message', (data: unknown, isBinary: unknown) => {
    const frame = typeof data === 'string' ? peek(data) : null
    if (frame?.type === 'disconnect') {
      log.debug({ reason: frame.reason }, 'Slack closes a socket')
      goodbye()
      return
    }
    // Under its own type the notice takes the path of interactions, is heard by receive.ts and acknowledged.
    const shown = frame?.isRateNotice ? JSON.stringify({ ...frame.whole, type: 'app_rate_limited' }) : data
    Promise.resolve()
      .then(() => (read as (data: unknown, isBinary: unknown) => Promise<void>)(shown, isBinary))
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.name : 'unknown'
        log.error({ reason }, 'a socket frame could not be read')
      })
  })
}

interface Frame {
  type: string
  reason: string
  isRateNotice: boolean
  whole: Dict
}

/** Only frames that may be special are parsed a second time. */
function peek(data: string): Frame | null {
  if (!data.includes('"disconnect"') && !data.includes('"app_rate_limited"')) return null
  try {
    const whole = dictOf(JSON.parse(data))
    const isRateNotice = textOf(dictOf(whole['payload'])['type']) === 'app_rate_limited'
    return { type: textOf(whole['type']), reason: textOf(whole['reason']), isRateNotice, whole }
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

async function withDeadline(start: Promise<unknown>, clock: Clock): Promise<void> {
  const stop = new AbortController()
  const late = delay(clock, OPEN_TIMEOUT_MS, stop.signal).then(() => {
    if (!stop.signal.aborted) throw new Error('Slack sent no greeting')
  })
  try {
    await Promise.race([start, late])
  } finally {
    stop.abort()
    // Whichever lost the race must not be reported as unhandled.
    start.catch(() => undefined)
    late.catch(() => undefined)
  }
}

function toRefusal(error: unknown): unknown {
  const code = textOf(dictOf(dictOf(error)['data'])['error'])
  return code === '' ? (error ?? new Error('the connection was closed')) : new SocketRefused(code, error)
}
