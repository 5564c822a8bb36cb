// What makes nothing get lost: lanes that wait without a wake-up are woken, a flushed queue is filled again, and rows
// past the retention are deleted. Every pass is bounded.
import type { Clock } from '../src/core/clock.ts'
import type { QueueName } from '../src/core/decision.ts'
import type { Logger } from '../src/core/logger.ts'
import type { WakeUp } from '../src/queue/model.ts'
import type { Sweep } from '../src/store/model.ts'

const LANES_A_PASS = 500
/** A lane that was woken and still waits is woken again after this: the wake-up may be far back in the queue. */
const WAKE_AGAIN_MS = 15_000

export interface SweepDeps {
  sweep: Sweep
  wakeAll(queue: QueueName, jobs: (WakeUp & { priority: number })[]): Promise<void>
  /** True when the queue has lost everything since the last pass. */
  lostEverything(): Promise<boolean>
  log: Logger
}

/** One pass; returns how many lanes were woken. */
export async function sweepOnce(deps: SweepDeps): Promise<number> {
  if (await deps.lostEverything()) {
    deps.log.warn({}, 'the queue was empty or flushed: every pending lane is woken again')
    await deps.sweep.forgetWakeUps()
  }
  // Deleted after they were answered: found here, so that no moment of the deletion can be missed.
  await deps.sweep.withdraw(LANES_A_PASS)
  await deps.sweep.release()
  const stranded = await deps.sweep.stranded(LANES_A_PASS, WAKE_AGAIN_MS)
  for (const queue of ['chat', 'batch', 'relay'] as const) {
    const jobs = stranded.filter((lane) => lane.queue === queue)
    if (jobs.length > 0)
      await deps.wakeAll(
        queue,
        jobs.map(({ workspace, lane, priority }) => ({ workspace, lane, priority })),
      )
  }
  return stranded.length
}

/** Runs `pass` again and again, `everyMs` after the last one ended, until disposed. A failing pass is logged, never fatal. */
export function repeat(
  clock: Clock,
  everyMs: number,
  pass: () => Promise<unknown>,
  log: Logger,
  name: string,
): AsyncDisposable {
  let isStopped = false
  let cancel = (): void => undefined
  let running: Promise<unknown> = Promise.resolve()
  const tick = (): void => {
    running = pass()
      .catch((error: Error) =>
        log.warn({ timer: name, reason: error.message }, 'timer failed; it runs again'),
      )
      .finally(() => {
        if (!isStopped) cancel = clock.after(everyMs, tick)
      })
  }
  cancel = clock.after(everyMs, tick)
  return {
    async [Symbol.asyncDispose]() {
      isStopped = true
      cancel()
      await running
    },
  }
}
