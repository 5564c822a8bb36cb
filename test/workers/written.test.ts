// The platform is away when an answer is finished: the person still gets that answer, and the model is not asked again.
import { expect, test } from 'vitest'
import type { Writer } from '../../src/core/outbound.ts'
import { createAnswer } from '../../workers/answer.ts'
import { createTestModel } from './model.ts'
import { createRig, createScreen, hurry, useStore } from './rig.ts'

const ANSWER = '네, 내일 도착해요.'

const storeOf = useStore()

function openAnswering(screen = createScreen()) {
  const model = createTestModel(() => ({ text: ANSWER }))
  const answer = createAnswer({ model, botName: () => '담소', retentionDays: 90 })
  return { ...createRig(storeOf(), { answer }, screen), model }
}

test('an answer that could not be posted is posted later as it was, with everything under it', async () => {
  const { lane, say, run, screen, model, store, turnOf } = openAnswering()
  await say(lane, '배송이 언제 오나요?')
  screen.fail('platform-unreachable', 2)
  expect(await run(lane)).toMatchObject({ type: 'later' })
  await hurry(store)
  expect(await run(lane)).toMatchObject({ type: 'later' })
  await hurry(store)
  expect(await run(lane)).toEqual({ type: 'done' })
  expect(model.asked).toHaveLength(1)
  expect(screen.texts()).toEqual([ANSWER])
  const { content } = screen.shown()[0]!
  expect(content.buttons?.map(({ action }) => action)).toEqual(['feedback', 'feedback', 'person'])
  expect(content.notes).toEqual(expect.arrayContaining([expect.stringContaining('AI가 쓴')]))
  const turn = await turnOf(lane)
  expect(turn).toMatchObject({ state: 'done', answer: ANSWER })
  expect(turn['facts']).toMatchObject({ tokens: 10 })
  expect(turn['facts']).not.toHaveProperty('written')
})

test('what waits for its posting is not yet part of the conversation', async () => {
  const { lane, say, run, screen, store } = openAnswering()
  await say(lane, '배송이 언제 오나요?')
  screen.fail('platform-busy', 1, { retryAfterMs: 50 })
  await run(lane)
  await hurry(store)
  const claim = await store.turns.claim('slack:T1', lane, 'w2', 6_000)
  expect(claim).toMatchObject({
    outcome: 'claimed',
    turn: { history: [], facts: { written: expect.anything() } },
  })
})

test('a notice to those who wait does not lose it', async () => {
  const { lane, say, run, screen, store, model } = openAnswering()
  await say(lane, '배송이 언제 오나요?')
  screen.fail('platform-unreachable')
  await run(lane)
  const claim = await store.turns.claim('slack:T1', lane, 'w2', 6_000, { isEarlyOk: true })
  if (claim.outcome !== 'claimed') throw new Error('not claimed')
  await store.turns.finish(claim.turn.id, claim.turn.lease, { state: 'pending' })
  await run(lane)
  expect(model.asked).toHaveLength(1)
  expect(screen.texts()).toEqual([ANSWER])
})

test('a question that was edited meanwhile is answered anew', async () => {
  const { lane, say, run, screen, store, model } = openAnswering()
  const source = await say(lane, '배송이 언제 오나요?')
  screen.fail('platform-unreachable')
  await run(lane)
  await store.inbox.edit('slack:T1', 'slack:T1:C1', source, '환불되나요?', false)
  await hurry(store)
  await run(lane)
  expect(model.asked.map(({ user }) => user.text)).toEqual(['배송이 언제 오나요?', '환불되나요?'])
  expect(screen.texts()).toEqual([ANSWER])
})

test('a fault of our own in posting is not kept: the next attempt begins from the start', async () => {
  const screen = createScreen()
  const write = screen.outbound.write
  let isBroken = true
  screen.outbound.write = (post, options): Writer => {
    const writer = write(post, options)
    return {
      ...writer,
      async finish(content) {
        if (isBroken) throw new Error('a bug')
        return writer.finish(content)
      },
    }
  }
  const { lane, say, run, store, model } = openAnswering(screen)
  await say(lane, '배송이 언제 오나요?')
  await run(lane)
  isBroken = false
  await hurry(store)
  await run(lane)
  expect(model.asked).toHaveLength(2)
  expect(screen.texts()).toEqual([ANSWER])
})
