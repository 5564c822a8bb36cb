// A toy tokenizer and the block-based prefix cache. Joining the tokens gives the text back, code point for code point.
// Source: vLLM docs/design/prefix_caching.md (blocks of 16 tokens, hashed in a chain; cache_salt).

import { createHash } from 'node:crypto'

/** About one token per two Hangul syllables or four Latin letters, which is close to EXAONE's own rate. */
export function tokenize(text: string): string[] {
  return text.match(/ ?\p{Script=Hangul}{1,2}| ?[\p{Script=Latin}\p{Nd}]{1,4}|[\s\S]/gu) ?? []
}

export const blockTokens = 16

export interface PrefixCache {
  /** Tokens found at the start of the prompt, in whole blocks; the last token is always computed (vLLM APC design). */
  hit(tokens: readonly string[], salt: string): number
  insert(tokens: readonly string[], salt: string): void
  readonly queries: number
  readonly hits: number
}

/** Blocks are chained by hash, so a block is found only when everything before it is the same too. */
export function createPrefixCache(maxBlocks: number): PrefixCache {
  const blocks = new Set<string>()
  let queries = 0
  let hits = 0
  const touch = (key: string) => {
    blocks.delete(key)
    blocks.add(key)
    if (blocks.size > maxBlocks) blocks.delete(blocks.values().next().value ?? key)
  }
  return {
    hit(tokens, salt) {
      let found = 0
      for (const key of blockKeys(tokens, salt)) {
        if (!blocks.has(key)) break
        touch(key)
        found += blockTokens
      }
      const cached = Math.min(found, Math.floor(Math.max(0, tokens.length - 1) / blockTokens) * blockTokens)
      queries += tokens.length
      hits += cached
      return cached
    },
    insert(tokens, salt) {
      for (const key of blockKeys(tokens, salt)) touch(key)
    },
    get queries() {
      return queries
    },
    get hits() {
      return hits
    },
  }
}

function* blockKeys(tokens: readonly string[], salt: string): Generator<string> {
  let parent = salt
  for (let end = blockTokens; end <= tokens.length; end += blockTokens) {
    const block = tokens.slice(end - blockTokens, end).join('\u0000')
    parent = createHash('sha1').update(`${parent}\u0001${block}`).digest('base64')
    yield parent
  }
}
