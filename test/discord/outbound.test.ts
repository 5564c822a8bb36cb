// What people see on Discord when an answer is written, also when the network and Discord are in a bad mood.
import { afterEach, expect, test } from 'vitest'
import { standingStill } from '../core/support.ts'
import {
  closeAll,
  createPost,
  createQuickClock,
  createTestBudget,
  createTestLog,
  korean,
  openOutbound,
  placeOf,
  startFake,
  writeOptions,
} from './rig.ts'

afterEach(closeAll)

const STOP = { buttons: [{ action: 'stop', value: 'turn-1', label: '멈추기' } as const] }
const RATED = {
  notes: ['AI가 쓴 답변이에요.'],
  buttons: [
    { action: 'feedback', value: 'up', label: '도움됐어요' },
    { action: 'feedback', value: 'down', label: '아쉬워요' },
    { action: 'person', value: 't', label: '상담원 연결' },
  ] as const,
}

async function question() {
  const discord = await startFake()
  const channel = discord.channel('문의')
  const alice = discord.user('alice')
  const said = alice.say('문의', '배송이 언제 오나요?')
  return { discord, channel, alice, said, workspace: `discord:${discord.guild('G1').id}` }
}

test('an answer opens a thread on the question, grows there and ends with buttons and small print', async () => {
  const { discord, channel, said, workspace } = await question()
  const outbound = openOutbound(discord)
  const place = placeOf(channel, said.id, workspace)
  const options = writeOptions({ growing: STOP })
  const writer = outbound.write(
    createPost(place, { source: said.id, title: '배송이 @everyone 언제\n오나요?' }),
    options,
  )
  writer.show('내일')
  await writer.firstShown
  expect(discord.thread(said.id)?.name).toContain('배송이')
  expect(discord.thread(said.id)?.name).not.toContain('@everyone')
  const [growing] = discord.messages(said.id)
  expect(growing).toMatchObject({ reference: null, suppressesEmbeds: true })
  expect(growing!.content).toMatch(/^내일/)
  expect(growing!.buttons.map(({ label }) => label)).toEqual(['멈추기'])
  writer.show('내일 오후에')
  await discord.until(() => discord.messages(said.id)[0]!.content.startsWith('내일 오후에'))
  const { id } = await writer.finish(
    korean('내일 오후에 도착해요.', { notes: RATED.notes, buttons: [...RATED.buttons] }),
  )
  expect(options.ids).toEqual([id])
  const shown = discord.messages(said.id)
  expect(shown.map(({ content }) => content)).toEqual(['내일 오후에 도착해요.\n-# AI가 쓴 답변이에요.'])
  expect(shown[0]!.buttons.map(({ label }) => label)).toEqual(['도움됐어요', '아쉬워요', '상담원 연결'])
  expect(shown[0]!.buttons[0]!.customId).toMatch(/^feedback:up/)
  expect(discord.violations).toEqual([])
})

test('edits of a growing answer are at least 1.1 s apart, and the newest text wins', async () => {
  const { discord, channel, said, workspace } = await question()
  const writer = openOutbound(discord).write(
    createPost(placeOf(channel, said.id, workspace), { source: said.id }),
    writeOptions(),
  )
  let text = ''
  for (let word = 0; word < 12; word++) {
    text += `단어${word} `
    writer.show(text)
    // Lets the writer take up each text, as words come from a model.
    await new Promise((resolve) => setImmediate(resolve))
  }
  await discord.until(() => discord.messages(said.id)[0]?.content.startsWith(text.trim()))
  await writer.finish(korean(text))
  const edits = discord.calls.filter(({ route }) => route.startsWith('PATCH'))
  const first = discord.calls.find(({ route }) => route === 'POST /channels/{channel_id}/messages')!
  expect(edits[0]!.at - first.at).toBeGreaterThanOrEqual(1_050)
  expect(edits.length).toBeLessThanOrEqual(2)
})

test('in place, the answer replies to the question without pinging anybody', async () => {
  const { discord, channel, alice, said, workspace } = await question()
  const outbound = openOutbound(discord)
  const post = createPost(placeOf(channel, null, workspace), { source: said.id })
  const { id } = await outbound
    .write(post, writeOptions())
    .finish(korean(`@everyone <@${alice.id}> @here 안녕하세요`))
  expect(discord.message(id)).toMatchObject({ reference: said.id, channelId: channel.id })
  expect(discord.pings()).toEqual([])
  expect(discord.message(id)!.content).toContain('안녕하세요')
})

