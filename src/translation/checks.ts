// Everything that is looked at in one translated part. Each rule is pure and stands in a file of its own.
import type { TargetLang } from '../core/target-lang.ts'
import type { Tone } from '../core/tone.ts'
import { checkKorean } from './checks/korean.ts'
import { checkLength } from './checks/length.ts'
import { checkNegation } from './checks/negation.ts'
import { checkScript } from './checks/script.ts'
import { checkValues } from './checks/values.ts'
import type { Flag } from './model.ts'
import { wordsOnly } from './protect.ts'

export interface Pair {
  /** Protected, as the model saw it. */
  source: string
  /** What it wrote, before anything is put back. */
  translated: string
  from: TargetLang | null
  to: TargetLang
  /** How Korean is to speak; by default 해요. */
  tone?: Tone
}

export function checkPair({ source, translated, from, to, tone = 'polite' }: Pair): Flag[] {
  const [before, after] = [wordsOnly(source), wordsOnly(translated)]
  const flags = [checkScript, checkValues, checkLength, checkNegation].flatMap((check) =>
    check(before, after, from, to),
  )
  return to === 'ko' ? [...flags, ...checkKorean(after, tone)] : flags
}
