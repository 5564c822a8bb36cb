// The model client over the wire: every way a model server fails, and what the person and the operator get instead.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { lightFetch } from '../../src/light-fetch.ts'
import { createModel } from '../../src/llm/client.ts'
import { createHeldClock, realClock, startModel, toRequest } from './ask.ts'

const good = '보통 이틀에서 사흘 걸려요.'

test('an answer grows from its first token and comes with what it cost', async () => {
  await using server = await startModel()
  server.vllm.reply(good)
  const first = server.vllm.holdAfter(1)
  const asked = server.ask()
  await first
  await server.vllm.until(() => server.shown.length === 1)
  expect(good.startsWith(server.shown[0] ?? '-')).toBe(true)
  server.vllm.resume()
  const completion = await asked
  expect(completion).toMatchObject({ text: good, finishReason: 'stop', cachedTokens: 0, flags: [] })
  expect(completion.promptTokens).toBeGreaterThan(10)
  expect(completion.ttftMs).toBeLessThanOrEqual(completion.totalMs)
  expect(server.shown.at(-1)).toBe(good)
  expect(server.restarts).toEqual([])
})

test('a follow-up in the same lane finds its beginning in the cache', async () => {
  await using server = await startModel()
  server.vllm.reply(good)
  const system = ['You answer customers of a shop. '.repeat(20)]
  await server.ask({ system })
  const history = [
    { role: 'user' as const, text: '배송이 언제 오나요?' },
    { role: 'assistant' as const, text: good },
  ]
  const second = await server.ask({ system, history, user: { text: '제주도도요?' } })
  expect(second.cachedTokens).toBeGreaterThan(100)
  expect(server.vllm.requests.map((request) => request.session)).toEqual(['lane-1', 'lane-1'])
})

test.each([
  ['503', 'model-overloaded', true],
  ['429', 'model-overloaded', true],
  ['502-html', 'model-overloaded', true],
  ['504', 'model-timeout', true],
  ['refuse', 'model-unreachable', true],
  ['500', 'model-error', true],
  ['500-empty', 'model-error', true],
  ['error-mid-stream', 'model-error', true],
  ['cut', 'model-cut', true],
  ['cut-hard', 'model-cut', true],
  ['401', 'model-unauthorized', false],
] as const)('%s becomes %s', async (fault, code, retryable) => {
  await using server = await startModel()
  server.vllm.next(fault)
  const error = await server.ask().catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code, retryable, hint: expect.stringContaining(server.vllm.baseUrl) })
  expect(server.vllm.requests).toHaveLength(1)
  expect(server.vllm.aborted).toHaveLength(0)
  server.vllm.reply(good)
  expect(await server.ask()).toMatchObject({ text: good })
})

test('a server that dies over a prompt is not merely busy: what asks it that is at fault', async () => {
  const clock = createHeldClock()
  await using server = await startModel({}, { clock })
  server.vllm.next({ fault: '502-html', ms: 300 })
  const asked = server.ask().catch((reason: unknown) => reason)
  await server.vllm.until(({ requests }) => requests.length === 1)
  clock.pass(20_000)
  expect(await asked).toMatchObject({ code: 'model-timeout', retryable: true })
})

test('a proxy that cannot reach its server at all says nothing of a prompt', async () => {
  await using proxy = await startProxy(504)
  const model = createModel({ baseUrl: proxy.url, model: 'exaone', fetch: lightFetch, clock: realClock })
  const error = await model.answer(toRequest(), () => undefined).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'model-overloaded' })
})

test('a server that is down is busy, not broken, and is used again when it is back', async () => {
  await using server = await startModel()
  server.vllm.reply(good)
  await server.vllm.down()
  const error = await server.ask().catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'model-unreachable', retryable: true })
  expect(await server.model.info()).toMatchObject({ ok: false, error: { code: 'model-unreachable' } })
  await server.vllm.up()
  expect(await server.ask()).toMatchObject({ text: good })
})

