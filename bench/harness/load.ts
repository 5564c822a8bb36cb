// Sends events as Slack does: signed, over HTTP, at a fixed rate whatever the app does, and takes the time to each
// acknowledgement.
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { sign } from '../../test/fakes/slack/delivery-http.ts'
import { wallMs } from './child.ts'
import type { Question } from './slack-process.ts'

export interface Sent {
  /** wallMs() of each question's first event. */
  sentAt: Map<string, number>
  acks: Ack[]
  /** How late the load itself was, ms: what the machine did to the measurement. */
  lateMs: number[]
}

export interface Ack {
  key: string
  ms: number
  /** HTTP status; 0 for none. */
  status: number
}

export interface SendOptions {
  url: string
  signingSecret: string
  perSecond: number
}

/** Resolves when everything was acknowledged, or refused. */
export async function send(questions: readonly Question[], options: SendOptions): Promise<Sent> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const sentAt = new Map<string, number>()
  const lateMs: number[] = []
  const pending: Promise<Ack>[] = []
  const start = performance.now()
  for (const [index, { key, events }] of questions.entries()) {
    const due = start + (index * 1_000) / options.perSecond
    const wait = due - performance.now()
    if (wait > 0.5) await sleep(wait)
    lateMs.push(Math.max(0, performance.now() - due))
    sentAt.set(key, wallMs())
    for (const body of events) pending.push(post(agent, key, body, options))
  }
  const acks = await Promise.all(pending)
  agent.destroy()
  return { sentAt, acks, lateMs }
}

function post(agent: Agent, key: string, text: string, options: SendOptions): Promise<Ack> {
  const { body, headers } = sign(options.signingSecret, text)
  const bytes = Buffer.from(body)
  const length = { 'content-length': String(bytes.length) }
  const began = performance.now()
  return new Promise((resolve) => {
    const done = (status: number): void => resolve({ key, ms: performance.now() - began, status })
    const sent = request(
      options.url,
      { method: 'POST', agent, headers: { ...headers, ...length } },
      (response) => {
        const status = response.statusCode ?? 0
        response.resume()
        response.on('end', () => done(status))
        response.on('error', () => done(0))
      },
    )
    sent.on('error', () => done(0))
    sent.end(bytes)
  })
}
