// Proposed articles while the bot runs: what workers do with them, put together with where they are kept.
import {
  createProposalCard,
  createProposalDecision,
  createProposalTranslation,
  type ProposalDeps,
} from '../workers/knowledge/proposal.ts'
import { createPropose, createRetract } from '../workers/knowledge/propose.ts'
import type { Handler } from './core/turn.ts'
import { createEnqueue } from './enqueue.ts'
import type { Knowledge } from './knowledge/index.ts'
import { createProposals } from './knowledge/proposals.ts'
import { createPublisher } from './knowledge/publish.ts'
import type { Model } from './llm/model.ts'
import type { Platforms } from './platforms.ts'
import type { Queue } from './queue/queue.ts'
import type { Store } from './store/store.ts'
import { maskPersonal } from './text/personal.ts'

export interface ProposingParts {
  store: Pick<Store, 'db' | 'inbox' | 'answers'>
  /** Knows who is staff. */
  answers: ProposalDeps['answers']
  queue: Pick<Queue, 'wake'>
  model: Model
  platforms: Pick<Platforms, 'linkTo'>
  knowledge: Pick<Knowledge, 'documents'>
  /** The collection's name. */
  collection: string
}

export interface Proposing {
  propose: ReturnType<typeof createPropose>
  retract: ReturnType<typeof createRetract>
  /** What nobody approved is kept no longer than messages. */
  purge(retentionDays: number, workspace: string | null): Promise<number>
  handlers: Record<'proposal' | 'proposal-decision' | 'proposal-translation', Handler>
}

const PURGED_AT_ONCE = 1_000

export function createProposing(parts: ProposingParts): Proposing {
  const { store, queue, model, knowledge } = parts
  const proposals = createProposals(store.db)
  const enqueue = createEnqueue(store, queue)
  const asking = {
    ...{ answers: store.answers, proposals, enqueue, mask: maskPersonal, collection: parts.collection },
    collections: knowledge.documents.collections,
  }
  const propose = createPropose(asking)
  const deps: ProposalDeps = {
    propose,
    ...{ answers: parts.answers, proposals, enqueue, mask: maskPersonal, linkTo: parts.platforms.linkTo },
    publisher: createPublisher(store.db, knowledge.documents),
    wake: (workspace, lane) => queue.wake('relay', { workspace, lane }),
  }
  return {
    propose,
    retract: createRetract(asking),
    purge: (days, workspace) => proposals.purge(days, PURGED_AT_ONCE, workspace),
    handlers: {
      proposal: createProposalCard(deps),
      'proposal-decision': createProposalDecision(deps),
      'proposal-translation': createProposalTranslation({ ...deps, model }),
    },
  }
}
