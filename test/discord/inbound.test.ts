// What people say on Discord, as the rest of the program hears it.
import { afterEach, expect, test } from 'vitest'
import { closeAll, createMemoryWatermark, createQuickClock, openRig, startFake, statusAt } from './rig.ts'

afterEach(closeAll)

test('a mention in a channel is heard without the mention, with names instead of codes', async () => {
  const discord = await startFake()
  discord.channel('문의')
  const alice = discord.user('alice')
  const bob = discord.user('bob')
  const rig = await openRig(discord)
  const said = alice.say(
    '문의',
    `${discord.botMention} <:cart:123456789012345678> ${bob.mention} 주문이요 <#${discord.channel('문의').id}>`,
  )
  await discord.until(() => rig.messages().length === 1)
  const guild = discord.guild('G1').id
  expect(rig.messages()[0]).toMatchObject({
    source: said.id,
    workspace: `discord:${guild}`,
    audience: `discord:${guild}:${said.channelId}`,
    place: { platform: 'discord', channel: said.channelId, thread: null },
    room: 'channel',
    text: ':cart: @bob 주문이요 #문의',
    mentionsBot: true,
    mentionsOthers: true,
    replyTo: null,
    author: { id: alice.id, name: 'alice', kind: 'member', locale: 'ko', isAdmin: false },
  })
})

test('the bot may be mentioned by its role, and half-built Hangul is put together', async () => {
  const discord = await startFake()
  discord.channel('문의')
  const alice = discord.user('alice')
  const rig = await openRig(discord)
  const role = discord.role('Damso')
  alice.say('문의', `<@&${role.id}> ${'환불'.normalize('NFD')}`)
  alice.say('문의', `${discord.botMention}, 배송은요?`)
  await discord.until(() => rig.messages().length === 2)
  expect(rig.messages()[1]!.text).toBe('배송은요?')
  expect(rig.messages()[0]).toMatchObject({ text: '환불', mentionsBot: true, mentionsOthers: false })
})

test('a message in a thread belongs to the thread and to the audience of its channel', async () => {
  const discord = await startFake()
  const channel = discord.channel('문의')
  const alice = discord.user('alice')
  const rig = await openRig(discord)
  const question = alice.say('문의', '질문')
  const thread = alice.startThread(question, '질문')
  const reply = alice.say(thread, '그리고요', { replyTo: alice.say(thread, '하나 더') })
  await discord.until(() => rig.messages().length === 3)
  expect(rig.messages()[2]).toMatchObject({
    source: reply.id,
    place: { channel: channel.id, thread },
    audience: `discord:${discord.guild('G1').id}:${channel.id}`,
    room: 'thread',
    replyTo: rig.messages()[1]!.source,
    mentionsOthers: false,
  })
})

test('a forum post asks with its title, text and tags; what follows is a thread', async () => {
  const discord = await startFake()
  const forum = discord.channel('게시판', { type: 'forum', tags: ['배송', '환불'] })
  const alice = discord.user('alice')
  const rig = await openRig(discord)
  const post = alice.post('게시판', { title: '환불하고 싶어요', text: '어떻게 하나요?', tags: ['환불'] })
  alice.say(post.threadId, '급해요')
  await discord.until(() => rig.messages().length === 2)
  expect(rig.messages()[0]).toMatchObject({
    source: post.threadId,
    place: { channel: forum.id, thread: post.threadId },
    room: 'post',
    text: '환불하고 싶어요\n\n어떻게 하나요?\n\n[태그: 환불]',
    tags: ['환불'],
    mentionsBot: false,
  })
  expect(rig.messages()[1]).toMatchObject({ room: 'thread', text: '급해요', tags: ['환불'] })
})

test('a direct message is a room of its own', async () => {
  const discord = await startFake()
  const alice = discord.user('alice')
  const rig = await openRig(discord)
  const said = alice.dm('안녕하세요')
  await discord.until(() => rig.messages().length === 1)
  expect(rig.messages()[0]).toMatchObject({
    workspace: 'discord:dm',
    audience: `discord:dm:${said.channelId}`,
    place: { workspace: 'discord:dm', channel: said.channelId, thread: null },
    room: 'dm',
  })
})

