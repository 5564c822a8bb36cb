// Delivery over HTTP and Socket Mode, received by the real @slack/bolt and @slack/socket-mode.
import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt'
import { SocketModeClient } from '@slack/socket-mode'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { closeServer, listen } from '../http.ts'
import { type FakeSlack, type FakeSlackOptions, type FakeUser, startFakeSlack } from './index.ts'
import { quiet } from './quiet-logger.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function start(options: FakeSlackOptions = {}): Promise<{ slack: FakeSlack; mina: FakeUser }> {
  const slack = await startFakeSlack({ retryDelaysMs: [20, 40, 80], ...options })
  cleanups.push(() => slack.close())
  const mina = slack.user('U1', { name: 'mina' })
  slack.channel('C1', { name: 'help', members: ['U1'] })
  return { slack, mina }
}

/** An app whose listener may fail; with processBeforeResponse a failure becomes a 500. */
async function boltOverHttp(slack: FakeSlack): Promise<App> {
  const receiver = new HTTPReceiver({
    signingSecret: slack.signingSecret,
    processBeforeResponse: true,
    logger: quiet,
    processEventErrorHandler: async ({ response }) => {
      response.writeHead(500)
      response.end()
      return false
    },
  })
  const app = new App({
    token: slack.botToken,
    receiver,
    logger: quiet,
    clientOptions: { slackApiUrl: slack.apiUrl },
  })
  app.error(async (error) => {
    throw error
  })
  const { server, port } = await listen(receiver.requestListener)
  cleanups.push(() => closeServer(server))
  await slack.connectHttp(`http://127.0.0.1:${port}/slack/events`)
  return app
}

async function boltOverSockets(slack: FakeSlack): Promise<App> {
  const clientOptions = { slackApiUrl: slack.apiUrl }
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    clientPingTimeout: 50,
    logger: quiet,
    installerOptions: { clientOptions },
  })
  const app = new App({ token: slack.botToken, receiver, logger: quiet, clientOptions })
  await app.start()
  cleanups.push(() => app.stop())
  return app
}

describe('over HTTP', () => {
  it('gives a mention as two events with one ts, signed so that Bolt takes them', async () => {
    const { slack, mina } = await start()
    const app = await boltOverHttp(slack)
    const seen: { type: string; id: unknown; ts: string }[] = []
    app.event(
      'app_mention',
      async ({ event, body }) => void seen.push({ type: event.type, id: body.event_id, ts: event.ts }),
    )
    app.event(
      'message',
      async ({ event, body }) => void seen.push({ type: event.type, id: body.event_id, ts: event.ts }),
    )
    const ts = mina.say('C1', '@damso 배송이 언제 오나요?')
    await slack.until(() => seen.length === 2 && slack.pendingDeliveries() === 0)
    expect(seen.map((one) => one.type).sort()).toEqual(['app_mention', 'message'])
    expect(new Set(seen.map((one) => one.id)).size).toBe(2)
    expect(seen.every((one) => one.ts === ts)).toBe(true)
    expect(slack.deliveries.map((one) => one.status)).toEqual(['delivered', 'delivered'])
  })

  it('never mentions in a direct message', async () => {
    const { slack, mina } = await start()
    const app = await boltOverHttp(slack)
    const types: string[] = []
    app.event(/.*/, async ({ event }) => void types.push(event.type))
    mina.say(mina.openDm(), `${slack.mention} 안녕하세요`)
    await slack.until(() => types.length === 2 && slack.pendingDeliveries() === 0)
    expect(types.sort()).toEqual(['app_home_opened', 'message'])
  })

  it('tries an event four times in all and then gives it up', async () => {
    const { slack, mina } = await start()
    const app = await boltOverHttp(slack)
    const retries: (number | undefined)[] = []
    app.event('message', async ({ context }) => {
      retries.push(context.retryNum)
      throw new Error('no room')
    })
    mina.say('C1', 'hello')
    await slack.until(() => slack.deliveries[0]?.status === 'failed')
    expect(retries).toEqual([undefined, 1, 2, 3])
    expect(slack.deliveries[0]?.attempts.map((one) => [one.status, one.retryReason])).toEqual([
      [500, undefined],
      [500, 'http_error'],
      [500, 'http_error'],
      [500, 'http_error'],
    ])
  })

  it('stops at x-slack-no-retry, and counts silence as a timeout', async () => {
    const { slack, mina } = await start({ ackTimeoutMs: 60, retryDelaysMs: [5] })
    let heard = 0
    const { server, port } = await listen(async (req, res) => {
      const body = (await req.toArray()).join('')
      if (body.includes('url_verification')) {
        res.end(JSON.parse(body).challenge)
        return
      }
      heard += 1
      if (body.includes('refuse me')) res.writeHead(500, { 'x-slack-no-retry': '1' }).end()
    })
    cleanups.push(() => closeServer(server))
    await slack.connectHttp(`http://127.0.0.1:${port}/`)
    mina.say('C1', 'refuse me')
    await slack.until(() => slack.deliveries[0]?.status === 'failed')
    expect(heard).toBe(1)
    mina.say('C1', 'silence')
    await slack.until(() => slack.deliveries[1]?.status === 'failed')
    expect(slack.deliveries[1]?.attempts.map((one) => one.error)).toEqual(['http_timeout', 'http_timeout'])
  })

  it('does not get past Bolt with a wrong or an old signature', async () => {
    const { slack } = await start()
    const app = await boltOverHttp(slack)
    let heard = 0
    app.event('message', async () => {
      heard += 1
    })
    const url = slack.requestUrl()
    const body = JSON.stringify({ type: 'event_callback', event: { type: 'message' } })
    const old = slack.sign(body, 'application/json', Math.floor(Date.now() / 1000) - 400)
    const good = slack.sign(body)
    const answers = await Promise.all([
      fetch(url, { method: 'POST', ...old }),
      fetch(url, { method: 'POST', headers: good.headers, body: `${body} ` }),
    ])
    expect(answers.map((one) => one.status)).toEqual([401, 401])
    expect(heard).toBe(0)
  })
})

