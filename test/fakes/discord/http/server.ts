// The HTTP side: reads a request, checks token, faults, rate limits and shape, calls the endpoint, checks the answer.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Call, Json } from '../model.ts'
import type { World } from '../world.ts'
import { ApiError, apiError, formError } from './errors.ts'
import type { Fault, Faults } from './faults.ts'
import { buckets, createRateLimits, type RateLimits } from './rate-limits.ts'
import { readBody } from './request-body.ts'
import { createRouter, type Endpoint, type Match, type Reply, type RequestContext } from './router.ts'
import { checkSpec, describeProblems } from './spec.ts'

interface Answer extends Reply {
  headers?: Record<string, string>
}

export function createHttp(world: World, endpoints: Endpoint[], faults: Faults): Server {
  const route = createRouter(endpoints)
  const limits = createRateLimits(world)
  return createServer((request, response) => {
    serve(world, route, limits, faults, request, response).catch((error: unknown) => {
      // A bug of the fake, not of the bot: make it loud in the test that caused it.
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      const problem = {
        direction: 'response',
        route: `${request.method} ${request.url}`,
        body: null,
      } as const
      world.violations.push({ ...problem, problems: [`fake failed: ${text}`] })
      world.watch.changed()
      if (!response.headersSent) reply(response, { status: 500, body: { message: 'fake failed', code: 0 } })
    })
  })
}

async function serve(
  world: World,
  route: (method: string, path: string) => Match | null,
  limits: RateLimits,
  faults: Faults,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', world.origin)
  if (url.pathname.startsWith('/attachments/')) return sendFile(world, request, url.pathname, response)
  const method = request.method ?? 'GET'
  const encoded = url.pathname.replace(/^\/api\/v10/, '')
  const path = encoded.split('/').map(decodeURIComponent).join('/')
  const { body, files, tooLarge } = await readBody(request)
  const call: Call = {
    at: world.clock.now(),
    method,
    path,
    route: '',
    body,
    files,
    status: 0,
    response: null,
  }
  // Look up the raw path: an encoded emoji must stay one segment.
  const match = url.pathname.startsWith('/api/v10/') ? route(method, decodeMarkers(encoded)) : null
  call.route = `${method} ${match?.endpoint.path ?? path}`
  const fault = faults.take(method, path)
  if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
  const fails = fault !== null && (fault.status !== undefined || fault.delayMs === undefined)
  let answer: Answer = { status: 0 }
  if (!fails || fault.afterEffect) {
    answer = tooLarge
      ? { status: 413, body: apiError(40005).toBody() }
      : await attempt(world, limits, match, call, url.searchParams, request.headers.authorization)
  }
  if (fails) answer = toFaultAnswer(fault)
  call.status = answer.status
  call.response = answer.body ?? null
  remember(world, call)
  if (answer.status === 0) request.socket.destroy()
  else reply(response, answer)
}

/** `%40me` and `%40original` are written encoded by discord.js (facts B7). */
const decodeMarkers = (path: string) => path.replaceAll('%40', '@')

async function attempt(
  world: World,
  limits: RateLimits,
  match: Match | null,
  call: Call,
  query: URLSearchParams,
  authorization: string | undefined,
): Promise<Answer> {
  if (!match) return { status: 404, body: { message: '404: Not Found', code: 0 } }
  const { endpoint } = match
  const params = Object.fromEntries(Object.entries(match.params).map(([k, v]) => [k, decodeURIComponent(v)]))
  if (endpoint.auth === 'bot' && authorization !== `Bot ${world.settings.token}`)
    return { status: 401, body: apiError(0).toBody() }
  const context: RequestContext = { params, query, body: (call.body ?? {}) as Json, files: call.files }
  const limited = rateLimit(limits, endpoint, context)
  if (limited.body !== undefined) return limited
  if (endpoint.request && call.body === null) return { status: 400, body: apiError(50109).toBody() }
  try {
    checkRequest(world, endpoint, context, call)
    const done = endpoint.handle(context)
    checkResponse(world, endpoint, call, done)
    return { ...done, headers: limited.headers ?? {} }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.code === 50035) noteViolation(world, call, error)
    return { status: error.status, body: error.toBody(), headers: limited.headers ?? {} }
  }
}

