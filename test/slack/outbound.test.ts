// What people see on Slack when an answer is written, also when the network and Slack are in a bad mood.
import { afterEach, expect, test } from 'vitest'
import type { Writer } from '../../src/core/outbound.ts'
import type { FakeSlack } from '../fakes/slack/index.ts'
import {
  closeAll,
  createPost,
  createShiftedClock,
  createTestBudget,
  korean,
  openOutbound,
  placeOf,
  startFake,
  writeOptions,
} from './rig.ts'

afterEach(closeAll)

async function askedIn(options: Parameters<typeof startFake>[0] = {}) {
  const slack = await startFake(options)
  const mina = slack.user('U1', { name: 'mina' })
  slack.channel('C1', { name: '문의', members: ['U1'] })
  const asked = mina.say('C1', `${slack.mention} 배송이 언제 오나요?`)
  const answers = () => slack.thread('C1', asked).filter((message) => message.isBot)
  return { slack, mina, asked, answers, place: placeOf('C1', asked) }
}

function methods(slack: FakeSlack): string[] {
  // Whose the token is was asked before the first of them.
  return slack.calls.map((call) => call.method).filter((method) => method !== 'auth.test')
}

/** Shows each text once the one before is on the screen. */
async function grow(slack: FakeSlack, writer: Writer, seen: () => string | undefined, texts: string[]) {
  for (const text of texts) {
    writer.show(text)
    await slack.until(() => seen()?.includes(text))
  }
}

test('an answer streams into the thread and ends with its small print and buttons', async () => {
  const { slack, asked, answers, place } = await askedIn()
  const options = writeOptions()
  const writer = openOutbound(slack).write(createPost(place), options)
  await grow(slack, writer, () => answers()[0]?.text, ['내일', '내일 도착할', '내일 도착할 예정'])
  expect(answers()[0]).toMatchObject({ streamingState: 'in_progress' })
  await expect(writer.firstShown).resolves.toBeTypeOf('number')
  const { id } = await writer.finish(
    korean('내일 도착할 예정이에요.', {
      notes: ['AI가 쓴 답변이에요.'],
      buttons: [
        { action: 'feedback', value: 'up', label: '도움됐어요' },
        { action: 'feedback', value: 'down', label: '아쉬워요' },
        { action: 'person', value: '1', label: '상담원 연결' },
      ],
    }),
  )
  expect(answers()).toHaveLength(1)
  expect(answers()[0]).toMatchObject({
    ts: id,
    text: '내일 도착할 예정이에요.\nAI가 쓴 답변이에요.',
    streamingState: 'completed',
    edited: false,
    threadTs: asked,
    buttons: [
      { actionId: 'feedback:0', text: '도움됐어요', value: 'up' },
      { actionId: 'feedback:0', text: '아쉬워요', value: 'down' },
      { actionId: 'person:0', text: '상담원 연결', value: '1' },
    ],
  })
  expect(options.ids).toEqual([id])
  const start = slack.calls.find(({ method }) => method === 'chat.startStream')!
  expect(start.args).toMatchObject({ recipient_user_id: 'U1', recipient_team_id: 'T0DAMSO' })
})

test('a finished answer that was never shown growing is one ordinary message, with exact bold beside Hangul', async () => {
  const { slack, answers, place } = await askedIn()
  const writer = openOutbound(slack).write(createPost(place), writeOptions())
  await writer.finish(
    korean('**비밀번호(Password)**를 *바꿔* 주세요.\n\n- 하나\n- 둘\n\n| 가 | 나 |\n|---|---|\n| 1 | 2 |'),
  )
  expect(methods(slack)).toEqual(['chat.postMessage'])
  const [answer] = answers()
  expect(answer!.unfurl).toEqual({ links: false, media: false })
  const block = answer!.blocks[0] as unknown as { elements: { type: string; elements: object[] }[] }
  expect(block.elements.map(({ type }) => type)).toEqual([
    'rich_text_section',
    'rich_text_list',
    'rich_text_preformatted',
  ])
  expect(block.elements[0]!.elements.slice(0, 2)).toEqual([
    { type: 'text', text: '비밀번호(Password)', style: { bold: true } },
    { type: 'text', text: '를 ' },
  ])
})

