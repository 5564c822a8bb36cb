// A server that ends its response a moment after "[DONE]", as uvicorn does: the next question takes the same connection.
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createModel } from '../../src/llm/client.ts'
import { realClock, toRequest } from './ask.ts'

const TEXT = '보통 이틀에서 사흘 걸려요.'
const MODELS = {
  object: 'list',
  data: [{ id: 'LGAI-EXAONE/EXAONE-4.0-32B', object: 'model', max_model_len: 32_768 }],
}

/** `end` is called when "[DONE]" has been sent. */
async function serve(end: (response: ServerResponse) => void, last = 'data: [DONE]\n\n') {
  const sockets = new Set<unknown>()
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    if (request.method === 'GET') {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(request.url?.endsWith('/models') ? MODELS : {}))
      return
    }
    sockets.add(request.socket)
    request.resume()
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const chunk = (delta: object, finish: string | null): string =>
      `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
    response.write(chunk({ role: 'assistant', content: TEXT }, null))
    response.write(`${chunk({}, 'stop')}${last}`, () => end(response))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const model = createModel({
    baseUrl: `http://127.0.0.1:${port}/v1`,
    clock: realClock,
    profile: 'exaone-4.0',
  })
  const ask = (signal?: AbortSignal) =>
    model.answer(toRequest({ expectLang: undefined, ...(signal ? { signal } : {}) }), () => undefined)
  return {
    sockets,
    ask,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

test('ten answers, one after the other, take one connection, not ten', async () => {
  await using server = await serve((response) => void sleep(5).then(() => response.end()))
  for (let n = 0; n < 10; n += 1) {
    expect((await server.ask()).text).toBe(TEXT)
    await sleep(50)
  }
  // One more may have begun while the server was asked what it offers.
  expect(server.sockets.size).toBeLessThanOrEqual(2)
})

test('a server that never ends its response holds no answer up', async () => {
  await using server = await serve(() => undefined)
  const began = performance.now()
  expect((await server.ask()).text).toBe(TEXT)
  expect(performance.now() - began).toBeLessThan(900)
})

test('a server that ends its response without "[DONE]" has answered', async () => {
  await using server = await serve((response) => response.end(), '')
  for (let n = 0; n < 3; n += 1) expect((await server.ask()).text).toBe(TEXT)
})
