// How far every shard of this process has got, and the back-fills that close its gaps: after a cold start, after a
// session that could not be resumed, and after messages that the database would not take.
import { delay } from '../core/clock.ts'
import { reasonOf } from '../core/error.ts'
import { type BackFillDeps, backFill } from './back-fill.ts'
import { createWatermark, type Watermark, type WatermarkStore } from './watermark.ts'

export interface Progress extends AsyncDisposable {
  open(shards: number[]): Promise<void>
  began(shard: number, id: string): void
  ended(shard: number, id: string, isCommitted: boolean): void
  /** The connection broke: what comes now may be missed. */
  lostTouch(shard: number): void
  /** Discord has sent all that was missed. */
  resumed(shard: number): void
  /** A new session: nothing that was missed will be sent. */
  startedAnew(shard: number): void
  /** What comes now may be newer than what was missed and is still to be fetched. */
  isCatchingUp(shard: number): boolean
}

/** People who write now do not wait for all that was missed: then the order of a restart is not kept. */
const MAX_CATCHING_UP_MS = 10_000

const PAUSE_MS = 5_000

interface Shard {
  mark: Watermark
  /** The connection is broken: what is read now is not all that was missed. */
  isOut: boolean
  isFilling: boolean
  /** A gap has opened and closed since this back-fill began. */
  isDueAgain: boolean
  /** Given while what was missed comes before what comes now. */
  cancelCatchingUp: (() => void) | null
}

/** `caughtUp` is called when `isCatchingUp` ends, before the shard's mark moves on. */
export function createProgress(
  deps: BackFillDeps,
  store: WatermarkStore,
  caughtUp: (shard: number) => void,
): Progress {
  const { clock, log, signal } = deps
  const shards = new Map<number, Shard>()

  const setOut = (id: number, shard: Shard): void => {
    shard.cancelCatchingUp?.()
    shard.cancelCatchingUp = clock.after(MAX_CATCHING_UP_MS, () => arrive(id, shard))
  }
  const arrive = (id: number, shard: Shard): void => {
    if (!shard.cancelCatchingUp) return
    shard.cancelCatchingUp()
    shard.cancelCatchingUp = null
    caughtUp(id)
  }

  /** The mark stays below what is missing until all of it has been read, however long that takes. */
  const fill = async (id: number, shard: Shard): Promise<void> => {
    shard.isDueAgain = true
    if (shard.isFilling) return
    shard.isFilling = true
    while (shard.isDueAgain && !signal.aborted) {
      shard.isDueAgain = false
      try {
        await backFill(deps, id, shard.mark.take(), () => arrive(id, shard))
      } catch (error) {
        if (signal.aborted) break
        log.warn({ shard: id, reason: reasonOf(error) }, 'catching up failed; trying again')
        arrive(id, shard)
        shard.isDueAgain = true
      }
      if (shard.isDueAgain) await delay(clock, PAUSE_MS, signal)
    }
    shard.isFilling = false
    arrive(id, shard)
    // From here on the messages found hold the mark themselves.
    if (!signal.aborted && !shard.isOut) shard.mark.release()
  }

  return {
    async open(ids) {
      for (const id of ids) {
        const mark = createWatermark(String(id), store, clock, log)
        const shard = { mark, isOut: false, isFilling: false, isDueAgain: false, cancelCatchingUp: null }
        shards.set(id, shard)
        // On the very first start there is nothing to catch up with.
        if ((await mark.open()) === null) continue
        mark.hold()
        setOut(id, shard)
      }
    },
    began: (id, message) => shards.get(id)?.mark.began(message),
    ended(id, message, isCommitted) {
      const shard = shards.get(id)
      shard?.mark.ended(message, isCommitted)
      if (isCommitted && shard?.mark.hasLost()) void fill(id, shard)
    },
    lostTouch(id) {
      const shard = shards.get(id)
      if (!shard) return
      shard.isOut = true
      shard.mark.hold()
      setOut(id, shard)
    },
    resumed(id) {
      const shard = shards.get(id)
      if (!shard) return
      shard.isOut = false
      if (shard.isFilling) return
      arrive(id, shard)
      if (!shard.mark.hasLost()) shard.mark.release()
    },
    startedAnew(id) {
      const shard = shards.get(id)
      if (!shard) return
      shard.isOut = false
      if (shard.mark.isHeld()) void fill(id, shard)
      else arrive(id, shard)
    },
    isCatchingUp: (id) => Boolean(shards.get(id)?.cancelCatchingUp),
    async [Symbol.asyncDispose]() {
      for (const { cancelCatchingUp } of shards.values()) cancelCatchingUp?.()
      for (const { mark } of shards.values()) await mark[Symbol.asyncDispose]()
    },
  }
}
