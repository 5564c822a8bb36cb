// Keeps "… is typing" alive while an answer is on its way: Discord shows it for 10 s.
// Source: discord-api-docs resources/channel, "Trigger Typing Indicator".
import type { Clock } from '../core/clock.ts'
import type { MessageDriver } from '../core/paced-writer.ts'

const EVERY_MS = 9_000
// A writer that nobody finishes must not type for ever.
const MAX_REPEATS = 40

/** The same driver; `type` is called every 9 s until it is closed, removed or aborted. */
export function keepTyping(
  driver: MessageDriver,
  clock: Clock,
  type: () => Promise<void>,
  signal: AbortSignal,
): MessageDriver {
  let left = MAX_REPEATS
  const tick = (): void => {
    if (signal.aborted || left-- <= 0) return
    type().catch(() => undefined)
    cancel = clock.after(EVERY_MS, tick)
  }
  let cancel = clock.after(EVERY_MS, tick)
  const stop = (): void => {
    left = 0
    cancel()
  }
  return {
    get wasVisible() {
      return driver.wasVisible
    },
    grow: (text) => driver.grow(text),
    pauseMs: () => driver.pauseMs(),
    close(content) {
      stop()
      return driver.close(content)
    },
    remove() {
      stop()
      return driver.remove()
    },
  }
}
