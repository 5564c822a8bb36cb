// Hands messages over in the order of their channel and keeps trying while the database is away: Discord never sends
// them again. What is given up after a minute is left to the next back-fill.
import type { Deliver } from '../core/adapter.ts'
import { type Clock, delay } from '../core/clock.ts'
import type { Receipt } from '../core/decision.ts'
import type { Inbound } from '../core/inbound.ts'
import type { Logger } from '../core/logger.ts'

export interface Arrived {
  /** Things of one channel are handed over one after the other. */
  channel: string
  read(): Promise<Inbound | null>
  /** Called once, with whether it need not come again. */
  ended(isCommitted: boolean): void
  committed(inbound: Inbound, receipt: Receipt): void
}

export interface Intake {
  push(arrived: Arrived): void
  /** Resolves when all that was pushed has ended. */
  idle(): Promise<void>
}

const KEEP_TRYING_MS = 60_000
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000
const MAX_WAITING = 5_000

export function createIntake(deliver: Deliver, clock: Clock, log: Logger, signal: AbortSignal): Intake {
  const tails = new Map<string, Promise<void>>()
  let waiting = 0

  const handOver = async (arrived: Arrived, until: number): Promise<boolean> => {
    const inbound = await arrived.read()
    if (inbound === null) return true
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        const receipt = await deliver(inbound)
        arrived.committed(inbound, receipt)
        return true
      } catch (error) {
        const fields = { channel: arrived.channel, kind: inbound.type, error: String(error) }
        if (clock.monotonic() + pause >= until || signal.aborted) {
          log.error(fields, 'a message could not be saved and is left to the next back-fill')
          return false
        }
        log.warn({ ...fields, pauseMs: pause }, 'a message could not be saved, trying again')
        await delay(clock, pause, signal)
      }
    }
  }

  const run = async (arrived: Arrived, until: number): Promise<void> => {
    let isCommitted = false
    try {
      isCommitted = await handOver(arrived, until)
    } catch (error) {
      // Reading failed: the same event would fail again, so it is not kept.
      log.error(
        { channel: arrived.channel, error: String(error) },
        'an event could not be read and is skipped',
      )
      isCommitted = true
    } finally {
      waiting--
      arrived.ended(isCommitted)
    }
  }

  return {
    push(arrived) {
      if (waiting >= MAX_WAITING) {
        log.error(
          { channel: arrived.channel, waiting },
          'too many messages wait to be saved; one is left to the next back-fill',
        )
        arrived.ended(false)
        return
      }
      waiting++
      const until = clock.monotonic() + KEEP_TRYING_MS
      const tail = (tails.get(arrived.channel) ?? Promise.resolve()).then(() => run(arrived, until))
      tails.set(arrived.channel, tail)
      void tail.then(() => {
        if (tails.get(arrived.channel) === tail) tails.delete(arrived.channel)
      })
    },
    async idle() {
      await Promise.all(tails.values())
    },
  }
}
