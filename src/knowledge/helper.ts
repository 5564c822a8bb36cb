// A server that makes search better and must not hold it up: it is asked with a time limit, and while it is known to be
// away it is not asked at all.
import type { Clock } from '../core/clock.ts'
import { isBotError } from '../core/error.ts'
import type { Logger } from '../core/logger.ts'
import type { Metrics } from '../core/metrics.ts'

export interface Helper {
  /** Null when there is no answer in time, or none is worth waiting for. Failures other than BotErrors are thrown. */
  ask<T>(
    limitMs: number,
    call: (signal: AbortSignal) => Promise<T>,
    /** Of work that nobody waits for: stops it, and it is not timed. */
    background?: AbortSignal,
  ): Promise<T | null>
  /** Why the last call had no answer; null when it had one. */
  readonly trouble: string | null
}

export interface HelperOptions {
  name: 'embeddings' | 'reranker'
  clock: Clock
  log: Logger
  metrics: Metrics
}

/** Doubled with each failure. */
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000

export function createHelper({ name, clock, log, metrics }: HelperOptions): Helper {
  let failures = 0
  let pausedUntil = 0
  let trouble: string | null = null

  const without = (reason: 'late' | 'failed' | 'paused', code: string): null => {
    metrics.count('search_without_total', { server: name, reason })
    trouble = code
    return null
  }
  const pause = (code: string, hint: string): void => {
    // Several that failed together are one failure.
    if (clock.monotonic() < pausedUntil) return
    const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures)
    failures += 1
    pausedUntil = clock.monotonic() + ms
    log.warn({ server: name, code, hint, pauseMs: ms }, 'search goes on without')
  }
  return {
    get trouble() {
      return trouble
    },
    async ask(limitMs, call, background) {
      if (clock.monotonic() < pausedUntil) return without('paused', trouble ?? `${name}-away`)
      const started = clock.monotonic()
      const stop = new AbortController()
      const cancel = clock.after(limitMs, () => stop.abort())
      try {
        const answer = await call(background ? AbortSignal.any([stop.signal, background]) : stop.signal)
        if (!background) metrics.time(`${name}_seconds`, (clock.monotonic() - started) / 1_000)
        if (failures > 0) log.info({ server: name }, 'search has it again')
        failures = 0
        trouble = null
        return answer
      } catch (error) {
        if (!isBotError(error)) throw error
        if (background?.aborted) return null
        const isLate = stop.signal.aborted
        const code = isLate ? `${name}-late` : error.code
        // A text that it does not like says nothing of the next one.
        if (code === `${name}-bad-request`) log.warn({ server: name, code }, 'a text was refused')
        else pause(code, isLate ? `No answer within ${limitMs} ms.` : error.hint)
        return without(isLate ? 'late' : 'failed', code)
      } finally {
        cancel()
      }
    },
  }
}
