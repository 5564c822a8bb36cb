// Fits a conversation into the model's context: keeps the instructions and the newest user text, trims history in halves.

import { BotError } from '../core/error.ts'
import { words } from '../core/wording.ts'
import { estimateTokens } from '../text/tokens.ts'
import type { ModelRequest } from './model.ts'

/** Used when the server does not say; llama-server and Ollama are often started with no more. */
export const assumedContextTokens = 8192

const minAnswerTokens = 256
const turnOverhead = 8
const imageTokens = 1500

export interface Fitted {
  history: ModelRequest['history']
  maxTokens: number
  trimmed: boolean
}

export function fitContext(
  request: Pick<ModelRequest, 'system' | 'history' | 'user' | 'maxTokens'>,
  limits: { maxModelLen: number; maxTokens: number },
): Fitted {
  const fixed = request.system.reduce((sum, text) => sum + estimateTokens(text), turnOverhead)
  const pictures = (request.user.images?.length ?? 0) * imageTokens
  const user = estimateTokens(request.user.text) + pictures + turnOverhead
  const room = limits.maxModelLen - fixed - user
  if (room < minAnswerTokens) throw tooLong(fixed + user, limits.maxModelLen)
  const answer = Math.min(request.maxTokens ?? limits.maxTokens, Math.floor(limits.maxModelLen / 2))
  const maxTokens = Math.min(answer, room)
  // The newest turn is counted on a coarse grid, so that its length does not move the place where history is cut.
  const left = limits.maxModelLen - fixed - answer
  const history = trimHistory(request.history, Math.min(left - coarse(user), room - maxTokens))
  return { history, maxTokens, trimmed: history.length < request.history.length }
}

function coarse(tokens: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1024, tokens)))
}

/**
 * Replays the conversation: whenever it outgrew the limit, the older half (by tokens) was dropped. A sliding window
 * would move its start every turn and make the server compute everything after the instructions again.
 */
export function trimHistory(history: ModelRequest['history'], limit: number): ModelRequest['history'] {
  const sizes = history.map((line) => estimateTokens(line.text) + turnOverhead)
  let start = 0
  let held = 0
  for (const [index, size] of sizes.entries()) {
    held += size
    if (held <= limit) continue
    const goal = limit / 2
    while (start <= index && held > goal) {
      held -= sizes[start] ?? 0
      start += 1
    }
  }
  // Templates expect a user turn first.
  while (start < history.length && start > 0 && history[start]?.role === 'assistant') start += 1
  return history.slice(start)
}

function tooLong(needed: number, maxModelLen: number): BotError {
  return new BotError('model-too-long', {
    retryable: false,
    say: { ko: words('ko').tooLong, en: words('en').tooLong },
    hint: `The text needs about ${needed} tokens and the model has ${maxModelLen}. Raise --max-model-len or shorten the instructions.`,
  })
}
