// One request to a server that helps search: what embeddings and the reranker have in common. It asks once; when to ask
// again is the caller's business.
import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai'
import { BotError } from '../core/error.ts'
import type { PoolingConfig } from './model.ts'
import { toServerName } from './server-facts.ts'

/** Names the failures (`embeddings-away`) and the settings (EMBEDDINGS_MODEL). */
export type PoolingKind = 'embeddings' | 'reranker'

export interface PoolingServer {
  /** `body` without the model. Throws only BotErrors. */
  post(path: string, body: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<unknown>
  /** The server sent something that cannot be used. */
  unusable(what: string): BotError
  /** The ids that the server offers. Throws only BotErrors. */
  models(): Promise<string[]>
}

const TIMEOUT_MS = 30_000

export function createPoolingServer(kind: PoolingKind, config: PoolingConfig): PoolingServer {
  const timeout = config.timeoutMs ?? TIMEOUT_MS
  const client = new OpenAI({
    baseURL: config.baseUrl,
    apiKey: config.apiKey || 'none',
    maxRetries: 0,
    timeout,
    logLevel: 'off',
  })
  const server = toServerName(config.baseUrl)
  // vLLM: as much of a text as the model takes, where it would else refuse it. Not every server knows the key.
  let extra: Readonly<Record<string, unknown>> = { truncate_prompt_tokens: -1 }
  const ask = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call()
    } catch (error) {
      throw toFailure(kind, server, error)
    }
  }
  const post: PoolingServer['post'] = async (path, body, signal) => {
    const sent = { model: config.model, ...body, ...extra }
    try {
      return await ask(() => client.post(path, { body: sent, signal }))
    } catch (error) {
      const isRefused = error instanceof BotError && error.code === `${kind}-bad-request`
      if (!isRefused || !/truncate_prompt_tokens/.test(messageOf(error.cause))) throw error
      extra = {}
      return await ask(() => client.post(path, { body: { model: config.model, ...body }, signal }))
    }
  }
  return {
    post,
    unusable: (what) => fail(kind, 'error', true, `${server} ${what}. Is it the right kind of model?`),
    models: () => ask(async () => (await client.models.list()).data.map(({ id }) => id)),
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : ''
}

const KEYS = { embeddings: 'EMBEDDINGS', reranker: 'RERANKER' } as const

function fail(kind: PoolingKind, code: string, retryable: boolean, hint: string, cause?: unknown): BotError {
  // Nobody is told: search goes on without.
  return new BotError(`${kind}-${code}`, { retryable, say: { ko: '', en: '' }, hint, cause })
}

/** Never quotes the server's message: it may repeat what people wrote. */
function toFailure(kind: PoolingKind, server: string, error: unknown): BotError {
  const key = KEYS[kind]
  if (error instanceof APIUserAbortError) return fail(kind, 'aborted', true, 'The caller gave up.', error)
  if (error instanceof APIConnectionTimeoutError)
    return fail(kind, 'timeout', true, `${server} took too long. Is it overloaded?`, error)
  if (error instanceof APIConnectionError)
    return fail(kind, 'away', true, `No connection to ${server}. Is it running? See ${key}_BASE_URL.`, error)
  if (!(error instanceof APIError)) return fail(kind, 'error', true, `${server} sent no JSON.`, error)
  const said = `${server} answered ${error.status ?? 'an error'}`
  switch (error.status) {
    case 401:
    case 403:
      return fail(
        kind,
        'unauthorized',
        false,
        `${said}. Set ${key}_API_KEY to the server's --api-key.`,
        error,
      )
    case 404:
      return fail(
        kind,
        'not-found',
        false,
        `${said}. Check ${key}_BASE_URL (it ends in /v1) and ${key}_MODEL.`,
        error,
      )
    case 400:
    case 413:
    case 422:
      return fail(kind, 'bad-request', false, `${said}: it does not accept what was sent.`, error)
    case 429:
    case 502:
    case 503:
    case 504:
      return fail(kind, 'overloaded', true, `${said}: no room at the moment.`, error)
    default:
      return fail(kind, 'error', true, `${said}. Look at the server's log.`, error)
  }
}
