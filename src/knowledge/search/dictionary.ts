// Numbers for tokens, so that postings need no strings. A token that no segment uses any more gives its number back.

import type { Token } from './tokens.ts'

export interface Dictionary {
  /** Undefined when no passage has it. */
  find(token: Token): number | undefined
  /** The token's number, counted as used once more. */
  acquire(token: Token): number
  /** Counts a use that is already known once more. */
  retain(term: number): void
  release(term: number): void
  readonly size: number
}

export function createDictionary(): Dictionary {
  const numbers = new Map<Token, number>()
  const tokens: Token[] = []
  const free: number[] = []
  let uses = new Uint32Array(1_024)

  const claim = (token: Token): number => {
    const term = free.pop() ?? tokens.length
    if (term >= uses.length) {
      const wider = new Uint32Array(uses.length * 2)
      wider.set(uses)
      uses = wider
    }
    tokens[term] = token
    numbers.set(token, term)
    uses[term] = 0
    return term
  }

  return {
    find: (token) => numbers.get(token),
    acquire(token) {
      const term = numbers.get(token) ?? claim(token)
      uses[term] = (uses[term] as number) + 1
      return term
    },
    retain(term) {
      uses[term] = (uses[term] as number) + 1
    },
    release(term) {
      const left = (uses[term] as number) - 1
      uses[term] = left
      if (left > 0) return
      numbers.delete(tokens[term] as Token)
      tokens[term] = ''
      free.push(term)
    },
    get size() {
      return numbers.size
    },
  }
}