test('nobody is pinged, whatever the model writes and however it is shown', async () => {
  const { slack, answers, place } = await askedIn()
  const hostile = '<!channel> <@U1> @everyone <!subteam^S1> &lt;!here&gt; `<!channel>`\n'
  const outbound = openOutbound(slack)
  const streamed = outbound.write(createPost(place), writeOptions())
  await grow(slack, streamed, () => answers()[0]?.streamingState && '끝', [])
  streamed.show(`${hostile}하나 `)
  await slack.until(() => answers().length === 1)
  await streamed.finish(korean(`${hostile}하나 둘`))
  await outbound.write(createPost(place), writeOptions()).finish(korean(hostile, { notes: ['<!here>'] }))
  expect(answers()).toHaveLength(2)
  expect(slack.pings().filter(({ ts }) => answers().some((answer) => answer.ts === ts))).toEqual([])
})

test('a text that was taken back is replaced at once, never appended to', async () => {
  const { slack, answers, place } = await askedIn()
  const writer = openOutbound(slack).write(createPost(place), writeOptions())
  await grow(slack, writer, () => answers()[0]?.text, ['이틀 걸려요'])
  writer.show('사흘 걸려요')
  await slack.until(() => answers()[0]?.text.includes('사흘'))
  await writer.finish(korean('사흘 걸려요.'))
  expect(answers()).toHaveLength(1)
  expect(answers()[0]!.text).toBe('사흘 걸려요.')
})

test('a stream that Slack ends is gone on with as an edited message', async () => {
  const { slack, answers, place } = await askedIn()
  const writer = openOutbound(slack).write(createPost(place), writeOptions())
  await grow(slack, writer, () => answers()[0]?.text, ['내일'])
  slack.killStream(answers()[0]!.ts)
  writer.show('내일 도착')
  await slack.until(() => answers()[0]?.text === '내일 도착')
  await writer.finish(korean('내일 도착해요.'))
  expect(answers().map(({ text }) => text)).toEqual(['내일 도착해요.'])
})

test('a stream is left before its five minutes are over', async () => {
  const clock = createShiftedClock()
  const { slack, answers, place } = await askedIn({ now: () => clock.now() })
  const writer = openOutbound(slack, { clock }).write(createPost(place), writeOptions())
  await grow(slack, writer, () => answers()[0]?.text, ['내일'])
  await writer.firstShown
  clock.shift(3 * 60_000 + 55_000)
  writer.show('내일 도착')
  await slack.until(() => answers()[0]?.edited)
  expect(answers()[0]).toMatchObject({ text: '내일 도착', streamingState: 'completed' })
  await writer.finish(korean('내일 도착해요.'))
  expect(answers().map(({ text }) => text)).toEqual(['내일 도착해요.'])
})

test('where the streams of a workspace are used up, the answer is posted and edited', async () => {
  const { slack, answers, place } = await askedIn()
  const budget = createTestBudget()
  budget.refuse.add('chat.startStream')
  const writer = openOutbound(slack, { budget }).write(createPost(place), writeOptions())
  await grow(slack, writer, () => answers()[0]?.text, ['내일 도착'])
  await writer.finish(korean('내일 도착해요.'))
  expect(answers().map(({ text }) => text)).toEqual(['내일 도착해요.'])
  expect(methods(slack)).toEqual(['chat.postMessage', 'chat.update'])
})

