// The button under a private translation: the person who asked for it shows it to everybody there.
import type { Answers } from '../../src/core/answers.ts'
import type { Place } from '../../src/core/inbound.ts'
import { threadRootOf } from '../../src/core/route/lanes.ts'
import { madeBy, SAY, sharedBy, warningOf } from '../../src/core/translation-words.ts'
import type { Handler, Turn } from '../../src/core/turn.ts'
import { stillRunning } from '../still-running.ts'
import { tellIn } from '../tell.ts'
import type { TranslateDeps, TranslationFacts } from './translate.ts'

export interface ShareDeps extends Pick<TranslateDeps, 'isRehearsal'> {
  answers: Pick<Answers, 'find'>
}

export function createShare({ answers, isRehearsal }: ShareDeps): Handler {
  return async (context) => {
    const { turn, post } = context
    const id = String(turn.messages[0]?.body['id'])
    const found = await answers.find(turn.workspace, id)
    const tell = tellIn(context)
    if (found?.kind !== 'translate') return tell(SAY.gone)
    if (found.author !== turn.author.id) return tell(SAY.notYours)
    if (found.isOpen) throw stillRunning()
    if (found.answer === null) return tell(SAY.gone)
    const lang = found.lang ?? 'ko'
    const { from, to, flags, target } = found.facts['translation'] as TranslationFacts
    const warning = warningOf(flags, lang)
    const notes = [
      ...(warning === null ? [] : [warning]),
      ...(isRehearsal() ? [SAY.rehearsal[lang]] : []),
      madeBy(from, to, lang),
      sharedBy(turn.author.name, lang),
    ]
    const place = shownAt(found.place, turn, target)
    await post.send('share', { text: found.answer, lang, notes }, { place })
    return { type: 'done' }
  }
}

/** In the thread of the message that it translates, else where it was asked for. */
function shownAt(place: Place, { settings }: Turn, target: string | null): Place {
  if (place.thread !== null || target === null) return place
  if (place.platform === 'discord' && settings.answers === 'here') return place
  return { ...place, thread: threadRootOf(place, target) }
}
