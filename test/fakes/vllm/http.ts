// The HTTP face of the fake: routes, the API key rule, and a listener that can go down and come back on its port.
// Source: vLLM v0.31 docs/serving/online_serving/README.md (routes), authenticate.py (which paths need the key).

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ChatBody, renderPrompt } from './chat-template.ts'
import { type Engine, refuse } from './engine.ts'
import { failures } from './errors.ts'
import { renderMetrics } from './metrics.ts'
import { embeddings, rerank } from './pooling.ts'
import { tokenize } from './tokens.ts'

export interface VllmHttp {
  listen(port: number): Promise<number>
  close(): Promise<void>
}

export function createVllmHttp(engine: Engine): VllmHttp {
  let server: Server | undefined
  return {
    async listen(port) {
      const opening = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
        handle(engine, request, response).catch((error: unknown) => {
          // A test that cuts the connection ends up here too; the response is then already gone.
          if (!response.headersSent) refuse(undefined, response, failures.engineDead())
          else response.destroy(error instanceof Error ? error : undefined)
        })
      })
      await new Promise<void>((resolve, reject) => {
        opening.once('error', reject)
        opening.listen(port, '127.0.0.1', resolve)
      })
      server = opening
      return (opening.address() as AddressInfo).port
    },
    async close() {
      const closing = server
      server = undefined
      if (!closing) return
      const closed = new Promise<void>((resolve) => closing.close(() => resolve()))
      engine.goingDown = true
      closing.closeAllConnections()
      await closed
      engine.goingDown = false
    },
  }
}

async function handle(engine: Engine, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://vllm').pathname
  const { apiKey } = engine.settings
  if (
    apiKey !== undefined &&
    /^\/(?:v1|v2|inference|cohere)/.test(path) &&
    request.headers.authorization !== `Bearer ${apiKey}`
  ) {
    return refuse(undefined, response, failures.unauthorized())
  }
  switch (`${request.method} ${path}`) {
    case 'POST /v1/chat/completions':
      return withBody(request, response, (body) => engine.chat(request, response, body))
    case 'POST /v1/embeddings':
      return withBody(request, response, (body) => embeddings(engine, request, response, body))
    case 'POST /rerank':
    case 'POST /v1/rerank':
    case 'POST /v2/rerank':
      return withBody(request, response, (body) => rerank(engine, request, response, body))
    case 'POST /tokenize':
      return withBody(request, response, async (body) => tokens(engine, response, body))
    case 'GET /v1/models':
      return sendJson(response, {
        object: 'list',
        data: (engine.served ?? [engine.settings.model]).map((id) => modelCard(engine, id)),
      })
    case 'GET /health':
    case 'GET /ping':
      response.writeHead(200).end()
      return
    case 'GET /version':
      return sendJson(response, { version: '0.31.0' })
    case 'GET /metrics':
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(metrics(engine))
      return
    case 'GET /fake/requests':
      // Not vLLM's: lets a bench in another process read when each first token left.
      return sendJson(response, engine.requests)
    default:
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"detail":"Not Found"}')
  }
}

async function withBody(
  request: IncomingMessage,
  response: ServerResponse,
  use: (body: ChatBody) => Promise<void>,
): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const body = parseObject(Buffer.concat(parts).toString())
  return body ? use(body) : refuse(undefined, response, failures.badJson())
}

function parseObject(text: string): ChatBody | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as ChatBody) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

function modelCard({ settings }: Engine, id: string) {
  return {
    id,
    object: 'model',
    created: 1_760_000_000,
    owned_by: 'vllm',
    root: id,
    parent: null,
    max_model_len: settings.maxModelLen,
    permission: [],
  }
}

function tokens({ settings }: Engine, response: ServerResponse, body: ChatBody): void {
  const prompt = body['prompt']
  const found = typeof prompt === 'string' ? tokenize(prompt) : renderPrompt(body, settings).tokens
  sendJson(response, {
    count: found.length,
    max_model_len: settings.maxModelLen,
    tokens: found.map((_, index) => index),
    token_strs: body['return_token_strs'] ? found : null,
  })
}

function metrics({ settings, scheduler, cache, totals }: Engine): string {
  return renderMetrics({
    model: settings.model,
    running: scheduler.running,
    waiting: scheduler.waiting,
    cacheUse: Math.min(1, scheduler.running / settings.maxNumSeqs),
    cacheQueries: cache.queries,
    cacheHits: cache.hits,
    promptTokens: totals.promptTokens,
    generationTokens: totals.generationTokens,
    success: totals.success,
    ttftSeconds: totals.ttft,
  })
}
