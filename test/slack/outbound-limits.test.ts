// Answers when Slack's limits bite, when somebody interferes, and when nobody knows what became of a post.
import { afterEach, expect, test } from 'vitest'
import type { Budget } from '../../src/core/adapter.ts'
import { standingStill } from '../core/support.ts'
import { closeServer, listen } from '../fakes/http.ts'
import {
  closeAll,
  createPost,
  createTestBudget,
  korean,
  openOutbound,
  placeOf,
  startFake,
  writeOptions,
} from './rig.ts'

afterEach(closeAll)

async function asked(options: Parameters<typeof startFake>[0] = {}) {
  const slack = await startFake(options)
  const mina = slack.user('U1', { name: 'mina' })
  slack.channel('C1', { name: '문의', members: ['U1'] })
  const ts = mina.say('C1', `${slack.mention} 배송이 언제 오나요?`)
  const answers = () => slack.thread('C1', ts).filter((message) => message.isBot)
  const called = (method: string) => slack.calls.filter((call) => call.method === method)
  return { slack, mina, ts, answers, called, place: placeOf('C1', ts) }
}

/** Refuses what may be refused until a moment after it was asked for, as a share that lay idle does. */
function createIdleBudget(): Budget {
  const woken = new Set<string>()
  const waking = new Set<string>()
  return {
    ...createTestBudget(),
    declare: () => undefined,
    block: () => undefined,
    waitMs: (key, need) => (need === 'must' || woken.has(key) ? 0 : 2_000),
    take(key, need) {
      if (need === 'must' || woken.has(key)) return true
      if (!waking.has(key)) setTimeout(() => woken.add(key), 5)
      waking.add(key)
      return false
    },
  }
}

test('the first answer after a quiet while streams, and its status shows', async () => {
  const { slack, ts, answers, place } = await asked()
  const outbound = openOutbound(slack, { budget: createIdleBudget() })
  await outbound.status(place, '답변을 쓰고 있어요…')
  expect(slack.status('C1', ts)).toBe('답변을 쓰고 있어요…')
  const other = outbound.write(createPost(place), writeOptions())
  other.show('내일')
  await slack.until(() => answers()[0]?.streamingState === 'in_progress')
  await other.finish(korean('내일 도착해요.'))
})

test('without a status before it, the first answer after a quiet while streams as well', async () => {
  const { slack, answers, place } = await asked()
  const writer = openOutbound(slack, { budget: createIdleBudget() }).write(createPost(place), writeOptions())
  writer.show('내일')
  await slack.until(() => answers()[0]?.streamingState === 'in_progress')
  await writer.finish(korean('내일 도착해요.'))
  expect(answers().map(({ text }) => text)).toEqual(['내일 도착해요.'])
})

test('forty answers at once over four channels all end whole, and Slack never has to say no', async () => {
  const slack = await startFake({ rateLimits: 'real' })
  slack.user('U1', { name: 'mina' })
  const outbound = openOutbound(slack)
  const channels = ['C1', 'C2', 'C3', 'C4']
  for (const id of channels) slack.channel(id, { name: id, members: ['U1'] })
  const finished = Array.from({ length: 40 }, async (_, index) => {
    const channel = channels[index % channels.length]!
    const ts = slack.user('U1').say(channel, `질문 ${index}`)
    const writer = outbound.write(createPost(placeOf(channel, ts)), writeOptions())
    writer.show(`답변 ${index} `)
    await new Promise((resolve) => setImmediate(resolve))
    writer.show(`답변 ${index} 이에요 `)
    await writer.finish(korean(`답변 ${index} 이에요 끝`))
    return slack.thread(channel, ts).at(-1)!.text
  })
  const texts = await Promise.all(finished)
  expect(texts).toEqual(texts.map((_, index) => `답변 ${index} 이에요 끝`))
  expect(slack.calls.filter(({ status }) => status === 429)).toEqual([])
  expect(slack.calls.filter(({ method }) => method === 'chat.startStream').length).toBeGreaterThan(3)
}, 60_000)

test('a long answer that is edited goes on growing past what a notification shows', async () => {
  const { slack, answers, place } = await asked()
  const budget = createTestBudget()
  budget.refuse.add('chat.startStream')
  const writer = openOutbound(slack, { budget }).write(createPost(place), writeOptions())
  const long = '긴 답변이에요. '.repeat(500)
  writer.show(long)
  await slack.until(() => answers().length === 1)
  writer.show(`${long}그리고 더 `)
  await slack.until(() => answers()[0]!.text.endsWith('그리고 더'))
  await writer.finish(korean(`${long}그리고 더 있어요.`))
  expect(answers()[0]!.text.endsWith('그리고 더 있어요.')).toBe(true)
})