test.each([
  ['hang-connect', 30_000],
  ['hang-first', 30_000],
  ['hang-mid', 15_000],
] as const)('%s ends at its deadline and frees the GPU', async (fault, ms) => {
  const clock = createHeldClock()
  await using server = await startModel({}, { clock })
  server.vllm.next({ fault, text: good })
  const asked = server.ask().catch((reason: unknown) => reason)
  await server.vllm.until(({ requests }) => requests.length === 1)
  if (fault === 'hang-mid') await server.vllm.until(() => server.shown.length === 3)
  clock.pass(ms - 1)
  expect(server.vllm.aborted).toHaveLength(0)
  clock.pass(1)
  expect(await asked).toMatchObject({ code: 'model-timeout', retryable: true })
  await server.vllm.until(({ aborted, running }) => aborted.length === 1 && running === 0)
})

test('an answer that never ends stops at the total deadline although tokens keep coming', async () => {
  const clock = createHeldClock()
  await using server = await startModel({}, { clock })
  server.vllm.reply({ text: '하나 둘 셋 넷 다섯 여섯 일곱 여덟', fault: 'slow', ms: 20 })
  await server.model.info()
  const asked = server.ask().catch((reason: unknown) => reason)
  await server.vllm.until(() => server.shown.length >= 1)
  clock.pass(180_000)
  expect(await asked).toMatchObject({ code: 'model-timeout' })
})

test('Stop aborts the generation at the server', async () => {
  await using server = await startModel()
  const stop = new AbortController()
  const held = server.vllm.holdAfter(2)
  const asked = server.ask({ signal: stop.signal }).catch((reason: unknown) => reason)
  await held
  stop.abort('stop')
  expect(await asked).toMatchObject({ code: 'aborted', retryable: false, cause: 'stop' })
  await server.vllm.until(({ aborted }) => aborted.length === 1)
})

test.each(['empty', 'reasoning-only'] as const)('%s: asked once more, without thinking', async (fault) => {
  await using server = await startModel()
  server.vllm.reply(good)
  server.vllm.next(fault)
  expect(await server.ask()).toMatchObject({ text: good, flags: ['retried:empty'] })
  const [first, second] = server.vllm.requests
  expect(first?.body.chat_template_kwargs).toMatchObject({ enable_thinking: false })
  expect(second?.body.messages?.[0]?.content).toContain('without any reasoning')
  expect(second?.lastUser).toBe(first?.lastUser)
  server.vllm.next({ fault, times: 2 })
  await expect(server.ask()).rejects.toMatchObject({ code: 'model-empty', retryable: false })
  expect(server.shown.every((text) => good.startsWith(text))).toBe(true)
})

test('a wrong --reasoning-parser is named, and the thought is never shown as the answer', async () => {
  await using server = await startModel({ reasoningParser: 'deepseek_r1', thinking: 'default-off' })
  server.vllm.reply(good)
  const error = await server.ask().catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'model-empty', hint: expect.stringContaining('--reasoning-parser') })
  expect(server.shown).toEqual([])
})

test('a leaked thought is replaced by the answer', async () => {
  await using server = await startModel()
  server.vllm.next({ fault: 'think-leak', text: good, reasoning: '고객이 배송을 물어요. 답을 골라요.' })
  expect(await server.ask()).toMatchObject({ text: good, flags: ['thought-stripped'] })
  expect(server.restarts).toHaveLength(1)
  expect(server.shown.at(-1)).toBe(good)
})

test.each(['hanja', 'kana', 'wrong-language'] as const)(
  'a reply in %s is never shown: the model is asked once more, then it is an error',
  async (fault) => {
    await using server = await startModel()
    server.vllm.reply(good)
    server.vllm.next(fault)
    expect(await server.ask()).toMatchObject({ text: good, flags: ['retried:language'] })
    expect(server.restarts).toEqual([])
    expect(server.vllm.requests[1]?.body).toMatchObject({ temperature: 0.1 })
    expect(server.shown.every((text) => good.startsWith(text))).toBe(true)
    server.vllm.next({ fault, times: 2 })
    await expect(server.ask()).rejects.toMatchObject({ code: 'model-garbled', retryable: false })
  },
)

