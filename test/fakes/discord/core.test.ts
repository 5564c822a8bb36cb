// The fake Discord as seen by the real discord.js: gateway, messages, threads, limits.
import { ChannelType, DiscordAPIError, Events, GatewayDispatchEvents, GatewayIntentBits } from 'discord.js'
import { afterEach, expect, test } from 'vitest'
import { closeAll, collect, connect, createClient, start } from './connect.ts'

afterEach(closeAll)

test('a mention is answered in its thread, and a repeated send with the same nonce shows one message', async () => {
  const discord = await start()
  discord.channel('C1', { name: '문의' })
  const alice = discord.user('alice')
  const client = await connect(discord)
  client.on(Events.MessageCreate, async (message) => {
    if (message.author.bot || !message.mentions.has(client.user)) return
    const thread = await message.startThread({ name: '배송 문의' })
    const send = () => thread.send({ content: '안녕하세요', nonce: 'turn-1', enforceNonce: true })
    const [first, second] = [await send(), await send()]
    expect(second.id).toBe(first.id)
    await first.edit('안녕하세요. 내일 도착해요.')
  })
  const question = alice.say('C1', `${discord.botMention} 배송이 언제 오나요?`)
  await discord.until(() => discord.thread(question.id) && discord.messages(question.id)[0]?.edited)
  expect(discord.thread(question.id)?.name).toBe('배송 문의')
  expect(discord.messages(question.id).map((m) => m.content)).toEqual(['안녕하세요. 내일 도착해요.'])
  expect(discord.violations).toEqual([])
})

test('one message has at most one thread', async () => {
  const discord = await start()
  discord.channel('C1')
  const alice = discord.user('alice')
  const client = await connect(discord)
  const got = collect(client)
  alice.say('C1', '질문이요')
  await discord.until(() => got.length === 1)
  await got[0]!.startThread({ name: 'first' })
  await expect(
    client.rest.post(`/channels/${got[0]!.channelId}/messages/${got[0]!.id}/threads`, {
      body: { name: 'second' },
    }),
  ).rejects.toMatchObject({ code: 160004 })
})

test('a message that is deleted before it has a thread shows nothing there', async () => {
  const discord = await start()
  discord.channel('C1')
  const alice = discord.user('alice')
  const { id } = alice.say('C1', '질문이요')
  expect(discord.messages(id)).toEqual([])
  alice.delete(id)
  expect(discord.messages(id)).toEqual([])
  expect(() => discord.messages('1')).toThrow('no channel 1')
})

test('a text of 2,001 characters is refused, 2,000 are shown', async () => {
  const discord = await start()
  const { id } = discord.channel('C1')
  const client = await connect(discord)
  const post = (length: number) =>
    client.rest.post(`/channels/${id}/messages`, { body: { content: '가'.repeat(length) } })
  await expect(post(2001)).rejects.toMatchObject({ status: 400, code: 50035 })
  await post(2000)
  expect(discord.messages('C1').map((m) => m.content.length)).toEqual([2000])
  expect(discord.violations[0]?.problems[0]).toContain('2000 or fewer')
})

test('a body that breaks the published API description is refused and noted', async () => {
  const discord = await start()
  const { id } = discord.channel('C1')
  const client = await connect(discord)
  const body = {
    content: 'x',
    components: [{ type: 1, components: [{ type: 2, style: 1, custom_id: 'a'.repeat(101), label: 'b' }] }],
  }
  const refused: unknown = await client.rest.post(`/channels/${id}/messages`, { body }).catch((e) => e)
  expect(refused).toBeInstanceOf(DiscordAPIError)
  expect(refused).toMatchObject({ code: 50035 })
  expect(discord.violations[0]?.problems.join()).toContain('components.0.components.0.custom_id')
  expect(discord.messages('C1')).toEqual([])
})

test('a wrong token is told apart from a missing permission, an unseen and an unknown channel', async () => {
  const discord = await start()
  const silent = discord.channel('silent', { permissions: { bot: { deny: ['SEND_MESSAGES'] } } })
  const secret = discord.channel('secret', { permissions: { everyone: { deny: ['VIEW_CHANNEL'] } } })
  const client = await connect(discord)
  const post = (id: string) => client.rest.post(`/channels/${id}/messages`, { body: { content: 'x' } })
  await expect(post(silent.id)).rejects.toMatchObject({ status: 403, code: 50013 })
  await expect(post(secret.id)).rejects.toMatchObject({ status: 403, code: 50001 })
  await expect(post('123456789')).rejects.toMatchObject({ status: 404, code: 10003 })
  const answer = await fetch(`${discord.apiUrl}/v10/users/@me`, { headers: { authorization: 'Bot wrong' } })
  expect(answer.status).toBe(401)
})

