// What somebody puts on a message that is handed on, or takes off it again, is done to its counterpart, by the bot.
import type { Answers } from '../../src/core/answers.ts'
import type { Handler } from '../../src/core/turn.ts'

export function createRelayReaction({ answers }: { answers: Pick<Answers, 'copyOf'> }): Handler {
  return async ({ turn, post }) => {
    for (const { body } of turn.messages) {
      const copy = await answers.copyOf(turn.workspace, String(body['target']), turn.author.id)
      if (!copy) return { type: 'dropped' }
      await post.outbound.react(copy.place, copy.message, String(body['emoji']), body['isRemoved'] === true)
    }
    return { type: 'done' }
  }
}
