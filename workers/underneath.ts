// What stands in small print under an answer: who wrote it, and once for each person what becomes of their words.
import type { Content } from '../src/core/content.ts'
import { retentionIn } from '../src/core/settings.ts'
import type { Turn } from '../src/core/turn.ts'
import { words } from '../src/core/wording.ts'
import type { Model } from '../src/llm/model.ts'

export interface SmallPrint {
  model: Pick<Model, 'profile'>
  botName(workspace: string): string
  retentionDays: number
}

export function underneath(deps: SmallPrint, turn: Turn, content: Content, notes: string[]): Content {
  const say = words(content.lang)
  const small = [...notes]
  if (deps.model.profile.rehearsal)
    small.push(
      content.lang === 'ko'
        ? '리허설 모델입니다. EXAONE이 아닙니다.'
        : 'Rehearsal model. This is not EXAONE.',
    )
  const isLabelled =
    turn.settings.label === 'every' || (turn.settings.label === 'first' && turn.history.length === 0)
  if (isLabelled) small.push(say.label)
  if (!turn.isNotified) small.push(say.notice(deps.botName(turn.workspace), retentionIn(turn.settings, deps.retentionDays)))
  return { ...content, notes: small }
}
