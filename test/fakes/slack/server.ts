// The HTTP side: Web API calls with auth, scopes, faults and rate limits; files; response_url.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerJson, answerText, readBody } from '../http.ts'
import { isDict, stringArg } from './arguments.ts'
import type { FaultOrder, Faults } from './faults.ts'
import type { Platform } from './platform.ts'
import type { RateLimiter } from './rate.ts'
import { Refusal } from './refusal.ts'
import { answerResponseUrl } from './response-url.ts'
import type { Dict } from './shapes.ts'
import { settleAll } from './streams.ts'
import type { Method, Methods } from './web-api/context.ts'
import { takeUpload } from './web-api/uploads.ts'
import { keepLast } from './world.ts'

export interface ServerParts {
  platform: Platform
  methods: Methods
  faults: Faults
  /** Undefined when rate limits are off. */
  limiter: RateLimiter | undefined
  /** Added to every answer, to look like a network. */
  latencyMs: number
}

/** `workspaces` may grow; a request is for the one whose token, file or response_url it names. */
export function createHandler(workspaces: readonly ServerParts[]) {
  return (req: IncomingMessage, res: ServerResponse): void => {
    route(workspaces, req, res).catch((error: unknown) => {
      if (res.headersSent) res.destroy()
      else answerJson(res, 500, { ok: false, error: 'internal_error', detail: String(error) })
    })
  }
}

function workspaceOf(all: readonly ServerParts[], path: string, req: IncomingMessage): ServerParts {
  const [, root, , id = ''] = path.split('/')
  const bearer = req.headers.authorization?.replace(/^Bearer /, '')
  const isMeant = ({ platform: { world } }: ServerParts): boolean => {
    if (root === 'response') return world.responseUrls.has(path.slice('/response/'.length))
    if (root === 'upload') return world.uploads.has(id)
    if (root === 'files-pri') return path.startsWith(`/files-pri/${world.teamId}-`)
    return world.botToken === bearer
  }
  return all.find(isMeant) ?? all[0]!
}

async function route(all: readonly ServerParts[], req: IncomingMessage, res: ServerResponse): Promise<void> {
  const url = new URL(req.url ?? '/', 'http://127.0.0.1')
  const body = await readBody(req)
  const parts = workspaceOf(all, url.pathname, req)
  if (url.pathname.startsWith('/api/')) {
    const method = url.pathname.slice('/api/'.length)
    await callMethod(
      parts,
      method,
      { ...Object.fromEntries(url.searchParams), ...parseArgs(req, body) },
      req,
      res,
    )
  } else if (url.pathname.startsWith('/upload/v1/')) {
    const status = takeUpload(parts.platform.world, url.pathname.slice('/upload/v1/'.length), body)
    answerText(res, status, status === 200 ? `OK - ${body.length}` : 'refused')
  } else if (url.pathname.startsWith('/files-pri/')) {
    sendFile(parts.platform, url.pathname, req, res)
  } else if (url.pathname.startsWith('/response/')) {
    const { status, text } = answerResponseUrl(parts.platform, url.pathname.slice('/response/'.length), body)
    answerText(res, status, text)
  } else {
    answerText(res, 404, 'not found')
  }
}

export function parseArgs(req: IncomingMessage, body: Buffer): Dict {
  const type = req.headers['content-type'] ?? ''
  const text = body.toString('utf8')
  if (text === '') return {}
  if (!type.includes('application/json')) return Object.fromEntries(new URLSearchParams(text))
  const parsed: unknown = JSON.parse(text)
  return isDict(parsed) ? parsed : {}
}

interface Answer {
  status: number
  body: Dict
  headers: Record<string, string>
}

async function callMethod(
  parts: ServerParts,
  name: string,
  args: Dict,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const { platform } = parts
  const { world } = platform
  const at = world.now()
  const fault = parts.faults.take(name, args)
  const answer = answerOf(parts, name, args, req, fault)
  const { token: _hidden, ...shown } = args
  const error = answer.body['ok'] === true ? undefined : String(answer.body['error'] ?? answer.status)
  keepLast(
    world.calls,
    {
      method: name,
      args: shown,
      at,
      status: answer.status,
      ok: error === undefined,
      ...(error ? { error } : {}),
      result: answer.body,
      ...(fault ? { fault: faultName(fault) } : {}),
    },
    world.keepCalls,
  )
  const delayMs = parts.latencyMs + (fault?.delayMs ?? 0)
  if (delayMs > 0) await sleep(delayMs)
  if (fault?.drop) {
    res.destroy()
    return
  }
  const broken = fault ? faultAnswer(fault, answer) : answer
  answerJson(res, broken.status, broken.body, broken.headers)
}

