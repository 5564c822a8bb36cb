// What helps staff with a case, put together: canned replies, suggestions, summaries, and replies that are looked at before
// they are sent.
import { createCaseArticle } from '../workers/desk/case-article.ts'
import type { DeskDeps } from '../workers/desk/desk.ts'
import { createSnippet } from '../workers/desk/snippet.ts'
import { createStaffHelpButtons } from '../workers/desk/staff-help.ts'
import { createReplyDecision, type StaffReplyDeps } from '../workers/desk/staff-reply.ts'
import { createSuggestReply } from '../workers/desk/suggest-reply.ts'
import { createThumbsDown, type ThumbsDownDeps } from '../workers/desk/thumbs-down.ts'
import { createTone } from '../workers/desk/tone.ts'
import type { Checks } from '../workers/knowledge/checked.ts'
import type { Grounding } from '../workers/knowledge/grounding.ts'
import type { Handler } from './core/turn.ts'
import { createConversation } from './desk/conversation.ts'
import { createDowns } from './desk/downs.ts'
import { createReplies } from './desk/replies.ts'
import { createSnippets } from './desk/snippets.ts'
import { createProposals } from './knowledge/proposals.ts'
import type { Model } from './llm/model.ts'
import type { Store } from './store/store.ts'
import { maskPersonal } from './text/personal.ts'
import type { Translate } from './translation/model.ts'

export interface StaffHelpParts {
  store: Pick<Store, 'db' | 'settings'>
  desk: DeskDeps
  model: Model
  /** Absent: replies are suggested from the conversation alone. */
  ground?: Grounding
  checks: Checks
  translate?: Translate
  /** Where articles made of cases go: the collection's name. */
  collection: string
}

export function createStaffHelp(parts: StaffHelpParts): Record<string, Handler> {
  const { store, desk, model } = parts
  const deps: StaffReplyDeps = { ...desk, replies: createReplies(store.db) }
  return {
    snippet: createSnippet({ ...deps, snippets: createSnippets(store.db) }),
    'staff-help': createStaffHelpButtons({
      ...deps,
      ...{ model, conversation: createConversation(store.db) },
      suggest: createSuggestReply({ ...parts, settingsOf: store.settings.of }),
    }),
    'case-article': createCaseArticle({
      ...{ ...desk, model, conversation: createConversation(store.db) },
      ...{ proposals: createProposals(store.db), mask: maskPersonal, collection: parts.collection },
    }),
    tone: createTone({ ...deps, model, keepHosts: parts.checks.keepHosts }),
    'reply-decision': createReplyDecision(deps),
  }
}

/** What follows from a 👎. */
export function onDownOf({
  store,
  desk: { answers, tickets },
  handOver,
}: {
  store: Pick<Store, 'db' | 'settings'>
  desk: DeskDeps
  handOver: ThumbsDownDeps['handOver']
}) {
  return createThumbsDown({
    ...{ answers, tickets, downs: createDowns(store.db) },
    ...{ settingsOf: store.settings.of, handOver },
  })
}
