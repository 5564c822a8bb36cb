// Everything that is looked at in one translated part. Each rule is pure and stands in a file of its own.
import type { TargetLang } from '../core/target-lang.ts'
import type { Address, Tone } from '../core/tone.ts'
import { checkAddress } from './checks/address.ts'
import { checkFormalEnglish } from './checks/english.ts'
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
  isStrict?: boolean
  address?: Address
}

export function checkPair(pair: Pair): Flag[] {
  const { source, translated, from, to, tone = 'polite', isStrict, address } = pair
  const [before, after] = [wordsOnly(source), wordsOnly(translated)]
  const flags = [checkScript, checkValues, checkLength, checkNegation].flatMap((check) =>
    check(before, after, from, to),
  )
  if (to === 'ko')
    return [...flags, ...checkKorean(after, tone, isStrict), ...checkAddress(before, after, address)]
  return to === 'en' && tone === 'formal' ? [...flags, ...checkFormalEnglish(before, after)] : flags
}
