// Rules of the fake Discord that a bot meets less often: threads, reactions, old messages, shards, lost heartbeats.
import { Events, GatewayDispatchEvents, GatewayIntentBits } from 'discord.js'
import { afterEach, expect, test } from 'vitest'
import { closeAll, collect, connect, createClient, start } from './connect.ts'
import { createManualClock, type FakeDiscord } from './index.ts'

afterEach(closeAll)

type Body = Record<string, unknown>

/** Raw requests, for what discord.js would refuse or retry by itself. */
function api(discord: FakeDiscord) {
  return async (method: string, path: string, body?: Body) => {
    const response = await fetch(`${discord.apiUrl}/v10${path}`, {
      method,
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as { code?: number } & Body }
  }
}

test('a locked thread refuses the bot, an archived one opens again when somebody writes', async () => {
  const discord = await start()
  discord.guild('G1', {
    botPermissions: ['VIEW_CHANNEL', 'SEND_MESSAGES_IN_THREADS', 'READ_MESSAGE_HISTORY'],
  })
  discord.channel('C1')
  const alice = discord.user('alice')
  const call = api(discord)
  const question = alice.say('C1', '질문')
  const thread = alice.startThread(question, '질문')
  const answer = await call('POST', `/channels/${thread}/messages`, { content: '답' })
  discord.archive(thread)
  const edit = await call('PATCH', `/channels/${thread}/messages/${answer.body.id}`, { content: '답 2' })
  expect(edit.body.code).toBe(50083)
  expect((await call('POST', `/channels/${thread}/messages`, { content: '또' })).status).toBe(200)
  expect(discord.thread(thread)?.archived).toBe(false)
  discord.archive(thread, { locked: true })
  expect((await call('POST', `/channels/${thread}/messages`, { content: '또' })).body.code).toBe(160005)
})

test('a thread begins with an empty message that refers to the question', async () => {
  const discord = await start()
  discord.channel('C1')
  const alice = discord.user('alice')
  const question = alice.say('C1', '질문')
  const thread = alice.startThread(question, '질문')
  alice.say(thread, '덧붙임')
  const history = await api(discord)('GET', `/channels/${thread}/messages`)
  const [later, first] = history.body as unknown as Body[]
  expect(later?.content).toBe('덧붙임')
  expect(first).toMatchObject({ type: 21, content: '', referenced_message: { content: '질문' } })
  expect(discord.messages(thread).map((m) => m.content)).toEqual(['덧붙임'])
})

test('history is paged in both directions, newest first', async () => {
  const discord = await start()
  const { id } = discord.channel('C1')
  const alice = discord.user('alice')
  const ids = ['1', '2', '3', '4', '5'].map((text) => alice.say('C1', text).id)
  const page = async (query: string) => {
    const { body } = await api(discord)('GET', `/channels/${id}/messages?${query}`)
    return (body as unknown as Body[]).map((m) => m.content).join('')
  }
  expect(await page('limit=2')).toBe('54')
  expect(await page(`after=${ids[1]}&limit=2`)).toBe('43')
  expect(await page(`before=${ids[2]}&limit=5`)).toBe('21')
  expect(await page(`around=${ids[2]}&limit=3`)).toBe('432')
  expect((await api(discord)('GET', `/channels/${id}/messages?limit=101`)).body.code).toBe(50035)
})

test('old messages take few edits, and a nonce is forgotten after some minutes', async () => {
  const clock = createManualClock()
  const discord = await start({ clock })
  const { id } = discord.channel('C1')
  const call = api(discord)
  const body = { content: 'a', nonce: 'n', enforce_nonce: true }
  const first = await call('POST', `/channels/${id}/messages`, body)
  clock.advance(60_000)
  expect((await call('POST', `/channels/${id}/messages`, body)).body.id).toBe(first.body.id)
  clock.advance(300_000)
  expect((await call('POST', `/channels/${id}/messages`, body)).body.id).not.toBe(first.body.id)
  clock.advance(3_700_000)
  const edit = () => call('PATCH', `/channels/${id}/messages/${first.body.id}`, { content: 'b' })
  const answers = [await edit(), await edit(), await edit(), await edit()]
  expect(answers.map((a) => a.body.code)).toEqual([undefined, undefined, undefined, 30046])
})

test('a third rename within ten minutes is limited, other changes are not', async () => {
  const discord = await start()
  discord.guild('G1', { botPermissions: ['VIEW_CHANNEL', 'MANAGE_CHANNELS'] })
  const { id } = discord.channel('C1')
  const call = api(discord)
  const rename = (name: string) => call('PATCH', `/channels/${id}`, { name })
  expect([await rename('a'), await rename('b')].map((r) => r.status)).toEqual([200, 200])
  const limited = await rename('c')
  expect(limited.status).toBe(429)
  expect(limited.body.retry_after).toBeGreaterThan(500)
  expect((await call('PATCH', `/channels/${id}`, { topic: 't' })).status).toBe(200)
})

test('embeds, rows and labels beyond the limits are refused', async () => {
  const discord = await start({ rateLimits: 'off' })
  const { id } = discord.channel('C1')
  const post = async (body: Body) => (await api(discord)('POST', `/channels/${id}/messages`, body)).body.code
  const button = (label: string, customId = 'x') => ({ type: 2, style: 1, label, custom_id: customId })
  const row = (...components: Body[]) => ({ type: 1, components })
  expect(await post({ embeds: [1, 2].map(() => ({ description: 'd'.repeat(3001) })) })).toBe(50035)
  expect(await post({ content: 'x', components: [row(button('l'.repeat(81)))] })).toBe(50035)
  expect(await post({ content: 'x', components: [row(button('a'), button('b'))] })).toBe(50035)
  const rows = [1, 2, 3, 4, 5, 6].map((i) => row(button('a', `${i}`)))
  expect(await post({ content: 'x', components: rows })).toBe(50035)
  expect(await post({ content: 'x', components: rows.slice(1) })).toBeUndefined()
  expect(await post({ content: 'x', nonce: 'n'.repeat(26) })).toBe(50035)
  expect(await post({ content: ' ' })).toBe(50006)
  expect(await post({ content: 'x', message_reference: { message_id: '1' } })).toBe(50035)
  expect(discord.messages('C1')).toHaveLength(1)
})

test('a reaction reaches the bot, and the bot reacts', async () => {
  const discord = await start()
  discord.channel('C1')
  const alice = discord.user('alice')
  const client = await connect(discord)
  const got = collect(client)
  const seen: string[] = []
  client.on(Events.MessageReactionAdd, (reaction, user) => seen.push(`${user.id} ${reaction.emoji.name}`))
  const thanks = alice.say('C1', '감사합니다')
  await discord.until(() => got.length === 1)
  await got[0]!.react('👍')
  alice.react(thanks, '🎉')
  await discord.until(() => seen.length === 2)
  expect(discord.messages('C1')[0]?.reactions).toEqual({ '👍': ['Damso'], '🎉': ['alice'] })
})

test('a link preview arrives as an update with the same text', async () => {
  const discord = await start()
  discord.channel('C1')
  const alice = discord.user('alice')
  const client = await connect(discord)
  const updates: { content?: string; edited_timestamp?: string | null }[] = []
  client.ws.on(GatewayDispatchEvents.MessageUpdate, (data) => updates.push(data))
  const { id } = alice.say('C1', 'https://example.com/')
  discord.resolveEmbeds(id)
  alice.edit(id, '고침')
  await discord.until(() => updates.length === 2)
  expect(updates[0]).toMatchObject({ content: 'https://example.com/', edited_timestamp: null })
  expect(updates[1]).toMatchObject({ content: '고침', edited_timestamp: expect.any(String) })
})

test('a shard hears its own guilds only, and direct messages come to the first', async () => {
  const discord = await start({ rateLimits: 'off', shards: 2 })
  const guilds = ['A', 'B', 'C', 'D'].map((name) => discord.guild(name))
  for (const { name } of guilds) discord.channel(`chat ${name}`, { guild: name })
  const alice = discord.user('alice')
  const client = await connect(discord, { shards: [1], shardCount: 2 })
  const expected = guilds.filter((g) => (BigInt(g.id) >> 22n) % 2n === 1n).map((g) => g.name)
  expect(client.guilds.cache.map((g) => g.name).sort()).toEqual(expected)
  expect(expected).toHaveLength(2)
  const got = collect(client)
  alice.dm('hello')
  for (const { name } of guilds) alice.say(`chat ${name}`, name)
  await discord.until(() => got.length >= expected.length)
  expect(got.map((m) => m.content)).toEqual(expected)
})

test('a connection without heartbeat answers is left and resumed', async () => {
  const discord = await start({ heartbeatIntervalMs: 100, rateLimits: 'off' })
  await connect(discord)
  discord.gateway.zombie = true
  await discord.until(() => discord.gateway.connected() === 0, { what: 'the client to give up' })
  discord.gateway.zombie = false
  await discord.until(() => discord.gateway.connected() === 1, { what: 'the client to come back' })
})

test('identifying twice within five seconds is refused at first', async () => {
  const discord = await start({ rateScale: 5 })
  await connect(discord)
  const second = createClient(discord, { intents: [GatewayIntentBits.Guilds] })
  const started = Date.now()
  const ready = new Promise((resolve) => second.once(Events.ClientReady, resolve))
  await second.login(discord.token)
  await ready
  expect(Date.now() - started).toBeGreaterThan(500)
})

test('the number of calls kept is bounded', async () => {
  const discord = await start({ keepCalls: 10, rateLimits: 'off', validate: 'off' })
  const { id } = discord.channel('C1')
  for (let i = 0; i < 300; i++) await api(discord)('POST', `/channels/${id}/typing`)
  expect(discord.calls.length).toBeLessThan(130)
  expect(discord.typing('C1')).toEqual(['Damso'])
})

test('a bot sees a guild come and go, and a thread deleted under it', async () => {
  const discord = await start()
  discord.channel('C1')
  const alice = discord.user('alice')
  const client = await connect(discord)
  const log: string[] = []
  client.on(Events.GuildCreate, (guild) => log.push(`joined ${guild.name}`))
  client.on(Events.GuildDelete, (guild) => log.push(`left ${guild.name}`))
  client.on(Events.ThreadDelete, (thread) => log.push(`gone ${thread.name}`))
  const thread = alice.startThread(alice.say('C1', '질문'), '질문')
  discord.guild('하늘상점')
  discord.deleteChannel(thread)
  discord.removeGuild('하늘상점')
  await discord.until(() => log.length === 3)
  expect(log).toEqual(['joined 하늘상점', 'gone 질문', 'left 하늘상점'])
  const late = await api(discord)('POST', `/channels/${thread}/messages`, { content: 'x' })
  expect(late.body.code).toBe(10003)
})
