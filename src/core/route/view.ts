// What route sees besides the event: settings, the commands, and the judgements on text that src/text makes.
import type { Command, PlanView } from '../command.ts'
import type { Lang } from '../error.ts'
import { type Author, langOfLocale, type Platform } from '../inbound.ts'
import type { Settings } from '../settings.ts'

/** src/text's rules, handed in by app.ts because core imports nothing of ours. All pure. */
export interface TextRules {
  /** "감사합니다", "네", "ok", 👍: closes a matter and asks nothing. */
  isAcknowledgement(text: string): boolean
  /** The emoji that answers an acknowledgement. */
  ackReaction(text: string): string | null
  /** Reads like a whole question, so that nothing more needs to be awaited. */
  looksComplete(text: string): boolean
  /** "그만", "stop", said alone. */
  asksToStop(text: string): boolean
  /** "잊어 줘", "forget me". */
  asksToBeForgotten(text: string): boolean
  /** "상담원 연결해 주세요", "can I talk to a person". */
  asksForPerson(text: string): boolean
  /** `userLang`: the language of the person's client. */
  replyLanguage(input: { text: string; userLang?: Lang; platformLocale?: string }): { lang: Lang }
}

export interface RouteView {
  /** As they hold in the event's channel. */
  settings: Settings
  botName: string
  commands: readonly Command[]
  /** How long to wait for more when a message does not read complete. */
  quiet: { ms: number }
  text: TextRules
  /** How a command is typed there: `/damso ask` on Slack, `/ask` on Discord. */
  typed(command: Command, platform: Platform): string
}

/** The language of what is said at once, without the model. */
export function langOf(view: RouteView, author: Author, text: string): Lang {
  if (view.settings.language !== 'auto') return view.settings.language
  const userLang = langOfLocale(author.locale) ?? undefined
  if (text.trim() === '') return userLang ?? (author.locale ? 'en' : 'ko')
  return view.text.replyLanguage({ text, userLang, platformLocale: author.locale ?? undefined }).lang
}

/** "settings mode every" is what a Korean types too, so only Hangul says more than the client's language. */
export function langOfCommand(view: RouteView, author: Author, typed: string): Lang {
  const saysMore = /\p{Script=Hangul}/u.test(typed) || langOfLocale(author.locale) === null
  return langOf(view, author, saysMore ? typed : '')
}

export function planViewOf(view: RouteView, platform: Platform, lang: Lang): PlanView {
  return {
    settings: view.settings,
    lang,
    botName: view.botName,
    commands: view.commands,
    typed: (command) => view.typed(command, platform),
  }
}
