// "Forget me": deletes what is kept about a person in this workspace, and confirms it.
import { type Handler, isPrivate } from '../src/core/turn.ts'
import { replyLanguage } from '../src/text/language.ts'

export interface ForgetDeps {
  /** All that any feature keeps of them, but for the turn that asks for it. Gives how many messages went. */
  forget(workspace: string, person: string, exceptTurn: string): Promise<number>
}

export function createForget({ forget }: ForgetDeps): Handler {
  return async ({ turn, post, log }) => {
    const text = turn.messages.map((message) => message.text).join('\n')
    const lang = replyLanguage({ text, userLang: turn.author.lang ?? undefined }).lang
    // Deleted before it is confirmed: a crash in between only deletes again.
    const count = await forget(turn.workspace, turn.author.id, turn.id)
    log.info({ count }, 'a person was forgotten')
    const sentence = {
      ko: `보관하던 대화와 기록을 모두 지웠어요. (메시지 ${count}건) 여기 남아 있는 메시지는 직접 지우실 수 있어요.`,
      en: `I deleted everything I had kept about you (${count} ${count === 1 ? 'message' : 'messages'}). The messages that are still visible here are yours to delete.`,
    }
    await post.send('say', { text: sentence[lang], lang }, { isPrivate: isPrivate(turn) })
    return { type: 'done' }
  }
}
