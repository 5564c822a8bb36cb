// The fake vLLM server through the real openai client: what it must get right for everything built on it.

import OpenAI from 'openai'
import { expect, test } from 'vitest'
import { type FakeVllmOptions, startFakeVllm } from '../fakes/vllm/index.ts'

const question = [{ role: 'user' as const, content: '배송이 언제 오나요?' }]

async function start(options: FakeVllmOptions = {}) {
  const vllm = await startFakeVllm(options)
  const client = new OpenAI({ baseURL: vllm.baseUrl, apiKey: options.apiKey ?? 'none', maxRetries: 0 })
  const ask = (extra: Record<string, unknown> = {}) =>
    client.chat.completions.create({ model: vllm.model, messages: question, stream: true, ...extra })
  return { vllm, client, ask, [Symbol.asyncDispose]: () => vllm[Symbol.asyncDispose]() }
}

type Chunk = OpenAI.Chat.Completions.ChatCompletionChunk

async function collect(stream: AsyncIterable<Chunk>) {
  const chunks: Chunk[] = []
  for await (const chunk of stream) chunks.push(chunk)
  const deltas = chunks.map((chunk) => chunk.choices[0]?.delta as Record<string, string> | undefined)
  const join = (field: string) => deltas.map((delta) => delta?.[field] ?? '').join('')
  return { chunks, content: join('content'), reasoning: join('reasoning') }
}

test('a rehearsal says the question back, labelled, and quotes the passage that fits best', async () => {
  await using server = await start()
  const plain = await collect(await server.ask())
  expect(plain.content).toBe('[리허설] 배송이 언제 오나요?')
  const system =
    '<passage id="1">환불은 7일 안에 됩니다.</passage><passage id="2">배송은 이틀 걸립니다.</passage>'
  const messages = [{ role: 'system' as const, content: system }, ...question]
  expect((await collect(await server.ask({ messages }))).content).toBe('[리허설] “배송은 이틀 걸립니다.”')
})

test('a stream has the role first, a finish reason last, and usage only when asked for', async () => {
  await using server = await start()
  const { chunks } = await collect(await server.ask({ stream_options: { include_usage: true } }))
  expect(chunks[0]?.choices[0]?.delta).toEqual({ role: 'assistant', content: '' })
  expect(chunks.at(-2)?.choices[0]).toMatchObject({ finish_reason: 'stop', stop_reason: null })
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens_details: { cached_tokens: 0 } } })
  const without = await collect(await server.ask())
  expect(without.chunks.every((chunk) => !chunk.usage)).toBe(true)
})

test('the second request with the same beginning finds it in the prefix cache, in whole blocks', async () => {
  await using server = await start()
  const messages = [{ role: 'system', content: '고객에게 친절하게 답합니다. '.repeat(20) }, ...question]
  await collect(await server.ask({ messages }))
  await collect(await server.ask({ messages }))
  await collect(await server.ask({ messages, cache_salt: 'other' }))
  const cached = server.vllm.requests.map((request) => request.cachedTokens)
  expect(cached[0]).toBe(0)
  expect(cached[1]).toBeGreaterThan(80)
  expect((cached[1] ?? 0) % 16).toBe(0)
  expect(cached[2]).toBe(0)
})

test.each([
  { parser: 'deepseek_v3', kwargs: { enable_thinking: false }, content: '네.', reasoning: '' },
  { parser: 'deepseek_v3', kwargs: { enable_thinking: true }, content: '\n\n네.', reasoning: '음' },
  { parser: 'deepseek_v3', kwargs: undefined, content: '음</think>\n\n네.', reasoning: '' },
  { parser: 'deepseek_r1', kwargs: { enable_thinking: false }, content: '', reasoning: '네.' },
  { parser: 'qwen3', kwargs: { enable_thinking: false }, content: '네.', reasoning: '' },
  { parser: 'qwen3', kwargs: undefined, content: '\n\n네.', reasoning: '음' },
  { parser: 'none', kwargs: { enable_thinking: true }, content: '음</think>\n\n네.', reasoning: '' },
] as const)('reasoning parser $parser with $kwargs', async ({ parser, kwargs, content, reasoning }) => {
  await using server = await start({ reasoningParser: parser, thinking: 'default-on' })
  server.vllm.reply({ text: '네.', reasoning: '음' })
  const said = await collect(await server.ask({ chat_template_kwargs: kwargs }))
  expect(said).toMatchObject({ content, reasoning })
})

test.each([
  ['an empty tool list', { tools: [] }, 400, /tools/],
  ['a developer role', { messages: [{ role: 'developer', content: 'x' }] }, 400, /Unexpected message role/],
  ['stream options without a stream', { stream: false, stream_options: {} }, 400, /only be defined when/],
  ['an unknown model', { model: 'x' }, 404, /The model `x` does not exist/],
  ['priority without the scheduler', { priority: 3 }, 400, /priority/i],
  ['too many output tokens', { max_tokens: 101 }, 400, /max_tokens/],
  ['a long prompt', { max_tokens: 99 }, 400, /You passed \d+ input tokens and requested 99 output tokens/],
  [
    'a picture',
    {
      messages: [
        { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }] },
      ],
    },
    400,
    /multimodal/,
  ],
])('%s is refused as vLLM refuses it', async (_, extra, status, message) => {
  await using server = await start({ maxModelLen: 100, schedulingPolicy: 'fcfs' })
  await expect(server.ask(extra)).rejects.toMatchObject({ status, message: expect.stringMatching(message) })
})

