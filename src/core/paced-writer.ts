// The pacing loop behind every Writer: one platform call at a time, the newest text wins, the final text is never
// dropped. What a call looks like, and when the next one may go out, is the platform's driver.
import { type Clock, delay } from './clock.ts'
import type { Content } from './content.ts'
import type { Made, WriteOptions, Writer } from './outbound.ts'

/** One message on one platform. The loop never calls two of these at once. */
export interface MessageDriver {
  /**
   * Shows `text`, the whole answer so far, creating the message when there is none. Returns how much of it is shown
   * now (a driver may hold back an unfinished tail), 'busy' when the budget said no. Throws BotErrors.
   */
  grow(text: string): Promise<'shown' | 'nothing' | 'busy'>
  /** Makes `content` the message's final state, creating it when there is none; waits out 429s itself through `pauseMs`. */
  close(content: Content): Promise<Made>
  remove(): Promise<void>
  /** Milliseconds until grow() may be called: pace and budget. The first call is never paced. */
  pauseMs(): number
  /** True when an earlier attempt has left text on the platform. */
  readonly wasVisible: boolean
}

export function createPacedWriter(
  driver: MessageDriver,
  clock: Clock,
  options: Pick<WriteOptions, 'signal' | 'isOurs'>,
): Writer {
  let wanted: string | null = null
  let isVisible = driver.wasVisible
  let isClosing = false
  let loop: Promise<void> | null = null
  let wake = new AbortController()
  const first = Promise.withResolvers<number>()
  const isOurs = (): boolean => !options.signal.aborted && (options.isOurs?.() ?? true)

  const run = async (): Promise<void> => {
    while (wanted !== null && !isClosing && isOurs()) {
      const pause = driver.pauseMs()
      if (pause > 0) {
        await delay(clock, pause, AbortSignal.any([wake.signal, options.signal]))
        continue
      }
      const text = wanted
      wanted = null
      const seen = await driver.grow(text)
      if (seen === 'shown' && !isVisible) {
        isVisible = true
        first.resolve(clock.now())
      }
      if (seen === 'busy') {
        wanted ??= text
        // A driver that is busy says so in pauseMs too; the floor keeps a driver that does not from spinning.
        await delay(clock, Math.max(driver.pauseMs(), 50), AbortSignal.any([wake.signal, options.signal]))
      }
    }
  }

  /** Ends the loop; an intermediate write that failed is forgotten, since the final one says it all again. */
  const settle = async (): Promise<void> => {
    isClosing = true
    wake.abort()
    await loop?.catch(() => undefined)
  }

  return {
    show(text) {
      if (isClosing || options.signal.aborted) return
      wanted = text
      if (loop) return
      loop = run().finally(() => {
        loop = null
        // A text that came in while the last call was ending must not wait for the next one.
        if (wanted !== null && !isClosing && !options.signal.aborted) this.show(wanted)
      })
      loop.catch(() => undefined)
    },
    firstShown: first.promise,
    get isVisible() {
      return isVisible
    },
    settle,
    async finish(content) {
      await settle()
      const made = await driver.close(content)
      isVisible = true
      first.resolve(clock.now())
      return made
    },
    async discard() {
      await settle()
      await driver.remove()
      isVisible = false
      // A restarted answer may use the same writer again.
      isClosing = false
      wake = new AbortController()
      wanted = null
    },
  }
}
