// Nothing that Slack delivers is lost or ends the process while sockets are refreshed, Slack is away or the payload is odd.
// What one socket and one request do is in sockets.test.ts and http.test.ts.
import { afterEach, expect, test } from 'vitest'
import { IGNORED } from '../../src/core/decision.ts'
import { closeAll, openRig, startFake } from './rig.ts'

afterEach(closeAll)

test('nothing is lost while Slack refreshes its sockets under load', async () => {
  // With no socket and no retry, the fake drops what it cannot deliver at once.
  const slack = await startFake({ whenNoSocket: 'retry', retryDelaysMs: [] })
  const channel = slack.channel('CSHOP')
  const rig = await openRig(slack, { mode: 'socket' })
  const mina = slack.user('UMINA')
  const texts: string[] = []
  for (let round = 0; round < 3; round++) {
    slack.refreshSockets(round % 2 === 0 ? 'warning' : 'refresh_requested')
    for (let i = 0; i < 10; i++) {
      texts.push(`${round}-${i}`)
      mina.say(channel, texts.at(-1)!)
      await new Promise((resolve) => setImmediate(resolve))
    }
    const count = texts.length
    await slack.until(() => rig.messages().length >= count)
  }
  await slack.until(() => slack.pendingDeliveries() === 0)
  expect(slack.deliveries.filter(({ status }) => status !== 'delivered')).toEqual([])
  expect([...new Set(rig.messages().map(({ text }) => text))].sort()).toEqual([...texts].sort())
})

test('what was being saved when the sockets were refreshed is acknowledged on the old one', async () => {
  const slack = await startFake()
  const channel = slack.channel('CSHOP')
  const saved = Promise.withResolvers<void>()
  let asked = 0
  const rig = await openRig(slack, {
    mode: 'socket',
    async deliver() {
      asked += 1
      await saved.promise
      return IGNORED
    },
  })
  slack.user('UMINA').say(channel, '갱신 중에')
  await slack.until(() => asked === 1)
  const before = slack.sockets()
  slack.refreshSockets()
  await slack.until(() => slack.sockets().some((id) => !before.includes(id)))
  saved.resolve()
  await slack.until(() => slack.deliveries[0]!.status === 'delivered')
  expect(rig.messages()[0]!.text).toBe('갱신 중에')
  expect(asked).toBe(1)
})

test('a token refused on the way back is tried again, and what was said meanwhile arrives', async () => {
  const slack = await startFake()
  const channel = slack.channel('CSHOP')
  const rig = await openRig(slack, { mode: 'socket', sockets: 1 })
  slack.failNext('apps.connections.open', { error: 'invalid_auth' })
  slack.cutSockets()
  await slack.until(() => !rig.ready().ok && rig.ready().reason.includes('invalid_auth'))
  slack.user('UMINA').say(channel, '아직 여기 있어요')
  await slack.until(() => rig.messages().length === 1, { timeoutMs: 4_000 })
  expect(rig.ready().ok).toBe(true)
})

test('a Slack that is away on the way back is asked again', async () => {
  const slack = await startFake()
  const rig = await openRig(slack, { mode: 'socket', sockets: 1 })
  slack.failNext('apps.connections.open', { status: 503 })
  slack.failNext('apps.connections.open', { drop: true })
  slack.failNext('apps.connections.open', { status: 429, retryAfter: 1 })
  slack.cutSockets()
  await slack.until(() => !rig.ready().ok)
  await slack.until(() => rig.ready().ok, { timeoutMs: 8_000 })
}, 15_000)

test.each([
  ['no event', { type: 'event_callback' }],
  ['an event that is a list', { type: 'event_callback', event: [] }],
  ['an empty message', { type: 'event_callback', event: { type: 'message' } }],
  [
    'fields of other types',
    { type: 'event_callback', event: { type: 'message', channel: 5, user: {}, ts: [], text: 7, files: 'x' } },
  ],
  ['an edit of nothing', { type: 'event_callback', event: { type: 'message', subtype: 'message_changed' } }],
  [
    'a deletion of nothing',
    { type: 'event_callback', event: { type: 'message', subtype: 'message_deleted' } },
  ],
  ['a press of nothing', { type: 'block_actions', actions: 'no' }],
  ['a form that is not ours', { type: 'view_submission', view: { private_metadata: 'x' } }],
  ['a form with half a note', { type: 'view_submission', view: { private_metadata: '{' } }],
])('a signed request with %s is acknowledged and ignored', async (_, payload) => {
  const slack = await startFake()
  const rig = await openRig(slack)
  const response = await fetch(slack.requestUrl(), { method: 'POST', ...slack.sign(JSON.stringify(payload)) })
  expect(response.status).toBe(200)
  expect(rig.heard).toEqual([])
})

test('an installation for a whole organisation is one workspace, whichever of its teams speaks', async () => {
  const slack = await startFake({ enterpriseId: 'E1' })
  const rig = await openRig(slack)
  const authorization = {
    enterprise_id: 'E1',
    team_id: 'T1',
    user_id: 'UBOT',
    is_bot: true,
    is_enterprise_install: true,
  }
  const event = {
    type: 'message',
    channel: 'CSHOP',
    user: 'U1',
    ts: '1700000000.000100',
    text: '<@UBOT> 질문',
  }
  const said = { type: 'event_callback', team_id: 'T2', authorizations: [authorization], event }
  const used = {
    type: 'message_action',
    callback_id: 'ask',
    trigger_id: '1.1.a',
    is_enterprise_install: true,
    enterprise: { id: 'E1' },
    team: null,
    user: { id: 'U1', team_id: 'T2' },
    channel: { id: 'CSHOP' },
    message: { ts: event.ts, text: event.text, user: 'U1' },
  }
  for (const body of [said, used]) {
    await fetch(slack.requestUrl(), { method: 'POST', ...slack.sign(JSON.stringify(body)) })
  }
  await slack.until(() => rig.heard.length === 2)
  for (const inbound of rig.heard) {
    expect(inbound).toMatchObject({
      workspace: 'slack:E1',
      audience: 'slack:E1:CSHOP',
      author: { kind: 'member' },
    })
  }
})
