// What is noted with a turn of the model's work on an answer: of all its calls, where one was not enough.
import type { Completion, Model } from '../src/llm/model.ts'
import { PROMPT_VERSION } from './prompt.ts'

/** `ms`: of the whole answer. Nothing where the model has not written. */
export function factsOf(
  model: Pick<Model, 'id'>,
  completions: readonly Completion[],
  ms: number,
): Record<string, unknown> {
  const [first] = completions
  if (!first) return {}
  return {
    prompt: PROMPT_VERSION,
    model: model.id,
    promptTokens: sum(completions.map(({ promptTokens }) => promptTokens)),
    cachedTokens: sum(completions.map(({ cachedTokens }) => cachedTokens)),
    tokens: sum(completions.map(({ completionTokens }) => completionTokens)),
    ttftMs: Math.round(first.ttftMs),
    modelMs: Math.round(completions.reduce((all, { totalMs }) => all + totalMs, 0)),
    ms,
    flags: [...new Set(completions.flatMap(({ flags }) => flags))],
  }
}

/** Null: the server counts none. */
function sum(counts: readonly (number | null)[]): number | null {
  return counts.every((count) => count === null) ? null : counts.reduce<number>((all, n) => all + (n ?? 0), 0)
}
