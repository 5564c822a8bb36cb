// How much a model may write.
import type { Model } from '../src/llm/model.ts'

/** `tokens`, unless it thinks before it writes: then it needs the room of its profile. */
export function maxTokensFor({ profile }: Pick<Model, 'profile'>, tokens: number): number {
  return Math.max(tokens, profile.thinking === 'always' ? profile.maxTokens : 0)
}
