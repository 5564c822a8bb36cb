// The conversations of test/core/threads.ts again, through the real intake and the real store: what the database decides
// (is the thread ours, is a burst open) must agree with the model that route's own test uses.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Decision, Receipt } from '../../src/core/decision.ts'
import type { MessageInbound } from '../../src/core/inbound.ts'
import { NO_METRICS } from '../../src/core/metrics.ts'
import { route } from '../../src/core/route.ts'
import { createIntake } from '../../src/intake.ts'
import { SILENT } from '../../src/log.ts'
import { realClock } from '../../src/real-clock.ts'
import type { Store } from '../../src/store/store.ts'
import type { Conversation, Expected } from '../core/conversation.ts'
import { toInbound } from '../core/replay.ts'
import { viewOf } from '../core/support.ts'
import { CONVERSATIONS } from '../core/threads.ts'
import { furnishedStore } from '../templates.ts'

describe('when it speaks, as the database sees it', () => {
  let store: Store
  beforeAll(async () => {
    store = await furnishedStore()
  })
  afterAll(async () => {
    await store[Symbol.asyncDispose]()
  })

  it.each(CONVERSATIONS.map((conversation, index) => [conversation.name, conversation, index] as const))(
    '%s',
    async (_name, conversation, index) => {
      const seen = await replay(store, conversation, `test${index}`)
      expect(seen).toEqual(conversation.turns.map((turn) => turn.expect))
    },
    30_000,
  )
})

async function replay(store: Store, conversation: Conversation, workspace: string): Promise<Expected[]> {
  let decided: Decision = { type: 'ignore', reason: '' }
  const deliver = createIntake({
    inbox: store.inbox,
    route: (inbound) => {
      decided = route(inbound, viewOf(conversation.settings))
      return decided
    },
    wake: async () => undefined,
    letNext: async () => undefined,
    clock: realClock,
    log: SILENT,
    metrics: NO_METRICS,
    langOf: () => 'ko',
    formOf: async () => ({ refusal: '' }),
  })
  const seen: Expected[] = []
  let botPost: string | null = null
  for (const [index, turn] of conversation.turns.entries()) {
    if (!turn.soon) botPost = (await answerAll(store, workspace, index)) ?? botPost
    const inbound = inWorkspace(toInbound(conversation, index, botPost), workspace)
    const before = await pendingTurnKinds(store, workspace)
    const receipt = await deliver(inbound)
    seen.push(outcomeOf(decided, receipt, before, await pendingTurnKinds(store, workspace)))
  }
  return seen
}

/** Every conversation is alone in its workspace. */
function inWorkspace(inbound: MessageInbound, workspace: string): MessageInbound {
  return { ...inbound, workspace, place: { ...inbound.place, workspace } }
}

function outcomeOf(decision: Decision, receipt: Receipt, before: string[], after: string[]): Expected {
  if (receipt.react) return 'react'
  if (after.length === before.length) return 'silent'
  if (decision.type === 'enqueue' && decision.queue === 'relay') return 'notice'
  const lane = after.at(-1)
  return lane !== undefined && before.includes(lane) ? 'joins' : 'answer'
}

/** The lane and kind of every row that waits, oldest first. */
async function pendingTurnKinds(store: Store, workspace: string): Promise<string[]> {
  const rows = await store.db.query<{ what: string }>(
    `select lane || ' ' || kind || ' ' || author as what from inbox where workspace = $1 and state = 'pending' order by id`,
    [workspace],
  )
  return rows.map((row) => row.what)
}

/** Answers all that waits; returns the platform id of the newest post. */
async function answerAll(store: Store, workspace: string, round: number): Promise<string | null> {
  await store.db.query(`update inbox set ready_at = created_at where workspace = $1 and state = 'pending'`, [
    workspace,
  ])
  let newest: string | null = null
  for (;;) {
    const rows = await store.db.query<{ lane: string }>(
      `select lane from inbox where workspace = $1 and state = 'pending' order by id limit 1`,
      [workspace],
    )
    if (!rows[0]) return newest
    const claim = await store.turns.claim(workspace, rows[0].lane, 'w', 6_000)
    if (!('turn' in claim)) throw new Error(claim.outcome)
    const { turn } = claim
    newest = `post-${workspace}-${round}-${turn.id}`
    if (turn.posts.length > 0) await store.posts.opened(turn.id, 'answer.0', newest, turn.lease)
    await store.turns.finish(turn.id, turn.lease, { state: 'done', answer: '네, 답이에요.' })
  }
}
