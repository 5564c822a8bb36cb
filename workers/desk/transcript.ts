// A case's conversation as the model reads it.
import type { Line } from '../../src/desk/model.ts'
import type { Model } from '../../src/llm/model.ts'
import { estimateTokens } from '../../src/text/tokens.ts'
import { maxTokensFor } from '../max-tokens.ts'

const NAMES = { customer: 'Customer', staff: 'Agent', bot: 'Bot', other: 'Somebody else' } as const
/** Of the newest; a model's context is not for the longest of pastes. */
const MAX_TRANSCRIPT_CHARS = 12_000
const MAX_LINE_CHARS = 2_000
/** Of a model that cannot be asked now. */
const SMALL_CONTEXT = 4_096
/** What the template adds, and masking. */
const SPARE_TOKENS = 128

/** For the model, oldest first: the newest of them, as far as its context holds them beside all else that it is told. */
export async function transcriptOf(
  lines: readonly Line[],
  model: Pick<Model, 'info' | 'profile'>,
  { besides, maxTokens }: { besides: readonly string[]; maxTokens: number },
): Promise<string> {
  const info = await model.info()
  const context = info.ok ? info.maxModelLen : SMALL_CONTEXT
  const answer = Math.min(maxTokensFor(model, maxTokens), Math.floor(context / 2))
  const told = besides.reduce((sum, text) => sum + estimateTokens(text), SPARE_TOKENS)
  let tokens = context - answer - told
  let chars = MAX_TRANSCRIPT_CHARS
  // No sign takes more than 1.3 tokens: one line is less than half of all.
  const maxLine = Math.max(0, Math.min(MAX_LINE_CHARS, Math.floor(tokens / 3)))
  const said: string[] = []
  for (const { by, text } of lines.toReversed()) {
    const line = `${NAMES[by]}: ${text.slice(0, maxLine).toWellFormed()}`
    chars -= line.length
    tokens -= estimateTokens(line) + 1
    if (chars < 0 || tokens < 0) break
    said.unshift(line)
  }
  return said.join('\n')
}
