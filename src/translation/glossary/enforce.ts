// Holds a translation against the words of the glossary that its source names: says which were not used, and puts the right
// one in the place of a form that is forbidden, with the particle that it takes.
import type { TargetLang } from '../../core/target-lang.ts'
import { repairParticle } from '../../text/particles.ts'
import type { Flag, Term } from '../model.ts'
import { isWord } from './index-terms.ts'

/** A term as one message has it. */
export interface Wanted {
  term: Term
  source: string
  target: string
}

/** Each once, of those that have a form in the language. */
export function wantedIn(
  found: readonly { term: Term; start: number; end: number }[],
  text: string,
  to: TargetLang,
): Wanted[] {
  const wanted = new Map<Term, Wanted>()
  for (const { term, start, end } of found) {
    const target = term.forms[to]
    if (term.kind === 'fixed' && target && !wanted.has(term))
      wanted.set(term, { term, source: text.slice(start, end), target })
  }
  return [...wanted.values()]
}

/** With every forbidden form replaced; Korean particles after a term fit it. */
export function mendTerms(translated: string, wanted: readonly Wanted[], to: TargetLang): string {
  let mended = translated
  for (const { term, target } of wanted) {
    for (const forbidden of term.forbidden) {
      if (includes(target, forbidden, term.isCaseSensitive)) continue
      mended = replaceWord(mended, forbidden, target, term.isCaseSensitive, to)
    }
    if (to === 'ko') mended = replaceWord(mended, target, null, term.isCaseSensitive, to)
  }
  return mended
}

export function checkTerms(translated: string, wanted: readonly Wanted[]): Flag[] {
  return wanted.flatMap(({ term, source, target }) => {
    const isUsed = placesOf(translated, target, term.isCaseSensitive).length > 0
    const wrong = term.forbidden.filter(
      (form) =>
        !includes(target, form, term.isCaseSensitive) &&
        placesOf(translated, form, term.isCaseSensitive).length > 0,
    )
    if (isUsed && wrong.length === 0) return []
    return [{ kind: 'term' as const, detail: `${source} → ${target}` }]
  })
}

/** `by` null: only what follows it is made to fit. */
function replaceWord(
  text: string,
  word: string,
  by: string | null,
  isCaseSensitive: boolean,
  to: TargetLang,
): string {
  let replaced = text
  for (const at of placesOf(text, word, isCaseSensitive).reverse()) {
    const end = at + word.length
    const form = by ?? replaced.slice(at, end)
    const after = replaced.slice(end)
    replaced = replaced.slice(0, at) + form + (to === 'ko' ? repairParticle(form, after) : after)
  }
  return replaced
}

function placesOf(text: string, word: string, isCaseSensitive: boolean): number[] {
  const [open, wanted] = isCaseSensitive ? [text, word] : [text.toLowerCase(), word.toLowerCase()]
  const places: number[] = []
  for (let at = open.indexOf(wanted); at >= 0; at = open.indexOf(wanted, at + 1))
    if (isWord(text, at, at + word.length)) places.push(at)
  return places
}

function includes(text: string, part: string, isCaseSensitive: boolean): boolean {
  return isCaseSensitive ? text.includes(part) : text.toLowerCase().includes(part.toLowerCase())
}