test('only the first post of a long answer quotes the question', async () => {
  const { discord, channel, said, workspace } = await question()
  const outbound = openOutbound(discord)
  const place = placeOf(channel, null, workspace)
  for (const slot of ['answer.0', 'answer.1'])
    await outbound.write(createPost(place, { source: said.id, slot }), writeOptions()).finish(korean(slot))
  expect(discord.messages('문의').map(({ reference }) => reference)).toEqual([null, said.id, null])
})

test('without the permission to open threads it answers in place, and says so once in the log', async () => {
  const { discord, alice, workspace } = await question()
  const channel = discord.channel('좁은', { permissions: { bot: { deny: ['CREATE_PUBLIC_THREADS'] } } })
  const log = createTestLog()
  const outbound = openOutbound(discord, { log })
  for (const text of ['하나', '둘']) {
    const said = alice.say('좁은', text)
    const place = placeOf(channel, said.id, workspace)
    const { id } = await outbound
      .write(createPost(place, { source: said.id }), writeOptions())
      .finish(korean('답'))
    expect(discord.message(id)).toMatchObject({ channelId: channel.id, reference: said.id })
    const again = createPost(place, { source: said.id, id, state: 'open' })
    await openOutbound(discord)
      .write(again, writeOptions({ attempt: 2 }))
      .finish(korean('고친 답'))
    expect(discord.message(id)?.content).toBe('고친 답')
  }
  expect(log.lines.filter(({ message }) => message.includes('cannot open threads'))).toHaveLength(1)
})

test('a forum post is answered in its own thread', async () => {
  const { discord, alice, workspace } = await question()
  const forum = discord.channel('게시판', { type: 'forum' })
  const { threadId } = alice.post('게시판', { title: '환불', text: '어떻게 하나요?' })
  const outbound = openOutbound(discord)
  const post = createPost(placeOf(forum, threadId, workspace), { source: threadId })
  await outbound.write(post, writeOptions()).finish(korean('이렇게 하세요.'))
  expect(discord.messages(threadId).map(({ content }) => content)).toEqual([
    '어떻게 하나요?',
    '이렇게 하세요.',
  ])
})

test('a post whose answer was lost appears once, by its nonce', async () => {
  const { discord, channel, said, workspace } = await question()
  const outbound = openOutbound(discord)
  discord.failNext('POST /channels/{id}/messages', { status: 502, afterEffect: true })
  discord.failNext('POST /channels/{id}/messages', { afterEffect: true })
  const post = createPost(placeOf(channel, null, workspace), { source: said.id })
  const { id } = await outbound.write(post, writeOptions()).finish(korean('한 번만'))
  expect(
    discord
      .messages('문의')
      .filter(({ author }) => author === 'Damso')
      .map((message) => message.id),
  ).toEqual([id])
})

test('after the nonce window, a later attempt finds the lost post and finishes it', async () => {
  const discord = await startFake({ nonceWindowMs: 1 })
  const channel = discord.channel('문의')
  const alice = discord.user('alice')
  const said = alice.say('문의', '질문')
  const place = placeOf(channel, null)
  const post = createPost(place, { source: said.id })
  const first = openOutbound(discord).write(post, writeOptions({ growing: STOP }))
  first.show('반쯤 쓴')
  await first.firstShown
  const options = writeOptions({ attempt: 2 })
  const { id } = await openOutbound(discord).write(post, options).finish(korean('다 쓴 답'))
  const ours = discord.messages('문의').filter(({ author }) => author === 'Damso')
  expect(ours.map(({ content }) => content)).toEqual(['다 쓴 답'])
  expect(options.ids).toEqual([id])
})

test('a 429 on the final text is waited out', async () => {
  const { discord, channel, said, workspace } = await question()
  const budget = createTestBudget()
  const outbound = openOutbound(discord, { budget })
  discord.failNext('POST /channels/{id}/messages', { status: 429, retryAfter: 1 })
  const post = createPost(placeOf(channel, null, workspace), { source: said.id })
  const { id } = await outbound.write(post, writeOptions()).finish(korean('늦어도 온다'))
  expect(discord.message(id)?.content).toBe('늦어도 온다')
  expect(budget.blocks).toEqual([`discord:create:${channel.id}`])
})

