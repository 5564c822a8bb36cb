// Socket Mode: nothing that was not saved is acknowledged, nothing that Slack sends ends the process, and there is always
// a socket to deliver to.
import { afterEach, expect, test } from 'vitest'
import { IGNORED } from '../../src/core/decision.ts'
import { closeAll, openRig, startFake } from './rig.ts'

afterEach(closeAll)

async function inSocketMode(options: Partial<Parameters<typeof openRig>[1]> = {}) {
  const slack = await startFake({ mode: 'socket' })
  const mina = slack.user('U1', { name: 'mina' })
  slack.channel('C1', { name: '문의', members: ['U1'] })
  const rig = await openRig(slack, { mode: 'socket', ...options })
  return { slack, mina, rig }
}

test('a message is acknowledged only once it is saved', async () => {
  const saved = Promise.withResolvers<void>()
  const { slack, mina, rig } = await inSocketMode({
    deliver: async () => {
      await saved.promise
      return IGNORED
    },
  })
  mina.say('C1', '안녕하세요')
  await slack.until(() => slack.deliveries[0]?.attempts.length === 1)
  expect(slack.deliveries[0]).toMatchObject({ status: 'pending' })
  saved.resolve()
  await slack.until(() => slack.deliveries[0]?.status === 'delivered')
  expect(rig.messages()).toHaveLength(1)
})

test('a message that could not be saved is delivered again', async () => {
  let tries = 0
  const slack = await startFake({ mode: 'socket', ackTimeoutMs: 400 })
  const mina = slack.user('U1')
  slack.channel('C1', { members: ['U1'] })
  const rig = await openRig(slack, {
    mode: 'socket',
    deliver: () => (++tries === 1 ? Promise.reject(new Error('no database')) : Promise.resolve(IGNORED)),
  })
  mina.say('C1', '잊지 마세요')
  await slack.until(() => slack.deliveries[0]?.status === 'delivered')
  expect(tries).toBeGreaterThan(1)
  expect(rig.messages()[0]).toMatchObject({ text: '잊지 마세요' })
  expect(JSON.stringify(rig.log.lines)).not.toContain('잊지 마세요')
})

test('two sockets are open, so that losing one is no gap', async () => {
  const { slack, rig } = await inSocketMode()
  await slack.until(() => slack.sockets().length === 2)
  expect(rig.ready()).toEqual({ ok: true, reason: '' })
})

test('when Slack renews its sockets, new ones are there before the old ones go', async () => {
  const { slack, mina, rig } = await inSocketMode()
  await slack.until(() => slack.sockets().length === 2)
  const before = slack.sockets()
  let fewest = 2
  const stop = slack.onChange(() => {
    fewest = Math.min(fewest, slack.sockets().length)
  })
  slack.refreshSockets()
  await slack.until(() => slack.sockets().every((id) => !before.includes(id)) && slack.sockets().length === 2)
  stop()
  expect(fewest).toBe(2)
  mina.say('C1', '아직 들리나요?')
  await slack.until(() => rig.messages().length === 1)
})

test('sockets that are cut come back at once, and nothing is lost meanwhile', async () => {
  const { slack, mina, rig } = await inSocketMode()
  await slack.until(() => slack.sockets().length === 2)
  slack.cutSockets()
  await slack.until(() => slack.sockets().length === 0)
  mina.say('C1', '끊긴 사이에')
  await slack.until(() => rig.messages().length === 1, { timeoutMs: 3_000 })
  await slack.until(() => slack.sockets().length === 2)
})

test('the notice that events are held back neither ends the process nor the socket', async () => {
  const { slack, mina, rig } = await inSocketMode()
  await slack.sendAppRateLimited()
  mina.say('C1', '그래도 들려요')
  await slack.until(() => rig.messages().length === 1)
  await slack.until(() => rig.log.lines.some(({ message }) => message.includes('holds events back')))
})

test('a token that stops being valid while connected leaves the process alive and not ready, until it works again', async () => {
  const { slack, mina, rig } = await inSocketMode({ sockets: 1 })
  slack.failNext('apps.connections.open', { error: 'internal_error', times: 1 })
  slack.failNext('apps.connections.open', { status: 503, times: 1 })
  slack.cutSockets()
  await slack.until(() => !rig.ready().ok)
  expect(rig.ready().reason).not.toBe('')
  mina.say('C1', '다시 들려요')
  await slack.until(() => rig.messages().length === 1)
  expect(rig.ready().ok).toBe(true)
})

test('invalid_auth on the way back does not end the process', async () => {
  const { slack, rig } = await inSocketMode({ sockets: 1 })
  slack.failNext('apps.connections.open', { error: 'invalid_auth', times: 100 })
  slack.cutSockets()
  await slack.until(() => rig.ready().reason === 'Slack gives no socket: invalid_auth')
})

test('a wrong app token stops the start with what to do about it', async () => {
  const slack = await startFake({ mode: 'socket' })
  await expect(openRig(slack, { mode: 'socket', appToken: 'xapp-wrong' })).rejects.toMatchObject({
    code: 'slack-token-refused',
    hint: expect.stringContaining('SLACK_APP_TOKEN'),
  })
})

test('closing finishes what is being saved', async () => {
  const saved = Promise.withResolvers<void>()
  let isSaving = false
  const { slack, mina, rig } = await inSocketMode({
    deliver: async () => {
      isSaving = true
      await saved.promise
      return IGNORED
    },
  })
  mina.say('C1', '하나')
  await slack.until(() => isSaving)
  const closed = rig.close()
  saved.resolve()
  await closed
  await slack.until(() => slack.deliveries[0]?.status === 'delivered' && slack.sockets().length === 0)
  expect(slack.deliveries[0]?.attempts).toHaveLength(1)
})
