// Everything that is looked at in one translated part. Each rule is pure and stands in a file of its own.
import type { TargetLang } from '../core/target-lang.ts'
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
}

export function checkPair({ source, translated, from, to }: Pair): Flag[] {
  const [before, after] = [wordsOnly(source), wordsOnly(translated)]
  return [checkScript, checkValues, checkLength, checkNegation].flatMap((check) =>
    check(before, after, from, to),
  )
}
