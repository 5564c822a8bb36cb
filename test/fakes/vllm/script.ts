// What the fake will say and how it will fail: scripted replies, one-shot faults, and the honest rehearsal default.
// Source: vLLM v0.31 entrypoints/openai (serving.py, authenticate.py) for its own failures, the EXAONE READMEs and their
// issues for what goes wrong in a text; what only a gateway in front of vLLM answers is marked.

import { type ChatBody, textOf } from './chat-template.ts'
import type { RecordedRequest } from './record.ts'

export type Fault =
  | 'refuse' // the socket closes without an answer; `down()` refuses the connection itself
  | '503'
  | '500'
  | '500-empty' // older servers: no body at all
  | '502-html' // a proxy in front of a dead server; with `ms`: its server died over this prompt
  | '504' // a proxy that waited `ms` for headers (nginx: proxy_read_timeout) and gave up
  | '429' // a gateway: vLLM itself queues, or answers 503
  | '401'
  | 'hang-connect' // accepted, no response headers
  | 'hang-first' // headers, no token
  | 'hang-mid'
  | 'error-mid-stream' // HTTP 200, then data: {"error": …}, then [DONE]
  | 'cut' // the stream ends cleanly but without finish_reason and [DONE]
  | 'cut-hard' // the socket dies
  | 'empty'
  | 'reasoning-only'
  | 'think-leak'
  | 'repeat-loop'
  | 'hanja'
  | 'kana'
  | 'wrong-language'
  | 'late-hanja' // the first sentence is clean
  | 'late-language'
  | 'split-utf8' // chunk borders inside a character
  | 'keep-alive-comments'
  | 'slow-first' // `ms` before the first token
  | 'slow' // `ms` between tokens
  | 'length' // finish_reason length

export interface Reply {
  text?: string
  /** Exact deltas, where the split matters; wins over `text`. */
  tokens?: readonly string[]
  /** Thought first; shown only if the template thinks (see `reasoningParser`). */
  reasoning?: string
  finishReason?: 'stop' | 'length' | 'abort'
  fault?: Fault
  /** For `slow`, `slow-first`, and what a proxy says only after a while. */
  ms?: number
  /** Tokens sent before a mid-stream fault. */
  after?: number
}

export type Matcher = string | RegExp | ((request: RecordedRequest) => boolean)
export type ReplyOf =
  | string
  | Reply
  | ((request: RecordedRequest) => string | Reply | Promise<string | Reply>)
export interface NextReply extends Reply {
  /** How many requests it lasts; default 1. */
  times?: number
  match?: Matcher
}

export interface Script {
  reply(...args: [ReplyOf] | [Matcher, ReplyOf]): void
  next(reply: NextReply | Fault): void
  clear(): void
  pick(request: RecordedRequest): Promise<Reply>
}

export function createScript(): Script {
  let standing: { matcher: Matcher; answer: ReplyOf }[] = []
  let queued: { left: number; reply: NextReply }[] = []
  const oneShot = (request: RecordedRequest): Reply | undefined => {
    const found = queued.find(({ reply }) => reply.match === undefined || matches(reply.match, request))
    if (!found) return undefined
    found.left -= 1
    if (found.left <= 0) queued = queued.filter((entry) => entry !== found)
    return found.reply
  }
  return {
    reply(...args) {
      const [matcher, answer] = args.length === 1 ? [() => true, args[0]] : args
      standing.unshift({ matcher, answer })
    },
    next(reply) {
      const spec = typeof reply === 'string' ? { fault: reply } : reply
      queued.push({ left: spec.times ?? 1, reply: spec })
    },
    clear() {
      standing = []
      queued = []
    },
    async pick(request) {
      const once = oneShot(request)
      if (once?.text !== undefined || once?.tokens) return once
      const answer =
        standing.find((entry) => matches(entry.matcher, request))?.answer ?? rehearse(request.body)
      const said = typeof answer === 'function' ? await answer(request) : answer
      const base = typeof said === 'string' ? { text: said } : said
      return once ? { ...base, ...once } : base
    },
  }
}

function matches(matcher: Matcher, request: RecordedRequest): boolean {
  if (typeof matcher === 'function') return matcher(request)
  return typeof matcher === 'string' ? request.lastUser.includes(matcher) : matcher.test(request.lastUser)
}

const passagePattern = /<(passage|document|doc)\b([^>]*)>([\s\S]*?)<\/\1>/g

/** Quotes the passage that shares most character pairs with the question, and cites it; else says the input back. */
export function rehearse(body: ChatBody): string {
  const messages = body.messages ?? []
  const last = textOf(messages.findLast((message) => message.role === 'user'))
  const passages = messages.flatMap((message) =>
    message.role === 'assistant'
      ? []
      : [...textOf(message).matchAll(passagePattern)].map(([, , attributes = '', text = '']) => ({
          text: text.trim(),
          number: /\bn="(\d+)"/.exec(attributes)?.[1],
        })),
  )
  const question = last.replaceAll(passagePattern, '').trim()
  const asked = pairs(question)
  const score = ({ text }: { text: string }) => [...pairs(text)].filter((pair) => asked.has(pair)).length
  const best = passages.toSorted((a, b) => score(b) - score(a))[0]
  if (!best || score(best) === 0) return `[리허설] ${question}`
  return `[리허설] “${best.text}”${best.number ? ` [${best.number}]` : ''}`
}

function pairs(text: string): Set<string> {
  const letters = text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
  return new Set(Array.from({ length: Math.max(0, letters.length - 1) }, (_, i) => letters.slice(i, i + 2)))
}