test('where edits are used up too, the answer comes whole', async () => {
  const { slack, answers, place } = await askedIn()
  const budget = createTestBudget()
  budget.refuse.add('chat.startStream')
  budget.refuse.add('chat.update')
  const writer = openOutbound(slack, { budget }).write(createPost(place), writeOptions())
  writer.show('내일')
  await writer.finish(korean('내일 도착해요.'))
  expect(methods(slack)).toEqual(['chat.postMessage'])
  expect(answers().map(({ text }) => text)).toEqual(['내일 도착해요.'])
})

test('a 429 on the final text is waited out, and on a growing one let go', async () => {
  const { slack, answers, place } = await askedIn()
  const budget = createTestBudget()
  const writer = openOutbound(slack, { budget }).write(createPost(place), writeOptions())
  await grow(slack, writer, () => answers()[0]?.text, ['내일'])
  slack.failNext('chat.appendStream', { status: 429, retryAfter: 30 })
  slack.failNext('chat.stopStream', { status: 429, retryAfter: 1 })
  writer.show('내일 도착')
  await slack.until(() => methods(slack).includes('chat.appendStream'))
  await writer.finish(korean('내일 도착해요.'))
  expect(answers().map(({ text }) => text)).toEqual(['내일 도착해요.'])
  expect(budget.blocks).toEqual(['slack:T0DAMSO:chat.appendStream', 'slack:T0DAMSO:chat.stopStream'])
})

test('a stream whose start got no answer is found, not started twice', async () => {
  const { slack, answers, place } = await askedIn()
  slack.failNext('chat.startStream', { drop: true, afterEffect: true })
  const options = writeOptions()
  const writer = openOutbound(slack).write(createPost(place), options)
  writer.show('내일')
  await slack.until(() => answers().length === 1)
  await writer.finish(korean('내일 도착해요.'))
  expect(answers()).toHaveLength(1)
  expect(answers()[0]).toMatchObject({ text: '내일 도착해요.', streamingState: 'completed' })
  expect(options.ids).toEqual([answers()[0]!.ts])
})

test('a post whose answer was lost is found, not posted twice', async () => {
  const { slack, answers, place } = await askedIn()
  slack.failNext('chat.postMessage', { status: 500, afterEffect: true })
  const options = writeOptions()
  await openOutbound(slack).write(createPost(place), options).finish(korean('내일 도착해요.'))
  expect(answers().map(({ text }) => text)).toEqual(['내일 도착해요.'])
  expect(options.ids).toEqual([answers()[0]!.ts])
})

/** The bot's, of a thread that has had 200 messages an hour ago. */
async function longThread() {
  let time = Date.now() - 3_600_000
  const slack = await startFake({ now: () => time })
  const mina = slack.user('U1', { name: 'mina' })
  slack.channel('C1', { name: '문의', members: ['U1'] })
  const root = mina.say('C1', '배송이 언제 오나요?')
  for (let index = 0; index < 200; index++) mina.say('C1', `이야기 ${index}`, { threadTs: root })
  time = Date.now()
  const ours = () => slack.thread('C1', root).filter(({ isBot }) => isBot)
  const looks = () => methods(slack).filter((method) => method === 'conversations.replies').length
  return { slack, mina, root, ours, looks }
}

test.each(['answer.0', 'copy:slack/C1'])(
  'in a thread of 200 messages a lost post is found: %s',
  async (slot) => {
    const { slack, mina, root, ours, looks } = await longThread()
    const source = slot === 'answer.0' ? `C1:${mina.say('C1', '언제요?', { threadTs: root })}` : root
    const post = createPost(placeOf('C1', root), { slot, source, intendedAt: Date.now() })
    slack.failNext('chat.postMessage', { status: 500, afterEffect: true })
    await openOutbound(slack).write(post, writeOptions()).finish(korean('내일 도착해요.'))
    expect(ours().map(({ text }) => text)).toEqual(['내일 도착해요.'])
    expect(looks()).toBe(1)
    // The process died before it had recorded it.
    const again = openOutbound(slack).write({ ...post, state: 'open' }, writeOptions({ attempt: 2 }))
    await again.finish(korean('모레 도착해요.'))
    expect(ours().map(({ text }) => text)).toEqual(['모레 도착해요.'])
  },
)

