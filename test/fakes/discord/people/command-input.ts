// A person filling in a command: finds it among the registered ones as the client would, and refuses what the client
// would not let through. Source: discord-api-docs interactions/application-commands.mdx.

import { storeFile, type Upload } from '../messages/body.ts'
import { toAttachment } from '../messages/payload.ts'
import type { ChannelRecord, CommandRecord, Json, UserRecord } from '../model.ts'
import { toMember, toRole, toUser } from '../payloads.ts'
import { has } from '../permissions.ts'
import { resolveChannel, resolveId } from '../setup.ts'
import { permissionsOf, type World } from '../world.ts'

export type OptionValue = string | number | boolean | Upload

const optionsOf = (node: Json): Json[] => (Array.isArray(node.options) ? (node.options as Json[]) : [])

function answersTo(node: Json, name: string, locale: string): boolean {
  const local = (node.name_localizations ?? {}) as Record<string, string>
  return node.name === name || local[locale] === name || Object.values(local).includes(name)
}

/** The command a person sees under that name (or Korean name) in this channel. */
export function findCommand(
  world: World,
  user: UserRecord,
  channel: ChannelRecord,
  name: string,
  type: number,
): CommandRecord {
  const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId)
  const all = [...(guild?.commands ?? []), ...world.globalCommands].filter((c) => c.type === type)
  const command = all.find((c) => answersTo(c.data, name, user.locale))
  if (!command) {
    const there = all.map((c) => c.name).join(', ') || 'none'
    throw new Error(`No command "${name}" is registered here (registered: ${there}).`)
  }
  const contexts = command.data.contexts
  if (Array.isArray(contexts) && !contexts.includes(guild ? 0 : 1))
    throw new Error(`/${command.name} is not offered in this kind of channel (contexts ${contexts}).`)
  const permissions = permissionsOf(world, channel, user.id)
  const needed = command.data.default_member_permissions
  if (guild && needed !== null && needed !== undefined) {
    // "0" hides the command from all but administrators (application-commands.mdx "Permissions").
    const bits = BigInt(String(needed))
    const enough = bits !== 0n && (permissions & bits) === bits
    if (!enough && !has(permissions, 'ADMINISTRATOR'))
      throw new Error(`${user.name} may not use /${command.name}.`)
  }
  if (guild && !has(permissions, 'USE_APPLICATION_COMMANDS'))
    throw new Error(`${user.name} may not use application commands in #${channel.name}.`)
  return command
}

interface Filled {
  options: Json[]
  resolved: Record<string, Json>
}

/** `path` are the subcommand words after the command's name. */
export function fillOptions(
  world: World,
  channel: ChannelRecord,
  user: UserRecord,
  command: CommandRecord,
  path: string[],
  values: Record<string, OptionValue>,
  focused?: string,
): Filled {
  const resolved: Record<string, Json> = {}
  const [word, ...rest] = path
  const fill = (node: Json, word: string | undefined, rest: string[]): Json[] => {
    const groups = optionsOf(node).filter((o) => o.type === 1 || o.type === 2)
    if (groups.length > 0) {
      const chosen = groups.find((o) => word !== undefined && answersTo(o, word, user.locale))
      if (!chosen) throw new Error(`/${command.name} needs one of: ${groups.map((g) => g.name).join(', ')}.`)
      return [{ type: chosen.type, name: chosen.name, options: fill(chosen, rest[0], rest.slice(1)) }]
    }
    if (word !== undefined) throw new Error(`/${command.name} has no subcommand "${word}".`)
    return fillLeaf(node, values)
  }
  const fillLeaf = (node: Json, given: Record<string, OptionValue>): Json[] => {
    const known = optionsOf(node)
    const left = new Map(Object.entries(given))
    const filled = known.flatMap((option) => {
      const key = [...left.keys()].find((k) => answersTo(option, k, user.locale))
      if (key === undefined) {
        // While typing (autocomplete) required options may still be missing.
        if (option.required === true && focused === undefined)
          throw new Error(`/${command.name} needs "${option.name}".`)
        return []
      }
      const value = left.get(key)!
      left.delete(key)
      const isFocused = focused === key || focused === option.name
      const checked = isFocused ? value : toValue(world, channel, user, option, value, resolved)
      return [
        { type: option.type, name: option.name, value: checked, ...(isFocused ? { focused: true } : {}) },
      ]
    })
    if (left.size > 0) throw new Error(`/${command.name} has no option "${[...left.keys()].join('", "')}".`)
    return filled
  }
  return { options: fill(command.data, word, rest), resolved }
}

function toValue(
  world: World,
  channel: ChannelRecord,
  user: UserRecord,
  option: Json,
  value: OptionValue,
  resolved: Record<string, Json>,
): string | number | boolean {
  const fail = (why: string) => new Error(`Option "${option.name}": ${why}`)
  const put = (kind: string, id: string, payload: Json) => {
    resolved[kind] = { ...resolved[kind], [id]: payload }
    return id
  }
  if (typeof value === 'object') {
    if (option.type !== 11) throw fail('does not take a file')
    const file = storeFile(world, channel, value)
    return put('attachments', file.id, toAttachment(world, file))
  }
  if (option.type === 5 && typeof value !== 'boolean') throw fail('takes true or false')
  if ((option.type === 4 || option.type === 10) && typeof value !== 'number') throw fail('takes a number')
  if (option.type === 4 && !Number.isInteger(value)) throw fail('takes a whole number')
  if (typeof value === 'number') {
    if (typeof option.min_value === 'number' && value < option.min_value)
      throw fail(`is at least ${option.min_value}`)
    if (typeof option.max_value === 'number' && value > option.max_value)
      throw fail(`is at most ${option.max_value}`)
  }
  if (option.type === 3) {
    // Strings hold up to 6000 characters unless the option says less (application-commands.mdx, max_length).
    const { length } = String(value)
    const [min, max] = [Number(option.min_length ?? 0), Number(option.max_length ?? 6000)]
    if (length < min || length > max) throw fail(`takes ${min} to ${max} characters, not ${length}`)
  }
  const choices = Array.isArray(option.choices) ? (option.choices as Json[]) : []
  if (choices.length > 0) {
    const choice = choices.find((c) => c.value === value || answersTo(c, String(value), user.locale))
    if (!choice) throw fail(`is one of ${choices.map((c) => c.value).join(', ')}`)
    return choice.value as string | number
  }
  if (option.type === 6) {
    const picked = world.users.get(resolveId(world, String(value)))
    if (!picked) throw fail('is no known person')
    const member = world.guilds.get(channel.guildId ?? '')?.members.get(picked.id)
    if (member) put('members', picked.id, toMember(world, member, false))
    return put('users', picked.id, toUser(picked))
  }
  if (option.type === 7) {
    const picked = resolveChannel(world, String(value))
    const permissions = permissionsOf(world, picked, user.id).toString()
    return put('channels', picked.id, { id: picked.id, name: picked.name, type: picked.type, permissions })
  }
  if (option.type === 8) {
    const id = resolveId(world, String(value))
    const role = world.guilds.get(channel.guildId ?? '')?.roles.get(id)
    if (!role) throw fail('is no known role')
    return put('roles', id, toRole(role))
  }
  return value
}