test('other bots are told apart, and those who manage the server are admins', async () => {
  const discord = await startFake()
  discord.channel('문의')
  const robot = discord.user('robot', { isBot: true })
  const boss = discord.user('boss', { admin: true })
  const rig = await openRig(discord)
  robot.say('문의', '자동 알림')
  boss.say('문의', '설정')
  await discord.until(() => rig.messages().length === 2)
  expect(rig.messages().map(({ author }) => [author.kind, author.isAdmin])).toEqual([
    ['bot', false],
    ['member', true],
  ])
})

test('an attachment is announced with its kind and size', async () => {
  const discord = await startFake()
  discord.channel('문의')
  const alice = discord.user('alice')
  const rig = await openRig(discord)
  alice.say('문의', '이거요', {
    attachments: [{ name: 'a.png', contentType: 'image/png', bytes: new Uint8Array(10) }],
  })
  await discord.until(() => rig.messages().length === 1)
  const [attachment] = rig.messages()[0]!.attachments
  expect(attachment).toMatchObject({ name: 'a.png', mime: 'image/png', bytes: 10 })
  const bytes = await rig.outbound.fetch(rig.messages()[0]!.place, attachment!, 100)
  expect(bytes.byteLength).toBe(10)
  await expect(rig.outbound.fetch(rig.messages()[0]!.place, attachment!, 9)).rejects.toMatchObject({
    code: 'attachment-refused',
  })
  const elsewhere = { ...attachment!, url: 'https://example.com/a.png' }
  await expect(rig.outbound.fetch(rig.messages()[0]!.place, elsewhere, 100)).rejects.toMatchObject({
    code: 'attachment-refused',
  })
})

test('an edit is heard once; a link preview and a new thread are no edits; a deletion is heard', async () => {
  const discord = await startFake()
  discord.channel('문의')
  const alice = discord.user('alice')
  const rig = await openRig(discord)
  const said = alice.say('문의', 'https://example.com 이거요')
  discord.resolveEmbeds(said.id)
  alice.edit(said, `${discord.botMention} https://example.com 저거요`)
  discord.resolveEmbeds(said.id)
  alice.startThread(said, '저거')
  const thread = alice.say(said.id, '추가')
  alice.delete(thread)
  alice.delete(said)
  await discord.until(() => rig.heard.filter(({ type }) => type === 'delete').length === 2)
  const edits = rig.heard.filter(({ type }) => type === 'edit')
  expect(edits).toMatchObject([{ source: said.id, text: 'https://example.com 저거요' }])
  const audience = rig.messages()[0]!.audience
  const deletes = rig.heard.filter(({ type }) => type === 'delete')
  expect(deletes).toMatchObject([
    { source: thread.id, audience },
    { source: said.id, audience },
  ])
})

test('its own messages are not heard', async () => {
  const discord = await startFake()
  const channel = discord.channel('문의')
  const alice = discord.user('alice')
  const rig = await openRig(discord)
  await rig.outbound.openThread(
    { platform: 'discord', workspace: 'w', channel: channel.id, thread: null },
    '',
  )
  const { id } = await rig.outbound
    .write(
      {
        turn: '1',
        slot: 'say',
        key: 'k1',
        state: 'intent',
        id: null,
        source: null,
        handle: null,
        place: { platform: 'discord', workspace: 'w', channel: channel.id, thread: null },
      },
      {
        recipient: '1',
        attempt: 1,
        isPrivate: false,
        opened: () => Promise.resolve(),
        signal: new AbortController().signal,
      },
    )
    .finish({ text: '안녕하세요', lang: 'ko' })
  expect(discord.message(id)?.content).toBe('안녕하세요')
  alice.say('문의', '네')
  await discord.until(() => rig.messages().length === 1)
  expect(rig.messages()[0]!.text).toBe('네')
})

test('what is committed shows "is typing" in the thread of the question, named after it', async () => {
  const discord = await startFake()
  discord.channel('문의')
  const alice = discord.user('alice')
  await openRig(discord, {
    deliver: (inbound) =>
      Promise.resolve(
        inbound.type === 'message' ? statusAt({ ...inbound.place, thread: inbound.source }) : { ack: 'none' },
      ),
  })
  const said = alice.say('문의', `${discord.botMention} 배송이 언제 오나요?`)
  await discord.until(() => discord.thread(said.id) && discord.typing(said.id).includes('Damso'))
  expect(discord.thread(said.id)?.name).toBe('배송이 언제 오나요?')
  expect(discord.violations).toEqual([])
})

