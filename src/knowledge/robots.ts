// The part of robots.txt that decides whether a link may be followed: the group for all robots, longest rule first.

export type IsAllowed = (path: string) => boolean

interface Rule {
  path: string
  isAllowed: boolean
}

export function parseRobots(text: string): IsAllowed {
  const rules: Rule[] = []
  let isOurs = false
  let isNaming = false
  for (const line of text.slice(0, 500_000).split('\n')) {
    const [field = '', ...rest] = (line.split('#', 1)[0] as string).split(':')
    const value = rest.join(':').trim()
    const name = field.trim().toLowerCase()
    if (name === 'user-agent') {
      isOurs = (isNaming && isOurs) || /^(?:\*|damso.*)$/i.test(value)
      isNaming = true
    } else if (name === 'allow' || name === 'disallow') {
      isNaming = false
      if (isOurs && value !== '') rules.push({ path: value, isAllowed: name === 'allow' })
    }
  }
  rules.sort((a, b) => b.path.length - a.path.length || Number(b.isAllowed) - Number(a.isAllowed))
  return (path) => rules.find((rule) => fits(rule.path, path))?.isAllowed ?? true
}

/** `*` is anything, `$` the end. Piece by piece, since a pattern from elsewhere must not become a regular expression. */
function fits(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$')
  const [first = '', ...rest] = (isWhole ? pattern.slice(0, -1) : pattern).split('*')
  if (!path.startsWith(first)) return false
  let at = first.length
  for (const piece of rest) {
    const found = path.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  if (!isWhole) return true
  const last = rest.at(-1)
  return last === undefined ? path.length === at : path.endsWith(last)
}
