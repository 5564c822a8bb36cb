// Delivery over HTTP: what is not saved is not acknowledged, and nothing unsigned, old, huge or broken gets in.
import { request } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { IGNORED } from '../../src/core/decision.ts'
import { closeAll, openRig, startFake } from './rig.ts'

afterEach(closeAll)

async function overHttp(options: Partial<Parameters<typeof openRig>[1]> = {}) {
  const slack = await startFake()
  const mina = slack.user('U1', { name: 'mina' })
  slack.channel('C1', { name: '문의', members: ['U1'] })
  const rig = await openRig(slack, options)
  const send = async (signed: { body: string; headers: Record<string, string> }) =>
    (await fetch(slack.requestUrl(), { method: 'POST', ...signed })).status
  return { slack, mina, rig, send }
}

test('a message that could not be saved is answered with an error and delivered again', async () => {
  let tries = 0
  const { slack, mina, rig } = await overHttp({
    deliver: () => (++tries === 1 ? Promise.reject(new Error('no database')) : Promise.resolve(IGNORED)),
  })
  mina.say('C1', '잊지 마세요')
  await slack.until(() => slack.deliveries[0]?.status === 'delivered')
  expect(slack.deliveries[0]!.attempts.map(({ status }) => status)).toEqual([500, 200])
  expect(rig.messages()).toHaveLength(1)
})

test('a wrong signature and an old one are refused, and nothing is handed over', async () => {
  const { slack, rig, send } = await overHttp()
  const body = JSON.stringify({ type: 'event_callback', event: { type: 'message', text: '위조' } })
  const good = slack.sign(body)
  expect(await send({ ...good, body: `${body} ` })).toBe(401)
  expect(await send({ body, headers: { 'content-type': 'application/json' } })).toBe(401)
  expect(await send(slack.sign(body, 'application/json', Math.floor(Date.now() / 1000) - 400))).toBe(401)
  expect(rig.heard).toEqual([])
})

test('a body that is no JSON object is refused, even signed, and its text is not logged', async () => {
  const { slack, rig, send } = await overHttp()
  for (const body of ['null', '"text"', '[1]', '{"broken": 비밀', '', '12']) {
    const status = await send(slack.sign(body))
    expect([400, 401]).toContain(status)
  }
  expect(await send(slack.sign('payload=null', 'application/x-www-form-urlencoded'))).toBe(400)
  expect(await send(slack.sign('payload=%7Bbroken', 'application/x-www-form-urlencoded'))).toBe(400)
  expect(rig.heard).toEqual([])
  expect(JSON.stringify(rig.log.lines)).not.toContain('비밀')
})

test('a body over a megabyte is refused', async () => {
  const { slack, rig, send } = await overHttp()
  const body = JSON.stringify({ type: 'event_callback', filler: '가'.repeat(400_000) })
  expect(await send(slack.sign(body))).toBe(413)
  expect(rig.heard).toEqual([])
})

test('events of unknown types are acknowledged, counted and not handed over', async () => {
  const { slack, rig, send } = await overHttp()
  const event = { type: 'something_new', text: '비밀' }
  expect(await send(slack.sign(JSON.stringify({ type: 'event_callback', team_id: 'T0DAMSO', event })))).toBe(
    200,
  )
  expect(await send(slack.sign(JSON.stringify({ type: 'something_else' })))).toBe(200)
  expect(await send(slack.sign(JSON.stringify({ type: 'event_callback', event: null })))).toBe(200)
  expect(rig.counted).toEqual(['unknown_events_total', 'unknown_events_total', 'unknown_events_total'])
  expect(rig.heard).toEqual([])
  expect(JSON.stringify(rig.log.lines)).not.toContain('비밀')
})

test('the notice that events are held back is acknowledged', async () => {
  const { slack, rig } = await overHttp()
  await slack.sendAppRateLimited()
  await slack.until(() => rig.log.lines.some(({ message }) => message.includes('holds events back')))
})

test('an app that was removed is noticed in the log', async () => {
  const { slack, rig } = await overHttp()
  slack.uninstall()
  await slack.until(() => rig.log.lines.some(({ message }) => message.includes('removed')))
  expect(rig.heard).toEqual([])
})

test('a request that breaks off does no harm', async () => {
  const { slack, mina, rig } = await overHttp()
  await new Promise<void>((resolve) => {
    const broken = request(slack.requestUrl(), { method: 'POST', headers: { 'content-length': '100' } })
    broken.on('error', () => resolve())
    broken.write('{"half"')
    broken.once('socket', (socket) => socket.once('connect', () => setImmediate(() => broken.destroy())))
  })
  mina.say('C1', '괜찮아요')
  await slack.until(() => rig.messages().length === 1)
})

test('only POST is answered', async () => {
  const { slack } = await overHttp()
  expect((await fetch(slack.requestUrl())).status).toBe(405)
  expect((await fetch(slack.requestUrl(), { method: 'PUT', body: '{}' })).status).toBe(405)
})
