// Monday's report in the staff channel: the figures in words, with charts beside them.
import type { Content } from '../src/core/content.ts'
import { isBotError, type Lang } from '../src/core/error.ts'
import type { Handler } from '../src/core/turn.ts'

export interface WeeklyDeps {
  /** Of the week before `at`. */
  write(workspace: string, at: Date, lang: Lang): Promise<Content>
}

export function createWeekly({ write }: WeeklyDeps): Handler {
  return async ({ turn, post, clock, log }) => {
    // The same moment on every attempt, so that the week is too.
    const at = new Date(turn.messages[0]?.at ?? clock.now())
    const content = await write(turn.workspace, at, turn.settings.language === 'en' ? 'en' : 'ko')
    try {
      await post.reply('weekly', {}).finish(content)
    } catch (error) {
      if (!isBotError(error) || !(error.code === 'place-gone' || error.code === 'place-forbidden'))
        throw error
      // There is nobody to apologise to in a channel that is gone.
      log.error({ code: error.code, hint: error.hint, channel: turn.place.channel }, 'no weekly report')
    }
    return { type: 'done' }
  }
}
