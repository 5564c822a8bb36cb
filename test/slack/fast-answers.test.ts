// An answer can be there before the word that it is coming: nothing may say "writing" under a finished one.
import { afterEach, expect, test } from 'vitest'
import type { Deliver } from '../../src/core/adapter.ts'
import {
  closeAll,
  createPost,
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
    async isOpen(workspace, lane) {
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
