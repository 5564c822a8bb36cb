// An answer can be there before the word that it is coming: nothing may say "writing" under a finished one.
import { afterEach, expect, test } from 'vitest'
import type { Deliver } from '../../src/core/adapter.ts'
import { delay } from '../../src/core/clock.ts'
import { realClock } from '../../src/real-clock.ts'
import {
  closeAll,
  createPost,
  createTestBudget,
  korean,
  openOutbound,
  openRig,
  placeOf,
  startFake,
  writeOptions,
} from './rig.ts'

afterEach(closeAll)

const WRITING = '답변을 쓰고 있어요…'

/** Another process answers before this one has said that an answer is coming. */
async function answeredAtOnce(where: 'channel' | 'dm', isOpen: boolean) {
  const slack = await startFake()
  const mina = slack.user('U1', { name: 'mina', locale: 'ko-KR' })
  const channel = where === 'dm' ? slack.dm(mina) : slack.channel('C1', { name: '문의', members: ['U1'] })
  const worker = openOutbound(slack)
  const asked: string[] = []
  const lanes: string[] = []
  const deliver: Deliver = async (inbound) => {
    if (inbound.type !== 'message') return { ack: 'none' }
    const ts = inbound.source.slice(inbound.source.indexOf(':') + 1)
    const place = placeOf(channel, ts)
    if (!isOpen) await worker.write(createPost(place), writeOptions()).finish(korean('네.'))
    asked.push(ts)
    return { ack: 'none', status: { place, text: WRITING } }
  }
  await openRig(slack, {
    deliver,
    async isOpen({ workspace, lane }) {
      lanes.push(`${workspace} ${lane}`)
      return isOpen
    },
  })
  mina.say(channel, where === 'dm' ? '배송이 언제 오나요?' : `${slack.mention} 배송이 언제 오나요?`)
  await slack.until(() => asked.length > 0)
  const ts = asked[0]!
  const status = () => slack.status(channel, ts)
  return { slack, channel, ts, lanes, status }
}

test.each(['channel', 'dm'] as const)(
  '“writing” that comes after the answer in a %s goes again',
  async (where) => {
    const { slack, channel, ts, lanes, status } = await answeredAtOnce(where, false)
    await slack.until(() => status() === WRITING)
    await slack.until(() => status() === '')
    expect(lanes[0]).toBe(`slack:${slack.teamId} ${channel}:${ts}`)
    if (where === 'dm') await slack.until(() => slack.session(channel, ts)?.status === 'active')
  },
)

test('“writing” stays while the answer is still to come', async () => {
  const { slack, lanes, status } = await answeredAtOnce('channel', true)
  await slack.until(() => status() === WRITING)
  await slack.until(() => lanes.length > 0)
  expect(status()).toBe(WRITING)
})

test('where Slack is too slow for it, questions go without “writing”, and none goes without its answer', async () => {
  const slack = await startFake()
  const mina = slack.user('U1', { name: 'mina', locale: 'ko-KR' })
  const channel = slack.channel('C1', { name: '문의', members: ['U1'] })
  let delivered = 0
  const deliver: Deliver = async (inbound) => {
    if (inbound.type !== 'message') return { ack: 'none' }
    delivered += 1
    const ts = inbound.source.slice(inbound.source.indexOf(':') + 1)
    return { ack: 'none', status: { place: placeOf(channel, ts), text: WRITING } }
  }
  // Slack's own limits are not what holds them back here.
  const budget = { ...createTestBudget(realClock), take: () => true, waitMs: () => 0 }
  await openRig(slack, { deliver, budget })
  slack.failNext('assistant.threads.setStatus', { delayMs: 3_000, times: 100 })
  const all = Array.from({ length: 40 }, (_, n) => mina.say(channel, `${slack.mention} ${n}번째 질문이에요?`))
  await slack.until(() => delivered >= all.length)
  const asked = () => slack.calls.filter(({ method }) => method === 'assistant.threads.setStatus').length
  await slack.until(() => asked() > 0, { what: 'the first statuses', timeoutMs: 10_000 })
  await expect.poll(asked, { timeout: 2_000 }).toBe(24)
  await delay(realClock, 500)
  expect(asked()).toBe(24)
})
