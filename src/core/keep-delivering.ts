// For what a platform delivers once and never again (commands, buttons, forms): tried until it is saved, for a while.
import type { Deliver } from './adapter.ts'
import { type Clock, delay } from './clock.ts'
import type { Receipt } from './decision.ts'
import { reasonOf } from './error.ts'
import type { Inbound } from './inbound.ts'
import type { Logger } from './logger.ts'

const KEEP_TRYING_MS = 15_000
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2_000

/** Null when it could not be saved in 15 s: the person has to be told. */
export async function keepDelivering(
  { deliver, clock, log }: { deliver: Deliver; clock: Clock; log: Logger },
  inbound: Inbound,
): Promise<Receipt | null> {
  const until = clock.monotonic() + KEEP_TRYING_MS
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await deliver(inbound)
    } catch (error) {
      log.warn({ kind: inbound.type, reason: reasonOf(error) }, 'an interaction could not be saved')
      if (clock.monotonic() + pause >= until) return null
      await delay(clock, pause)
    }
  }
}
