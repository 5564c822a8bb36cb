// One vLLM engine: admits chat requests, runs them through cache and scheduler, and keeps the record tests assert on.
// Source: vLLM v0.31 chat_completion/serving.py; a queue that is full refuses with 503 (vllm#49445).

import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ChatBody, renderPrompt, textOf } from './chat-template.ts'
import { openStream, type Play, playStream, playWhole } from './completion.ts'
import { checkBody, checkPrompt, failures, type HttpFailure } from './errors.ts'
import { generate } from './generation.ts'
import type { Settings } from './options.ts'
import { createPooling, type Pooling, type RecordedRequest } from './record.ts'
import { createScheduler, createTokenGate, type Scheduler, type TokenGate } from './scheduler.ts'
import { createScript, type Fault, type Reply, type Script } from './script.ts'
import { createPrefixCache, type PrefixCache } from './tokens.ts'

export interface Engine {
  settings: Settings
  script: Script
  scheduler: Scheduler
  gate: TokenGate
  cache: PrefixCache
  requests: RecordedRequest[]
  aborted: RecordedRequest[]
  pooling: Pooling
  totals: { promptTokens: number; generationTokens: number; success: Record<string, number>; ttft: number[] }
  chat(request: IncomingMessage, response: ServerResponse, body: ChatBody): Promise<void>
  /** Connections are being cut by us, so nobody aborted. */
  goingDown: boolean
  /** Another list of models than its own. */
  served: readonly string[] | null
  /** Called after everything a predicate of `until` could look at. */
  onChange: () => void
}

export function createEngine(settings: Settings): Engine {
  const engine: Engine = {
    settings,
    script: createScript(),
    scheduler: createScheduler(settings.maxNumSeqs),
    gate: createTokenGate(),
    cache: createPrefixCache(settings.cacheBlocks),
    requests: [],
    aborted: [],
    pooling: createPooling(),
    totals: { promptTokens: 0, generationTokens: 0, success: {}, ttft: [] },
    chat: (request, response, body) => chat(engine, request, response, body),
    goingDown: false,
    served: null,
    onChange: () => undefined,
  }
  return engine
}

async function chat(engine: Engine, request: IncomingMessage, response: ServerResponse, body: ChatBody) {
  const record = newRecord(request, body)
  engine.requests.push(record)
  const signal = watchDisconnect(engine, record, response)
  engine.onChange()
  const reply = await engine.script.pick(record)
  if (reply.fault === 'refuse') {
    record.finishedAt = now()
    request.socket.destroy()
    return
  }
  if (reply.fault === 'hang-connect') return
  const refused = scriptedFailure(reply.fault) ?? checkBody(body, engine.settings)
  if (refused) {
    if (refused.isOfProxy && reply.ms) await sleep(reply.ms)
    return refuse(record, response, refused)
  }
  const prompt = renderPrompt(body, engine.settings)
  const unfit = checkPrompt(body, prompt, engine.settings)
  if (unfit) return refuse(record, response, unfit)
  const limit = engine.settings.maxNumQueuedReqs
  const mustQueue = engine.scheduler.running >= engine.settings.maxNumSeqs
  if (limit !== undefined && mustQueue && engine.scheduler.waiting >= limit) {
    return refuse(record, response, failures.queueFull())
  }
  if (body.stream) openStream(response)
  const release = await engine.scheduler.enter(body.priority ?? 0, signal).catch(() => undefined)
  if (!release) return
  try {
    await run(engine, { record, response, body, prompt, reply, signal })
  } finally {
    release()
    engine.onChange()
  }
}

interface Admitted {
  record: RecordedRequest
  response: ServerResponse
  body: ChatBody
  prompt: Play['prompt']
  reply: Reply
  signal: AbortSignal
}

async function run(engine: Engine, admitted: Admitted): Promise<void> {
  const { record, response, body, prompt, reply, signal } = admitted
  const salt = body.cache_salt ?? ''
  const cachedTokens = engine.cache.hit(prompt.tokens, salt)
  const generation = generate(reply, body, prompt, engine.settings)
  Object.assign(record, { cachedTokens, promptTokens: prompt.tokens.length, startedAt: now() })
  engine.onChange()
  const play: Play = {
    id: `chatcmpl-${record.id}`,
    body,
    prompt,
    cachedTokens,
    generation,
    reply,
    settings: engine.settings,
    record,
    gate: engine.gate,
    running: () => engine.scheduler.running,
    signal,
    onToken: () => engine.onChange(),
  }
  await (body.stream ? playStream(play, response) : playWhole(play, response))
  if (signal.aborted) return
  record.finishedAt = now()
  const spoken = generation.deltas.map((delta) => delta.text)
  engine.cache.insert([...prompt.tokens, ...spoken], salt)
  const { totals } = engine
  totals.promptTokens += prompt.tokens.length
  totals.generationTokens += spoken.length
  totals.success[generation.finishReason] = (totals.success[generation.finishReason] ?? 0) + 1
  totals.ttft.push(((record.firstTokenAt ?? record.at) - record.at) / 1000)
}

export function scriptedFailure(fault: Fault | undefined): HttpFailure | undefined {
  switch (fault) {
    case '503':
      return failures.queueFull()
    case '500':
      return failures.engineDead()
    case '500-empty':
      return { status: 500, body: '' }
    case '502-html':
      return { status: 502, body: '<html><body><h1>502 Bad Gateway</h1></body></html>', isOfProxy: true }
    case '504':
      return { status: 504, body: '<html><body><h1>504 Gateway Time-out</h1></body></html>', isOfProxy: true }
    case '429':
      return {
        status: 429,
        body: { error: { message: 'Rate limit exceeded', type: 'rate_limit', code: 429 } },
      }
    case '401':
      return failures.unauthorized()
    default:
      return undefined
  }
}

export function refuse(
  record: RecordedRequest | undefined,
  response: ServerResponse,
  failed: HttpFailure,
): void {
  const text = typeof failed.body === 'string'
  if (record) Object.assign(record, { status: failed.status, finishedAt: now() })
  response.writeHead(failed.status, { 'content-type': text ? 'text/html' : 'application/json' })
  response.end(text ? failed.body : JSON.stringify(failed.body))
}

function newRecord(request: IncomingMessage, body: ChatBody): RecordedRequest {
  const header = request.headers['x-session-id']
  return {
    id: randomUUID(),
    body,
    headers: request.headers,
    session: typeof header === 'string' ? header : undefined,
    lastUser: textOf(body.messages?.findLast?.((message) => message.role === 'user')),
    at: now(),
    status: 200,
    tokensSent: 0,
  }
}

/** A client that goes away aborts the engine request, which frees the GPU (vLLM with_cancellation). */
function watchDisconnect(engine: Engine, record: RecordedRequest, response: ServerResponse): AbortSignal {
  const gone = new AbortController()
  response.on('close', () => {
    if (response.writableFinished || record.finishedAt !== undefined) return
    if (!engine.goingDown) {
      record.abortedAt = now()
      engine.aborted.push(record)
    }
    gone.abort(new Error('client disconnected'))
    engine.onChange()
  })
  return gone.signal
}

/** Milliseconds since the epoch with sub-millisecond digits, comparable between processes. */
export function now(): number {
  return performance.timeOrigin + performance.now()
}
