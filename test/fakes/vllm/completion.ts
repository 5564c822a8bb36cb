// Plays one chat completion onto a response: the chunks of vLLM's chat_completion/serving.py, and the faults on the way.

import type { ServerResponse } from 'node:http'
import type { ChatBody, Prompt } from './chat-template.ts'
import type { Delta, Generation } from './generation.ts'
import type { Settings } from './options.ts'
import type { RecordedRequest } from './record.ts'
import { pauseFor, type TokenGate } from './scheduler.ts'
import type { Fault, Reply } from './script.ts'

export interface Play {
  id: string
  body: ChatBody
  prompt: Prompt
  cachedTokens: number
  generation: Generation
  reply: Reply
  settings: Settings
  record: RecordedRequest
  gate: TokenGate
  /** Sequences running now, this one included. */
  running: () => number
  signal: AbortSignal
  onToken: () => void
}

const midFaults: ReadonlySet<Fault> = new Set(['hang-mid', 'error-mid-stream', 'cut', 'cut-hard'])

/** Headers leave before the first token, even while the request waits for a slot: Starlette sends them at once. */
export function openStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  response.flushHeaders()
}

export async function playStream(play: Play, response: ServerResponse): Promise<void> {
  const { generation, reply, signal } = play
  const send = createSender(play, response)
  const keepAlive = startKeepAlive(play, response)
  try {
    if (reply.fault === 'hang-first') await forever(signal)
    const stopAt = midFaults.has(reply.fault ?? 'slow') ? (reply.after ?? 3) : Number.POSITIVE_INFINITY
    let held = ''
    for await (const [index, delta] of tokensInTime(play)) {
      if (index === 0) send(chunk(play, { delta: { role: 'assistant', content: '' } }))
      if (index >= stopAt) break
      held += delta.text
      if (!leavesNow(play, index, stopAt)) continue
      const last = index === generation.deltas.length - 1 && generation.finishReason === 'length'
      const ending = last ? { finish_reason: 'length', stop_reason: null } : {}
      send(chunk(play, { delta: toDelta(play, { ...delta, text: held }), ...ending }))
      held = ''
    }
    if (signal.aborted) return
    if (midFaults.has(reply.fault ?? 'slow')) return await breakStream(play, response, send)
    endStream(play, response, send)
  } finally {
    clearInterval(keepAlive)
  }
}

/** Tokens wait for those of their interval, but not for one that will not come soon, nor for another kind. */
function leavesNow({ generation: { deltas }, settings, gate }: Play, index: number, stopAt: number): boolean {
  const next = index + 1
  const isHalted = next === deltas.length || next >= Math.min(stopAt, gate.allowed)
  return index % settings.streamInterval === 0 || isHalted || deltas[next]?.kind !== deltas[index]?.kind
}

export async function playWhole(play: Play, response: ServerResponse): Promise<void> {
  const { generation, reply, signal } = play
  if (reply.fault === 'hang-first' || reply.fault === 'hang-mid') await forever(signal)
  for await (const [index] of tokensInTime(play)) void index
  if (signal.aborted) return
  if (reply.fault === 'cut' || reply.fault === 'cut-hard') {
    destroy(play, response)
    return
  }
  const join = (kind: Delta['kind']) =>
    generation.deltas
      .filter((delta) => delta.kind === kind)
      .map((delta) => delta.text)
      .join('')
  const message = {
    role: 'assistant',
    content: join('content') || null,
    [play.settings.reasoningField]: join('reasoning') || null,
    tool_calls: [],
  }
  const choice = {
    index: 0,
    message,
    logprobs: null,
    finish_reason: generation.finishReason,
    stop_reason: null,
  }
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ ...header(play, 'chat.completion'), choices: [choice], usage: usage(play) }))
}

