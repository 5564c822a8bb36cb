// How far every shard of this process has got, and the back-fills that close its gaps: after a cold start, after a
// session that could not be resumed, and after messages that the database would not take.
import type { Clock } from '../core/clock.ts'
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

/** `caughtUp` is called when `isCatchingUp` ends, before the shard's mark moves on. */
export function createProgress(
  deps: BackFillDeps,
  store: WatermarkStore,
  clock: Clock,
  caughtUp: (shard: number) => void,
): Progress {
  const marks = new Map<number, Watermark>()
  const filling = new Set<number>()
  const catchingUp = new Map<number, () => void>()

  const setOut = (shard: number): void => {
    catchingUp.get(shard)?.()
    catchingUp.set(
      shard,
      clock.after(MAX_CATCHING_UP_MS, () => arrive(shard)),
    )
  }
  const arrive = (shard: number): void => {
    catchingUp.get(shard)?.()
    if (catchingUp.delete(shard)) caughtUp(shard)
  }

  const fill = async (shard: number, mark: Watermark): Promise<void> => {
    if (filling.has(shard)) return
    filling.add(shard)
    try {
      await backFill(deps, shard, mark.value())
      arrive(shard)
      // From here on the messages found hold the mark themselves.
      mark.release()
    } catch (error) {
      deps.log.warn({ shard, error: String(error) }, 'catching up failed; the next start tries again')
    } finally {
      filling.delete(shard)
      arrive(shard)
    }
  }

  return {
    async open(shards) {
      for (const shard of shards) {
        const mark = createWatermark(String(shard), store, clock, deps.log)
        marks.set(shard, mark)
        // On the very first start there is nothing to catch up with.
        if ((await mark.open()) === null) continue
        mark.hold()
        setOut(shard)
      }
    },
    began: (shard, id) => marks.get(shard)?.began(id),
    ended(shard, id, isCommitted) {
      const mark = marks.get(shard)
      mark?.ended(id, isCommitted)
      if (isCommitted && mark?.hasLost()) void fill(shard, mark)
    },
    lostTouch(shard) {
      marks.get(shard)?.hold()
      setOut(shard)
    },
    resumed(shard) {
      arrive(shard)
      const mark = marks.get(shard)
      if (mark && !mark.hasLost()) mark.release()
    },
    startedAnew(shard) {
      const mark = marks.get(shard)
      if (mark?.isHeld()) void fill(shard, mark)
      else arrive(shard)
    },
    isCatchingUp: (shard) => catchingUp.has(shard),
    async [Symbol.asyncDispose]() {
      for (const cancel of catchingUp.values()) cancel()
      for (const mark of marks.values()) await mark[Symbol.asyncDispose]()
    },
  }
}
