// The pooling routes: /v1/embeddings and /rerank, as `vllm serve --runner pooling` answers them. Vectors are bags of
// letter pairs and of concepts, so that texts which say the same in other words are near each other when a test says
// that the words mean the same. Source: vLLM v0.31, entrypoints/pooling (embed and score protocols).

import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ChatBody } from './chat-template.ts'
import { type Engine, refuse, scriptedFailure } from './engine.ts'
import { failure, failures, type HttpFailure } from './errors.ts'
import type { Settings } from './options.ts'
import type { PoolingRequest } from './record.ts'
import { pauseFor } from './scheduler.ts'
import { tokenize } from './tokens.ts'

type Pool = (
  engine: Engine,
  request: IncomingMessage,
  response: ServerResponse,
  body: ChatBody,
) => Promise<void>

export const embeddings: Pool = async (engine, request, response, body) => {
  const { settings } = engine
  const input = body['input']
  const texts = (Array.isArray(input) ? input : [input]).map(String)
  const used = await admit(engine, request, response, body, { route: 'embeddings', texts, query: null })
  if (used === null) return
  const encode = (vector: Float32Array): unknown =>
    body['encoding_format'] === 'base64' ? Buffer.from(vector.buffer).toString('base64') : [...vector]
  send(response, {
    id: 'embd-1',
    object: 'list',
    created: 1_760_000_000,
    model: body.model,
    data: texts.map((text, index) => ({
      ...{ object: 'embedding', index },
      embedding: encode(embed(text, settings)),
    })),
    usage: { prompt_tokens: used, total_tokens: used, completion_tokens: 0, prompt_tokens_details: null },
  })
}

/** Best first, as Jina's and Cohere's APIs have it, whose bodies vLLM takes. */
export const rerank: Pool = async (engine, request, response, body) => {
  const { settings } = engine
  const texts = Array.isArray(body['documents']) ? body['documents'].map(String) : []
  const query = String(body['query'] ?? '')
  const used = await admit(engine, request, response, body, { route: 'rerank', texts, query })
  if (used === null) return
  const asked = embed(query, settings)
  const results = texts
    .map((text, index) => ({
      index,
      document: { text, multi_modal: null },
      relevance_score: (1 + dot(asked, embed(text, settings))) / 2,
    }))
    .toSorted((a, b) => b.relevance_score - a.relevance_score)
  const top = typeof body['top_n'] === 'number' && body['top_n'] > 0 ? body['top_n'] : texts.length
  send(response, {
    id: 'rerank-1',
    model: body.model,
    usage: { prompt_tokens: used, total_tokens: used },
    results: results.slice(0, top),
  })
}

/** The tokens of all texts; null when it was refused. */
async function admit(
  { pooling, settings, onChange }: Engine,
  request: IncomingMessage,
  response: ServerResponse,
  body: ChatBody,
  asked: Omit<PoolingRequest, 'status'>,
): Promise<number | null> {
  const record: PoolingRequest = { ...asked, status: 200 }
  pooling.requests.push(record)
  onChange()
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  await pauseFor(pooling.delayMs, gone.signal)
  if (pooling.fault === 'refuse') request.socket.destroy()
  if (pooling.fault === 'refuse' || pooling.fault === 'hang-connect' || gone.signal.aborted) return null
  const lengths = asked.texts.map((text) => tokenize(text).length)
  const failed =
    scriptedFailure(pooling.fault ?? undefined) ?? check(body, settings, lengths, pooling.isStrict)
  if (failed) {
    record.status = failed.status
    refuse(undefined, response, failed)
    return null
  }
  return lengths.reduce((sum, length) => sum + Math.min(length, settings.maxModelLen), 0)
}

function check(
  body: ChatBody,
  settings: Settings,
  lengths: readonly number[],
  isStrict: boolean,
): HttpFailure | undefined {
  const { model = '', truncate_prompt_tokens: truncated } = body
  if (model !== settings.embeddingModel && model !== settings.model) return failures.unknownModel(model)
  if (isStrict && truncated !== undefined)
    return failure(400, 'BadRequestError', 'Unrecognized request argument supplied: truncate_prompt_tokens')
  const longest = Math.max(0, ...lengths)
  if (truncated !== undefined || longest <= settings.maxModelLen) return undefined
  return failure(
    400,
    'BadRequestError',
    `This model's maximum context length is ${settings.maxModelLen} tokens. However, you requested ${longest} tokens ` +
      'in the input for embedding generation. Please reduce the length of the input.',
  )
}

function send(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

/** What concepts weigh against letters: texts with the same concepts and no letters in common have a cosine of 0.81. */
const CONCEPTS = 0.9

/** Deterministic and of length 1. Texts that share letter pairs are near each other, and those that share concepts. */
export function embed(
  text: string,
  { embeddingDims: dims, synonyms }: Pick<Settings, 'embeddingDims' | 'synonyms'>,
) {
  const lower = text.normalize('NFC').toLowerCase()
  const concepts = new Float32Array(dims)
  synonyms.forEach((words, nth) => {
    if (words.some((word) => lower.includes(word.normalize('NFC').toLowerCase())))
      concepts[slotOf(`concept ${nth}`, dims)] = 1
  })
  const letters = lower.match(/[\p{L}\p{N}]/gu) ?? []
  const pairs = new Float32Array(dims)
  letters.forEach((letter, at) => {
    const slot = slotOf(`${letter}${letters[at + 1] ?? ''}`, dims)
    pairs[slot] = (pairs[slot] ?? 0) + 1
  })
  const share = concepts.some((value) => value > 0) ? CONCEPTS : 0
  const [a, b] = [unit(concepts), unit(pairs)]
  return unit(a.map((value, at) => share * value + Math.sqrt(1 - share ** 2) * (b[at] ?? 0)))
}

function slotOf(what: string, dims: number): number {
  return createHash('sha1').update(what).digest().readUInt32LE(0) % dims
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1
  return vector.map((value) => value / length)
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)
}
