// The four deadlines of a streamed answer on one abort signal: connect, first token, between tokens, total.

import { connect } from 'node:net'
import type { Clock } from '../core/clock.ts'
import { DeadlineError, type Waited } from './failure.ts'

export interface Deadlines {
  connectMs: number
  firstTokenMs: number
  betweenTokensMs: number
  totalMs: number
}

export const defaultDeadlines: Deadlines = {
  connectMs: 5_000,
  firstTokenMs: 30_000,
  betweenTokensMs: 15_000,
  totalMs: 180_000,
}

export interface Watchdog extends Disposable {
  /** Aborts when a deadline passes or the caller's own signal does. */
  readonly signal: AbortSignal
  /** Response headers are here. */
  connected(): void
  token(): void
}

export function startWatchdog(options: {
  deadlines: Deadlines
  clock: Clock
  signal: AbortSignal
  /** Resolves false when the server cannot be reached. */
  probe: (timeoutMs: number) => Promise<boolean>
}): Watchdog {
  const { deadlines, clock, probe } = options
  const controller = new AbortController()
  const after = (ms: number, waited: Waited) =>
    clock.after(ms, () => controller.abort(new DeadlineError(waited)))
  const stopTotal = after(deadlines.totalMs, 'total')
  let stopToken = after(deadlines.firstTokenMs, 'first')
  let lastAt: number | null = null
  // One timer looks back now and then, instead of a new one for each token.
  const lookBack = (ms: number): void => {
    stopToken = clock.after(ms, () => {
      const left = deadlines.betweenTokensMs - (clock.monotonic() - (lastAt ?? 0))
      if (left > 0) lookBack(left)
      else controller.abort(new DeadlineError('between'))
    })
  }
  // Some servers send headers only with the first token, so silence does not mean unreachable: half-way, look.
  const half = deadlines.connectMs / 2
  let waiting = true
  const stopProbe = clock.after(half, () => {
    if (!waiting) return
    void probe(half).then((reachable) => {
      if (waiting && !reachable) controller.abort(new DeadlineError('connect'))
    })
  })
  return {
    signal: AbortSignal.any([controller.signal, options.signal]),
    connected() {
      waiting = false
      stopProbe()
    },
    token() {
      const isFirst = lastAt === null
      lastAt = clock.monotonic()
      if (!isFirst) return
      stopToken()
      lookBack(deadlines.betweenTokensMs)
    },
    [Symbol.dispose]() {
      waiting = false
      stopTotal()
      stopToken()
      stopProbe()
    },
  }
}

/** Opens a TCP connection and closes it again. */
export function canConnect(url: string, timeoutMs: number): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (protocol === 'https:' ? 443 : 80),
      timeout: timeoutMs,
    })
    const settle = (reachable: boolean) => {
      socket.destroy()
      resolve(reachable)
    }
    socket.once('connect', () => settle(true))
    socket.once('timeout', () => settle(false))
    socket.once('error', () => settle(false))
  })
}