describe('over Socket Mode', () => {
  it('counts an event as delivered when Bolt acknowledged it', async () => {
    const { slack, mina } = await start()
    const app = await boltOverSockets(slack)
    app.event('app_mention', async ({ say, event }) => void (await say({ text: '네', thread_ts: event.ts })))
    const ts = mina.say('C1', '@damso hi')
    const [, answer] = await slack.until(() => {
      const thread = slack.thread('C1', ts)
      return thread.length === 2 && thread
    })
    expect(answer).toMatchObject({ text: '네', isBot: true })
    await slack.until(() => slack.deliveries.every((one) => one.status === 'delivered'))
  })

  it('sends an unacknowledged event again, with the reason, until it is acknowledged', async () => {
    const { slack, mina } = await start({ ackTimeoutMs: 40 })
    const client = await socketClient(slack)
    const attempts: [number, string][] = []
    client.on('message', async ({ ack, retry_num: num, retry_reason: reason }) => {
      attempts.push([num, reason])
      if (num === 2) await ack()
    })
    mina.say('C1', 'hello')
    await slack.until(() => slack.deliveries[0]?.status === 'delivered')
    expect(attempts).toEqual([
      [0, ''],
      [1, 'timeout'],
      [2, 'timeout'],
    ])
  })

  it('sends to another socket what a closed one did not acknowledge', async () => {
    const { slack, mina } = await start()
    const ids: string[] = []
    const silent = await socketClient(slack)
    silent.on('message', async ({ envelope_id: id }) => void ids.push(id))
    mina.say('C1', 'hello')
    await slack.until(() => ids.length === 1)
    const second = await socketClient(slack)
    second.on('message', async ({ ack, envelope_id: id }) => {
      ids.push(id)
      await ack()
    })
    await silent.disconnect()
    await slack.until(() => slack.deliveries[0]?.status === 'delivered')
    expect(ids[0]).toBe(ids[1])
  })

  it('refreshes a connection, and what was said in the gap still arrives', async () => {
    const { slack, mina } = await start()
    const app = await boltOverSockets(slack)
    const texts: string[] = []
    app.message(async ({ message }) => void ('text' in message && texts.push(message.text ?? '')))
    const [before] = slack.sockets()
    slack.refreshSockets()
    await slack.until(() => slack.sockets().length === 0, { what: 'the old socket to go' })
    mina.say('C1', 'in the gap')
    await slack.until(() => texts.includes('in the gap'))
    expect(slack.sockets()).not.toContain(before)
  })

  it('is refused with a bot token', async () => {
    const { slack } = await start()
    const client = new SocketModeClient({
      appToken: slack.botToken,
      autoReconnectEnabled: false,
      logger: quiet,
      clientOptions: { slackApiUrl: slack.apiUrl },
    })
    await expect(client.start()).rejects.toMatchObject({ data: { error: 'not_allowed_token_type' } })
  })
})

async function socketClient(slack: FakeSlack): Promise<SocketModeClient> {
  const client = new SocketModeClient({
    appToken: slack.appToken,
    clientPingTimeout: 100,
    logger: quiet,
    clientOptions: { slackApiUrl: slack.apiUrl },
  })
  await client.start()
  cleanups.push(() => client.disconnect())
  return client
}

describe('out of order', () => {
  it('can deliver a deletion before the message itself, and one event three times', async () => {
    const { slack, mina } = await start()
    const app = await boltOverHttp(slack)
    const seen: string[] = []
    app.event('message', async ({ event }) => void seen.push(event.subtype ?? 'new'))
    const ts = mina.say('C1', 'oops', { deliver: { hold: true } })
    mina.delete(ts)
    await slack.until(() => seen.length === 1)
    slack.release()
    await slack.until(() => seen.length === 2)
    expect(seen).toEqual(['message_deleted', 'new'])
    mina.say('C1', 'thrice', { deliver: { times: 3 } })
    await slack.until(() => seen.length === 5)
    expect(slack.deliveries.at(-1)?.attempts).toHaveLength(3)
  })
})

describe('frames no SDK survives', () => {
  it('greet with hello, and carry the rate-limit notice without an inner event', async () => {
    const { slack } = await start()
    const authorization = { Authorization: `Bearer ${slack.appToken}` }
    const answer = await fetch(`${slack.apiUrl}apps.connections.open`, {
      method: 'POST',
      headers: authorization,
    })
    const socket = new WebSocket(String(Object(await answer.json()).url))
    cleanups.push(async () => socket.terminate())
    const frames: { type: string; payload?: { type: string; event?: unknown } }[] = []
    socket.on('message', (data) => void frames.push(JSON.parse(String(data))))
    await slack.until(() => frames.length === 1)
    await slack.sendAppRateLimited()
    await slack.until(() => frames.length === 2)
    expect(frames[0]).toMatchObject({ type: 'hello', num_connections: 1 })
    expect(frames[1]).toMatchObject({ type: 'events_api', payload: { type: 'app_rate_limited' } })
    expect(frames[1]?.payload?.event).toBeUndefined()
  })
})
