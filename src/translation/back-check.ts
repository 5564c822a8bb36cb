// What is about refunds, law or safety is translated back and compared: both stand in one language then, so that values and
// denials can be held against each other, and a person can read what was said.
import type { TargetLang } from '../core/target-lang.ts'
import { checkNegation } from './checks/negation.ts'
import { checkValues } from './checks/values.ts'
import type { Flag } from './model.ts'
import { riskOf } from './risk.ts'

const MAX_SHOWN_CHARS = 300
/** Twice the work is done for what somebody will read, not for a book. */
const MAX_CHARS = 2_400

export async function backCheck(
  source: string,
  translation: string,
  from: TargetLang | null,
  translateBack: (back: { text: string; to: TargetLang }) => Promise<string>,
): Promise<Flag[]> {
  if (from === null || riskOf(source, from) === null) return []
  if (source.length > MAX_CHARS) return [{ kind: 'risk', detail: '' }]
  const back = await translateBack({ text: translation, to: from })
  const wrong = [
    ...checkValues(source, back, from, from),
    ...checkNegation(source, back, from, from),
    ...checkNegation(back, source, from, from),
  ]
  const shown = back.replace(/\s+/g, ' ')
  const short = shown.length > MAX_SHOWN_CHARS ? `${shown.slice(0, MAX_SHOWN_CHARS).toWellFormed()}…` : shown
  const details = [...new Set(wrong.map(({ detail }) => detail))]
  return [
    ...details.map((detail): Flag => ({ kind: 'back', detail })),
    { kind: 'risk', detail: `“${short}”` },
  ]
}
