// A server that ends its response a moment after "[DONE]", as uvicorn does: the next question takes the same connection.
// And what else a fetch must do.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { lightFetch } from '../src/light-fetch.ts'
import { createModel } from '../src/llm/client.ts'
import { realClock, toRequest } from './llm/ask.ts'

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
    fetch: lightFetch,
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

test('a request that is aborted ends its connection, before the response and in the middle of it', async () => {
  const closed: string[] = []
  await using server = await answering((request, response) => {
    response.on('close', () => closed.push(String(request.url)))
    if (request.url === '/hangs') return
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('data: 1\n\n')
  })
  const early = new AbortController()
  const hanging = lightFetch(`${server.url}/hangs`, { signal: early.signal })
  setTimeout(() => early.abort(new Error('enough')), 50)
  await expect(hanging).rejects.toThrow('enough')

  const late = new AbortController()
  const response = await lightFetch(`${server.url}/streams`, { signal: late.signal })
  const read = async (): Promise<void> => {
    for await (const _ of response.body as unknown as AsyncIterable<Uint8Array>)
      late.abort(new Error('enough'))
  }
  await expect(read()).rejects.toThrow()
  await expect.poll(() => closed).toEqual(['/hangs', '/streams'])
  await expect(lightFetch(server.url, { signal: late.signal })).rejects.toThrow('enough')
})

test('text, JSON, headers and status are those of the response; a refused connection names its code', async () => {
  await using server = await answering((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '7' })
      response.end(JSON.stringify({ said: Buffer.concat(parts).toString(), by: request.headers['x-by'] }))
    })
  })
  const asked = { method: 'POST', body: '안녕하세요', headers: new Headers({ 'x-by': 'me' }) }
  const first = await lightFetch(server.url, asked)
  expect([first.ok, first.status, first.headers.get('Retry-After')]).toEqual([false, 429, '7'])
  expect(await first.json()).toEqual({ said: '안녕하세요', by: 'me' })
  expect(await (await lightFetch(server.url, asked)).text()).toContain('안녕하세요')
  const { url } = server
  await server[Symbol.asyncDispose]()
  await sleep(50)
  await expect(lightFetch(url, asked)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('a redirection is followed, unless it must not be; a form with a file arrives', async () => {
  await using server = await answering((request, response) => {
    if (request.url === '/old') return response.writeHead(307, { location: '/new' }).end()
    let bytes = 0
    request.on('data', (part: Buffer) => {
      bytes += part.length
    })
    request.on('end', () => response.end(`${request.url} ${bytes}`))
  })
  const post = { method: 'POST', body: 'abc' }
  expect(await (await lightFetch(`${server.url}/old`, post)).text()).toBe('/new 3')
  expect((await lightFetch(`${server.url}/old`, { ...post, redirect: 'error' })).status).toBe(307)
  const form = new FormData()
  form.set('file', new Blob(['picture']), 'a.png')
  expect(await (await lightFetch(`${server.url}/up`, { method: 'POST', body: form })).text()).toMatch(
    /^\/up \d{3}$/,
  )
})

async function answering(handle: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const server = createServer(handle)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