function faultName(fault: FaultOrder): string {
  return fault.drop ? 'dropped' : (fault.error ?? String(fault.status ?? 'delayed'))
}

/** What the app receives; with `afterEffect` the call has been carried out all the same. */
function faultAnswer(fault: FaultOrder, answer: Answer): Answer {
  const status = fault.status ?? (fault.error ? 200 : undefined)
  if (status === undefined) return answer
  const error = fault.error ?? (status === 429 ? 'ratelimited' : 'internal_error')
  const headers: Record<string, string> = { ...answer.headers }
  if (status === 429) headers['retry-after'] = String(fault.retryAfter ?? 1)
  return { status, body: { ok: false, error }, headers }
}

function answerOf(
  parts: ServerParts,
  name: string,
  args: Dict,
  req: IncomingMessage,
  fault: FaultOrder | undefined,
): Answer {
  const method = Object.hasOwn(parts.methods, name) ? parts.methods[name] : undefined
  const headers: Record<string, string> = {}
  if (!method) return refused('unknown_method', headers, { req_method: name })
  const denied = checkToken(parts.platform, method, args, req, headers)
  if (denied) return denied
  const injected = fault && !fault.afterEffect && (fault.drop || fault.status || fault.error)
  if (injected) return { status: fault.status ?? 0, body: { ok: false, error: faultName(fault) }, headers }
  const waitSeconds = parts.limiter?.take(name, stringArg(args, 'channel')) ?? 0
  if (waitSeconds > 0) {
    // docs.slack.dev rate-limits: 429 with Retry-After in seconds.
    const limited = { ...headers, 'retry-after': String(waitSeconds) }
    return { status: 429, body: { ok: false, error: 'ratelimited' }, headers: limited }
  }
  settleAll(parts.platform)
  try {
    return { status: 200, body: { ok: true, ...method.run(args, parts.platform) }, headers }
  } catch (error) {
    if (error instanceof Refusal) return refused(error.code, headers, error.extra)
    throw error
  }
}

function refused(error: string, headers: Record<string, string>, extra: Dict = {}): Answer {
  return { status: 200, body: { ok: false, error, ...extra }, headers }
}

function checkToken(
  { world }: Platform,
  method: Method,
  args: Dict,
  req: IncomingMessage,
  headers: Record<string, string>,
): Answer | undefined {
  const wanted = method.token ?? 'bot'
  const bearer = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1]
  // facts A1: apps.connections.open takes its token from the header only.
  const token = wanted === 'app' ? bearer : (bearer ?? stringArg(args, 'token'))
  if (!token) return refused('not_authed', headers)
  if (token !== world.botToken && token !== world.appToken) return refused('invalid_auth', headers)
  if (world.uninstalled) return refused('account_inactive', headers)
  const isApp = token === world.appToken
  if ((wanted === 'app' && !isApp) || (wanted === 'bot' && isApp)) {
    return refused('not_allowed_token_type', headers)
  }
  // docs.slack.dev authentication/installing: the scopes of a token come back with every answer.
  headers['x-oauth-scopes'] = isApp ? 'connections:write' : world.scopes.join(',')
  if (!method.scopes || isApp) return undefined
  headers['x-accepted-oauth-scopes'] = method.scopes.join(',')
  if (method.scopes.some((scope) => world.scopes.includes(scope))) return undefined
  return refused('missing_scope', headers, { needed: method.scopes[0], provided: world.scopes.join(',') })
}

function sendFile(platform: Platform, path: string, req: IncomingMessage, res: ServerResponse): void {
  const { world } = platform
  const id = /^\/files-pri\/[^-]+-([^/]+)\//.exec(path)?.[1] ?? ''
  const file = world.files.get(id)
  const allowed =
    req.headers.authorization === `Bearer ${world.botToken}` && world.scopes.includes('files:read')
  if (!allowed) {
    // docs.slack.dev files: without a token that may read it, url_private answers with the sign-in page, 200.
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    res.end(
      '<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in to Slack</body></html>',
    )
    return
  }
  if (!file) {
    answerText(res, 404, 'file not found')
    return
  }
  res.writeHead(200, { 'content-type': file.mimetype, 'content-length': file.bytes.length })
  res.end(file.bytes)
}
