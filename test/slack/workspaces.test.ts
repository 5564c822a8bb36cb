// One app in several workspaces: whose a token is, and what happens where there is none, two, or one that is refused.
import { afterEach, expect, test } from 'vitest'
import { linkTo } from '../../src/platforms.ts'
import { createInstallations } from '../../src/slack/installations.ts'
import type { FakeSlack } from '../fakes/slack/index.ts'
import {
  closeAll,
  createPost,
  createShiftedClock,
  createTestLog,
  korean,
  openOutbound,
  openRig,
  type RigOptions,
  realClock,
  startFake,
  writeOptions,
} from './rig.ts'

afterEach(closeAll)

/** Two workspaces with a channel and a person of the same ids. */
async function twoShops(options: RigOptions = {}) {
  const sky = await startFake({ teamName: '하늘상점' })
  const sea = sky.workspace({ teamName: '바다상점' })
  for (const slack of [sky, sea]) {
    slack.channel('C1', { members: ['UMINA'] })
    slack.user('UMINA', { name: slack === sky ? '미나' : '민아' })
  }
  const rig = await openRig(sky, { tokens: [sky.botToken, sea.botToken], ...options })
  return { sky, sea, rig }
}

const placeIn = (slack: FakeSlack, channel = 'C1') => ({
  platform: 'slack' as const,
  workspace: `slack:${slack.teamId}`,
  channel,
  thread: null,
})

test.each(['http', 'socket'] as const)(
  'what is said in either is heard as said there, by %s',
  async (mode) => {
    const { sky, sea, rig } = await twoShops({ mode })
    sky.user('UMINA').say('C1', `${sky.mention} 하늘 질문`)
    sea.user('UMINA').say('C1', `${sea.mention} 바다 질문`)
    // The other workspace's bot is somebody else here.
    sea.user('UMINA').say('C1', `${sky.mention} 안녕`)
    await sky.until(() => rig.messages().length === 5)
    const heard = new Set(
      rig.messages().map((one) => `${one.workspace} ${one.author.name} ${one.mentionsBot} ${one.text}`),
    )
    expect([...heard].sort()).toEqual([
      'slack:T0DAMSO 미나 true 하늘 질문',
      'slack:T0DAMSO2 민아 false @… 안녕',
      'slack:T0DAMSO2 민아 true 바다 질문',
    ])
  },
)

test('every call goes with the token of its workspace', async () => {
  const { sky, sea, rig } = await twoShops()
  for (const [slack, text] of [
    [sky, '하늘의 답'],
    [sea, '바다의 답'],
  ] as const) {
    await rig.outbound.write(createPost(placeIn(slack)), writeOptions()).finish(korean(text))
    await rig.outbound.whisper(placeIn(slack), 'UMINA', korean(`${text} 귓속말`))
  }
  expect(sky.timeline('C1').map(({ text }) => text)).toEqual(['하늘의 답'])
  expect(sea.timeline('C1').map(({ text }) => text)).toEqual(['바다의 답'])
  expect(sea.ephemerals('C1', 'UMINA').map(({ text }) => text)).toEqual(['바다의 답 귓속말'])
  expect(sea.timeline('C1')[0]!.user).toBe(sea.botUserId)
  expect([...sky.calls, ...sea.calls].filter(({ ok }) => !ok)).toEqual([])
})

test('a file is fetched with the token of the workspace where it was attached', async () => {
  const { sky, sea, rig } = await twoShops()
  const bytes = Buffer.from('주문 12345')
  sea.user('UMINA').say('C1', '이거요', { files: [{ name: '주문.txt', mimetype: 'text/plain', bytes }] })
  await sky.until(() => rig.messages().length === 1)
  const [file] = rig.messages()[0]!.attachments
  expect(Buffer.from(await rig.outbound.fetch(placeIn(sea), file!, 1_000)).toString()).toBe('주문 12345')
  // The other token is shown the sign-in page, as Slack does.
  await expect(rig.outbound.fetch(placeIn(sky), file!, 1_000)).rejects.toMatchObject({
    code: 'attachment-refused',
  })
})

