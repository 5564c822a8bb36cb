// Takes what must not be translated out of a text before a model sees it, and puts it back afterwards: exactly, once and
// in its line, or it says what went wrong.
import type { TargetLang } from '../core/target-lang.ts'
import { repairParticle } from '../text/particles.ts'
import { relabel } from '../text/personal.ts'
import { findItems, type Item } from './items.ts'
import type { Flag } from './model.ts'

export interface Protected {
  /** With ⟦1⟧, ⟦2⟧ … for what was taken out. */
  text: string
  /** What each stands for; the first is ⟦1⟧. */
  kept: readonly string[]
}

export interface Restored {
  text: string
  flags: Flag[]
}

/** `items`: as found in the text. `more`: what else is kept, where nothing is yet. */
export function protect(
  text: string,
  to: TargetLang,
  more: readonly { start: number; end: number }[] = [],
  items: readonly Item[] = findItems(text),
): Protected {
  const kept: string[] = []
  let open = ''
  let at = 0
  for (const item of withMore(items, more, text)) {
    const isRenamed = item.isLabel && (to === 'ko' || to === 'en')
    kept.push(isRenamed ? relabel(item.text, to) : item.text)
    open += `${text.slice(at, item.start)}⟦${kept.length}⟧`
    at = item.end
  }
  return { text: open + text.slice(at), kept }
}

function withMore(
  items: readonly Item[],
  more: readonly { start: number; end: number }[],
  text: string,
): readonly Item[] {
  const free = more.filter(({ start, end }) => items.every((item) => end <= item.start || start >= item.end))
  const added = free.map(({ start, end }) => ({ start, end, text: text.slice(start, end), isLabel: false }))
  return added.length === 0 ? items : [...items, ...added].sort((a, b) => a.start - b.start)
}

/** Models put spaces inside, or take brackets that look alike. */
const PLACEHOLDER = /[⟦〚]\s*(\d{1,4})\s*[⟧〛]/g
const LEFT_OVER = /[⟦⟧〚〛]/g

/** `source`: the protected text of which `translated` is the translation; only its own placeholders belong there. */
export function restore(
  translated: string,
  source: string,
  kept: readonly string[],
  to: TargetLang,
): Restored {
  const wanted = numbersIn(source)
  const found = numbersIn(translated)
  const wrong = new Set<number>()
  for (const number of wanted) if (found.filter((one) => one === number).length !== 1) wrong.add(number)
  for (const number of movedIn(source, translated)) wrong.add(number)
  const flags: Flag[] = [...wrong].map((number) => ({ kind: 'protected', detail: kept[number - 1]! }))
  const text = putBack(translated, new Set(wanted), kept, to)
  // A stray one stands for nothing that could be named.
  if (text.strays > 0 && flags.length === 0) flags.push({ kind: 'protected', detail: '' })
  return { text: text.shown, flags }
}

function putBack(
  translated: string,
  wanted: ReadonlySet<number>,
  kept: readonly string[],
  to: TargetLang,
): { shown: string; strays: number } {
  let strays = 0
  const parts = translated.split(PLACEHOLDER)
  const clean = (part: string): string =>
    part.replace(LEFT_OVER, () => {
      strays += 1
      return ''
    })
  let shown = clean(parts[0]!)
  for (let at = 1; at < parts.length; at += 2) {
    const number = Number(parts[at])
    const after = clean(parts[at + 1]!)
    const item = wanted.has(number) ? kept[number - 1]! : ''
    if (item === '') strays += 1
    shown += item + (to === 'ko' ? repairParticle(item, after) : after)
  }
  return { shown, strays }
}

export function numbersIn(text: string): number[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => Number(match[1]))
}

/** Those that stand in another line than before, where both texts have the same lines. */
function movedIn(source: string, translated: string): number[] {
  const [before, after] = [source.trim().split('\n'), translated.trim().split('\n')]
  if (before.length !== after.length) return []
  return before.flatMap((line, at) => {
    const here = numbersIn(after[at]!)
    return numbersIn(line).filter((number) => !here.includes(number))
  })
}

/** Without placeholders, for whoever looks at the words alone. */
export function wordsOnly(text: string): string {
  return text.replace(PLACEHOLDER, ' ')
}
