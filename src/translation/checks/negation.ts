// A "not" that is lost or added turns a rule round. Looks at sentences between Korean and English, and only where one side
// denies something plainly and the other has no word at all that could say so.
import type { TargetLang } from '../../core/target-lang.ts'
import type { Flag } from '../model.ts'
import {
  DENIES_EN,
  DENIES_KO,
  HAS_EN,
  HAS_KO,
  IDIOMS_EN,
  IDIOMS_KO,
  SAID_BY_NOT,
  TURNED_TO_EN,
  TURNED_TO_KO,
  type Turns,
  TWINS,
} from './denials.ts'

/** Both texts without what was protected. */
export function checkNegation(
  source: string,
  translated: string,
  from: TargetLang | null,
  to: TargetLang,
): Flag[] {
  if (from === 'en' && to === 'ko')
    return [...compare(source, translated, EN_KO), ...compare(translated, source, ADDED_KO)]
  if (from === 'ko' && to === 'en')
    return [...compare(source, translated, KO_EN), ...compare(translated, source, EN_KO)]
  // Translated back.
  if (from === 'ko' && to === 'ko') return compare(source, translated, KO_KO)
  if (from === 'en' && to === 'en') return compare(source, translated, EN_EN)
  return []
}

interface Rules {
  denies: RegExp
  idioms: RegExp
  carries: RegExp
  turns: Turns
}

const EN_KO: Rules = { denies: DENIES_EN, idioms: IDIOMS_EN, carries: HAS_KO, turns: TURNED_TO_KO }
const KO_EN: Rules = { denies: DENIES_KO, idioms: IDIOMS_KO, carries: HAS_EN, turns: TURNED_TO_EN }
/** Added by the translation: looser, for Korean denies where English need not. */
const ADDED_KO: Rules = { ...KO_EN, carries: SAID_BY_NOT }
const KO_KO: Rules = { ...KO_EN, carries: HAS_KO, turns: [] }
const EN_EN: Rules = { ...EN_KO, carries: HAS_EN, turns: [] }

/** Sentence by sentence where there are as many on both sides, else as a whole. */
function compare(source: string, translated: string, rules: Rules): Flag[] {
  const [before, after] = [sentencesOf(source), sentencesOf(translated)]
  const pairs: [string, string][] =
    before.length === after.length ? before.map((one, at) => [one, after[at]!]) : [[source, translated]]
  return pairs.flatMap(([one, other]) => {
    const found = rules.denies.exec(one.replace(rules.idioms, ' '))?.[0]
    return found && !isCarried(one, other, rules) ? [{ kind: 'negation' as const, detail: found.trim() }] : []
  })
}

function isCarried(one: string, other: string, { carries, turns }: Rules): boolean {
  return (
    carries.test(withoutTwins(other, one)) ||
    turns.some(([said, turned]) => said.test(one) && turned.test(other))
  )
}

/** A text without the words of denial that stand in the other one too, beside its "not". */
function withoutTwins(text: string, other: string): string {
  return TWINS.reduce(
    (open, [en, ko]) =>
      other.search(en) >= 0 || other.search(ko) >= 0 ? open.replace(en, ' ').replace(ko, ' ') : open,
    text,
  )
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?。！？])\s+|\n+/).filter((part) => /\p{L}/u.test(part))
}
