// Work of ours that nobody wrote to us: a turn by the source that names it, once.
import type { QueueName } from '../src/core/decision.ts'
import type { Author, Place } from '../src/core/inbound.ts'

export interface Task {
  workspace: string
  source: string
  lane: string
  kind: string
  queue: QueueName
  place: Place
  text?: string
  body: Record<string, unknown>
  /** In whose name, and for whom to see; by default in nobody's, where it is shown. */
  of?: { author: Author; audience: string }
}

/** False when too much waits already. */
export type Enqueue = (task: Task) => Promise<boolean>
