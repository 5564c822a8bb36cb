// Answers to commands and what only one person sees: by response_url while it lasts, else as Slack allows, and once.
import { afterEach, expect, test } from 'vitest'
import type { Place } from '../../src/core/inbound.ts'
import type { Post } from '../../src/core/outbound.ts'
import { createHandle } from '../../src/slack/handle.ts'
import { startFakeResponseUrl } from './response-url.ts'
import {
  closeAll,
  createPost,
  korean,
  openOutbound,
  openRig,
  placeOf,
  startFake,
  writeOptions,
} from './rig.ts'

afterEach(closeAll)

async function commanded(place: Place = placeOf('C1', null)) {
  const slack = await startFake()
  slack.user('U1', { name: 'mina' })
  slack.channel('C1', { name: '문의', members: ['U1'] })
  slack.channel('C2', { name: '밖', members: ['U1'], withoutBot: true })
  const { url, bodies, fail } = await startFakeResponseUrl()
  const post = createPost(place, { handle: createHandle(url, 'command', Date.now()) })
  return { slack, post, bodies, fail, place, outbound: openOutbound(slack) }
}

test('a private answer to a command comes by its response_url, whole, to one person', async () => {
  const { slack, post, bodies, outbound } = await commanded()
  const options = writeOptions({ isPrivate: true })
  const writer = outbound.write(post, options)
  writer.show('자라는 글은')
  const { id } = await writer.finish(korean('비밀이에요. 1 < 2 & 3'))
  expect(bodies).toHaveLength(1)
  expect(bodies[0]).toMatchObject({ response_type: 'ephemeral', replace_original: false })
  expect(bodies[0]).toMatchObject({ unfurl_links: false, unfurl_media: false })
  expect(bodies[0]!['text']).toBe('비밀이에요. 1 &lt; 2 &amp; 3')
  expect(options.ids).toEqual([id])
  await outbound
    .write({ ...post, state: 'open', id }, { ...options, attempt: 2 })
    .finish(korean('비밀이에요.'))
  expect(bodies).toHaveLength(1)
  expect(slack.calls).toEqual([])
})

test.each([404, 500])('a response_url that answers %i is not the end of a private answer', async (status) => {
  const { slack, post, bodies, fail, outbound } = await commanded()
  fail(status)
  await outbound.write(post, writeOptions({ isPrivate: true })).finish(korean('비밀이에요.'))
  // After a 500 it may have been shown already, and twice would be worse.
  expect(slack.ephemerals('C1', 'U1').map(({ text }) => text)).toEqual(status === 404 ? ['비밀이에요.'] : [])
  expect(bodies).toHaveLength(1)
})

test('a private answer that its place takes no longer comes as a direct message that says to what', async () => {
  const { slack, post, fail, outbound } = await commanded(placeOf('C2', null))
  fail(404)
  const options = writeOptions({ isPrivate: true, recipient: 'U1' })
  const asked = { ...post, title: '제 주문은 어디쯤인가요?' }
  const { id } = await outbound.write(asked, options).finish(korean('비밀이에요.'))
  const direct = slack.timeline(slack.dm('U1'))
  expect(direct).toHaveLength(1)
  expect(direct[0]!.text).toContain('비밀이에요.')
  expect(JSON.stringify(direct[0])).toContain('“제 주문은 어디쯤인가요?”에 대한 답')
  expect(slack.timeline('C2')).toEqual([])
  // It was sent, and is not sent again.
  await outbound
    .write({ ...asked, state: 'open', id }, { ...options, attempt: 2 })
    .finish(korean('비밀이에요.'))
  expect(slack.timeline(slack.dm('U1'))).toHaveLength(1)
})

test('a private answer that nothing can carry any more says so to the operator', async () => {
  const { slack, post, fail, outbound } = await commanded(placeOf('C2', null))
  fail(404)
  slack.failNext('conversations.open', { error: 'cannot_dm_bot' })
  const options = writeOptions({ isPrivate: true })
  const finished = outbound.write(post, options).finish(korean('비밀이에요.'))
  await expect(finished).rejects.toMatchObject({ code: 'handle-expired', retryable: false })
  expect(options.ids).toEqual([])
})

