// The EXAONE client: one streamed answer with deadlines, guards, one constrained retry and an honest error.
// Queues own all other retries; this asks the model at most twice.

import OpenAI from 'openai'
import type { Clock } from '../core/clock.ts'
import { type BotError, isBotError } from '../core/error.ts'
import { type Fitted, fitContext } from './budget.ts'
import { type ChatBody, optionalKeys, type RetryReason, toChatBody } from './chat-body.ts'
import { type Deadlines, defaultDeadlines } from './deadlines.ts'
import { modelFailures, type Scene } from './failure.ts'
import { namesLanguage, toEcho } from './guards.ts'
import type { Completion, Family, Model, ModelRequest } from './model.ts'
import { createServerFacts, type ServerFacts } from './server-facts.ts'
import { readAnswer, type StreamEnd } from './stream.ts'
import { createVisibleText, type VisibleText } from './visible-text.ts'

export interface ModelConfig {
  /** Ends in /v1. */
  baseUrl: string
  apiKey?: string
  /** Absent: the first one the server offers. */
  model?: string
  profile?: Family
  deadlines?: Partial<Deadlines>
  fetch: typeof fetch
  clock: Clock
}

export function createModel(config: ModelConfig): Model {
  const deadlines = { ...defaultDeadlines, ...config.deadlines }
  const client = new OpenAI({
    baseURL: config.baseUrl,
    apiKey: config.apiKey || 'none',
    maxRetries: 0,
    timeout: deadlines.totalMs + 1000,
    fetch: config.fetch,
    logLevel: 'off',
  })
  const facts = createServerFacts({ client, config, deadlines })
  const parts: Parts = { client, config, deadlines, facts }
  return {
    get id() {
      return facts.id
    },
    get profile() {
      return facts.profile
    },
    info: facts.info,
    async sees(signal) {
      await facts.ready(signal)
      return facts.profile.vision
    },
    answer: (request, onText, onRestart = () => undefined) => answer(parts, request, { onText, onRestart }),
  }
}

interface Parts {
  client: OpenAI
  config: ModelConfig
  deadlines: Deadlines
  facts: ServerFacts
}

interface Listener {
  onText: (soFar: string) => void
  onRestart: () => void
}

async function answer(parts: Parts, request: ModelRequest, listener: Listener): Promise<Completion> {
  const { facts } = parts
  const startedAt = parts.config.clock.monotonic()
  if (request.signal.aborted) throw modelFailures.aborted(request.signal.reason)
  const { maxModelLen, scene } = await facts.ready(request.signal)
  if (request.user.images?.length && !facts.profile.vision) throw modelFailures.noVision(scene)
  const fitted = fitContext(request, { maxModelLen, maxTokens: facts.profile.maxTokens })
  const reading: Reading = { request, fitted, retry: null, scene, shown: createShown(listener) }
  const echo = lazily(() => toEcho(textsOf(request)))
  const flags: string[] = []
  for (;;) {
    const visible = createVisibleText({
      expectLang: expectedLang(request, facts),
      startsInThought: facts.profile.thinking === 'always',
      echo,
    })
    const end = await read(parts, reading, visible)
    visible.end()
    reading.shown.update(visible)
    const bad: RetryReason | null = visible.fault ?? (visible.text === '' ? 'empty' : null)
    if (!bad) {
      if (reading.fitted.trimmed) flags.push('history-trimmed')
      return toCompletion({ end, visible, flags, startedAt, clock: parts.config.clock })
    }
    if (reading.retry) {
      throw bad === 'empty' ? modelFailures.empty(scene, end.reasoned) : modelFailures.garbled(scene, bad)
    }
    reading.retry = bad
    flags.push(`retried:${bad}`)
    reading.shown.restart()
  }
}

/** A rehearsal quotes passages in whatever language they are in; a person may ask for any language. */
function expectedLang(request: ModelRequest, facts: ServerFacts) {
  const isFree = facts.profile.rehearsal || namesLanguage(request.asked ?? request.user.text)
  return isFree ? null : (request.expectLang ?? null)
}

function textsOf(request: ModelRequest): string[] {
  return [...request.system, ...request.history.map((line) => line.text), request.user.text]
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

interface Reading {
  request: ModelRequest
  fitted: Fitted
  retry: RetryReason | null
  scene: Scene
  shown: ReturnType<typeof createShown>
}

async function read(parts: Parts, reading: Reading, visible: VisibleText): Promise<StreamEnd> {
  const { request, fitted, retry, scene, shown } = reading
  const { client, deadlines, config, facts } = parts
  const { refused } = facts
  const body = toChatBody({ model: facts.id, profile: facts.profile, request, fitted, retry, refused })
  try {
    return await readAnswer({
      client,
      body,
      session: request.session,
      signal: request.signal,
      deadlines,
      clock: config.clock,
      scene,
      visible,
      onVisible: () => shown.update(visible),
    })
  } catch (error) {
    if (!isBotError(error)) throw error
    if (adapt(parts, reading, body, error)) return read(parts, reading, visible)
    if (error.code === 'aborted') throw error
    facts.forget()
    throw error.code === 'model-not-found' && facts.isKnown
      ? modelFailures.modelAway(scene, [], error)
      : error
  }
}

/** True when the server refused the request for something we can do without: an optional key, or the history. */
function adapt(parts: Parts, reading: Reading, body: ChatBody, error: BotError): boolean {
  const key = refusedKey(error, body)
  if (key) parts.facts.refused.add(key)
  if (error.code !== 'model-too-long' || reading.fitted.history.length === 0) return key !== undefined
  reading.fitted = { ...reading.fitted, history: [], trimmed: true }
  return true
}

function refusedKey(error: BotError, body: ChatBody) {
  if (error.code !== 'model-bad-request' || !(error.cause instanceof Error)) return undefined
  const message = error.cause.message
    .toLowerCase()
    .replace(/chat template arg|enable_thinking/, 'chat_template_kwargs')
  return optionalKeys.find((key) => key in body && message.includes(key))
}

/** Passes text on only when it changed, and tells a replacement before it. */
function createShown({ onText, onRestart }: Listener) {
  let last = ''
  let restarts = 0
  const restart = () => {
    if (last !== '') onRestart()
    last = ''
  }
  return {
    restart() {
      restart()
      restarts = 0
    },
    update(visible: VisibleText) {
      if (visible.restarts > restarts) {
        restarts = visible.restarts
        restart()
      }
      if (visible.fault || visible.text === last) return
      last = visible.text
      onText(last)
    },
  }
}

function toCompletion(input: {
  end: StreamEnd
  visible: VisibleText
  flags: string[]
  startedAt: number
  clock: Clock
}): Completion {
  const { end, visible, flags, startedAt } = input
  const now = input.clock.monotonic()
  const finishReason = end.finishReason === 'length' ? 'length' : 'stop'
  if (visible.thoughtStripped) flags.push('thought-stripped')
  return {
    text: visible.text,
    finishReason,
    promptTokens: end.usage.prompt,
    cachedTokens: end.usage.cached,
    completionTokens: end.usage.completion,
    ttftMs: (end.firstTokenAt ?? now) - startedAt,
    totalMs: now - startedAt,
    flags: finishReason === 'length' ? [...flags, 'truncated'] : flags,
  }
}