test.each(['late-hanja', 'late-language'] as const)('%s: what was shown is replaced', async (fault) => {
  await using server = await startModel()
  server.vllm.reply(good)
  server.vllm.next(fault)
  expect(await server.ask()).toMatchObject({ text: good, flags: ['retried:language'] })
  expect(server.restarts).toHaveLength(1)
  expect(server.shown.at(-1)).toBe(good)
})

test('a loop is stopped early and asked once more with a penalty', async () => {
  await using server = await startModel()
  server.vllm.reply(good)
  server.vllm.next('repeat-loop')
  expect(await server.ask()).toMatchObject({ text: good, flags: ['retried:loop'] })
  await server.vllm.until(({ aborted }) => aborted.length === 1)
  expect(server.vllm.aborted[0]?.tokensSent).toBeLessThan(300)
  expect(server.vllm.requests[1]?.body).toMatchObject({ presence_penalty: 1.5 })
  server.vllm.next({ fault: 'repeat-loop', times: 2 })
  await expect(server.ask()).rejects.toMatchObject({ code: 'model-garbled' })
})

test('the guard stays off when the user asks for another language', async () => {
  await using server = await startModel()
  const english = 'Hello, I would like to know when my parcel will arrive. Thank you.'
  server.vllm.reply(english)
  expect(await server.ask({ user: { text: '이 말을 영어로 써 주세요' } })).toMatchObject({
    text: english,
    flags: [],
  })
  expect(await server.ask({ expectLang: null })).toMatchObject({ text: english, flags: [] })
})

test('a passage that names a language does not take the guard off; only the person’s own words do', async () => {
  await using server = await startModel()
  server.vllm.reply(good)
  server.vllm.next('wrong-language')
  const user = { text: '<passage>영문 주소와 번역은 마이페이지에 있어요.</passage>\n\n배송은 언제 오나요?' }
  expect(await server.ask({ user, asked: '배송은 언제 오나요?' })).toMatchObject({
    text: good,
    flags: ['retried:language'],
  })
})

test('a rehearsal may quote a passage in another language than the question', async () => {
  await using server = await startModel({ model: 'rehearsal' })
  const system = ['<passage>Delivery takes two or three working days, as a rule.</passage>']
  const user = { text: 'delivery 기간이 어떻게 되나요?' }
  expect(await server.ask({ system, user })).toMatchObject({
    text: expect.stringContaining('[리허설] “Delivery'),
  })
})

test('an answer cut at max_tokens is accepted and flagged', async () => {
  await using server = await startModel()
  server.vllm.reply('하나 둘 셋 넷 다섯')
  expect(await server.ask({ maxTokens: 2 })).toMatchObject({
    text: '하나 둘',
    finishReason: 'length',
    flags: ['truncated'],
  })
})

test.each(['split-utf8', 'keep-alive-comments'] as const)('%s changes nothing', async (fault) => {
  await using server = await startModel()
  server.vllm.next({ fault, text: '네 👍🏽 고맙습니다, 곧 도착해요.' })
  expect(await server.ask()).toMatchObject({ text: '네 👍🏽 고맙습니다, 곧 도착해요.' })
})

test('older servers call the thought reasoning_content; it is still not the answer', async () => {
  await using server = await startModel({ reasoningField: 'reasoning_content', thinking: 'default-on' })
  server.vllm.next('reasoning-only')
  server.vllm.reply(good)
  expect(await server.ask()).toMatchObject({ text: good, flags: ['retried:empty'] })
})

test('a server without priority scheduling is not sent priorities again', async () => {
  await using server = await startModel({ schedulingPolicy: 'fcfs' })
  server.vllm.reply(good)
  expect(await server.ask({ priority: 7 })).toMatchObject({ text: good })
  expect(await server.ask({ priority: 7 })).toMatchObject({ text: good })
  expect(server.vllm.requests.map((request) => request.body.priority)).toEqual([7, undefined, undefined])
})

test('a server that is started again with other flags is sent priorities again', async () => {
  await using server = await startModel({ schedulingPolicy: 'fcfs' })
  server.vllm.reply(good)
  await server.ask({ priority: 7 })
  await server.vllm.down()
  expect(await server.model.info()).toMatchObject({ ok: false })
  server.vllm.restartedWith({ schedulingPolicy: 'priority' })
  await server.vllm.up()
  await server.ask({ priority: 7 })
  expect(server.vllm.requests.at(-1)?.body.priority).toBe(7)
})

