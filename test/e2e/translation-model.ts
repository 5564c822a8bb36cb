// Answers translation requests as a model that can do it would: from a list, keeping placeholders. Everything else about it
// (the language asked for, the second try) is read from what was asked.
import type { FakeVllm, RecordedRequest } from '../fakes/vllm/index.ts'

export interface Asked {
  text: string
  /** "English", "Korean" … */
  to: string
  isRetry: boolean
}

export function askedOf(request: RecordedRequest): Asked | null {
  const system = JSON.stringify(request.body.messages?.[0]?.content ?? '')
  const to = /You translate messages (?:from \w+ )?into (\w+)/.exec(system)?.[1]
  return to === undefined
    ? null
    : { text: request.lastUser, to, isRetry: system.includes('Your last translation') }
}

/** `known`: "text → English" to its translation. What is not in it is answered as by a model that was never asked. */
export function translateBy(
  vllm: FakeVllm,
  known: Readonly<Record<string, string>>,
  answer = '네, 무엇을 도와드릴까요?',
): void {
  vllm.reply((request) => {
    const asked = askedOf(request)
    return asked ? (known[`${asked.text} → ${asked.to}`] ?? `?? ${asked.text}`) : answer
  })
}

export function translationsIn(vllm: FakeVllm): Asked[] {
  return vllm.requests.flatMap((request) => askedOf(request) ?? [])
}