test('a model text pings nobody when mentions are off, and everybody when they are not', async () => {
  const discord = await start()
  const { id } = discord.channel('C1')
  const alice = discord.user('alice')
  const client = await connect(discord)
  const question = alice.say('C1', '질문')
  const body = { content: `@everyone @here ${alice.mention}`, message_reference: { message_id: question.id } }
  const quiet = { ...body, allowed_mentions: { parse: [], replied_user: false } }
  await client.rest.post(`/channels/${id}/messages`, { body: quiet })
  expect(discord.pings()).toEqual([])
  await client.rest.post(`/channels/${id}/messages`, { body })
  expect(discord.pings().map((p) => p.kind)).toEqual(['user', 'everyone', 'here', 'reply'])
})

test('a direct message arrives and is answered', async () => {
  const discord = await start()
  const alice = discord.user('alice')
  const client = await connect(discord)
  client.on(Events.MessageCreate, async (message) => {
    if (!message.author.bot && message.channel.type === ChannelType.DM) await message.reply('네, 안녕하세요')
  })
  const hello = alice.dm('안녕하세요')
  await discord.until(() => discord.messages('alice').length === 2)
  expect(discord.messages('alice')[1]).toMatchObject({ content: '네, 안녕하세요', reference: hello.id })
  expect(discord.violations).toEqual([])
})

test('a forum post is a thread with title, tags and a first message of the same id', async () => {
  const discord = await start()
  discord.channel('F1', { type: 'forum', tags: ['배송', '환불'] })
  const alice = discord.user('alice')
  const client = await connect(discord)
  const got = collect(client)
  const { threadId } = alice.post('F1', { title: '환불하고 싶어요', text: '어떻게 하나요?', tags: ['환불'] })
  await discord.until(() => got.length === 1)
  const [first] = got
  expect(first!.id).toBe(threadId)
  expect(first!.channel.isThread() && first!.channel.name).toBe('환불하고 싶어요')
  expect(first!.channel.isThread() && first!.channel.appliedTags).toHaveLength(1)
  await first!.reply('도와드릴게요')
  expect(discord.messages(threadId).map((m) => m.content)).toEqual(['어떻게 하나요?', '도와드릴게요'])
  expect(discord.violations).toEqual([])
})

test('after a lost connection the missed messages are replayed; after a restart they are gone', async () => {
  const discord = await start({ rateLimits: 'off' })
  discord.channel('C1')
  const alice = discord.user('alice')
  const first = await connect(discord)
  const got = collect(first)
  discord.dropGateway()
  alice.say('C1', 'while away')
  await discord.until(() => got.length === 1, { what: 'the missed message after RESUME' })
  expect(discord.gateway.resumes).toBe(1)
  await first.destroy()
  await discord.until(() => discord.gateway.connected() === 0)
  alice.say('C1', 'while down')
  const second = await connect(discord)
  const later = collect(second)
  alice.say('C1', 'while up')
  await discord.until(() => later.length > 0)
  expect(later.map((m) => m.content)).toEqual(['while up'])
  const missed = (await second.rest.get(`/channels/${later[0]!.channelId}/messages?after=${got[0]!.id}`)) as {
    content: string
  }[]
  expect(missed.map((m) => m.content)).toEqual(['while up', 'while down'])
})

test('a reconnect request resumes, an invalid session identifies again', async () => {
  const discord = await start({ rateLimits: 'off' })
  discord.channel('C1')
  const alice = discord.user('alice')
  const client = await connect(discord)
  const got = collect(client)
  discord.gateway.reconnect()
  await discord.until(() => discord.gateway.resumes === 1)
  alice.say('C1', 'one')
  await discord.until(() => got.length === 1)
  discord.gateway.invalidate(false)
  await discord.until(() => discord.gateway.identifies === 2)
  alice.say('C1', 'two')
  await discord.until(() => got.length === 2)
})

