// Everything that is kept about a person goes, from every feature: they asked for it in chat, or an operator does it.
import { setTimeout } from 'node:timers/promises'
import { createForgetCases } from './desk/forget.ts'
import { createProposals } from './knowledge/proposals.ts'
import type { Database } from './store/db.ts'
import type { Store } from './store/store.ts'
import { createMemory } from './translation/memory/store.ts'

export interface ForgettingParts {
  db: Database
  store: Pick<Store, 'answers' | 'people'>
  /** Of the queue for work without the model: cards in staff channels are taken away. */
  wake(workspace: string, lane: string): Promise<void>
}

/** `exceptTurn`: the one that asks for it. Gives how many messages went. Done twice it does the rest. */
export type Forget = (workspace: string, person: string, exceptTurn: string | null) => Promise<number>

export function createForgetting({ db, store, wake }: ForgettingParts): Forget {
  const cases = createForgetCases(db)
  const proposals = createProposals(db)
  const memory = createMemory(db)
  /** A card that is being shown right now may show what is gone by the time it stands. */
  const rerunLater = async (workspace: string, card: string): Promise<string | null> => {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const rows = await db.query<{ state: string }>(STATE, [workspace, card])
      if (rows[0]?.state !== 'running') break
      await setTimeout(AGAIN_AFTER_MS)
    }
    return store.answers.rerun(workspace, card)
  }
  const rerun = async (cards: readonly { workspace: string; card: string | null }[]): Promise<void> => {
    for (const { workspace, card } of cards) {
      if (card === null) continue
      const lane = (await store.answers.rerun(workspace, card)) ?? (await rerunLater(workspace, card))
      if (lane !== null) await wake(workspace, lane)
    }
  }
  return async (workspace, person, exceptTurn) => {
    // Cards are run again before what they show is gone, and after: once it is gone nothing leads to them any more, and a
    // crash in between must not leave them standing.
    await rerun([
      ...(await proposals.cardsOf(workspace, person)),
      ...(await cases.cardsOf(workspace, person)),
    ])
    const gone = [...(await proposals.forget(workspace, person)), ...(await cases.forget(workspace, person))]
    await rerun(gone)
    await memory.forget(workspace, person)
    return await store.people.forget(workspace, person, exceptTurn ?? NO_TURN)
  }
}

const STATE = 'select state from turns where workspace = $1 and id = $2::bigint'
const AGAIN_AFTER_MS = 100
const MAX_TRIES = 100

const NO_TURN = '0'