test('the key guards /v1 only, and the body of a 401 is a string', async () => {
  await using server = await start({ apiKey: 'secret' })
  const response = await fetch(`${server.vllm.baseUrl}/models`)
  expect([response.status, await response.json()]).toEqual([401, { error: 'Unauthorized' }])
  expect((await fetch(`${server.vllm.url}/health`)).status).toBe(200)
  expect((await fetch(`${server.vllm.url}/metrics`)).status).toBe(200)
  const models = await server.client.models.list()
  expect(models.data[0]).toMatchObject({ id: 'rehearsal', max_model_len: 32_768 })
})

test('a full queue answers 503, and the waiting one with the lower number goes first', async () => {
  await using server = await start({ maxNumSeqs: 1, maxNumQueuedReqs: 2 })
  server.vllm.pause()
  const first = server.ask().then(collect)
  await server.vllm.until(({ running }) => running === 1)
  const late = server.ask({ priority: 5 }).then(collect)
  await server.vllm.until(({ waiting }) => waiting === 1)
  const soon = server.ask({ priority: 1 }).then(collect)
  await server.vllm.until(({ waiting }) => waiting === 2)
  await expect(server.ask()).rejects.toMatchObject({ status: 503 })
  server.vllm.resume()
  await Promise.all([first, late, soon])
  const [, lateRecord, soonRecord] = server.vllm.requests
  expect(soonRecord?.startedAt).toBeLessThan(lateRecord?.startedAt ?? 0)
  expect(server.vllm.peakRunning).toBe(1)
})

test('tokens of an interval leave together, and none is kept back at the end or where it is held', async () => {
  await using server = await start({ streamInterval: 4 })
  server.vllm.reply({ tokens: ['하나', '둘', '셋', '넷', '다섯', '여섯', '일곱'] })
  const deltas = async (): Promise<string[]> => {
    const said: string[] = []
    for await (const { choices } of await server.ask())
      if (choices[0]?.delta.content) said.push(choices[0].delta.content)
    return said
  }
  expect(await deltas()).toEqual(['하나', '둘셋넷다섯', '여섯일곱'])
  void server.vllm.holdAfter(3)
  const asked = deltas()
  await server.vllm.until(({ requests }) => requests[1]?.tokensSent === 3)
  server.vllm.resume()
  expect(await asked).toEqual(['하나', '둘셋', '넷다섯', '여섯일곱'])
})

test('a test can let tokens out one by one, and sees a client that leaves', async () => {
  await using server = await start()
  server.vllm.reply({ tokens: ['하나', '둘', '셋'] })
  const seen: string[] = []
  const held = server.vllm.holdAfter(1)
  const stream = await server.ask()
  const reading = (async () => {
    for await (const chunk of stream) seen.push(chunk.choices[0]?.delta.content ?? '')
  })()
  await held
  await server.vllm.release()
  await server.vllm.until(() => seen.length === 3)
  expect(seen).toEqual(['', '하나', '둘'])
  stream.controller.abort()
  await reading
  await server.vllm.until(({ aborted }) => aborted.length === 1)
  expect(server.vllm.aborted[0]).toMatchObject({ tokensSent: 2, abortedAt: expect.any(Number) })
  await server.vllm.until(({ running }) => running === 0)
})

test('down refuses connections, up listens on the same port again', async () => {
  await using server = await start()
  await server.vllm.down()
  await expect(server.ask()).rejects.toThrow('Connection error')
  await server.vllm.up()
  expect((await collect(await server.ask())).content).toContain('[리허설]')
})

test('a scripted fault lasts as long as it was told to', async () => {
  await using server = await start()
  server.vllm.next({ fault: '500', times: 2 })
  await expect(server.ask()).rejects.toMatchObject({ status: 500 })
  await expect(server.ask()).rejects.toMatchObject({ status: 500 })
  server.vllm.next('error-mid-stream')
  await expect(server.ask().then(collect)).rejects.toMatchObject({ status: undefined, code: 500 })
  server.vllm.next('split-utf8')
  expect((await collect(await server.ask())).content).toBe('[리허설] 배송이 언제 오나요?')
  server.vllm.next('cut')
  const cut = await collect(await server.ask())
  expect(cut.chunks.some((chunk) => chunk.choices[0]?.finish_reason)).toBe(false)
})

test('embeddings put texts that share words near each other', async () => {
  await using server = await start()
  const input = ['배송이 언제 오나요', '배송은 언제 와요', '비밀번호를 잊었습니다']
  const { data } = await server.client.embeddings.create({ model: 'rehearsal-embedding', input })
  const [a, b, c] = data.map((item) => item.embedding)
  const near = (x: number[] = [], y: number[] = []) =>
    x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0)
  expect(near(a, b)).toBeGreaterThan(near(a, c) + 0.2)
})
