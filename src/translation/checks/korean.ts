// How Korean translations speak: at the level that was asked for, without what a native speaker would laugh at.
import type { Tone } from '../../core/tone.ts'
import { slipsIn } from '../../text/korean-slips.ts'
import { wrongLevels } from '../../text/speech-level.ts'
import type { Flag } from '../model.ts'

const MAX_NAMED = 5
const MAX_DETAIL_CHARS = 60

/** Of a translation without what was protected. */
export function checkKorean(translated: string, tone: Tone, strict = false): Flag[] {
  const levels = wrongLevels(translated, tone, { strict }).map((sentence) => ({
    kind: 'level' as const,
    detail: sentence,
  }))
  const slips = slipsIn(translated).map(({ kind, text }) => ({ kind, detail: text }))
  return [...levels.slice(0, MAX_NAMED), ...slips.slice(0, MAX_NAMED)].map(({ kind, detail }) => ({
    kind,
    detail: detail.slice(0, MAX_DETAIL_CHARS).toWellFormed(),
  }))
}
