// One call to Discord's REST API. Nothing is waited for or repeated here: what to do after a 429 or a lost answer is
// the caller's decision, and the library's own retries would take it away (it repeats a 5xx three times at once).
import {
  DefaultRestOptions,
  DiscordAPIError,
  RateLimitError,
  REST,
  type RESTOptions,
  type RequestData,
} from 'discord.js'

export const DEFAULT_API_URL = 'https://discord.com/api'

const API_VERSION = '10'

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: `/${string}`
  body?: unknown
  /** Sent as multipart, numbered from 0. */
  files?: readonly { name: string; data: Buffer; contentType: string }[]
  query?: Record<string, string>
  /** Interaction and webhook paths carry their own token; they must not get the bot's. */
  auth?: boolean
}

/** `limited`: not carried out. `refused`: Discord said no. `lost`: carried out or not, nobody knows. */
export type Answer<T> =
  | { outcome: 'ok'; value: T }
  | { outcome: 'limited'; retryAfterMs: number; isGlobal: boolean }
  | { outcome: 'refused'; code: number; status: number; cause: unknown }
  | { outcome: 'lost'; cause: unknown }

export interface DiscordApi {
  call<T>(call: Call): Promise<Answer<T>>
}

export interface ApiOptions {
  token: string
  apiUrl?: string
  /** For the whole call, answer body included. */
  timeoutMs?: number
}

export function createDiscordApi(options: ApiOptions): DiscordApi {
  const rest = new REST({
    api: options.apiUrl ?? DEFAULT_API_URL,
    version: API_VERSION,
    retries: 0,
    rejectOnRateLimit: () => true,
    makeRequest,
  }).setToken(options.token)
  const timeoutMs = options.timeoutMs ?? 10_000

  return {
    async call<T>(call: Call): Promise<Answer<T>> {
      const { method, path, body, files, query, auth = true } = call
      const request: RequestData = { body, auth, signal: AbortSignal.timeout(timeoutMs) }
      if (files?.length) request.files = [...files]
      if (query) request.query = new URLSearchParams(query)
      try {
        const value = await rest.request({ ...request, method: method as never, fullRoute: path })
        return { outcome: 'ok', value: value as T }
      } catch (error) {
        return toAnswer(error)
      } finally {
        // The library forgets the token after one 401 and would refuse every later call.
        rest.setToken(options.token)
      }
    },
  }
}

/**
 * Files go out by Node's own fetch: the library's request takes the process's dispatcher, and one of another undici, which
 * the reader of web pages brings, refuses its FormData.
 */
const makeRequest: RESTOptions['makeRequest'] = (url, init) =>
  init.body instanceof FormData ? fetch(url, init as RequestInit) : DefaultRestOptions.makeRequest(url, init)

function toAnswer(error: unknown): Answer<never> {
  if (error instanceof RateLimitError)
    return { outcome: 'limited', retryAfterMs: Math.max(error.retryAfter, 50), isGlobal: error.global }
  if (error instanceof DiscordAPIError)
    return { outcome: 'refused', code: Number(error.code), status: error.status, cause: error }
  return { outcome: 'lost', cause: error }
}
