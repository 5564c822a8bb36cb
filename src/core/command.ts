// What a command is: data and a pure plan. One definition is rendered to Slack's /damso verbs, to Discord's commands
// and message commands, and to what people type after a mention.
import type { Choice } from './content.ts'
import type { Ack, Decision, QueueName } from './decision.ts'
import type { Both, Lang } from './error.ts'
import type { CommandInbound } from './inbound.ts'
import type { Settings } from './settings.ts'

export interface OptionSpec {
  /** `question`: also Discord's option name. */
  name: string
  nameKo: string
  summary: Both
  type: 'text' | 'yes-no' | 'choice'
  required?: boolean
  choices?: { value: string; label: Both }[]
  /** Choices for what has been typed so far; at most 25 are shown; slow ones (1.5 s) become none. */
  complete?(prefix: string, query: CompleteQuery): Promise<Choice[]>
}

export interface CompleteQuery {
  workspace: string
  channel: string
  lang: Lang
  settings: Settings
  /** The other options as filled in so far. */
  options: Record<string, string | number | boolean>
}

export interface Plan {
  kind: string
  queue: QueueName
  ack: Ack
  text: string
  body?: Record<string, unknown>
}

export interface Command {
  /** Canonical English name: Discord's command, Slack's verb. Lower case, one word. */
  name: string
  /** The same in Korean: Slack's other verb, Discord's localised name. */
  nameKo: string
  summary: Both
  /** Text shown by help after the name: `<question>`. */
  usage: Both
  options: OptionSpec[]
  /**
   * `slash`: Slack verb and Discord command. `message`: Discord message command and Slack shortcut (with `menu` as its
   * label). `mention`: typed after a mention, or in a DM.
   */
  surfaces: readonly ('slash' | 'message' | 'mention')[]
  /** Label in context menus; "Damso" in it is replaced by the bot's own name. */
  menu?: Both
  /** Slack's shortcut has one label for everyone: what stands after the English one. By default `nameKo`. */
  shortcutKo?: string
  /** Only for those who may change settings. */
  staffOnly?: boolean
  /** Uses of it that are for others too. */
  isOpenTo?(inbound: CommandInbound): boolean
  /**
   * For those who answer customers, admins or not: whether somebody is one is checked when it is carried out. Discord
   * shows it to those who may manage messages.
   */
  forStaff?: boolean
  /** The option that takes the rest of the text when the command is typed (Slack verb, mention). */
  rest?: string
  /**
   * In an ordinary message that starts with the name, whether what follows still makes it this command: "settings mode
   * every" does, "settings are gone" is a question. Without it only the bare name does.
   */
  isTypedWith?(after: string): boolean
  /** What people write instead of the name, at the start of a message; the text after it counts as after the name. */
  saidAs?: RegExp
  plan(inbound: CommandInbound, view: PlanView): Plan | Exclude<Decision, { type: 'enqueue' | 'signal' }>
}

export interface PlanView {
  settings: Settings
  lang: Lang
  /** The bot's name here; no string hard-codes the product's. */
  botName: string
  /** Every command, for help. */
  commands: readonly Command[]
  /** How a command is typed here: `/damso ask` on Slack, `/ask` on Discord. */
  typed(command: Command): string
}
