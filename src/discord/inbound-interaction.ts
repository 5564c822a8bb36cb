// Commands, message commands, buttons and submitted forms as Inbound; what is being typed as a query for choices.
import {
  type APIApplicationCommandInteraction,
  type APIInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionType,
  PermissionFlagsBits,
} from 'discord.js'
import type { Lang } from '../core/error.ts'
import type { ActionInbound, Author, CommandInbound } from '../core/inbound.ts'
import { langOfLocale } from '../core/inbound.ts'
import { normalizeText } from '../text/normalize.ts'
import { parseCustomId } from './custom-id.ts'
import { createHandle } from './handle.ts'
import { type MessageReader, toAttachments } from './inbound.ts'
import { readText } from './inbound-text.ts'
import { tagsOf } from './room.ts'
import { timeOf } from './snowflake.ts'

export type Interaction = Exclude<APIInteraction, { type: InteractionType.Ping }>
export type Options = Record<string, string | number | boolean>

export interface Typed {
  command: string
  option: string
  prefix: string
  options: Options
}

/** null for what is not ours: another kind of command, a button of an older version. */
export function toInbound(
  raw: Interaction,
  reader: MessageReader,
  commandOfMenu: (label: string) => string,
): CommandInbound | ActionInbound | null {
  if (raw.type === InteractionType.ApplicationCommand) return toCommand(raw, reader, commandOfMenu)
  if (raw.type === InteractionType.MessageComponent) return toAction(raw, reader)
  if (raw.type === InteractionType.ModalSubmit) return toSubmit(raw, reader)
  return null
}

export function langOf(raw: Interaction): Lang {
  const own = 'locale' in raw ? langOfLocale(raw.locale) : null
  return own ?? langOfLocale(raw.guild_locale ?? null) ?? 'en'
}

function toCommand(
  raw: APIApplicationCommandInteraction,
  reader: MessageReader,
  commandOfMenu: (label: string) => string,
): CommandInbound | null {
  const { data } = raw
  if (data.type === ApplicationCommandType.ChatInput)
    return {
      ...common(raw, reader),
      type: 'command',
      name: data.name,
      options: toOptions(data.options ?? []).options,
      target: null,
    }
  if (data.type !== ApplicationCommandType.Message) return null
  const target = data.resolved.messages[data.target_id]
  if (!target) return null
  const base = common(raw, reader)
  const guild = raw.guild_id ? reader.guild(raw.guild_id) : null
  const room = reader.rooms.known(target.channel_id, raw.guild_id ?? null, raw.channel)
  const { text } = readText(target, room, { selfId: reader.selfId(), guild })
  const authorIsBot = target.author.bot === true || target.webhook_id !== undefined
  return {
    ...base,
    type: 'command',
    name: commandOfMenu(data.name),
    options: {},
    target: {
      source: target.id,
      text,
      attachments: toAttachments(target),
      authorIsBot,
      author: target.author.id,
    },
  }
}

function toAction(raw: APIMessageComponentInteraction, reader: MessageReader): ActionInbound | null {
  const parsed = parseCustomId(raw.data.custom_id)
  if (!parsed) return null
  const { action, value } = parsed
  return { ...common(raw, reader), type: 'action', action, value, message: raw.message.id }
}

function toSubmit(raw: APIModalSubmitInteraction, reader: MessageReader): CommandInbound {
  const options: Options = {}
  for (const row of raw.data.components) {
    const fields = 'component' in row ? [row.component] : 'components' in row ? row.components : []
    for (const field of fields) {
      if ('value' in field && typeof field.value === 'string')
        options[field.custom_id] = normalizeText(field.value)
      else if ('values' in field && field.values[0] !== undefined) options[field.custom_id] = field.values[0]
    }
  }
  return { ...common(raw, reader), type: 'command', name: raw.data.custom_id, options, target: null }
}

/** What somebody is typing, or null when nothing is in focus. */
export function toTyped(raw: Interaction): Typed | null {
  if (raw.type !== InteractionType.ApplicationCommandAutocomplete) return null
  const { options, focused } = toOptions(raw.data.options)
  return focused === null
    ? null
    : { command: raw.data.name, option: focused.name, prefix: focused.value, options }
}

interface RawOption {
  type: ApplicationCommandOptionType
  name: string
  value?: string | number | boolean
  focused?: boolean
}

function toOptions(raw: readonly object[]): {
  options: Options
  focused: { name: string; value: string } | null
} {
  const options: Options = {}
  let focused: { name: string; value: string } | null = null
  for (const { type, name, value, focused: isFocused } of raw as readonly RawOption[]) {
    if (value === undefined) continue
    const read = type === ApplicationCommandOptionType.String ? normalizeText(String(value)) : value
    if (isFocused) focused = { name, value: String(read) }
    else options[name] = read
  }
  return { options, focused }
}

type Common = Omit<CommandInbound, 'type' | 'name' | 'options' | 'target'>

function common(raw: Interaction, reader: MessageReader): Common {
  const author = toAuthor(raw)
  if (author.locale !== null) reader.locales.learn(author.id, author.locale)
  const room = reader.rooms.known(raw.channel?.id ?? '', raw.guild_id ?? null, raw.channel)
  return {
    source: raw.id,
    workspace: room.workspace,
    audience: room.audience,
    place: room.place,
    room: room.room,
    ...tagsOf(room),
    author,
    sharedExternally: false,
    at: timeOf(raw.id),
    handle: createHandle({ ...raw, isComponent: raw.type === InteractionType.MessageComponent }),
  }
}

function toAuthor(raw: Interaction): Author {
  const user = raw.member?.user ?? raw.user
  if (!user) throw new Error(`interaction ${raw.id} has no user`)
  const permissions = BigInt(raw.member?.permissions ?? 0)
  const admin = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator
  return {
    id: user.id,
    name: raw.member?.nick ?? user.global_name ?? user.username,
    kind: user.bot ? 'bot' : 'member',
    locale: 'locale' in raw ? raw.locale : null,
    isAdmin: (permissions & admin) !== 0n,
  }
}
