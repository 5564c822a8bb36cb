// A translation that is far too short has left something out; one that is far too long has answered, or explained itself.
import type { TargetLang } from '../../core/target-lang.ts'
import type { Flag } from '../model.ts'

/** Characters of the translation for one of the source, from and to a script of syllables. Measured on support texts. */
const RATIOS = {
  'dense→dense': [0.35, 2.8],
  'dense→alphabet': [0.75, 5.5],
  'alphabet→dense': [0.16, 1.5],
  'alphabet→alphabet': [0.45, 2.4],
} as const
const DENSE: ReadonlySet<TargetLang | null> = new Set<TargetLang | null>(['ko', 'ja', 'zh'])
/** Below this many characters a ratio says nothing. */
const MIN_CHARS = 24
const SHORT_ROOM = 60

/** Both texts without what was protected. */
export function checkLength(
  source: string,
  translated: string,
  from: TargetLang | null,
  to: TargetLang,
): Flag[] {
  const [before, after] = [charsIn(source), charsIn(translated)]
  if (before === 0) return []
  if (after === 0) return [{ kind: 'length', detail: '' }]
  const [low, high] = RATIOS[`${sort(from)}→${sort(to)}`]
  const ratio = after / before
  const isOff = before < MIN_CHARS ? after > before * high + SHORT_ROOM : ratio < low || ratio > high
  return isOff ? [{ kind: 'length', detail: '' }] : []
}

function sort(lang: TargetLang | null): 'dense' | 'alphabet' {
  return DENSE.has(lang) ? 'dense' : 'alphabet'
}

function charsIn(text: string): number {
  return text.replaceAll(/\s+/g, '').length
}
