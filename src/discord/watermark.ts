// How far a shard has got: the newest message id below which everything is committed. Read at a cold start, since
// Discord keeps nothing for a bot that was away.
import type { Clock } from '../core/clock.ts'
import type { Logger } from '../core/logger.ts'
import { idAt, isNewer, newest } from './snowflake.ts'

export interface WatermarkStore {
  read(shard: string): Promise<string | null>
  write(shard: string, id: string): Promise<void>
}

export interface Watermark extends AsyncDisposable {
  /** Reads where the last process stopped; null on the very first start. */
  open(): Promise<string | null>
  began(id: string): void
  /** `false`: given up; the mark stays below it until a back-fill has brought it again. */
  ended(id: string, isCommitted: boolean): void
  /** Keeps the mark where it is: what follows it may have been missed. */
  hold(): void
  isHeld(): boolean
  /** Whether messages were given up since the last take. */
  hasLost(): boolean
  /** What is held or lost is about to be brought again: the mark, which stays here until it has been. */
  take(): string
  /** What was taken has been brought again, or nothing was missed. */
  release(): void
}

const WRITE_EVERY_MS = 5_000

export function createWatermark(shard: string, store: WatermarkStore, clock: Clock, log: Logger): Watermark {
  const pending = new Set<string>()
  const lost = new Set<string>()
  let held: string | null = null
  let latest: string | null = null
  let written: string | null = null

  const value = (): string => {
    const mark = held ?? latest ?? idAt(clock.now())
    let lowest: string | null = null
    for (const ids of [pending, lost])
      for (const id of ids) if (lowest === null || isNewer(lowest, id)) lowest = id
    if (lowest === null || isNewer(lowest, mark)) return mark
    return (BigInt(lowest) - 1n).toString()
  }
  const write = async (): Promise<void> => {
    const mark = value()
    if (latest === null || mark === written) return
    try {
      await store.write(shard, mark)
      written = mark
    } catch (error) {
      log.warn({ shard, error: String(error) }, 'the watermark could not be written, trying again')
    }
  }
  let cancel: () => void = () => undefined
  const tick = (): void => {
    cancel = clock.after(WRITE_EVERY_MS, tick)
    void write()
  }

  return {
    async open() {
      written = await store.read(shard)
      latest = written ?? idAt(clock.now())
      tick()
      return written
    },
    began: (id) => pending.add(id),
    ended(id, isCommitted) {
      pending.delete(id)
      latest = newest(latest, id)
      if (!isCommitted) lost.add(id)
    },
    hold() {
      held ??= value()
    },
    isHeld: () => held !== null,
    hasLost: () => lost.size > 0,
    take() {
      held = value()
      lost.clear()
      return held
    },
    release() {
      held = null
    },
    async [Symbol.asyncDispose]() {
      cancel()
      await write()
    },
  }
}