test('a reaction is put on the message', async () => {
  const discord = await startFake()
  discord.channel('문의')
  const alice = discord.user('alice')
  await openRig(discord, { deliver: () => Promise.resolve({ ack: 'none', react: '👍' }) })
  const said = alice.say('문의', '감사합니다')
  await discord.until(() => discord.message(said.id)?.reactions['👍'])
})

test('a message that could not be saved is tried again, in the order of its channel', async () => {
  const discord = await startFake()
  discord.channel('문의')
  const alice = discord.user('alice')
  let failures = 2
  const rig = await openRig(discord, {
    deliver: () =>
      failures-- > 0 ? Promise.reject(new Error('database away')) : Promise.resolve({ ack: 'none' }),
  })
  alice.say('문의', '하나')
  alice.say('문의', '둘')
  await discord.until(() => rig.messages().length === 2)
  expect(rig.messages().map(({ text }) => text)).toEqual(['하나', '둘'])
})

test('being added to a server greets its owner and names what is missing', async () => {
  const discord = await startFake()
  discord.channel('문의')
  const rig = await openRig(discord)
  discord.guild('G2', { botPermissions: ['VIEW_CHANNEL', 'SEND_MESSAGES'] })
  await discord.until(() => rig.heard.some(({ type }) => type === 'arrival'))
  expect(rig.heard.at(-1)).toMatchObject({
    type: 'arrival',
    arrival: 'installed',
    workspace: `discord:${discord.guild('G2').id}`,
    author: { isAdmin: true },
  })
})

test('after a cold start, what was written meanwhile is heard, in channels, threads and known direct messages', async () => {
  const discord = await startFake({ rateLimits: 'off' })
  discord.channel('문의')
  discord.channel('조용')
  const alice = discord.user('alice')
  const watermark = createMemoryWatermark()
  const first = await openRig(discord, { watermark })
  const before = alice.say('문의', '먼저')
  const dm = alice.dm('디엠')
  await discord.until(() => first.messages().length === 2)
  await first.close()
  expect(watermark.value).not.toBeNull()
  const thread = alice.startThread(before, '스레드')
  alice.say('문의', '자는 동안 하나')
  alice.say('문의', '자는 동안 둘')
  alice.say(thread, '자는 동안 셋')
  alice.dm('자는 동안 넷')
  const second = await openRig(discord, { watermark, dmChannels: () => Promise.resolve([dm.channelId]) })
  await discord.until(() => second.messages().length === 4)
  const texts = second.messages().map(({ text }) => text)
  expect(texts.filter((text) => /하나|둘/.test(text))).toEqual(['자는 동안 하나', '자는 동안 둘'])
  expect(texts).toContain('자는 동안 셋')
  expect(texts).toContain('자는 동안 넷')
  expect(second.messages().find(({ text }) => text.endsWith('셋'))?.place.thread).toBe(thread)
  const quiet = discord.channel('조용').id
  expect(discord.calls.some(({ path, method }) => method === 'GET' && path.includes(quiet))).toBe(false)
  alice.say('문의', '이제 들리죠')
  await discord.until(() => second.messages().length === 5)
})

test('a dropped connection is resumed and nothing is missed', async () => {
  const discord = await startFake()
  discord.channel('문의')
  const alice = discord.user('alice')
  const rig = await openRig(discord)
  discord.dropGateway()
  alice.say('문의', '끊긴 동안')
  await discord.until(() => rig.messages().length === 1)
  await discord.until(() => rig.ready().ok)
  expect(rig.messages()[0]!.text).toBe('끊긴 동안')
})

test('what could not be saved for a minute is fetched again once saving works', async () => {
  const discord = await startFake()
  discord.channel('문의')
  const alice = discord.user('alice')
  let isAway = true
  const watermark = createMemoryWatermark()
  const rig = await openRig(discord, {
    watermark,
    clock: createQuickClock(100),
    deliver: () => (isAway ? Promise.reject(new Error('database away')) : Promise.resolve({ ack: 'none' })),
  })
  const lost = alice.say('문의', '잃을 뻔한 말')
  await discord.until(() =>
    rig.log.lines.some(({ message }) => message.includes('left to the next back-fill')),
  )
  isAway = false
  alice.say('문의', '다음 말')
  await discord.until(() => rig.messages().some(({ source }) => source === lost.id))
})
