// Proposed articles while the bot runs: what workers do with them, put together with where they are kept.
import {
  createProposalCard,
  createProposalDecision,
  createProposalTranslation,
  type ProposalDeps,
} from '../workers/proposal.ts'
import { createPropose, createRetract } from '../workers/propose.ts'
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
  /** What was proposed out of a person's conversations goes, and so do its cards. */
  forget(workspace: string, person: string): Promise<void>
  handlers: Record<'proposal' | 'proposal-decision' | 'proposal-translation', Handler>
}

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
    ...{ answers: store.answers, proposals, enqueue, mask: maskPersonal, linkTo: parts.platforms.linkTo },
    publisher: createPublisher(store.db, knowledge.documents),
    wake: (workspace, lane) => queue.wake('relay', { workspace, lane }),
  }
  return {
    propose,
    retract: createRetract(asking),
    async forget(workspace, person) {
      for (const { workspace: home, card } of await proposals.forget(workspace, person)) {
        const lane = card === null ? null : await store.answers.rerun(home, card)
        if (lane !== null) await deps.wake(home, lane)
      }
    },
    handlers: {
      proposal: createProposalCard(deps),
      'proposal-decision': createProposalDecision(deps),
      'proposal-translation': createProposalTranslation({ ...deps, model }),
    },
  }
}