/** Deltas at the pace of the latency profile and the test's gate; stops when the client is gone. */
async function* tokensInTime(play: Play): AsyncGenerator<[number, Delta]> {
  const { settings, signal, reply, generation, gate } = play
  const { latency } = settings
  const uncached = play.prompt.tokens.length - play.cachedTokens
  const jitter = () => 1 + (latency.jitter ?? 0) * (2 * Math.random() - 1)
  const first = latency.prefillMs + uncached * latency.perPromptTokenMs
  const extra = reply.fault === 'slow-first' ? (reply.ms ?? 2000) : 0
  let due = performance.now() + first * jitter() + extra
  const deltas = generation.deltas.length > 0 ? generation.deltas : [{ kind: 'content', text: '' } as const]
  for (const [index, delta] of deltas.entries()) {
    await pauseFor(due - performance.now(), signal)
    await gate.pass(index, signal)
    if (signal.aborted) return
    play.record.firstTokenAt ??= performance.timeOrigin + performance.now()
    play.record.tokensSent = index + 1
    yield [index, delta]
    play.onToken()
    const itl = latency.itlMs + (latency.itlPerRunningMs ?? 0) * (play.running() - 1)
    const pace = reply.fault === 'slow' ? (reply.ms ?? 200) : itl * jitter()
    // A gate or a busy machine makes tokens late; then several leave together, as vLLM's bursts do.
    due = Math.max(due + pace, performance.now())
  }
}

type Send = (data: unknown) => void

function createSender(play: Play, response: ServerResponse): Send {
  const commented = play.reply.fault === 'keep-alive-comments'
  let held: Buffer = Buffer.alloc(0)
  return (data) => {
    const payload = typeof data === 'string' ? data : JSON.stringify(data)
    if (commented) response.write(': keep-alive\n\n')
    const bytes = Buffer.concat([held, Buffer.from(`data: ${payload}\n\n`)])
    if (play.reply.fault !== 'split-utf8' || payload === '[DONE]') {
      held = Buffer.alloc(0)
      response.write(bytes)
      return
    }
    // Cut inside the last multi-byte character; the rest leaves with the next chunk.
    const cut = bytes.findLastIndex((byte) => byte >= 0xc0) + 1 || bytes.length
    response.write(bytes.subarray(0, cut))
    held = Buffer.from(bytes.subarray(cut))
  }
}

function startKeepAlive(play: Play, response: ServerResponse): NodeJS.Timeout | undefined {
  const everyMs = play.settings.sseKeepAliveMs
  return everyMs > 0 ? setInterval(() => response.write(': keep-alive\n\n'), everyMs) : undefined
}

async function breakStream(play: Play, response: ServerResponse, send: Send): Promise<void> {
  const { fault } = play.reply
  if (fault === 'hang-mid') await forever(play.signal)
  if (fault === 'cut-hard') destroy(play, response)
  if (fault === 'cut') response.end()
  if (fault !== 'error-mid-stream') return
  const message = 'EngineCore encountered an issue. See stack trace (above) for the root cause.'
  send({ error: { message, type: 'InternalServerError', param: null, code: 500 } })
  send('[DONE]')
  response.end()
}

/** Cut by the server, so the record must not say that the client left. */
function destroy(play: Play, response: ServerResponse): void {
  play.record.finishedAt = performance.timeOrigin + performance.now()
  response.destroy()
}

function endStream(play: Play, response: ServerResponse, send: Send): void {
  const { generation, body } = play
  if (generation.finishReason !== 'length' || generation.deltas.length === 0) {
    send(chunk(play, { delta: { content: '' }, finish_reason: generation.finishReason, stop_reason: null }))
  }
  if (body.stream_options?.include_usage) {
    send({ ...header(play, 'chat.completion.chunk'), choices: [], usage: usage(play) })
  }
  send('[DONE]')
  response.end()
}

function header(play: Play, object: string) {
  return { id: play.id, object, created: Math.floor(Date.now() / 1000), model: play.settings.model }
}

function chunk(play: Play, choice: Record<string, unknown>) {
  return {
    ...header(play, 'chat.completion.chunk'),
    choices: [{ index: 0, logprobs: null, finish_reason: null, ...choice }],
  }
}

function toDelta(play: Play, delta: Delta) {
  return delta.kind === 'content' ? { content: delta.text } : { [play.settings.reasoningField]: delta.text }
}

function usage({ prompt, generation, settings, cachedTokens }: Play) {
  const completion = generation.deltas.length
  const cached = settings.promptTokensDetails
    ? { prompt_tokens_details: { cached_tokens: cachedTokens } }
    : {}
  const reasoning =
    settings.reasoningParser === 'none'
      ? {}
      : { completion_tokens_details: { reasoning_tokens: generation.reasoningTokens } }
  return {
    prompt_tokens: prompt.tokens.length,
    completion_tokens: completion,
    total_tokens: prompt.tokens.length + completion,
    ...cached,
    ...reasoning,
  }
}

function forever(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve())
  })
}
