// Puts signs in place of parts of a text, so that what has been read there is not read again and places stay the same.

/** `spans` in the order in which they stand, without overlap; `sign` is one UTF-16 unit. */
export function blankOut(
  text: string,
  spans: readonly { start: number; end: number }[],
  sign: string,
): string {
  if (spans.length === 0) return text
  const parts: string[] = []
  let at = 0
  for (const { start, end } of spans) {
    parts.push(text.slice(at, start), sign.repeat(end - start))
    at = end
  }
  parts.push(text.slice(at))
  return parts.join('')
}
