// What this process has committed lately, so that a message that is delivered again costs the database nothing: Slack
// sends every mention twice, as app_mention and as message.
import type { Clock } from '../core/clock.ts'
import { Recent } from '../core/recent.ts'
import type { Inbox, Received } from './model.ts'

/** Slack's last retry comes after five minutes. */
const KEPT_MS = 10 * 60_000
const MOST = 10_000

/** One that comes while the first is on its way waits for its commit. A failed commit is not remembered. */
export function rememberRepeats(inbox: Inbox, clock: Clock): Inbox {
  const arriving = new Map<string, Promise<Received | null>>()
  const kept = new Recent<string, Received>({ max: MOST, ttlMs: KEPT_MS, clock })
  return {
    ...inbox,
    async receive(row, what) {
      // What counts once whoever does it was not done while it was only refused.
      const counts = ({ state }: Received): boolean => what.once === undefined || state !== 'refused'
      const key = JSON.stringify([row.workspace, row.source, what.kind, what.onlyIf])
      const earlier = kept.get(key) ?? arriving.get(key)
      const first = earlier && (await earlier)
      if (first && counts(first)) return { ...first, isNew: false, isKnown: true }
      const committing = inbox.receive(row, what)
      arriving.set(key, committing)
      try {
        const received = await committing
        if (received && counts(received)) kept.set(key, received)
        return received
      } finally {
        arriving.delete(key)
      }
    },
  }
}
