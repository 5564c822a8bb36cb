// What helps staff with a case, put together: canned replies, and replies that are looked at before they are sent.
import { createSnippet } from '../workers/snippet.ts'
import { createReplyDecision, type StaffReplyDeps } from '../workers/staff-reply.ts'
import type { Handler } from './core/turn.ts'
import { createSnippets } from './desk/snippets.ts'
import { createTickets } from './desk/tickets.ts'
import { createEnqueue } from './enqueue.ts'
import type { Platforms } from './platforms.ts'
import type { Queue } from './queue/queue.ts'
import type { Store } from './store/store.ts'

export interface StaffHelpParts {
  store: Pick<Store, 'db' | 'inbox' | 'answers'>
  queue: Pick<Queue, 'wake'>
  platforms: Pick<Platforms, 'linkTo'>
}

export function createStaffHelp({ store, queue, platforms }: StaffHelpParts): Record<string, Handler> {
  const deps: StaffReplyDeps = {
    tickets: createTickets(store.db),
    answers: store.answers,
    enqueue: createEnqueue(store, queue),
    wake: (workspace, lane) => queue.wake('relay', { workspace, lane }),
    linkTo: platforms.linkTo,
  }
  return {
    snippet: createSnippet({ ...deps, snippets: createSnippets(store.db) }),
    'reply-decision': createReplyDecision(deps),
  }
}
