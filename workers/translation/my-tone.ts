// "My tone": how politely what is translated for a person speaks, wherever they read it. Their own; "forget me" takes it away.
import { parseTone, type Tones } from '../../src/core/tone.ts'
import { myToneIs } from '../../src/core/translation-words.ts'
import { type Handler, isPrivate } from '../../src/core/turn.ts'
import { askerLang } from '../asker-lang.ts'

export function createMyTone({ people }: { people: Pick<Tones, 'toneOf' | 'setTone'> }): Handler {
  return async ({ turn, post }) => {
    const body = turn.messages[0]?.body ?? {}
    const { workspace, author } = turn
    if ('tone' in body) await people.setTone(workspace, author.id, parseTone(String(body['tone'] ?? '')))
    const tone = await people.toneOf(workspace, author.id)
    const lang = askerLang(turn)
    await post.send('say', { text: myToneIs(tone, lang), lang }, { isPrivate: isPrivate(turn) })
    return { type: 'done' }
  }
}
