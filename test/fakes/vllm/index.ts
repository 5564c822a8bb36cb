// A fake vLLM server on a real port: what tests, the demo and the playground talk to in place of a GPU.
// By default it rehearses (quotes a passage or says the input back, labelled); it never imitates EXAONE.

import { createEngine, type Engine } from './engine.ts'
import { createVllmHttp } from './http.ts'
import { type FakeVllmOptions, toSettings } from './options.ts'
import type { Pooling, RecordedRequest } from './record.ts'
import type { Script } from './script.ts'

export {
  type FakeVllmOptions,
  type LatencyProfile,
  latencyProfiles,
  type ReasoningParser,
} from './options.ts'
export type { PoolingRequest, RecordedRequest } from './record.ts'
export type { Fault, Matcher, NextReply, Reply, ReplyOf } from './script.ts'

export interface FakeVllm extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** `url` + `/v1`, which is what EXAONE_BASE_URL holds. */
  readonly baseUrl: string
  readonly port: number
  readonly model: string
  /** Chat requests in order of arrival, refused ones included. */
  readonly requests: readonly RecordedRequest[]
  readonly aborted: readonly RecordedRequest[]
  /** /v1/embeddings and /rerank: what was asked, and how they fail. */
  readonly pooling: Pooling
  readonly running: number
  readonly waiting: number
  readonly peakRunning: number
  /** What it says from now on: to everything, or to requests whose last user text matches. The newest rule wins. */
  reply: Script['reply']
  /** A one-shot reply or fault, in order, for `times` requests. */
  next: Script['next']
  /** Forgets replies and faults. */
  clear(): void
  /** Holds every request before its first token. */
  pause(): void
  /** Lets `tokens` tokens out of every request; resolves when one has sent them and is held. */
  holdAfter(tokens: number): Promise<void>
  /** Lets that many more tokens out of held requests; resolves when one has sent them (or all it had). */
  release(tokens?: number): Promise<void>
  resume(): void
  /** What /v1/models lists from now on, as a router's does while its backends come and go; null: its own model. */
  serves(ids: readonly string[] | null): void
  /** As if it had been started again with these flags. */
  restartedWith(flags: Pick<FakeVllmOptions, 'schedulingPolicy' | 'maxModelLen'>): void
  /** Refuses connections and cuts open ones. */
  down(): Promise<void>
  /** Listens again on the same port. */
  up(): Promise<void>
  /** Resolves when the predicate holds; rejects after `timeoutMs` (10 s). */
  until(predicate: (vllm: FakeVllm) => boolean, timeoutMs?: number): Promise<void>
}

export async function startFakeVllm(options: FakeVllmOptions = {}): Promise<FakeVllm> {
  const engine = createEngine(toSettings(options))
  const http = createVllmHttp(engine)
  const port = await http.listen(options.port ?? 0)
  const url = `http://127.0.0.1:${port}`
  const watchers = new Set<() => void>()
  engine.onChange = () => {
    for (const look of watchers) look()
  }
  const vllm: FakeVllm = {
    url,
    baseUrl: `${url}/v1`,
    port,
    model: engine.settings.model,
    requests: engine.requests,
    aborted: engine.aborted,
    pooling: engine.pooling,
    get running() {
      return engine.scheduler.running
    },
    get waiting() {
      return engine.scheduler.waiting
    },
    get peakRunning() {
      return engine.scheduler.peakRunning
    },
    reply: engine.script.reply,
    next: engine.script.next,
    clear() {
      engine.script.clear()
      engine.pooling.fault = null
      engine.pooling.delayMs = 0
    },
    ...createHold(engine, (predicate) => vllm.until(predicate)),
    serves(ids) {
      engine.served = ids
    },
    restartedWith(flags) {
      Object.assign(engine.settings, flags)
    },
    down: () => http.close(),
    up: async () => {
      await http.listen(port)
    },
    until: (predicate, timeoutMs = 10_000) => until(watchers, () => predicate(vllm), timeoutMs),
    [Symbol.asyncDispose]: () => http.close(),
  }
  return vllm
}

function createHold(engine: Engine, until: (predicate: () => boolean) => Promise<void>) {
  const { gate } = engine
  const reached = () => {
    const goal = gate.allowed
    return until(() =>
      engine.requests.some(
        (request) =>
          request.tokensSent >= goal ||
          (goal > 0 && request.finishedAt !== undefined && request.tokensSent > 0),
      ),
    )
  }
  return {
    pause: () => gate.allow(0),
    holdAfter: (tokens: number) => {
      gate.allow(tokens)
      return reached()
    },
    release: (tokens = 1) => {
      gate.allow(gate.allowed + tokens)
      return reached()
    },
    resume: () => gate.allow(Number.POSITIVE_INFINITY),
  }
}

function until(watchers: Set<() => void>, holds: () => boolean, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer)
      clearInterval(poll)
      watchers.delete(look)
      settle()
    }
    const look = () => {
      if (holds()) finish(resolve)
    }
    const timer = setTimeout(
      () => finish(() => reject(new Error(`fake vLLM: not within ${timeoutMs} ms`))),
      timeoutMs,
    )
    // Predicates may also look at things this server does not announce.
    const poll = setInterval(look, 20)
    watchers.add(look)
    look()
  })
}