test('a growing edit that is limited is dropped, and the final text still comes', async () => {
  const { discord, channel, said, workspace } = await question()
  const outbound = openOutbound(discord, { paceMs: 10 })
  const writer = outbound.write(
    createPost(placeOf(channel, null, workspace), { source: said.id }),
    writeOptions(),
  )
  writer.show('하나')
  await writer.firstShown
  discord.failNext('PATCH *', { status: 429, retryAfter: 1 })
  writer.show('하나 둘')
  await discord.until(() => discord.calls.some(({ status }) => status === 429))
  const { id } = await writer.finish(korean('하나 둘 셋'))
  expect(discord.message(id)?.content).toBe('하나 둘 셋')
})

test('an archived thread is opened again for the answer', async () => {
  const { discord, alice, channel, said, workspace } = await question()
  const thread = alice.startThread(said, '질문')
  const reply = alice.say(thread, '그리고요')
  const outbound = openOutbound(discord)
  const post = createPost(placeOf(channel, thread, workspace), { source: reply.id })
  const { id } = await outbound.write(post, writeOptions()).finish(korean('하나'))
  discord.archive(thread)
  await outbound.write({ ...post, id, state: 'open' }, writeOptions({ attempt: 2 })).finish(korean('둘'))
  expect(discord.message(id)?.content).toBe('둘')
  expect(discord.message(id)?.reference).toBe(reply.id)
})

test('a deleted channel and a forbidden one are told apart', async () => {
  const { discord, workspace } = await question()
  const outbound = openOutbound(discord)
  const gone = createPost(placeOf({ id: '1234567890123456789' }, null, workspace))
  await expect(outbound.write(gone, writeOptions()).finish(korean('x'))).rejects.toMatchObject({
    code: 'place-gone',
  })
  const silent = discord.channel('조용', { permissions: { bot: { deny: ['SEND_MESSAGES'] } } })
  const post = createPost(placeOf(silent, null, workspace))
  await expect(outbound.write(post, writeOptions()).finish(korean('x'))).rejects.toMatchObject({
    code: 'place-forbidden',
    retryable: false,
  })
})

test('when Discord is away for good, the turn hears of it', async () => {
  const { discord, channel, workspace } = await question()
  const outbound = openOutbound(discord, { clock: createQuickClock(20) })
  discord.failNext('POST /channels/{id}/messages', { status: 503, times: 20 })
  const finished = outbound
    .write(createPost(placeOf(channel, null, workspace)), writeOptions())
    .finish(korean('x'))
  await expect(finished).rejects.toMatchObject({ code: 'platform-unreachable', retryable: true })
})

test('an answer that a moderator deleted while it grew is written anew, a finished one is not', async () => {
  const { discord, channel, said, workspace } = await question()
  const moderator = discord.user('moderator', { admin: true })
  const outbound = openOutbound(discord, { paceMs: 10 })
  const post = createPost(placeOf(channel, null, workspace), { source: said.id })
  const options = writeOptions()
  const writer = outbound.write(post, options)
  writer.show('하나')
  await writer.firstShown
  moderator.delete(discord.messages('문의')[1]!)
  const { id } = await writer.finish(korean('하나 둘'))
  expect(discord.message(id)?.content).toBe('하나 둘')
  expect(options.ids).toHaveLength(2)
  moderator.delete(id)
  const again = outbound.write({ ...post, id, state: 'final' }, writeOptions({ attempt: 2 }))
  expect(await again.finish(korean('하나 둘'))).toEqual({ id })
  expect(discord.messages('문의')).toHaveLength(1)
})

test('a discarded answer is gone, and may be written again', async () => {
  const { discord, channel, said, workspace } = await question()
  const outbound = openOutbound(discord, { paceMs: 10 })
  const writer = outbound.write(
    createPost(placeOf(channel, null, workspace), { source: said.id }),
    writeOptions(),
  )
  writer.show('하나')
  await writer.firstShown
  await writer.discard()
  expect(discord.messages('문의')).toHaveLength(1)
  await writer.finish(korean('둘'))
  expect(discord.messages('문의').map(({ content }) => content)).toEqual(['배송이 언제 오나요?', '둘'])
})

