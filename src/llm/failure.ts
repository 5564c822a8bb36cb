// Turns everything that can go wrong with a model server into one BotError with a stable code. Never quotes the server's
// message: it may repeat what people wrote.

import { APIConnectionError, APIError } from 'openai'
import { BotError, type Both } from '../core/error.ts'
import { words } from '../core/wording.ts'

export type Waited = 'connect' | 'first' | 'between' | 'total'

/** The reason our own abort carries, so that it is told apart from the caller's. */
export class DeadlineError extends Error {
  readonly waited: Waited
  constructor(waited: Waited) {
    super(`deadline: ${waited}`)
    this.waited = waited
  }
}

/** Where and when it happened. `server` has no credentials in it. */
export interface Scene {
  server: string
  model: string
  /** Response headers had arrived. */
  streaming: boolean
  /** How long the server had had a prompt of ours; absent: it was asked for no answer. */
  heldMs?: number
}

/** A proxy that takes longer than this to say that something is wrong had passed the prompt on. */
const PASSED_ON_MS = 5_000

const sorry: Both = {
  ko: '답변을 만들지 못했어요. 잠시 뒤 다시 시도해 주세요.',
  en: 'I couldn’t write an answer. Please try again in a little while.',
}
const busy: Both = {
  ko: '지금 질문이 몰려 있어요. 잠시 뒤 다시 시도해 주세요.',
  en: 'There are many questions right now. Please try again in a little while.',
}
const tooLong: Both = { ko: words('ko').tooLong, en: words('en').tooLong }

const fail = (code: string, retryable: boolean, hint: string, cause?: unknown, say: Both = sorry) =>
  new BotError(code, { retryable, say, hint, cause })

export const modelFailures = {
  aborted: (reason: unknown) => fail('aborted', false, 'The caller stopped the answer.', reason),
  unreachable: (scene: Scene, cause?: unknown) =>
    fail(
      'model-unreachable',
      true,
      `No connection to ${scene.server}. Is the model server running?`,
      cause,
      busy,
    ),
  cut: (scene: Scene, cause?: unknown) =>
    fail(
      'model-cut',
      true,
      `${scene.server} ended the stream without a finish_reason. Look at the server's log.`,
      cause,
    ),
  // Asked twice already, the second time with more care: a third time is not better than an honest word.
  empty: (scene: Scene, reasoned: boolean) =>
    fail(
      'model-empty',
      false,
      reasoned
        ? `${scene.model} at ${scene.server} answered in reasoning only. Check --reasoning-parser: deepseek_r1 does this when thinking is off.`
        : `${scene.model} at ${scene.server} answered nothing, twice.`,
    ),
  garbled: (scene: Scene, what: 'language' | 'loop') =>
    fail(
      'model-garbled',
      false,
      what === 'language'
        ? `${scene.model} answered in the wrong language or script, twice. Check EXAONE_PROFILE and the sampling.`
        : `${scene.model} repeated itself without end, twice. Check EXAONE_PROFILE and the sampling.`,
    ),
  noVision: (scene: Scene) =>
    fail('model-bad-request', false, `${scene.model} cannot see pictures; the profile says so.`, undefined, {
      ko: words('ko').noVision,
      en: words('en').noVision,
    }),
  /** Of a router whose backends start again: the model comes back as it went. */
  modelAway: (scene: Scene, served: readonly string[], cause?: unknown) =>
    fail(
      'model-unreachable',
      true,
      served.length === 0
        ? `${scene.server} serves no model at the moment. Are the servers behind it running?`
        : `${scene.server} does not serve "${scene.model}" any more but ${served.join(', ')}. If that is how it stays, set EXAONE_MODEL to one of these and start again.`,
      cause,
      busy,
    ),
  noModel: (scene: Scene, served: readonly string[]) =>
    fail(
      'model-not-found',
      false,
      `${scene.server} does not serve "${scene.model}" but ${served.join(', ')}. Set EXAONE_MODEL to one of these.`,
    ),
}

export function toModelFailure(error: unknown, scene: Scene): BotError {
  if (error instanceof BotError) return error
  if (error instanceof DeadlineError) return fromDeadline(error, scene)
  if (error instanceof APIConnectionError) return modelFailures.unreachable(scene, error)
  if (error instanceof APIError) return fromAnswer(error, scene)
  if (error instanceof SyntaxError)
    return fail('model-error', true, `${scene.server} sent a broken stream.`, error)
  return scene.streaming ? modelFailures.cut(scene, error) : modelFailures.unreachable(scene, error)
}

function fromDeadline(error: DeadlineError, scene: Scene): BotError {
  if (error.waited === 'connect') return modelFailures.unreachable(scene, error)
  const stage = { first: 'the first token', between: 'the next token', total: 'the whole answer' }[
    error.waited
  ]
  return fail('model-timeout', true, `${scene.server} took too long for ${stage}. Is it overloaded?`, error)
}

/** Current vLLM, older vLLM and OpenAI, llama.cpp. */
const tooLongWording =
  /maximum input length of|maximum context length is|exceeds the available context size|context_length/i

/** An HTTP error, or an error event inside a 200 stream, which has no status but repeats it as its code. */
function fromAnswer(error: APIError, scene: Scene): BotError {
  const status = error.status ?? Number(error.code)
  const facts = `${scene.server} answered ${status || 'an error'} (${error.type ?? 'no type'}${error.param ? `, ${error.param}` : ''})`
  if (status === 413 || tooLongWording.test(error.message) || error.param === 'input_tokens') {
    return fail('model-too-long', false, `${facts}: the prompt does not fit the context.`, error, tooLong)
  }
  switch (status) {
    case 401:
    case 403:
      return fail(
        'model-unauthorized',
        false,
        `${facts}. Set EXAONE_API_KEY to the server's --api-key.`,
        error,
      )
    case 404:
      return fail(
        'model-not-found',
        false,
        `${facts}. Check EXAONE_BASE_URL (it ends in /v1) and EXAONE_MODEL.`,
        error,
      )
    case 400:
    case 422:
      return fail(
        'model-bad-request',
        false,
        `${facts}. The server does not accept what the profile sends.`,
        error,
      )
    case 502:
    case 504:
      return isItsOwn(status, scene) ? outOfTime(error, facts) : overloaded(error, facts)
    case 429:
    case 503:
      return overloaded(error, facts)
    default:
      return fail('model-error', true, `${facts}. Look at the server's log.`, error)
  }
}

/** This prompt was too much for whatever stands before the model, which another one need not be. */
function isItsOwn(status: number, { heldMs }: Scene): boolean {
  return heldMs !== undefined && (status === 504 || heldMs >= PASSED_ON_MS)
}

function outOfTime(error: APIError, facts: string): BotError {
  const hint = `${facts}: what stands before the model gave up waiting. Give it more time, at least three minutes.`
  return fail('model-timeout', true, hint, error)
}

function overloaded(error: APIError, facts: string): BotError {
  const seconds = Number(error.headers?.get('retry-after'))
  return new BotError('model-overloaded', {
    retryable: true,
    say: busy,
    hint: `${facts}: no room at the moment.`,
    cause: error,
    retryAfterMs: seconds > 0 ? seconds * 1000 : undefined,
  })
}
