// What a channel is for, as Slack says it: asked once, for a while, and never waited for long.
import { afterEach, expect, test } from 'vitest'
import { closeAll, createShiftedClock, openOutbound, placeOf, startFake } from './rig.ts'

afterEach(closeAll)

test('a channel has its topic and its purpose, once for ten minutes; a channel that says nothing has none', async () => {
  const slack = await startFake()
  slack.channel('C1', { topic: '환불 &amp; 교환 &lt;게임&gt;', purpose: 'Refunds for gamers' })
  slack.channel('C2', { topic: 'Same', purpose: 'Same' })
  slack.channel('C3')
  const clock = createShiftedClock()
  const outbound = openOutbound(slack, { clock })
  const asked = () => slack.calls.filter(({ method }) => method === 'conversations.info').length
  const both = Array.from({ length: 5 }, () => outbound.topicOf(placeOf('C1', '1.2')))
  expect(new Set(await Promise.all(both))).toEqual(new Set(['환불 & 교환 <게임>\nRefunds for gamers']))
  expect(asked()).toBe(1)
  expect(await outbound.topicOf(placeOf('C2', null))).toBe('Same')
  expect(await outbound.topicOf(placeOf('C3', null))).toBeNull()
  expect(await outbound.topicOf(placeOf('C3', null))).toBeNull()
  expect(asked()).toBe(3)
  clock.shift(11 * 60_000)
  await outbound.topicOf(placeOf('C1', null))
  expect(asked()).toBe(4)
})

test('nobody asks for the topic of a direct message, and while Slack cannot be asked there is none', async () => {
  const slack = await startFake()
  const user = slack.user('U1')
  slack.channel('C1', { topic: '환불' })
  const outbound = openOutbound(slack)
  expect(await outbound.topicOf(placeOf(slack.dm(user), null))).toBeNull()
  expect(slack.calls.filter(({ method }) => method === 'conversations.info')).toEqual([])
  slack.failNext('conversations.info', { status: 500 })
  expect(await outbound.topicOf(placeOf('C1', null))).toBeNull()
  expect(await outbound.topicOf(placeOf('CNONE', null))).toBeNull()
})

test('a slow answer is not waited for, and counts from the next time on', async () => {
  const slack = await startFake()
  slack.channel('C1', { topic: '환불' })
  slack.failNext('conversations.info', { delayMs: 600 })
  const outbound = openOutbound(slack)
  const since = performance.now()
  expect(await outbound.topicOf(placeOf('C1', null))).toBeNull()
  expect(performance.now() - since).toBeLessThan(590)
  await expect.poll(() => outbound.topicOf(placeOf('C1', null)), { timeout: 5_000 }).toBe('환불')
})
