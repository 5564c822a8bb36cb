// How much of a model's context a text takes, without its tokenizer.

/** An estimate on the high side: EXAONE needs about half a token per Hangul syllable, we count 0.8. */
export function estimateTokens(text: string): number {
  let tokens = 0
  for (const letter of text) tokens += letterTokens(letter.codePointAt(0) ?? 0)
  return Math.ceil(tokens)
}

function letterTokens(code: number): number {
  if (code < 0x80) return 0.4
  if (code >= 0xac00 && code <= 0xd7a3) return 0.8
  if (code < 0x2000) return 1
  return code > 0xffff ? 2.5 : 1.3
}
