// A turn as handlers see it, made from what the store has claimed.
import type { Lang } from '../src/core/error.ts'
import type { Settings } from '../src/core/settings.ts'
import type { Turn } from '../src/core/turn.ts'
import type { ClaimedTurn } from '../src/store/model.ts'
import { replyLanguage } from '../src/text/language.ts'

export function toTurn(
  turn: ClaimedTurn,
  settingsOf: (workspace: string, channel: string) => Settings,
): Turn {
  return {
    id: turn.id,
    workspace: turn.lease.workspace,
    audience: turn.audience,
    lane: turn.lease.lane,
    kind: turn.kind,
    queue: turn.queue,
    place: turn.place,
    author: turn.author,
    messages: turn.messages,
    history: turn.history,
    attempt: turn.attempts + 1,
    isNotified: turn.isNotified,
    handle: turn.handle,
    facts: turn.facts,
    settings: settingsOf(turn.lease.workspace, turn.place.channel),
  }
}

export function languageOf(turn: ClaimedTurn): Lang {
  const text = turn.messages.map((message) => message.text).join('\n')
  return replyLanguage({ text, userLang: turn.author.lang ?? undefined }).lang
}