test('an answer that somebody deleted while it grew is given again, a finished one stays away', async () => {
  const { slack, answers, place } = await asked()
  const budget = createTestBudget()
  budget.refuse.add('chat.startStream')
  const outbound = openOutbound(slack, { budget })
  const post = createPost(place)
  const options = writeOptions()
  const writer = outbound.write(post, options)
  writer.show('내일')
  await slack.until(() => answers().length === 1)
  await outbound
    .write({ ...post, state: 'open', id: answers()[0]!.ts }, writeOptions({ attempt: 2 }))
    .discard()
  expect(answers()).toEqual([])
  const { id } = await writer.finish(korean('내일 도착해요.'))
  expect(answers().map(({ text }) => text)).toEqual(['내일 도착해요.'])
  expect(options.ids.at(-1)).toBe(id)
  await outbound.write({ ...post, state: 'final', id }, writeOptions({ attempt: 2 })).discard()
  await outbound.write({ ...post, state: 'final', id }, writeOptions({ attempt: 2 })).finish(korean('내일'))
  expect(answers()).toEqual([])
})

test('an answer in the channel itself is an ordinary message, and found there after a crash', async () => {
  const { slack, mina, called } = await asked()
  const post = createPost(placeOf('C1', null), { source: null })
  const first = openOutbound(slack).write(post, writeOptions())
  first.show('내일')
  await slack.until(() => slack.timeline('C1').at(-1)?.text === '내일')
  for (let index = 0; index < 20; index++) mina.say('C1', `딴 이야기 ${index}`)
  const options = writeOptions({ attempt: 2 })
  const { id } = await openOutbound(slack).write(post, options).finish(korean('내일 도착해요.'))
  expect(slack.timeline('C1').filter(({ isBot }) => isBot)).toMatchObject([
    { ts: id, text: '내일 도착해요.' },
  ])
  expect(called('chat.startStream')).toEqual([])
})

test('where the bot may not look, a lost post is not posted again', async () => {
  const { slack, answers, place } = await asked({ scopes: ['chat:write'] })
  const writer = openOutbound(slack).write(createPost(place), writeOptions({ attempt: 2 }))
  await expect(writer.finish(korean('네'))).rejects.toMatchObject({
    code: 'platform-ambiguous',
    retryable: false,
  })
  expect(answers()).toEqual([])
})

test('once the turn is called off, nothing more is sent', async () => {
  const { slack, answers, place } = await asked()
  const stop = new AbortController()
  const writer = openOutbound(slack).write(createPost(place), writeOptions({ signal: stop.signal }))
  writer.show('내일')
  await slack.until(() => answers().length === 1)
  stop.abort(new Error('lease-lost'))
  const before = slack.calls.length
  writer.show('내일 도착')
  await expect(writer.finish(korean('내일 도착해요.'))).rejects.toThrow('lease-lost')
  expect(slack.calls).toHaveLength(before)
})

test('the token goes with a redirect inside Slack and never out of it', async () => {
  const { slack, place } = await asked()
  const seen: (string | undefined)[] = []
  const elsewhere = await listen((request, response) => {
    seen.push(request.headers.authorization)
    response.end('secret')
  })
  let target = `http://127.0.0.1:${elsewhere.port}/picture`
  const own = await listen((request, response) => {
    if (request.url === '/here') response.end('picture')
    else if (request.url === '/api/auth.test')
      response.end(JSON.stringify({ ok: true, team_id: slack.teamId, user_id: slack.botUserId }))
    else response.writeHead(302, { location: target }).end()
  })
  const outbound = openOutbound({ ...slack, apiUrl: `http://127.0.0.1:${own.port}/api/` })
  const attachment = {
    id: 'F1',
    name: '사진.png',
    mime: 'image/png',
    bytes: 7,
    url: `http://127.0.0.1:${own.port}/moved`,
  }
  try {
    await expect(outbound.fetch(place, attachment, 100)).rejects.toMatchObject({ code: 'attachment-refused' })
    expect(seen).toEqual([])
    target = '/here'
    expect(Buffer.from(await outbound.fetch(place, attachment, 100)).toString()).toBe('picture')
    target = '/moved'
    await expect(outbound.fetch(place, attachment, 100)).rejects.toMatchObject({ code: 'attachment-refused' })
  } finally {
    await closeServer(own.server)
    await closeServer(elsewhere.server)
  }
})

test('a worker that stood still while it waited for its turn to post stays silent', async () => {
  const { answers, place, slack } = await asked()
  const budget = createTestBudget()
  const still = standingStill()
  const writer = openOutbound(slack, { budget }).write(createPost(place), writeOptions(still.options))
  budget.block(`${place.workspace}:chat.postMessage`, 300)
  const finished = writer.finish(korean('내일 도착해요.'))
  still.stand()
  await expect(finished).rejects.toThrow('lease-lost')
  expect(answers()).toEqual([])
})
