// Keeps several sockets open, each replaced before it goes, so that there is always one for Slack to deliver to. Slack
// sends each event to one of them and allows ten; two are enough to be without a gap when one is lost.
import { delay } from '../core/clock.ts'
import { BotError } from '../core/error.ts'
import { openSocket, type Socket, type SocketOptions, SocketRefused } from './socket.ts'

export interface SocketPool {
  /** Resolves when the first socket is open. Throws `slack-token-refused` when that will never be. */
  start(): Promise<void>
  ready(): { ok: boolean; reason: string }
  close(): Promise<void>
}

export interface SocketPoolOptions extends SocketOptions {
  count?: number
}

const COUNT = 2
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** A socket that Slack closes sooner than this, twice running, was no success (Socket Mode switched off, too many). */
const SHORT_LIFE_MS = 5_000
/** Nothing that waiting mends, at the start; later it is tried again all the same. docs.slack.dev reference/methods/apps.connections.open, "Errors". */
const HOPELESS = new Set([
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'user_removed_from_team',
  'team_disabled',
  'not_allowed_token_type',
])

export function createSocketPool(options: SocketPoolOptions): SocketPool {
  const { clock, log } = options
  const closing = new AbortController()
  const current = new Set<Socket>()
  const first = Promise.withResolvers<void>()
  let reason = 'not connected yet'
  let loops: Promise<void>[] = []

  const openOne = async (failures: number): Promise<Socket | null> => {
    try {
      const socket = await openSocket(options)
      first.resolve()
      return socket
    } catch (error) {
      const code = error instanceof SocketRefused ? error.code : 'unreachable'
      reason = `Slack gives no socket: ${code}`
      if (HOPELESS.has(code)) first.reject(refused(code))
      const pause = pauseAfter(failures)
      log.warn({ code, pauseMs: pause }, 'no socket from Slack, trying again')
      await delay(clock, pause, closing.signal)
      return null
    }
  }

  /** One place in the pool: the old socket goes on receiving until the new one is there. */
  const keepOpen = async (): Promise<void> => {
    let previous: Socket | null = null
    let shortLives = 0
    for (let failures = 0; !closing.signal.aborted; ) {
      if (shortLives > 1) await delay(clock, pauseAfter(shortLives), closing.signal)
      const next: Socket | null = await openOne(failures)
      failures = next ? 0 : failures + 1
      if (!next) continue
      const opened = clock.monotonic()
      current.add(next)
      if (previous) void retire(previous)
      previous = next
      if (closing.signal.aborted) break
      await next.leaving
      shortLives = clock.monotonic() - opened < SHORT_LIFE_MS ? shortLives + 1 : 0
    }
  }

  const retire = async (socket: Socket): Promise<void> => {
    await socket.close()
    current.delete(socket)
  }

  return {
    async start() {
      loops = Array.from({ length: options.count ?? COUNT }, () => keepOpen())
      try {
        await first.promise
      } catch (error) {
        closing.abort()
        throw error
      }
    },
    ready() {
      const isOpen = [...current].some((socket) => socket.isOpen)
      return isOpen ? { ok: true, reason: '' } : { ok: false, reason }
    },
    async close() {
      closing.abort()
      reason = 'closed'
      await Promise.all([...current].map(retire))
      await Promise.all(loops)
      await Promise.all([...current].map(retire))
    },
  }
}

function pauseAfter(failures: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures)
}

function refused(code: string): BotError {
  return new BotError('slack-token-refused', {
    retryable: false,
    say: { ko: '', en: '' },
    hint: `Slack refused SLACK_APP_TOKEN (${code}): Basic Information → App-Level Tokens, scope connections:write`,
  })
}