test('what comes from a workspace without a token is acknowledged, counted, and told once in the log', async () => {
  const { sky, sea, rig } = await twoShops({ tokens: ['xoxb-fake-bot-token'] })
  sea.user('UMINA').say('C1', `${sea.mention} 비밀 질문`)
  sea.user('UMINA').say('C1', '저기요')
  await sky.until(() => sea.deliveries.length === 3 && sea.pendingDeliveries() === 0)
  expect(sea.deliveries.every(({ status }) => status === 'delivered')).toBe(true)
  expect(rig.heard).toEqual([])
  expect(rig.counted.filter((name) => name === 'unserved_events_total')).toHaveLength(3)
  const lines = rig.log.lines.filter(({ message }) => message.includes('without a token'))
  expect(lines).toMatchObject([{ level: 'warn', fields: { workspace: 'slack:T0DAMSO2' } }])
  const outcome = await sea.user('UMINA').command('/damso', '질문 배송', 'C1')
  expect(outcome.ok).toBe(true)
  expect(sea.ephemerals('C1', 'UMINA').map(({ text }) => text)).toEqual([
    expect.stringContaining('이 워크스페이스에서는 아직 쓸 수 없어요'),
  ])
  const post = rig.outbound.write(createPost(placeIn(sea)), writeOptions()).finish(korean('답'))
  await expect(post).rejects.toMatchObject({
    code: 'token-refused',
    hint: expect.stringContaining('SLACK_BOT_TOKEN'),
  })
  expect(sky.timeline('C1')).toEqual([])
})

test('of two tokens of one workspace the first is used', async () => {
  const said = new Map([
    ['xoxb-new', { team_id: 'T1', user_id: 'UNEW' }],
    ['xoxb-old', { team_id: 'T1', user_id: 'UOLD' }],
  ])
  const log = createTestLog()
  const installations = createInstallations({
    tokens: ['xoxb-new', 'xoxb-old'],
    call: async (token) => ({ outcome: 'ok', value: said.get(token)! }),
    clock: realClock,
    log,
  })
  await installations.start()
  expect(await installations.find('slack:T1')).toMatchObject({ token: 'xoxb-new', botUser: 'UNEW' })
  expect(log.lines.filter(({ level }) => level === 'warn')).toMatchObject([
    { fields: { nth: 2, workspace: 'slack:T1' } },
  ])
  expect(JSON.stringify(log.lines)).not.toContain('xoxb')
})

test('one that is refused at the start leaves the others served; when all are, that is the end', async () => {
  const sky = await startFake()
  const log = createTestLog()
  const outbound = openOutbound(sky, { tokens: ['xoxb-gone', sky.botToken], log })
  await outbound.installations.start()
  expect(await outbound.installations.find('slack:T0DAMSO')).toMatchObject({ botUser: sky.botUserId })
  expect(await outbound.installations.find('slack:T9')).toBeNull()
  expect(log.lines).toContainEqual(
    expect.objectContaining({ level: 'error', fields: { nth: 1, code: 'invalid_auth' } }),
  )
  await expect(openOutbound(sky, { tokens: ['xoxb-gone'] }).installations.start()).rejects.toMatchObject({
    code: 'slack-token-refused',
    hint: expect.stringContaining('invalid_auth'),
  })
})

test('while Slack does not say whose a token is, nothing is turned away and nothing sent; then it is asked again', async () => {
  const clock = createShiftedClock()
  const { sky, sea, rig } = await twoShops({ clock })
  const outbound = openOutbound(sky, { tokens: [sky.botToken, sea.botToken], clock })
  sea.failNext('auth.test', { status: 503 })
  await outbound.installations.start()
  expect(outbound.installations.known('slack:T0DAMSO')).toMatchObject({ token: sky.botToken })
  expect(outbound.installations.known('slack:T0DAMSO2')).toBe('unknown')
  expect(await outbound.caller.api.call('slack:T0DAMSO2', 'auth.test', {})).toMatchObject({
    outcome: 'lost',
    wasSent: false,
  })
  clock.shift(1_000)
  expect(await outbound.caller.api.call('slack:T0DAMSO2', 'auth.test', {})).toMatchObject({
    outcome: 'ok',
    value: { team_id: sea.teamId },
  })
  expect(outbound.installations.known('slack:T9')).toBeNull()
  expect(rig.heard).toEqual([])
})

test.each([
  'service_unavailable',
  'internal_error',
  'fatal_error',
  'ratelimited',
  'team_added_to_org',
  'request_timeout',
])('%s says nothing of a token: it is asked about again, and nothing is turned away', async (error) => {
  const clock = createShiftedClock()
  const { sky, sea, rig } = await twoShops({ tokens: ['xoxb-fake-bot-token'], clock })
  const outbound = openOutbound(sky, { tokens: [sky.botToken, sea.botToken], clock, log: rig.log })
  sea.failNext('auth.test', { error })
  await outbound.installations.start()
  expect(outbound.installations.known(`slack:${sea.teamId}`)).toBe('unknown')
  expect(JSON.stringify(rig.log.lines)).not.toContain('is not served')
  clock.shift(1_000)
  expect(await outbound.installations.find(`slack:${sea.teamId}`)).toMatchObject({ token: sea.botToken })
})