test('a gateway that refuses template flags is asked without them', async () => {
  await using server = await startModel({
    strictTemplateKwargs: ['enable_thinking'],
    model: 'EXAONE-4.0-32B',
  })
  server.vllm.reply(good)
  expect(await server.ask()).toMatchObject({ text: good })
  expect(server.vllm.requests.map((request) => request.body.chat_template_kwargs !== undefined)).toEqual([
    true,
    false,
  ])
})

test.each([false, true])(
  'a prompt the server finds too long loses its history first (old wording: %s)',
  async (old) => {
    await using server = await startModel({ oldTooLongWording: old, maxModelLen: 1500 })
    server.vllm.reply(good)
    // Spaces are one token each for the fake; the estimate knows better, so the server refuses what we thought fits.
    const text = ' \n'.repeat(900)
    const history = [{ role: 'user' as const, text }]
    const completion = await server.ask({ history })
    expect(completion.flags).toContain('history-trimmed')
    await expect(server.ask({ user: { text } })).rejects.toMatchObject({
      code: 'model-too-long',
      retryable: false,
    })
  },
)

test('a text that cannot fit is refused before the server is asked', async () => {
  await using server = await startModel({ maxModelLen: 1000 })
  const error = await server
    .ask({ user: { text: '가나다라'.repeat(500) } })
    .catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'model-too-long', retryable: false })
  expect(server.vllm.requests).toHaveLength(0)
})

test('a model id the server does not have is named together with those it has', async () => {
  await using server = await startModel({}, { model: 'exaone' })
  const info = await server.model.info()
  expect(info).toMatchObject({ ok: false, error: { code: 'model-not-found', retryable: false } })
  await expect(server.ask()).rejects.toMatchObject({ hint: expect.stringContaining('EXAONE-4.0-32B') })
})

test.each([[[]], [['another-model']]])(
  'a router that has lost the model for now (%j) is waited for',
  async (ids) => {
    await using server = await startModel()
    server.vllm.reply(good)
    await server.ask()
    server.vllm.serves(ids)
    expect(await server.model.info()).toMatchObject({ ok: false, error: { code: 'model-unreachable' } })
    await expect(server.ask()).rejects.toMatchObject({ code: 'model-unreachable', retryable: true })
    server.vllm.serves(null)
    expect(await server.ask()).toMatchObject({ text: good })
  },
)

test('a router that serves nothing yet is waited for too', async () => {
  await using server = await startModel()
  server.vllm.serves([])
  await expect(server.ask()).rejects.toMatchObject({
    code: 'model-unreachable',
    retryable: true,
    hint: expect.stringContaining('serves no model'),
  })
})

test('without a configured model the first served one is used, and a wrong key is said so', async () => {
  await using server = await startModel({ apiKey: 'secret', model: 'rehearsal' }, { model: undefined })
  expect(await server.model.info()).toEqual({
    ok: true,
    id: 'rehearsal',
    maxModelLen: 32_768,
    rehearsal: true,
  })
  expect(server.model.id).toBe('rehearsal')
  const stranger = createModel({
    baseUrl: server.vllm.baseUrl,
    apiKey: 'wrong',
    fetch: lightFetch,
    clock: realClock,
  })
  const said = stranger.answer(toRequest(), () => undefined)
  await expect(said).rejects.toMatchObject({
    code: 'model-unauthorized',
    hint: expect.stringContaining('EXAONE_API_KEY'),
  })
  await expect(said).rejects.not.toThrow('secret')
})

test('what a listener throws is not blamed on the model', async () => {
  await using server = await startModel()
  const bug = new TypeError('bug')
  const asked = server.model.answer(toRequest(), () => {
    throw bug
  })
  await expect(asked).rejects.toBe(bug)
  await server.vllm.until(({ running }) => running === 0)
})

/** Answers everything with `status`, /v1/models too. */
async function startProxy(status: number) {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end('<html></html>')
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}
