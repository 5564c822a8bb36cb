// One model client against one fake vLLM server, and what a caller of `answer` sees.

import type { Clock } from '../../src/core/clock.ts'
import { lightFetch } from '../../src/light-fetch.ts'
import { createModel, type ModelConfig } from '../../src/llm/client.ts'
import type { ModelRequest } from '../../src/llm/model.ts'
import { type FakeVllmOptions, startFakeVllm } from '../fakes/vllm/index.ts'

export const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** A clock whose deadlines pass only when the test says so. */
export function createHeldClock(): Clock & { pass(ms: number): void } {
  let now = 0
  let timers: { at: number; run: () => void }[] = []
  return {
    now: () => now,
    monotonic: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    pass(ms) {
      now += ms
      const due = timers.filter((timer) => timer.at <= now)
      timers = timers.filter((timer) => timer.at > now)
      for (const timer of due) timer.run()
    },
  }
}

export function toRequest(change: Partial<ModelRequest> = {}): ModelRequest {
  return {
    system: ['You answer customers of a shop.'],
    history: [],
    user: { text: '배송이 언제 오나요?' },
    lang: 'ko',
    workspace: 'slack:T1',
    session: 'lane-1',
    expectLang: 'ko',
    signal: new AbortController().signal,
    ...change,
  }
}

export async function startModel(options: FakeVllmOptions = {}, config: Partial<ModelConfig> = {}) {
  const vllm = await startFakeVllm({ model: 'LGAI-EXAONE/EXAONE-4.0-32B-AWQ', ...options })
  const model = createModel({
    baseUrl: vllm.baseUrl,
    apiKey: options.apiKey,
    model: vllm.model,
    fetch: lightFetch,
    clock: realClock,
    ...config,
  })
  const shown: string[] = []
  const restarts: number[] = []
  const ask = (change: Partial<ModelRequest> = {}) =>
    model.answer(
      toRequest(change),
      (soFar) => shown.push(soFar),
      () => restarts.push(shown.length),
    )
  return { vllm, model, ask, shown, restarts, [Symbol.asyncDispose]: () => vllm[Symbol.asyncDispose]() }
}
