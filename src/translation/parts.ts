// Cuts a long text at its sentences, each part small enough for one call, and knows how to put it together again without
// losing a character.
import { splitParts } from '../text/split.ts'

/** About a third of what a small model writes in one answer. */
const PART_CHARS = 2_400

export interface Part {
  /** White space that stays as it is. */
  before: string
  text: string
  after: string
}

/** Of a protected text; no placeholder is cut. */
export function toParts(text: string): Part[] {
  if (text.length <= PART_CHARS) return [toPart(text)]
  const bodies = splitParts(text, PART_CHARS).map(({ body }) => body)
  for (let at = 0; at < bodies.length - 1; at++) {
    const cut = /⟦\d{0,4}$/.exec(bodies[at]!)?.[0] ?? ''
    bodies[at] = bodies[at]!.slice(0, bodies[at]!.length - cut.length)
    bodies[at + 1] = cut + bodies[at + 1]!
  }
  return bodies.map(toPart)
}

function toPart(body: string): Part {
  const text = body.trim()
  const start = body.length - body.trimStart().length
  return { before: body.slice(0, start), text, after: body.slice(start + text.length) }
}
