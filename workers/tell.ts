// What is said to whoever pressed a button or sent a form: in their language, seen by nobody else, and the end of the turn.
import type { Content } from '../src/core/content.ts'
import type { Both } from '../src/core/error.ts'
import type { Context, Outcome } from '../src/core/turn.ts'

export type Tell = (told: Both, more?: Pick<Content, 'buttons'>) => Promise<Outcome>

export function tellIn({ turn, post }: Pick<Context, 'turn' | 'post'>): Tell {
  const lang = turn.author.lang ?? 'ko'
  return async (told, more = {}) => {
    await post.send('say', { text: told[lang], lang, ...more }, { isPrivate: true })
    return { type: 'done' }
  }
}
