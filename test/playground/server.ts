// The playground's own web server: the page, what it asks for, and the stream of what changes. Only on this machine.
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { answerJson, answerText, closeServer, readBody } from '../fakes/http.ts'
import { play, type Stage } from './acts.ts'
import { answerArticles } from './articles.ts'
import { SAFE_MIMES } from './uploads.ts'

const PAGE = new URL('./page/', import.meta.url)
const KINDS: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}
/** Four attachments of a few MB, in base64. */
const MAX_BODY = 24 * 1024 * 1024
const PORTS_TRIED = 50

export interface PlaygroundServer extends AsyncDisposable {
  url: string
}

/** Takes `port`, or the next one that is free. */
export async function openServer(stage: Stage, port: number): Promise<PlaygroundServer> {
  const server = createServer((request, response) => {
    answer(stage, request, response).catch((error: Error) => answerText(response, 500, error.message))
  })
  const taken = await listenFrom(server, port)
  return {
    url: `http://localhost:${taken}`,
    [Symbol.asyncDispose]: () => closeServer(server),
  }
}

async function listenFrom(server: Server, first: number): Promise<number> {
  for (let port = first; port < first + PORTS_TRIED; port += 1) {
    if (await listens(server, port)) return port
  }
  throw new Error(`Ports ${first} to ${first + PORTS_TRIED - 1} are all taken; set PLAYGROUND_PORT.`)
}

function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      else reject(error)
    }
    server.once('error', refused)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', refused)
      resolve(true)
    })
  })
}

async function answer(stage: Stage, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  if (request.method === 'POST' && pathname === '/act') return act(stage, request, response)
  if (request.method !== 'GET') return answerText(response, 405, 'no')
  if (pathname === '/events') return stage.board.join(response)
  if (pathname.startsWith('/file/')) return file(stage, pathname.slice('/file/'.length), response)
  if (/^\/articles(?:\/|$)/.test(pathname))
    return answerArticles(pathname.slice('/articles/'.length), response)
  if (/^\/help(?:\/|$)/.test(pathname)) return page('help.html', response)
  return page(pathname === '/' ? 'index.html' : pathname.slice(1), response)
}

async function act(stage: Stage, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Only this page sends JSON: a form of another site cannot.
  if (request.headers['content-type'] !== 'application/json') return answerText(response, 415, 'JSON only')
  try {
    const body: unknown = JSON.parse((await readBody(request, MAX_BODY)).toString('utf8'))
    answerJson(response, 200, { ok: true, ...(await play(stage, body)) })
  } catch (error) {
    // What the platform would not let this person do; the page shows it.
    answerJson(response, 200, { ok: false, error: (error as Error).message.split('\n')[0] })
  }
}

async function page(name: string, response: ServerResponse): Promise<void> {
  const kind = /^[a-z-]+\.([a-z]+)$/.exec(name)?.[1]
  const type = kind && KINDS[kind]
  if (!type) return answerText(response, 404, 'not here')
  try {
    const text = await readFile(new URL(name, PAGE))
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' })
    response.end(text)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    answerText(response, 404, 'not here')
  }
}

function file({ uploads }: Stage, key: string, response: ServerResponse): void {
  const found = uploads.get(key)
  if (!found) {
    answerText(response, 404, 'not here')
    return
  }
  const isSafe = SAFE_MIMES.includes(found.mime)
  response.writeHead(200, {
    'content-type': isSafe ? found.mime : 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    ...(isSafe ? {} : { 'content-disposition': 'attachment' }),
  })
  response.end(found.bytes)
}
