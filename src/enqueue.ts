// Turns that nobody wrote a message for. Committed first, then woken; a wake-up that fails is made good by the sweeper.
import type { Enqueue } from '../workers/task.ts'
import type { Author } from './core/inbound.ts'
import type { Queue } from './queue/queue.ts'
import type { Store } from './store/store.ts'

export function createEnqueue({ inbox }: Pick<Store, 'inbox'>, queue: Pick<Queue, 'wake'>): Enqueue {
  return async ({ workspace, source, lane, place, of, ...what }) => {
    // Nobody's own, so that no person's limit counts it and no two are taken for one.
    const nobody: Author = { id: source, name: '', kind: 'bot', locale: null, isAdmin: false }
    const { author, audience } = of ?? { author: nobody, audience: `${workspace}:${place.channel}` }
    const received = await inbox.receive(
      { workspace, audience, source, author },
      { type: 'enqueue', ack: 'none', text: '', quietMs: 0, lane, place, isTask: true, ...what },
    )
    if (!received || received.state === 'refused') return false
    if (received.state === 'pending')
      await queue
        .wake(received.isRelayed ? 'relay' : what.queue, { workspace, lane }, { priority: received.priority })
        .catch(() => undefined)
    return true
  }
}