test('a lost post that much was said after is looked for until it is found', async () => {
  const { slack, mina } = await longThread()
  const post = createPost(placeOf('C1', null), { slot: 'copy:slack/C1', intendedAt: Date.now() })
  const outbound = openOutbound(slack)
  await outbound.write(post, writeOptions()).finish(korean('내일 도착해요.'))
  for (let index = 0; index < 200; index++) mina.say('C1', `딴 이야기 ${index}`)
  const again = () =>
    openedAgain
      .write({ ...post, state: 'open' }, writeOptions({ attempt: 2 }))
      .finish(korean('모레 도착해요.'))
  const openedAgain = openOutbound(slack)
  for (let look = 0; look < 2; look++)
    await expect(again()).rejects.toMatchObject({ code: 'platform-busy', retryable: true })
  await again()
  const ours = slack.timeline('C1').filter(({ isBot }) => isBot)
  expect(ours.map(({ text }) => text)).toEqual(['모레 도착해요.'])
})

test('a post that never reached Slack is posted after a look', async () => {
  const { slack, answers, place } = await askedIn()
  slack.failNext('chat.postMessage', { drop: true })
  await openOutbound(slack).write(createPost(place), writeOptions()).finish(korean('내일 도착해요.'))
  expect(answers().map(({ text }) => text)).toEqual(['내일 도착해요.'])
})

test('an append whose answer was lost is never repeated', async () => {
  const { slack, answers, place } = await askedIn()
  const writer = openOutbound(slack).write(createPost(place), writeOptions())
  await grow(slack, writer, () => answers()[0]?.text, ['내일'])
  slack.failNext('chat.appendStream', { drop: true, afterEffect: true })
  writer.show('내일 도착')
  await slack.until(() => methods(slack).includes('chat.stopStream'))
  await writer.finish(korean('내일 도착해요.'))
  expect(answers().map(({ text }) => text)).toEqual(['내일 도착해요.'])
})

test('a later attempt closes the stream that a crash left open and shows the whole answer', async () => {
  const { slack, answers, place } = await askedIn()
  const outbound = openOutbound(slack)
  const post = createPost(place)
  await grow(slack, outbound.write(post, writeOptions()), () => answers()[0]?.text, ['내일'])
  const id = answers()[0]!.ts
  const again = openOutbound(slack).write({ ...post, state: 'open', id }, writeOptions({ attempt: 2 }))
  expect(again.isVisible).toBe(true)
  await again.finish(korean('모레 도착해요.'))
  expect(answers()).toHaveLength(1)
  expect(answers()[0]).toMatchObject({ ts: id, text: '모레 도착해요.', streamingState: 'completed' })
})

test('a later attempt finds the post whose id was lost with the process', async () => {
  const { slack, answers, place } = await askedIn()
  const post = createPost(place)
  await grow(slack, openOutbound(slack).write(post, writeOptions()), () => answers()[0]?.text, ['내일'])
  const options = writeOptions({ attempt: 2 })
  await openOutbound(slack).write(post, options).finish(korean('내일 도착해요.'))
  expect(answers().map(({ text, streamingState }) => [text, streamingState])).toEqual([
    ['내일 도착해요.', 'completed'],
  ])
  expect(options.ids).toEqual([answers()[0]!.ts])
})

test('when Slack does not let it look, the turn waits rather than posting twice', async () => {
  const { slack, answers, place } = await askedIn()
  slack.failNext('conversations.replies', { status: 429, retryAfter: 20 })
  const writer = openOutbound(slack).write(createPost(place), writeOptions({ attempt: 2 }))
  await expect(writer.finish(korean('내일'))).rejects.toMatchObject({
    code: 'platform-busy',
    retryAfterMs: 20_000,
  })
  expect(answers()).toHaveLength(0)
})

