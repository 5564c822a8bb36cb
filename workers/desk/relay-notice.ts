// Under what staff wrote in another language than the customer's: how it reads in translation, what is doubtful about it,
// and the buttons to send it, where it is held, and to correct it.
import type { Button } from '../../src/core/content.ts'
import type { Lang } from '../../src/core/error.ts'
import type { RelayFacts } from '../../src/core/facts.ts'
import type { Context } from '../../src/core/turn.ts'
import { plain } from '../card.ts'
import { saidIn } from '../message-text.ts'
import { doubts, isUntranslated, type RelayDeps, shownText, smallPrint } from './relay-translation.ts'
import { RELAY, RELAY_BUTTON } from './relay-words.ts'

export async function showNotice(
  { turn, post }: Context,
  deps: Pick<RelayDeps, 'isRehearsal'>,
  { made, isSent, lang }: { made: RelayFacts | null; isSent: boolean; lang: Lang },
): Promise<void> {
  const reply = post.reply('notice', {})
  // An edit has put it into the customer's language.
  if (made === null) {
    await reply.discard()
    return
  }
  const title = isSent ? RELAY.sent : RELAY.draft
  const isHeldBare = !isSent && isUntranslated(made)
  const small = isHeldBare ? [RELAY.untranslatedDraft] : smallPrint(made, lang, deps)
  await reply.finish({
    text: `**${title}**\n${shownText(made, saidIn(turn))}`,
    lang,
    notes: [...doubts(made, lang), ...decidedBy(made), ...small],
    buttons: buttonsOf(turn.id, isSent),
  })
}

function decidedBy({ decided }: RelayFacts): string[] {
  if (!decided) return []
  return [RELAY[decided.text === null ? 'checked' : 'corrected'](plain(decided.byName))]
}

function buttonsOf(id: string, isSent: boolean): Button[] {
  const correct: Button = { action: 'relay', value: `edit:${id}`, label: RELAY_BUTTON.correct }
  if (isSent) return [correct]
  return [{ action: 'relay', value: `send:${id}`, label: RELAY_BUTTON.send, style: 'primary' }, correct]
}
