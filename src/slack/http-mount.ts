// Slack's requests over HTTP, for the one port that the app serves: Bolt's receiver checks signature, age and size and
// answers 401, 413 or 400; what it lets through is processed, and acknowledged only then.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type App, HTTPReceiver } from '@slack/bolt'
import type { Mount } from '../core/adapter.ts'
import type { Logger } from '../core/logger.ts'
import type { Process } from './receive.ts'
import { createSdkLogger } from './sdk-logger.ts'

export const EVENTS_PATH = '/slack/events'

export interface HttpMountOptions {
  signingSecret: string
  process: Process
  log: Logger
}

const MAX_BODY_BYTES = 1024 * 1024
/** Slack has given up by then and sends the event again. */
const LATE_MS = 3_500

export function createHttpMount({ signingSecret, process, log }: HttpMountOptions): Mount {
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: EVENTS_PATH,
    bodyLimit: MAX_BODY_BYTES,
    logger: createSdkLogger(log),
    unhandledRequestTimeoutMillis: LATE_MS,
    unhandledRequestHandler: ({ response }) => answer(response, 503),
    processEventErrorHandler: async ({ error, response }) => {
      log.warn({ reason: error.message }, 'a delivery was not saved and is left to be delivered again')
      answer(response, 500)
      return false
    },
  })
  // Bolt's App would acknowledge in its own time; the receiver gets our own processing instead.
  receiver.init({ processEvent: process } as unknown as App)
  const refuse = (response: ServerResponse, status: number): void => {
    log.warn({ status }, 'a request to Slack’s address was refused')
    answer(response, status)
  }
  return {
    path: EVENTS_PATH,
    handle(request, response) {
      // Bolt throws at any other method, and here nobody would catch it.
      if (request.method !== 'POST') return refuse(response, 405)
      read(request).then(
        (body) => {
          if (body === 'too-large') return refuse(response, 413)
          if (!isObject(body, request.headers['content-type'] ?? '')) return refuse(response, 400)
          // Bolt takes a body that was read already from here.
          receiver.requestListener(Object.assign(request, { rawBody: body }), response)
        },
        (error: unknown) => {
          log.debug({ reason: String(error) }, 'a request ended early')
          response.destroy()
        },
      )
    },
  }
}

/** Read here, because Bolt would crash on a signed body that is JSON but no object ("null"). */
async function read(request: IncomingMessage): Promise<Buffer | 'too-large'> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request) {
    bytes += (part as Buffer).length
    // The rest is read and forgotten, so that the sender hears the answer.
    if (bytes <= MAX_BODY_BYTES) parts.push(part as Buffer)
    else parts.length = 0
  }
  return bytes > MAX_BODY_BYTES ? 'too-large' : Buffer.concat(parts)
}

function isObject(body: Buffer, contentType: string): boolean {
  const text = body.toString('utf8').trimStart()
  if (!contentType.includes('urlencoded')) return text.startsWith('{')
  const payload = new URLSearchParams(text).get('payload')
  return payload === null || payload.trimStart().startsWith('{')
}

function answer(response: ServerResponse, status: number): void {
  if (response.headersSent) return
  response.writeHead(status, status === 413 ? { connection: 'close' } : {})
  response.end()
}