test('an answer can be taken away while it streams, and written again', async () => {
  const { slack, answers, place } = await askedIn()
  const options = writeOptions()
  const writer = openOutbound(slack).write(createPost(place), options)
  await grow(slack, writer, () => answers()[0]?.text, ['내일'])
  await writer.discard()
  expect(answers()).toHaveLength(0)
  writer.show('모레')
  await slack.until(() => answers()[0]?.text === '모레')
  await writer.finish(korean('모레 도착해요.'))
  expect(answers().map(({ text }) => text)).toEqual(['모레 도착해요.'])
  expect(options.ids).toHaveLength(2)
})

test('places that are gone or closed to the bot are told apart', async () => {
  const { slack, place } = await askedIn()
  slack.channel('C2', { name: '밖', members: ['U1'], withoutBot: true })
  const outbound = openOutbound(slack)
  const finish = (where: typeof place) =>
    outbound.write(createPost(where), writeOptions()).finish(korean('네'))
  await expect(finish(placeOf('C404', null))).rejects.toMatchObject({ code: 'place-gone' })
  await expect(finish(placeOf('C2', null))).rejects.toMatchObject({ code: 'place-forbidden' })
  slack.archive('C1')
  await expect(finish(place)).rejects.toMatchObject({ code: 'place-gone' })
})

test('a private answer is seen by one person, once, and a second attempt does not repeat it', async () => {
  const { slack, mina, place } = await askedIn()
  const outbound = openOutbound(slack)
  const post = createPost(place)
  const options = writeOptions({ isPrivate: true })
  const { id } = await outbound.write(post, options).finish(korean('비밀이에요.'))
  expect(slack.ephemerals('C1', mina.id).map(({ text }) => text)).toEqual(['비밀이에요.'])
  const again = outbound.write({ ...post, state: 'open', id }, { ...options, attempt: 2 })
  await again.finish(korean('비밀이에요.'))
  expect(slack.ephemerals('C1', mina.id)).toHaveLength(1)
})

test('a direct message has a session with a title and a Stop button until the answer is done', async () => {
  const slack = await startFake()
  const mina = slack.user('U1', { name: 'mina' })
  const dm = mina.openDm()
  const asked = mina.say(dm, '배송이 언제 오나요?')
  const post = createPost(placeOf(dm, asked), { title: '배송이 언제 오나요?' })
  const writer = openOutbound(slack).write(post, writeOptions())
  writer.show('내일')
  await slack.until(() => slack.session(dm, asked)?.status === 'processing')
  await slack.until(() => slack.thread(dm, asked).length === 2)
  expect(slack.session(dm, asked)).toMatchObject({ title: '배송이 언제 오나요?' })
  mina.stop(asked)
  writer.show('내일 도착')
  await writer.finish(korean('내일', { notes: ['여기까지 쓰고 멈췄어요.'] }))
  expect(slack.thread(dm, asked)[1]!.text).toBe('내일\n여기까지 쓰고 멈췄어요.')
  await slack.until(() => slack.session(dm, asked)?.status === 'active')
})

test('a long code answer keeps its place in the limits of both ways to show it', async () => {
  const { slack, answers, place } = await askedIn()
  const outbound = openOutbound(slack)
  const text = `\`\`\`js\n${'const 값 = 1\n'.repeat(900)}\`\`\``.slice(0, outbound.maxChars - 4)
  const writer = outbound.write(createPost(place), writeOptions())
  writer.show(text.slice(0, 5_000))
  await slack.until(() => answers().length === 1)
  await writer.finish(korean(text, { notes: ['끝'.repeat(200)] }))
  await outbound.write(createPost(place), writeOptions()).finish(korean(text))
  expect(answers().map(({ text: shown }) => shown.includes('값 = 1'))).toEqual([true, true])
})

