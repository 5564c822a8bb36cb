// Command definitions as Discord's command bodies: slash commands with Korean names, and message commands. Pure.
// Source: discord-api-docs interactions/application-commands.
import type { Command, OptionSpec } from '../core/command.ts'

const CHAT_INPUT = 1
const MESSAGE = 3
const STRING = 3
const BOOLEAN = 5
const IN_GUILD = 0
const IN_BOT_DM = 1
const INSTALLED_TO_GUILD = 0
const MANAGE_GUILD = String(1 << 5)
const MANAGE_MESSAGES = String(1 << 13)

const MAX_NAME_CHARS = 32
const MAX_SUMMARY_CHARS = 100
const MAX_CHOICES = 25

/** The product's name in menu labels, replaced by the bot's own. */
const NAME = 'Damso'

export interface DiscordCommandOptions {
  botName: string
}

export function toDiscordCommands(
  commands: readonly Command[],
  { botName }: DiscordCommandOptions,
): object[] {
  return commands.flatMap((command) => [
    ...(command.surfaces.includes('slash') ? [toSlash(command)] : []),
    ...(command.surfaces.includes('message') && command.menu ? [toMenu(command, botName)] : []),
  ])
}

/** Tells which command a message command's label means, also when the bot was renamed since it was registered. */
export function createMenuReader(commands: readonly Command[], botName: string): (label: string) => string {
  const menus = commands.filter((command) => command.surfaces.includes('message') && command.menu)
  return (label) => {
    const exact = menus.find((command) => menuLabel(command, 'en', botName) === label)
    const alike = menus.find((command) => command.menu!.en.split(NAME).every((part) => label.includes(part)))
    return (exact ?? alike ?? menus[0])?.name ?? label.toLowerCase()
  }
}

function toSlash(command: Command): object {
  // Discord wants the required options first.
  const options = [...command.options].sort(
    (a, b) => Number(b.required ?? false) - Number(a.required ?? false),
  )
  return {
    type: CHAT_INPUT,
    name: command.name,
    name_localizations: { ko: command.nameKo },
    ...toSummary(command.summary),
    options: options.map(toOption),
    ...whereAndWho(command),
  }
}

function toMenu(command: Command, botName: string): object {
  return {
    type: MESSAGE,
    name: menuLabel(command, 'en', botName),
    name_localizations: { ko: menuLabel(command, 'ko', botName) },
    ...whereAndWho(command),
  }
}

function menuLabel(command: Command, lang: 'en' | 'ko', botName: string): string {
  const label = command.menu![lang]
  const room = MAX_NAME_CHARS - label.replaceAll(NAME, '').length
  return label.replaceAll(NAME, botName.slice(0, room).trim())
}

function whereAndWho(command: Command): object {
  return {
    integration_types: [INSTALLED_TO_GUILD],
    contexts: command.staffOnly || command.forStaff ? [IN_GUILD] : [IN_GUILD, IN_BOT_DM],
    ...(command.staffOnly ? { default_member_permissions: MANAGE_GUILD } : {}),
    ...(command.forStaff ? { default_member_permissions: MANAGE_MESSAGES } : {}),
  }
}

function toOption(option: OptionSpec): object {
  return {
    type: option.type === 'yes-no' ? BOOLEAN : STRING,
    name: option.name,
    name_localizations: { ko: option.nameKo },
    ...toSummary(option.summary),
    required: option.required ?? false,
    ...toChoices(option),
  }
}

function toChoices(option: OptionSpec): object {
  if (option.complete) return { autocomplete: true }
  if (!option.choices) return {}
  return {
    choices: option.choices.slice(0, MAX_CHOICES).map(({ value, label }) => ({
      name: label.en,
      name_localizations: { ko: label.ko },
      value,
    })),
  }
}

function toSummary(summary: OptionSpec['summary']): object {
  return {
    description: summary.en.slice(0, MAX_SUMMARY_CHARS),
    description_localizations: { ko: summary.ko.slice(0, MAX_SUMMARY_CHARS) },
  }
}
