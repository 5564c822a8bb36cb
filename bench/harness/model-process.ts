// The fake vLLM in a process of its own: says the answer of the question's key, with a fixed latency profile.
import { type FakeVllm, type LatencyProfile, startFakeVllm } from '../../test/fakes/vllm/index.ts'
import { answerTokens, keyOf } from './answers.ts'
import { serve } from './child.ts'

export interface ModelOptions {
  latency: LatencyProfile
  /** Length of every answer. */
  tokens: number
  maxNumSeqs: number
}

/** Times are wallMs(). */
export interface Generation {
  key: string
  at: number
  firstTokenAt?: number
  finishedAt?: number
  abortedAt?: number
  promptTokens: number
  cachedTokens: number
}

let vllm: FakeVllm
const done: Generation[] = []

/** Records hold whole prompts; over a long run only what is reported is kept. */
function collect(): void {
  const requests = vllm.requests as FakeVllm['requests'][number][]
  const open: typeof requests = []
  for (const request of requests) {
    if (request.finishedAt === undefined && request.abortedAt === undefined) {
      open.push(request)
      continue
    }
    const { at, firstTokenAt, finishedAt, abortedAt, promptTokens = 0, cachedTokens = 0 } = request
    const key = keyOf(request.lastUser)
    done.push({ key, at, firstTokenAt, finishedAt, abortedAt, promptTokens, cachedTokens })
  }
  requests.splice(0, requests.length, ...open)
}

const operations = {
  async start({ latency, tokens, maxNumSeqs }: ModelOptions) {
    vllm = await startFakeVllm({ model: 'LGAI-EXAONE/EXAONE-4.0-32B-AWQ', latency, maxNumSeqs })
    vllm.reply((request) => ({ tokens: answerTokens(keyOf(request.lastUser), tokens) }))
    setInterval(collect, 1_000)
    return { baseUrl: vllm.baseUrl }
  },
  /** Everything ended since the last look. */
  generations(): Generation[] {
    collect()
    return done.splice(0)
  },
  state: () => ({ running: vllm.running, peakRunning: vllm.peakRunning }),
}

export type ModelOperations = typeof operations
serve(operations)
