// The pieces of inline Markdown that are shown or held back as a whole: escapes, code spans, links, addresses.
// Also what ends a block. Works on text that may go on.

const BLOCK_END = /\n(?=[ \t]*(?:\n|`{3}|~{3}|#{1,6}[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t]|>))/y

export function isWhitespace(char: string): boolean {
  return char === '' || /\s/.test(char)
}

export function isPunctuation(char: string): boolean {
  return /[\p{P}\p{S}]/u.test(char)
}

/** Whether the line break at `at` ends a paragraph: a blank line, fence, heading, list item or quote follows. */
export function blockEnd(text: string, at: number): boolean {
  BLOCK_END.lastIndex = at
  return BLOCK_END.test(text)
}

/**
 * The length of the unit that starts at `at`, 0 if none does, `pending` if the text may still complete one.
 * `isOpenEnded`: more text may follow.
 */
export function skipAtom(
  text: string,
  at: number,
  isOpenEnded: boolean,
  previous: string,
): number | 'pending' {
  const rest = text.slice(at)
  switch (text[at]) {
    case '\\':
      if (rest.length === 1) return isOpenEnded ? 'pending' : 0
      // Slack reads "\<https://…|text>" as a link all the same, so a "<" is not escaped here.
      return /^\\[!-/:;=-@[-`{-~]/.test(rest) ? 2 : 0
    case '`':
      return codeSpan(rest, isOpenEnded)
    case '!':
      if (rest.length === 1) return isOpenEnded ? 'pending' : 0
      return rest[1] === '[' ? link(rest, 1, isOpenEnded) : 0
    case '[':
      return link(rest, 0, isOpenEnded)
    case '<':
      return angle(rest, isOpenEnded)
    case 'h':
      return /[A-Za-z0-9]/.test(previous) ? 0 : (/^https?:\/\/[^\s<>`*)\]]+/.exec(rest)?.[0].length ?? 0)
    default:
      return 0
  }
}

function codeSpan(rest: string, isOpenEnded: boolean): number | 'pending' {
  const ticks = /^`+/.exec(rest)![0]
  if (isOpenEnded && ticks.length === rest.length) return 'pending'
  let at = ticks.length
  while (at < rest.length) {
    if (rest[at] === '\n' && blockEnd(rest, at)) return 0
    const run = /^`+/.exec(rest.slice(at))?.[0]
    // A run at the edge may go on.
    if (run && isOpenEnded && at + run.length === rest.length) return 'pending'
    if (run === ticks) return at + run.length
    at += run?.length ?? 1
  }
  return isOpenEnded ? 'pending' : 0
}

function link(rest: string, bracket: number, isOpenEnded: boolean): number | 'pending' {
  const label = /^\[(?:\\(?:.|$)|\[[^\][\n]*(?:\]|$)|[^\][\n\\])*\]?/.exec(rest.slice(bracket))![0]
  const labelEnd = bracket + label.length
  if (labelEnd === rest.length) return isOpenEnded ? 'pending' : 0
  if (!label.endsWith(']') || rest[labelEnd] !== '(') return 0
  const address = /^\((?:\\(?:.|$)|[^()\n\\]|\([^()\n]*(?:\)|$))*/.exec(rest.slice(labelEnd))![0]
  const end = labelEnd + address.length
  if (end === rest.length) return isOpenEnded ? 'pending' : 0
  return rest[end] === ')' ? end + 1 : 0
}

/** `<https://…>`, `<@U1>`, `<!here>`, `<#C1|general>`, an HTML tag. */
function angle(rest: string, isOpenEnded: boolean): number | 'pending' {
  if (rest.length === 1) return isOpenEnded ? 'pending' : 0
  const inside = /^<[A-Za-z@#!:/][^<>\n]*/.exec(rest)?.[0] ?? ''
  if (inside !== '' && inside.length === rest.length && isOpenEnded) return 'pending'
  return inside !== '' && rest[inside.length] === '>' ? inside.length + 1 : 0
}