test('a private answer that did not go out is sent by the next attempt', async () => {
  const { slack, outbound } = await commanded()
  const post = createPost(placeOf('C1', null))
  const stop = new AbortController()
  stop.abort(new Error('shutdown'))
  const first = writeOptions({ isPrivate: true, signal: stop.signal })
  await expect(outbound.write(post, first).finish(korean('비밀이에요.'))).rejects.toThrow('shutdown')
  expect(first.ids).toEqual([])
  await outbound.write(post, writeOptions({ isPrivate: true, attempt: 2 })).finish(korean('비밀이에요.'))
  expect(slack.ephemerals('C1', 'U1')).toHaveLength(1)
})

test('a public answer to a command grows as an ordinary message where the bot is a member', async () => {
  const { slack, post, bodies, outbound } = await commanded()
  const stop = { action: 'stop' as const, value: '1', label: '멈추기' }
  const writer = outbound.write(post, writeOptions({ growing: { buttons: [stop] } }))
  const buttons = () => slack.timeline('C1')[0]?.buttons.map(({ text }) => text)
  writer.show('내일')
  await slack.until(() => slack.timeline('C1')[0]?.text === '내일')
  expect(buttons()).toEqual(['멈추기'])
  writer.show('내일 도착')
  await slack.until(() => slack.timeline('C1')[0]?.text === '내일 도착')
  expect(buttons()).toEqual(['멈추기'])
  await writer.finish(korean('내일 도착해요.'))
  expect(buttons()).toEqual([])
  expect(slack.timeline('C1').map(({ text }) => text)).toEqual(['내일 도착해요.'])
  expect(bodies).toEqual([])
})

test('where the bot is no member, the response_url carries a public answer, once', async () => {
  const { slack, post, bodies, outbound } = await commanded(placeOf('C2', null))
  const options = writeOptions()
  const writer = outbound.write(post, options)
  for (const text of ['내', '내일', '내일 도']) {
    writer.show(text)
    await slack.until(() => slack.calls.some(({ method }) => method === 'chat.postMessage'))
  }
  const { id } = await writer.finish(korean('내일 도착해요.', { notes: ['AI가 쓴 답변이에요.'] }))
  expect(bodies).toMatchObject([{ response_type: 'in_channel', text: '내일 도착해요.' }])
  // Asked once while growing and once at the end, not for every word.
  expect(slack.calls.map(({ method }) => method)).toEqual([
    'auth.test',
    'chat.postMessage',
    'chat.postMessage',
  ])
  await outbound.write({ ...post, state: 'open', id }, writeOptions({ attempt: 2 })).finish(korean('내일'))
  expect(bodies).toHaveLength(1)
})

test('without a response_url that lasts, a place without the bot is forbidden', async () => {
  const { post, outbound } = await commanded(placeOf('C2', null))
  const over = { ...post, handle: createHandle('http://127.0.0.1:1/over', 'command', 0) }
  const finished = outbound.write(over, writeOptions()).finish(korean('네'))
  await expect(finished).rejects.toMatchObject({ code: 'place-forbidden' })
})

test('where the bot is no member, a long answer goes on through the response_url as often as Slack takes it', async () => {
  const slack = await startFake()
  const mina = slack.user('U1', { name: 'mina' })
  slack.channel('C2', { name: '밖', members: ['U1'], withoutBot: true })
  await openRig(slack)
  const { responseUrl } = await mina.command('/damso', '질문 길게 써 주세요', 'C2')
  const handle = createHandle(responseUrl!, 'command', Date.now())
  const outbound = openOutbound(slack)
  const write = (index: number, fields: Partial<Post> = {}) => {
    const post = createPost(placeOf('C2', null), { handle, slot: `answer.${index}`, ...fields })
    return outbound.write(post, writeOptions()).finish(korean(`${index}번째 글이에요.`))
  }
  const made = []
  for (let index = 0; index < 5; index++) made.push(await write(index))
  expect(made.map(({ left }) => left)).toEqual([4, 3, 2, 1, 0])
  expect(slack.timeline('C2').map(({ text }) => text)).toEqual(
    made.map((_, index) => `${index}번째 글이에요.`),
  )
  // A later attempt knows the same of what is there already, and a sixth is more than Slack takes.
  expect(await write(1, { state: 'final', id: made[1]!.id })).toEqual(made[1])
  await expect(write(5)).rejects.toMatchObject({ code: 'handle-expired' })
})

test('where the bot is a member, a long answer has no such limit', async () => {
  const { post, bodies, outbound } = await commanded()
  const made = await outbound
    .write({ ...post, slot: 'answer.1' }, writeOptions())
    .finish(korean('둘째 글이에요.'))
  expect(made).not.toHaveProperty('left')
  expect(bodies).toEqual([])
})