test('too many messages in a channel wait for the limit and then all appear', async () => {
  const discord = await start({ rateScale: 10 })
  const { id } = discord.channel('C1')
  const client = await connect(discord)
  const send = (i: number) => client.rest.post(`/channels/${id}/messages`, { body: { content: `${i}` } })
  await Promise.all([1, 2, 3, 4, 5, 6, 7].map(send))
  expect(discord.messages('C1').map((m) => m.content)).toEqual(['1', '2', '3', '4', '5', '6', '7'])
  // A client that ignores the headers is told to wait.
  const raw = () =>
    fetch(`${discord.apiUrl}/v10/channels/${id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: '{"content":"x"}',
    })
  const answers = await Promise.all([raw(), raw(), raw(), raw(), raw(), raw()])
  const limited = answers.find((a) => a.status === 429)!
  expect(limited.headers.get('x-ratelimit-scope')).toBe('user')
  expect(await limited.json()).toMatchObject({ global: false, retry_after: expect.any(Number) })
})

test('a planned 429 is waited out, and an answer lost on the way leaves one message', async () => {
  const discord = await start()
  const { id } = discord.channel('C1')
  const client = await connect(discord)
  discord.failNext('POST /channels/{id}/messages', { status: 429, retryAfter: 0.05 })
  await client.rest.post(`/channels/${id}/messages`, { body: { content: 'a' } })
  discord.failNext('POST /channels/{id}/messages', { afterEffect: true })
  const body = { content: 'b', nonce: 'n1', enforce_nonce: true }
  await client.rest.post(`/channels/${id}/messages`, { body }).catch(() => undefined)
  await client.rest.post(`/channels/${id}/messages`, { body })
  expect(discord.messages('C1').map((m) => m.content)).toEqual(['a', 'b'])
})

test('without the message content intent a text is empty unless the bot is mentioned', async () => {
  const discord = await start({ messageContent: false })
  discord.channel('C1')
  const alice = discord.user('alice')
  const client = await connect(discord, {
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages],
  })
  const got = collect(client)
  alice.say('C1', '그냥 하는 말')
  alice.say('C1', `${discord.botMention} 질문`)
  await discord.until(() => got.length === 2)
  expect(got.map((m) => m.content)).toEqual(['', `${discord.botMention} 질문`])
  const refused = createClient(discord, { intents: [GatewayIntentBits.MessageContent] })
  const code = new Promise((resolve) => refused.once(Events.ShardDisconnect, (e) => resolve(e.code)))
  await Promise.allSettled([refused.login(discord.token), code.then((c) => expect(c).toBe(4014))])
})

test('events can arrive twice, late, or a deletion before its message', async () => {
  const discord = await start()
  discord.channel('C1')
  const alice = discord.user('alice')
  const client = await connect(discord)
  const log: string[] = []
  // On the wire: discord.js itself swallows a message it has in its cache.
  client.ws.on(GatewayDispatchEvents.MessageCreate, (m) => log.push(`create ${m.content}`))
  client.ws.on(GatewayDispatchEvents.MessageDelete, () => log.push('delete'))
  discord.duplicateNext('MESSAGE_CREATE')
  alice.say('C1', 'twice')
  alice.say('C1', 'undone', { deletedFirst: true })
  const held = discord.hold('MESSAGE_CREATE')
  alice.say('C1', 'early')
  alice.say('C1', 'late')
  held.release('reversed')
  await discord.until(() => log.length === 6, { what: '6 events' })
  expect(log).toEqual([
    'create twice',
    'create twice',
    'delete',
    'create undone',
    'create late',
    'create early',
  ])
})

test('files go both ways through the host of the fake', async () => {
  const discord = await start()
  const { id } = discord.channel('C1')
  const alice = discord.user('alice')
  const client = await connect(discord)
  const got = collect(client)
  const bytes = new Uint8Array([137, 80, 78, 71])
  alice.say('C1', '사진이에요', { attachments: [{ name: '영수증.png', bytes, contentType: 'image/png' }] })
  await discord.until(() => got.length === 1)
  const file = got[0]!.attachments.first()!
  expect(file.contentType).toBe('image/png')
  expect(new Uint8Array(await (await fetch(file.url)).arrayBuffer())).toEqual(bytes)
  const channel = await client.channels.fetch(id)
  if (channel?.isSendable())
    await channel.send({ files: [{ attachment: Buffer.from('hello'), name: 'a.txt' }] })
  expect(discord.messages('C1')[1]?.attachments[0]).toMatchObject({ name: 'a.txt', size: 5 })
  expect(discord.violations).toEqual([])
})
