// Where in a line bold, strike-through, code, a link or an address in angle brackets has begun and not ended. One pass over
// the line says it of every place in it.

/** `at`: before which unit of the line. */
export function openSpans(line: string): (at: number) => boolean {
  const isOpen = new Uint8Array(line.length + 1)
  let code = 0
  let previous = ''
  const half = { '*': false, '~': false }
  const odd = { '*': false, '~': false }
  let isLabel = false
  let isAddress = false
  let isAngle = false
  for (let at = 0; at < line.length; ) {
    const sign = line[at]!
    let next = at + 1
    if (sign === '`') {
      while (line[next] === '`') next++
      const run = next - at
      if (code === 0) code = run
      // A run of another length is part of the code.
      else if (code === run) code = 0
    } else if (code === 0) {
      for (const mark of ['*', '~'] as const) {
        if (sign === mark && half[mark]) odd[mark] = !odd[mark]
        half[mark] = sign === mark && !half[mark]
      }
      if (sign === '[') isLabel = true
      else if (sign === ']') isLabel = false
      if (sign === '(' && previous === ']') isAddress = true
      else if (sign === ')') isAddress = false
      if (sign === '<') isAngle = true
      else if (isAngle && (sign === '>' || /\s/.test(sign))) isAngle = false
      previous = sign
    }
    const open = code > 0 || odd['*'] || odd['~'] || isLabel || isAddress || isAngle
    if (open) isOpen.fill(1, at + 1, next + 1)
    at = next
  }
  return (at) => isOpen[at] === 1
}