test('the status line says what is being done and is cleared', async () => {
  const { slack, asked, place } = await askedIn()
  const outbound = openOutbound(slack)
  await outbound.status(place, '답변을 쓰고 있어요…')
  expect(slack.status('C1', asked)).toBe('답변을 쓰고 있어요…')
  await outbound.status(place, null)
  expect(slack.status('C1', asked)).toBe('')
  slack.failNext('assistant.threads.setStatus', { status: 500 })
  await outbound.status(place, '아무 일도 없어요')
})

test('a thank-you gets a reaction', async () => {
  const { slack, asked, place } = await askedIn()
  await openOutbound(slack).react(place, `C1:${asked}`, '😊')
  expect(slack.message(asked)!.reactions).toEqual([{ name: 'blush', users: [slack.botUserId] }])
})

test('a notice for one person is ephemeral in the channel, and a direct message where that cannot be', async () => {
  const { slack, place } = await askedIn()
  slack.user('U2', { name: 'jun' })
  const outbound = openOutbound(slack)
  await outbound.whisper(place, 'U1', korean('안내예요.'))
  expect(slack.ephemerals('C1', 'U1').map(({ text }) => text)).toEqual(['안내예요.'])
  await outbound.whisper(place, 'U2', korean('안내예요.'))
  expect(slack.timeline(slack.dm('U2')).map(({ text }) => text)).toEqual(['안내예요.'])
})

test.each([
  ['limits it', { status: 429, retryAfter: 30 }, 'platform-busy'],
  ['does not answer', { status: 503 }, 'platform-unreachable'],
])('a notice for one person says so when Slack %s', async (_, fault, code) => {
  const { slack, place } = await askedIn()
  const outbound = openOutbound(slack)
  slack.failNext('chat.postEphemeral', fault)
  await expect(outbound.whisper(place, 'U1', korean('안내예요.'))).rejects.toMatchObject({ code })
  expect(slack.ephemerals('C1', 'U1')).toEqual([])
})

test('an attachment is fetched with the token from Slack alone, and never more than allowed', async () => {
  const { slack, mina, place } = await askedIn()
  const file = { name: '사진.png', bytes: 'png-bytes', mimetype: 'image/png' }
  mina.say('C1', '', { files: [file] })
  const url = String(
    (slack.deliveries.at(-1)!.payload['event'] as { files: { url_private: string }[] }).files[0]!.url_private,
  )
  const outbound = openOutbound(slack)
  const attachment = { id: 'F1', name: '사진.png', mime: 'image/png', bytes: 9, url }
  expect(Buffer.from(await outbound.fetch(place, attachment, 100)).toString()).toBe('png-bytes')
  const refused = { code: 'attachment-refused' }
  await expect(outbound.fetch(place, attachment, 5)).rejects.toMatchObject(refused)
  await expect(outbound.fetch(place, { ...attachment, bytes: 1 }, 5)).rejects.toMatchObject(refused)
  for (const elsewhere of [
    'https://files.slack.com.evil.example/a',
    'http://files.slack.com/a',
    'nonsense',
  ]) {
    await expect(outbound.fetch(place, { ...attachment, url: elsewhere }, 100)).rejects.toMatchObject(refused)
  }
})

test('the sign-in page that Slack shows without the scope is not taken for a picture', async () => {
  const { slack, mina, place } = await askedIn({ scopes: ['chat:write', 'channels:history'] })
  mina.say('C1', '', { files: [{ name: 'a.png', bytes: 'x', mimetype: 'image/png' }] })
  const url = String(
    (slack.deliveries.at(-1)!.payload['event'] as { files: { url_private: string }[] }).files[0]!.url_private,
  )
  const attachment = { id: 'F1', name: 'a.png', mime: 'image/png', bytes: 1, url }
  await expect(openOutbound(slack).fetch(place, attachment, 10_000)).rejects.toMatchObject({
    code: 'attachment-refused',
  })
})