function rateLimit(limits: RateLimits, endpoint: Endpoint, context: RequestContext): Answer {
  const { channel_id, guild_id, webhook_id, webhook_token } = context.params
  const major = webhook_token ? `${webhook_id}/${webhook_token}` : (channel_id ?? guild_id ?? 'app')
  // Interaction endpoints are outside the global limit (interactions/receiving-and-responding.mdx, facts B1).
  const globally = endpoint.auth === 'bot'
  const verdict = limits.check(endpoint.bucket ?? buckets.other, major, globally)
  const extra = endpoint.extraBucket?.(context) ?? null
  const hidden = extra && !verdict.blocked ? limits.check(extra, major, false).blocked : null
  const blocked = verdict.blocked ?? hidden
  if (!blocked) return { status: 0, headers: verdict.headers }
  const seconds = Math.max(0.001, blocked.retryAfterMs / 1000)
  return {
    status: 429,
    headers: {
      ...verdict.headers,
      'Retry-After': String(Math.ceil(seconds)),
      'X-RateLimit-Scope': blocked.scope,
      ...(blocked.global ? { 'X-RateLimit-Global': 'true' } : {}),
    },
    body: { message: 'You are being rate limited.', retry_after: seconds, global: blocked.global },
  }
}

function checkRequest(world: World, endpoint: Endpoint, context: RequestContext, call: Call): void {
  if (world.settings.validate === 'off' || !endpoint.request) return
  const ref =
    typeof endpoint.request === 'function' ? endpoint.request(context.body, context) : endpoint.request
  const problems = checkSpec(ref, endpoint.prepare ? endpoint.prepare(call.body) : call.body)
  if (problems.length > 0) throw formError(problems)
}

function noteViolation(world: World, call: Call, error: ApiError): void {
  const problems: string[] = []
  const walk = (node: Json, path: string[]) => {
    for (const [key, value] of Object.entries(node)) {
      if (key === '_errors')
        for (const { code, message } of value as Json[])
          problems.push(`${path.join('.')}: ${message} [${code}]`)
      else walk(value as Json, [...path, key])
    }
  }
  walk(error.errors ?? {}, [])
  world.violations.push({ direction: 'request', route: call.route, problems, body: call.body })
}

function checkResponse(world: World, endpoint: Endpoint, call: Call, done: Reply): void {
  if (world.settings.validate === 'off' || !endpoint.response || done.body === undefined) return
  const problems = checkSpec(endpoint.response, done.body)
  if (problems.length === 0) return
  const described = describeProblems(problems)
  world.violations.push({ direction: 'response', route: call.route, problems: described, body: done.body })
}

function remember(world: World, call: Call): void {
  world.calls.push(call)
  // Trim in blocks, so that a long bench does not shift the list on every call.
  const { keepCalls } = world.settings
  if (world.calls.length > keepCalls * 2 + 100) world.calls.splice(0, world.calls.length - keepCalls)
  world.watch.changed()
}

function toFaultAnswer(fault: Fault): Answer {
  if (fault.status === undefined) return { status: 0 }
  if (fault.status !== 429) {
    const body = fault.body ?? { message: `${fault.status}: planned failure`, code: 0 }
    return { status: fault.status, body }
  }
  const seconds = fault.retryAfter ?? 1
  const global = fault.global ?? false
  return {
    status: 429,
    headers: {
      'Retry-After': String(Math.ceil(seconds)),
      'X-RateLimit-Scope': global ? 'global' : 'user',
      ...(global ? { 'X-RateLimit-Global': 'true' } : {}),
    },
    body: fault.body ?? { message: 'You are being rate limited.', retry_after: seconds, global },
  }
}

function reply(response: ServerResponse, { status, body, headers }: Answer): void {
  const text = body === undefined ? '' : JSON.stringify(body)
  response.writeHead(status, { ...headers, ...(text ? { 'Content-Type': 'application/json' } : {}) })
  response.end(text)
}

function sendFile(world: World, request: IncomingMessage, path: string, response: ServerResponse): void {
  request.resume()
  const file = world.files.get(path)
  if (!file) {
    response.writeHead(404).end('This content is no longer available.')
    return
  }
  response.writeHead(200, { 'Content-Type': file.contentType, 'Content-Length': file.bytes.byteLength })
  response.end(file.bytes)
}
