// "My language": what translations for a person go into where they do not say. Their own alone; "forget me" takes it away.
import { parseTargetLang } from '../../src/core/target-lang.ts'
import { myLanguageIs } from '../../src/core/translation-words.ts'
import { type Handler, isPrivate } from '../../src/core/turn.ts'
import type { People } from '../../src/store/model.ts'
import { askerLang } from '../asker-lang.ts'

export function createMyLanguage({ people }: { people: Pick<People, 'readsOf' | 'setReads'> }): Handler {
  return async ({ turn, post }) => {
    const body = turn.messages[0]?.body ?? {}
    const { workspace, author } = turn
    if ('reads' in body)
      await people.setReads(workspace, author.id, parseTargetLang(String(body['reads'] ?? '')))
    const reads = await people.readsOf(workspace, author.id)
    const lang = askerLang(turn)
    await post.send('say', { text: myLanguageIs(reads, lang), lang }, { isPrivate: isPrivate(turn) })
    return { type: 'done' }
  }
}