test('after the app is removed from one workspace nothing is asked there for a while, and the other goes on', async () => {
  const clock = createShiftedClock()
  const { sky, sea, rig } = await twoShops({ clock })
  sea.uninstall()
  await sky.until(() => rig.log.lines.some(({ message }) => message.includes('removed')))
  const before = sea.calls.length
  const answer = (slack: FakeSlack) =>
    rig.outbound.write(createPost(placeIn(slack)), writeOptions()).finish(korean('답'))
  await expect(answer(sea)).rejects.toMatchObject({ code: 'token-refused' })
  expect(sea.calls).toHaveLength(before)
  await answer(sky)
  expect(sky.timeline('C1').map(({ text }) => text)).toEqual(['답'])
  expect(rig.log.lines.filter(({ level }) => level === 'error')).toMatchObject([
    { fields: { workspace: 'slack:T0DAMSO2', code: 'app_uninstalled' } },
  ])
  // Now and then one call looks whether it works again.
  clock.shift(30_000)
  await expect(answer(sea)).rejects.toMatchObject({
    code: 'token-refused',
    hint: expect.stringContaining('account_inactive'),
  })
  expect(sea.calls).toHaveLength(before + 1)
})

test('a token that Slack refuses for a moment works again afterwards', async () => {
  const clock = createShiftedClock()
  const { sea, rig } = await twoShops({ clock })
  const answer = () => rig.outbound.write(createPost(placeIn(sea)), writeOptions()).finish(korean('답'))
  sea.failNext('chat.postMessage', { error: 'invalid_auth' })
  await expect(answer()).rejects.toMatchObject({ code: 'token-refused' })
  await expect(answer()).rejects.toMatchObject({ code: 'token-refused' })
  expect(sea.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1)
  clock.shift(30_000)
  await answer()
  expect(rig.log.lines.some(({ message }) => message.includes('again'))).toBe(true)
  expect(rig.outbound.installations.refusal(`slack:${sea.teamId}`)).toBeNull()
})

test('a button of ours that somebody of another organisation presses is ours', async () => {
  const { sky, rig } = await twoShops()
  sky.channel('C2', { isExtShared: true, members: ['UMINA'] })
  const body = {
    type: 'block_actions',
    trigger_id: '1.1.a',
    team: { id: 'T0OTHER' },
    user: { id: 'UGUEST', team_id: 'T0OTHER' },
    api_app_id: sky.appId,
    channel: { id: 'C2' },
    message: { ts: '1700000000.000100', user: sky.botUserId },
    container: { message_ts: '1700000000.000100', channel_id: 'C2' },
    actions: [{ action_id: 'person', value: '7' }],
  }
  const form = new URLSearchParams({ payload: JSON.stringify(body) }).toString()
  const signed = sky.sign(form, 'application/x-www-form-urlencoded')
  expect((await fetch(sky.requestUrl(), { method: 'POST', ...signed })).status).toBe(200)
  expect(rig.heard).toMatchObject([
    { type: 'action', workspace: `slack:${sky.teamId}`, action: 'person', author: { kind: 'external' } },
  ])
})

test('a person’s revoked token is not the bot’s', async () => {
  const { sky, rig } = await twoShops()
  const event = { type: 'tokens_revoked', tokens: { oauth: ['UMINA'], bot: [] } }
  const authorizations = [{ team_id: sky.teamId, user_id: sky.botUserId }]
  const body = JSON.stringify({ type: 'event_callback', team_id: sky.teamId, authorizations, event })
  expect((await fetch(sky.requestUrl(), { method: 'POST', ...sky.sign(body) })).status).toBe(200)
  expect(rig.outbound.installations.refusal(`slack:${sky.teamId}`)).toBeNull()
})

test('a link leads into the workspace itself, for who is signed in to several', () => {
  const place = { platform: 'slack', workspace: 'slack:T1', channel: 'C1', thread: null } as const
  expect(linkTo(place, 'C1:1700000000.000100', 'https://haneul.slack.com/')).toBe(
    'https://haneul.slack.com/archives/C1/p1700000000000100',
  )
})
