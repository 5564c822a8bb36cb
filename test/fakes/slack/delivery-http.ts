// Events, commands and interactions over HTTP, signed as Slack signs them.
import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { isDict } from './arguments.ts'
import type { AttemptResult, Transport } from './delivery.ts'
import type { Delivery, Dict } from './shapes.ts'

export interface SignedRequest {
  body: string
  headers: Record<string, string>
}

/** Signature v0 (facts A7). Uses the wall clock, because the app checks its age by its own clock. */
export function sign(
  secret: string,
  body: string,
  contentType = 'application/json',
  timestampSec = Math.floor(Date.now() / 1000),
): SignedRequest {
  const digest = createHmac('sha256', secret).update(`v0:${timestampSec}:${body}`).digest('hex')
  return {
    body,
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': String(timestampSec),
      'x-slack-signature': `v0=${digest}`,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    },
  }
}

/** Slash commands are flat forms, interactions a form with one JSON field, events JSON. */
export function requestOf(secret: string, delivery: Delivery): SignedRequest {
  if (delivery.kind === 'events_api') return sign(secret, JSON.stringify(delivery.payload))
  const form = new URLSearchParams()
  if (delivery.kind === 'interactive') form.set('payload', JSON.stringify(delivery.payload))
  else for (const [key, value] of Object.entries(delivery.payload)) form.set(key, String(value))
  return sign(secret, form.toString(), 'application/x-www-form-urlencoded')
}

export function createHttpTransport(options: {
  requestUrl: () => string
  signingSecret: string
  ackTimeoutMs: number
}): Transport & { close(): void } {
  const agent = new Agent({ keepAlive: true })
  return {
    name: 'http',
    close: () => agent.destroy(),
    async send(delivery, retryNum, retryReason) {
      const { body, headers } = requestOf(options.signingSecret, delivery)
      if (retryNum > 0) {
        // docs.slack.dev apis/events-api: retries carry their number and the reason.
        headers['x-slack-retry-num'] = String(retryNum)
        headers['x-slack-retry-reason'] = retryReason ?? 'unknown_error'
      }
      return post(agent, options.requestUrl(), { body, headers }, options.ackTimeoutMs)
    },
  }
}

interface Reply {
  status: number
  noRetry: boolean
  contentType: string
  text: string
}

async function post(
  agent: Agent,
  url: string,
  signed: SignedRequest,
  ackTimeoutMs: number,
): Promise<AttemptResult> {
  try {
    const { status, text, noRetry, contentType } = await exchange(agent, url, signed, ackTimeoutMs)
    // Slack follows redirects and gives up after two; the fake counts the first as an error.
    if (status < 200 || status > 299) return { ok: false, status, reason: 'http_error', noRetry }
    return { ok: true, status, response: parseAck(text, contentType) }
  } catch (error) {
    const timedOut = error instanceof DOMException && error.name === 'TimeoutError'
    return { ok: false, reason: timedOut ? 'http_timeout' : 'connection_failed' }
  }
}

/** node:http, not fetch: a bench delivers hundreds of events a second beside the app it measures. */
function exchange(
  agent: Agent,
  url: string,
  { body, headers }: SignedRequest,
  ackTimeoutMs: number,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const payload = Buffer.from(body)
    const length = { 'content-length': String(payload.length) }
    const req = request(url, { method: 'POST', agent, headers: { ...headers, ...length } }, (res) => {
      const parts: Buffer[] = []
      res.on('data', (part: Buffer) => parts.push(part))
      res.on('error', reject)
      res.on('end', () => {
        clearTimeout(timer)
        resolve({
          status: res.statusCode ?? 0,
          noRetry: res.headers['x-slack-no-retry'] === '1',
          contentType: res.headers['content-type'] ?? '',
          text: Buffer.concat(parts).toString('utf8'),
        })
      })
    })
    const timer = setTimeout(
      () => req.destroy(new DOMException('no answer in time', 'TimeoutError')),
      ackTimeoutMs,
    )
    req.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    req.end(payload)
  })
}

function parseAck(text: string, contentType: string): Dict {
  if (text === '') return {}
  if (!contentType.includes('json')) return { text }
  const parsed: unknown = JSON.parse(text)
  return isDict(parsed) ? parsed : {}
}

/** The handshake when an app's request URL is saved; throws when the app does not echo the challenge. */
export async function verifyUrl(url: string, signingSecret: string): Promise<void> {
  const challenge = `challenge-${Math.random().toString(36).slice(2)}`
  const { body, headers } = sign(
    signingSecret,
    JSON.stringify({ token: 'verification-token', challenge, type: 'url_verification' }),
  )
  const response = await fetch(url, { method: 'POST', body, headers })
  const text = await response.text()
  if (!response.ok || !text.includes(challenge)) {
    throw new Error(`request URL not verified: ${response.status} ${text.slice(0, 200)}`)
  }
}
