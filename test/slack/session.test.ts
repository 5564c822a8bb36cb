// The Stop button that Slack itself shows in a direct message: there while an answer is written, and gone with it.
import { afterEach, expect, test } from 'vitest'
import {
  closeAll,
  createPost,
  createTestBudget,
  korean,
  openOutbound,
  placeOf,
  startFake,
  writeOptions,
} from './rig.ts'

afterEach(closeAll)

const SESSION = 'agents.sessions.setStatus'
const isEnd = (args: Record<string, unknown>): boolean => args['status'] === 'active'

async function askedDirectly() {
  const slack = await startFake()
  const mina = slack.user('U1', { name: 'mina' })
  const dm = mina.openDm()
  const asked = mina.say(dm, '배송이 언제 오나요?')
  const budget = createTestBudget()
  const outbound = openOutbound(slack, { budget })
  const state = () => slack.session(dm, asked)?.status
  const ends = () => slack.calls.filter(({ method, args }) => method === SESSION && isEnd(args)).length
  return { slack, outbound, budget, place: placeOf(dm, asked), state, ends }
}

test('Stop does not come back when its showing was held up until after the answer', async () => {
  const { outbound, budget, place, state } = await askedDirectly()
  budget.refuse.add(SESSION)
  const begun = outbound.sessions.begin(place, '배송이 언제 오나요?', 'U1')
  const ended = outbound.sessions.end(place)
  budget.refuse.clear()
  await Promise.all([begun, ended])
  expect(state()).toBe('active')
})

test('Stop is gone by the time the answer counts as finished', async () => {
  const { slack, outbound, place, state } = await askedDirectly()
  const writer = outbound.write(createPost(place), writeOptions())
  writer.show('내일')
  await slack.until(() => state() === 'processing')
  await writer.finish(korean('내일 도착해요.'))
  expect(state()).toBe('active')
})

test.each([
  ['is lost on the way', { drop: true, when: isEnd }],
  ['gets no answer twice', { status: 500, times: 2, when: isEnd }],
  ['is limited for a second', { status: 429, retryAfter: 1, when: isEnd }],
])('Stop goes away although its end %s', async (_, fault) => {
  const { slack, outbound, place, state } = await askedDirectly()
  await outbound.sessions.begin(place, '질문', 'U1')
  slack.failNext(SESSION, fault)
  await outbound.sessions.end(place)
  expect(state()).toBe('active')
})

test('an end whose answer alone was lost does no harm when it is asked again', async () => {
  const { slack, outbound, place, state, ends } = await askedDirectly()
  await outbound.sessions.begin(place, '질문', 'U1')
  slack.failNext(SESSION, { status: 500, afterEffect: true, when: isEnd })
  await outbound.sessions.end(place)
  expect(state()).toBe('active')
  expect(ends()).toBe(2)
})

test('a question in a thread that was answered before shows Stop again', async () => {
  const { outbound, place, state } = await askedDirectly()
  await outbound.sessions.begin(place, '질문', 'U1')
  await outbound.sessions.end(place)
  await outbound.sessions.begin(place, '다음 질문', 'U1')
  expect(state()).toBe('processing')
})

test('taking an old answer away does not make it look as if one were being written', async () => {
  const { slack, outbound, place, ends } = await askedDirectly()
  const post = createPost(place)
  const { id } = await outbound.write(post, writeOptions()).finish(korean('내일 도착해요.'))
  const before = slack.calls.length
  await openOutbound(slack)
    .write({ ...post, state: 'final', id }, writeOptions({ attempt: 2 }))
    .discard()
  expect(slack.message(id)).toBeUndefined()
  expect(slack.calls.slice(before).filter(({ args }) => args['status'] === 'processing')).toEqual([])
  expect(ends()).toBeGreaterThan(0)
})