test('a whisper is a direct message; who takes none gets none', async () => {
  const { discord, alice, channel, workspace } = await question()
  const closed = discord.user('closed', { acceptsDms: false })
  const outbound = openOutbound(discord)
  const place = placeOf(channel, null, workspace)
  await outbound.whisper(place, alice.id, korean('환영해요'))
  await outbound.whisper(place, closed.id, korean('환영해요'))
  expect(discord.messages('alice').map(({ content }) => content)).toEqual(['환영해요'])
})

test('a whisper that Discord does not take says so', async () => {
  const { discord, alice, channel, workspace } = await question()
  discord.failNext('POST /users/@me/channels', { status: 503, times: 6 })
  const outbound = openOutbound(discord, { clock: createQuickClock(50) })
  const whispered = outbound.whisper(placeOf(channel, null, workspace), alice.id, korean('환영해요'))
  await expect(whispered).rejects.toMatchObject({ code: 'platform-unreachable', retryable: true })
})

test('text and small print never pass 2,000 characters', async () => {
  const { discord, channel, workspace } = await question()
  const outbound = openOutbound(discord)
  const text = '가'.repeat(1_900)
  const notes = ['AI가 쓴 답변이에요. 틀릴 수 있어요.', '안내: '.repeat(60)]
  const { id } = await outbound
    .write(createPost(placeOf(channel, null, workspace)), writeOptions())
    .finish(korean(text, { notes }))
  const { content } = discord.message(id)!
  expect(content.length).toBeLessThanOrEqual(2_000)
  expect(content).toContain(`${text}\n-# AI가 쓴 답변이에요. 틀릴 수 있어요.\n-# 안내: `)
})

test('"is typing" is shown until the answer is there, however long it takes', async () => {
  const { discord, channel, said, workspace } = await question()
  const outbound = openOutbound(discord, { clock: createQuickClock(50) })
  const typed = () => discord.calls.filter(({ path }) => path.endsWith('/typing')).length
  const writer = outbound.write(
    createPost(placeOf(channel, null, workspace), { source: said.id }),
    writeOptions(),
  )
  await discord.until(() => typed() >= 3)
  await writer.finish(korean('드디어'))
  const before = typed()
  await outbound.status(placeOf(channel, null, workspace), '쓰는 중')
  expect(typed() - before).toBe(1)
})

test('slow mode of minutes sends the turn back with the time to wait', async () => {
  const { discord, channel, workspace } = await question()
  const outbound = openOutbound(discord)
  discord.failNext('POST /channels/{id}/messages', { status: 429, retryAfter: 300 })
  const finished = outbound
    .write(createPost(placeOf(channel, null, workspace)), writeOptions())
    .finish(korean('x'))
  await expect(finished).rejects.toMatchObject({
    code: 'platform-busy',
    retryable: true,
    retryAfterMs: expect.any(Number),
  })
})

test('after the turn was taken away, no call goes out any more', async () => {
  const { discord, channel, workspace } = await question()
  const stop = new AbortController()
  const writer = openOutbound(discord).write(
    createPost(placeOf(channel, null, workspace)),
    writeOptions({ signal: stop.signal }),
  )
  stop.abort(new Error('lease lost'))
  writer.show('x')
  await expect(writer.finish(korean('x'))).rejects.toThrow('lease lost')
  expect(discord.messages('문의')).toHaveLength(1)
})

test('a worker that stood still while it waited out a 429 stays silent', async () => {
  const { discord, channel, said, workspace } = await question()
  const still = standingStill()
  discord.failNext('POST /channels/{channel}/messages', { status: 429, retryAfter: 0.3 })
  const writer = openOutbound(discord).write(
    createPost(placeOf(channel, null, workspace), { source: said.id }),
    writeOptions(still.options),
  )
  const finished = writer.finish(korean('내일 도착해요.'))
  await discord.until(() => discord.calls.some(({ status }) => status === 429))
  still.stand()
  await expect(finished).rejects.toThrow('lease-lost')
  expect(discord.messages('문의').filter(({ authorId }) => authorId === discord.botId)).toEqual([])
})
