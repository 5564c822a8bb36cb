// What stands in small letters under an answer: what is said of it, that an AI wrote it, and a person's first notice.
import type { Content } from '../src/core/content.ts'
import { retentionIn } from '../src/core/settings.ts'
import type { Context } from '../src/core/turn.ts'
import { words } from '../src/core/wording.ts'
import type { Model } from '../src/llm/model.ts'

export interface SmallPrint {
  model: Pick<Model, 'profile'>
  botName(workspace: string): string
  retentionDays: number
}

/** Called right before the final write, since it claims the notice. */
export async function underneath(
  deps: SmallPrint,
  { turn, claimNotice }: Pick<Context, 'turn' | 'claimNotice'>,
  content: Content,
  notes: string[],
): Promise<Content> {
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
  if (!turn.isNotified && (await claimNotice()))
    small.push(say.notice(deps.botName(turn.workspace), retentionIn(turn.settings, deps.retentionDays)))
  return { ...content, notes: small }
}
