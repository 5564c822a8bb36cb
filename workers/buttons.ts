// The buttons that stand under more than one kind of post.
import type { Button } from '../src/core/content.ts'
import type { Lang } from '../src/core/error.ts'
import type { Turn } from '../src/core/turn.ts'
import { words } from '../src/core/wording.ts'
import { REPLY_CARD } from './desk/staff-help-words.ts'

export function answerButtons(turn: Pick<Turn, 'id'>, lang: Lang): Button[] {
  const say = words(lang)
  return [
    { action: 'feedback', value: 'up', label: say.up },
    { action: 'feedback', value: 'down', label: say.down },
    personButton(turn, lang),
  ]
}

export function personButton(turn: Pick<Turn, 'id'>, lang: Lang): Button {
  return { action: 'person', value: turn.id, label: words(lang).person }
}

/** On a case's card. */
export function helpButtons(ticket: string): Button[] {
  return [
    { action: 'reply', value: `suggest:${ticket}`, label: REPLY_CARD.suggest },
    { action: 'reply', value: `summary:${ticket}`, label: REPLY_CARD.summary },
  ]
}

export function stopButton(turn: Turn, lang: Lang): Button {
  return { action: 'stop', value: turn.id, label: words(lang).stop, style: 'danger' }
}
