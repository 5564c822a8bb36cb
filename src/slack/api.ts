// One call to Slack's Web API and what became of it. Our own WebClient: no hidden retries (a retried post appears twice),
// no waiting inside (it would hold up every other method), always a deadline. Which token is workspace-api.ts's.
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
} from '@slack/web-api'
import { silentLogger } from './sdk-logger.ts'

export type Args = Record<string, unknown>
export type Dict = Record<string, unknown>

export type Answer =
  | { outcome: 'ok'; value: Dict }
  /** `isOwn`: our budget said no, and nothing was sent. */
  | { outcome: 'limited'; retryAfterMs: number; isOwn?: boolean }
  /** Slack said no: `code` is its `error`. */
  | { outcome: 'refused'; code: string }
  /** No answer. `wasSent`: Slack may have done it all the same. */
  | { outcome: 'lost'; wasSent: boolean; cause: unknown }

export interface WebApi {
  call(token: string, method: string, args: Args): Promise<Answer>
  /** Posts to a response_url: no token, not a Web API method. */
  respond(url: string, body: object): Promise<Answer>
}

export interface WebApiOptions {
  apiUrl?: string
  timeoutMs?: number
  fetch: typeof fetch
}

const TIMEOUT_MS = 10_000
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

export function createWebApi({ apiUrl, timeoutMs: timeout = TIMEOUT_MS, fetch }: WebApiOptions): WebApi {
  const clients = new Map<string, WebClient>()
  const clientOf = (token: string): WebClient => {
    const known = clients.get(token)
    if (known) return known
    const made = new WebClient(token, {
      ...(apiUrl ? { slackApiUrl: withSlash(apiUrl) } : {}),
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout,
      allowAbsoluteUrls: false,
      fetch,
      logger: silentLogger,
    })
    clients.set(token, made)
    return made
  }
  return {
    async call(token, method, args) {
      try {
        const result = await clientOf(token).apiCall(method, args)
        return { outcome: 'ok', value: { ...result } }
      } catch (error) {
        return toAnswer(error)
      }
    },
    respond: (url, body) => respond(url, body, timeout),
  }
}

async function respond(url: string, body: object, timeout: number): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
    })
    if (response.ok) return { outcome: 'ok', value: {} }
    if (response.status === 429) {
      return { outcome: 'limited', retryAfterMs: secondsOf(response.headers.get('retry-after')) * 1_000 }
    }
    if (response.status >= 500) return { outcome: 'lost', wasSent: true, cause: `HTTP ${response.status}` }
    return { outcome: 'refused', code: (await response.text()).slice(0, 60) }
  } catch (error) {
    return lost(error)
  }
}

function toAnswer(error: unknown): Answer {
  if (error instanceof WebAPIRateLimitedError)
    return { outcome: 'limited', retryAfterMs: Math.max(error.retryAfter, 1) * 1_000 }
  if (error instanceof WebAPIPlatformError) {
    const code = error.data.error
    // Some methods say it with HTTP 200 and no Retry-After.
    if (code === 'ratelimited' || code === 'rate_limited') return { outcome: 'limited', retryAfterMs: 1_000 }
    if (code === 'internal_error' || code === 'fatal_error' || code === 'request_timeout')
      return { outcome: 'lost', wasSent: true, cause: code }
    return { outcome: 'refused', code }
  }
  if (error instanceof WebAPIHTTPError)
    return { outcome: 'lost', wasSent: true, cause: `HTTP ${error.statusCode}` }
  return lost(error instanceof WebAPIRequestError ? error.original : error)
}

function lost(error: unknown): Answer {
  return { outcome: 'lost', wasSent: !NEVER_CONNECTED.has(systemCodeOf(error)), cause: error }
}

/** fetch() wraps the system's error: TypeError → cause.code. */
function systemCodeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = (at as NodeJS.ErrnoException).code
    if (typeof code === 'string') return code
  }
  return ''
}

function secondsOf(header: string | null): number {
  const seconds = Number(header)
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 1
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`
}
