// Commands and buttons as a person uses them; the rest of what people do is in person.ts.

import { startInteraction } from '../interactions.ts'
import { messageOrThrow, toMessage } from '../messages/payload.ts'
import type { ChannelRecord, Json, MessageRecord, UserRecord } from '../model.ts'
import { toMember, toUser } from '../payloads.ts'
import type { World } from '../world.ts'
import { fillOptions, findCommand, type OptionValue } from './command-input.ts'
import { fillForm } from './form-input.ts'
import { buttonsOf, type SeenInteraction, toSeenInteraction } from './seen.ts'

export type Ref = string | { id: string }

export interface Commanding {
  /** `command('ask', {question})`, subcommands as `'settings mode'`; names may be the Korean ones. */
  command(name: string, options?: Record<string, OptionValue>, where?: Ref): SeenInteraction
  messageCommand(name: string, message: Ref): SeenInteraction
  userCommand(name: string, target: string, where?: Ref): SeenInteraction
  /** Presses the button with this custom id, label, or beginning of a custom id. */
  click(message: Ref, button: string): SeenInteraction
  select(message: Ref, customId: string, values: string[]): SeenInteraction
  /** Choices offered while typing into `focused` (default: the last option named). */
  autocomplete(
    name: string,
    options: Record<string, OptionValue>,
    focused?: string,
    where?: Ref,
  ): Promise<{ name: string; value: string | number }[]>
  submitModal(interaction: SeenInteraction, values: Record<string, string | string[]>): SeenInteraction
}

export const idOf = (ref: Ref) => (typeof ref === 'string' ? ref : ref.id)

/** The message, if this person sees it at all. */
export function sourceFor(
  world: World,
  user: UserRecord,
  ref: Ref,
): { message: MessageRecord; channel: ChannelRecord } {
  const message = messageOrThrow(world, idOf(ref))
  if (message.ephemeralTo !== null && message.ephemeralTo !== user.id)
    throw new Error(`${user.name} does not see message ${message.id}: it is ephemeral.`)
  return { message, channel: world.channels.get(message.channelId)! }
}

function dataOf(
  command: { id: string; name: string; type: number; guildId: string | null },
  channel: ChannelRecord,
): Json {
  // `guild_id` is there only for a command registered to a guild (receiving-and-responding.mdx "Application Command Data").
  const guild = command.guildId === null ? {} : { guild_id: channel.guildId }
  return { id: command.id, name: command.name, type: command.type, ...guild }
}

function messageCommand(world: World, user: UserRecord, name: string, ref: Ref): SeenInteraction {
  const { message, channel } = sourceFor(world, user, ref)
  const command = findCommand(world, user, channel, name, 3)
  // The target's content is always there, whatever the intents (events/gateway.mdx "Message Content Intent").
  const resolved = { messages: { [message.id]: toMessage(world, message) } }
  const state = startInteraction(world, {
    kind: 'command',
    userId: user.id,
    channel,
    commandName: command.name,
    commandType: 3,
    targetMessageId: message.id,
    data: { ...dataOf(command, channel), target_id: message.id, resolved },
  })
  return toSeenInteraction(world, state)
}

function userCommand(
  world: World,
  user: UserRecord,
  name: string,
  target: string,
  channel: ChannelRecord,
): SeenInteraction {
  const command = findCommand(world, user, channel, name, 2)
  const picked = world.users.get(world.names.get(target) ?? target)
  if (!picked) throw new Error(`The fake Discord has no user ${target}.`)
  const member = world.guilds.get(channel.guildId ?? '')?.members.get(picked.id)
  const members = member ? { members: { [picked.id]: toMember(world, member, false) } } : {}
  const resolved = { users: { [picked.id]: toUser(picked) }, ...members }
  const data = { ...dataOf(command, channel), target_id: picked.id, resolved }
  const fields = {
    kind: 'command',
    userId: user.id,
    channel,
    commandName: command.name,
    commandType: 2,
    data,
  } as const
  return toSeenInteraction(world, startInteraction(world, fields))
}

function pressed(world: World, user: UserRecord, ref: Ref, wanted: string): Json {
  const { message } = sourceFor(world, user, ref)
  const buttons = buttonsOf(message.components).filter((b) => b.customId !== null)
  const button =
    buttons.find((b) => b.customId === wanted) ??
    buttons.find((b) => b.label === wanted) ??
    buttons.find((b) => b.customId!.startsWith(wanted))
  if (!button)
    throw new Error(
      `No button "${wanted}" (there: ${buttons.map((b) => `${b.customId}=${b.label}`).join(', ')}).`,
    )
  if (button.disabled) throw new Error(`The button "${button.label}" is disabled.`)
  return { custom_id: button.customId, component_type: 2, id: 1 }
}

function slashCommand(
  world: World,
  user: UserRecord,
  name: string,
  options: Record<string, OptionValue>,
  channel: ChannelRecord,
  focused?: string,
): SeenInteraction {
  const [first = '', ...path] = name.replace(/^\//, '').split(' ')
  const command = findCommand(world, user, channel, first, 1)
  const filled = fillOptions(world, channel, user, command, path, options, focused)
  const state = startInteraction(world, {
    kind: focused === undefined ? 'command' : 'autocomplete',
    userId: user.id,
    channel,
    commandName: command.name,
    data: { ...dataOf(command, channel), options: filled.options, resolved: filled.resolved },
  })
  return toSeenInteraction(world, state)
}

function component(world: World, user: UserRecord, ref: Ref, data: Json): SeenInteraction {
  const { message, channel } = sourceFor(world, user, ref)
  const fields = { kind: 'component', userId: user.id, channel, data, sourceMessageId: message.id } as const
  return toSeenInteraction(world, startInteraction(world, fields))
}

function submitModal(
  world: World,
  user: UserRecord,
  { record }: SeenInteraction,
  values: Record<string, string | string[]>,
): SeenInteraction {
  if (!record.modal) throw new Error('This interaction was not answered with a form.')
  const state = startInteraction(world, {
    kind: 'modal',
    userId: user.id,
    channel: world.channels.get(record.channelId)!,
    data: fillForm(record.modal, values),
    ...(record.sourceMessageId === null ? {} : { sourceMessageId: record.sourceMessageId }),
  })
  return toSeenInteraction(world, state)
}

/** `place` finds the channel meant, or a default one. */
export function commanding(
  world: World,
  user: UserRecord,
  place: (where?: Ref) => ChannelRecord,
): Commanding {
  return {
    command: (name, options = {}, where) => slashCommand(world, user, name, options, place(where)),
    messageCommand: (name, ref) => messageCommand(world, user, name, ref),
    userCommand: (name, target, where) => userCommand(world, user, name, target, place(where)),
    click: (ref, wanted) => component(world, user, ref, pressed(world, user, ref, wanted)),
    select: (ref, customId, values) =>
      component(world, user, ref, { custom_id: customId, component_type: 3, id: 1, values }),
    async autocomplete(name, options, focused = Object.keys(options).at(-1) ?? '', where) {
      const seen = slashCommand(world, user, name, options, place(where), focused)
      await world.watch.until(() => seen.state !== 'waiting', { what: `choices for /${name} ${focused}` })
      return seen.choices ?? []
    },
    submitModal: (opened, values) => submitModal(world, user, opened, values),
  }
}
