// What the sweeper asks of the database.
import type { QueueName } from '../core/decision.ts'
import type { Lang } from '../core/error.ts'
import type { Place } from '../core/inbound.ts'

export interface Stranded {
  workspace: string
  lane: string
  queue: QueueName
  /** As its first wake-up had. */
  priority: number
}

export interface LongWait {
  workspace: string
  lane: string
  /** Chat lanes that came earlier and still wait. */
  ahead: number
  place: Place
  author: string
  lang: Lang | null
  text: string
  /** Nobody has told them yet. */
  isFirst: boolean
}

export interface Sweep {
  /** At most `limit` lanes with due rows or unfinished turns that nobody holds and that were not woken for `quietMs`. Marks them woken. */
  stranded(limit: number, quietMs: number): Promise<Stranded[]>
  /**
   * Ended turns of which every message has been deleted: each is pending again in a lane of its own, without messages,
   * so that a worker takes its posts away. Returns how many.
   */
  withdraw(limit: number): Promise<number>
  /** As `Turns.release`, in every channel: whoever should have done so may have crashed. */
  release(): Promise<number>
  /** After a flush of the queue: every pending lane counts as never woken. */
  forgetWakeUps(): Promise<void>
  /** Chat lanes that have waited longer than `ms` and were not told for `againMs`; marks them told. */
  longWaits(ms: number, againMs: number, limit: number): Promise<LongWait[]>
  /** For each lane: something in it waits for a worker, and none has begun. */
  whichWait(lanes: readonly { workspace: string; lane: string }[]): Promise<boolean[]>
  /** For each lane: something in it waits, or is being worked on with nothing to be seen of it yet. */
  whichOpen(lanes: readonly { workspace: string; lane: string }[]): Promise<boolean[]>
  /** Nothing waits or is worked on in any queue, and nobody has written to the bot for so long. */
  isQuiet(ms: number): Promise<boolean>
  /** How long the newest answers took, seconds; null before the first. */
  recentSeconds(): Promise<number | null>
  /**
   * Has the planner learn how large the tables have become: a plan made on empty ones walks through every row, and is
   * kept until then. PostgreSQL does so by itself after a minute, the embedded one never, nor does it vacuum.
   */
  tidy(): Promise<void>
  /**
   * Deletes what is older than the retention, and short-lived tombstones; bounded. What belongs to a case that has not
   * ended stays. `workspace`: only there.
   */
  purge(retentionDays: number, limit: number, workspace?: string | null): Promise<number>
}
