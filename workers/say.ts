// Posts a text that was decided at intake (help typed as a message, a refusal): exactly once, like every answer.
import type { Content } from '../src/core/content.ts'
import type { Handler } from '../src/core/turn.ts'

export const say: Handler = async ({ turn, post }) => {
  const body = turn.messages[0]?.body ?? {}
  const content = body['content'] as Content | undefined
  if (!content) return { type: 'dropped' }
  const isPrivate = body['isPrivate'] === true
  // Without an interaction to answer there is no private message that could be found again after a crash.
  if (isPrivate && !turn.handle) await post.whisper(turn.author.id, content)
  else await post.send('say', content, { isPrivate })
  return { type: 'done' }
}
