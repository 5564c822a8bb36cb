// REST endpoints of application commands, global and per guild, with the limits Discord states in prose.
// Source: discord-api-docs interactions/application-commands.mdx.
import { ApiError, apiError, type FieldProblem, formError } from '../http/errors.ts'
import type { Endpoint, RequestContext } from '../http/router.ts'
import type { CommandRecord, Json } from '../model.ts'
import type { World } from '../world.ts'

// "application-commands.mdx#application-command-object-application-command-naming"
const NAME = /^[-_ʼ\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u

// 100 chat-input, 15 user and 15 message commands per scope (since 2026-03-03, facts B5).
const MAX_BY_TYPE: Record<number, number> = { 1: 100, 2: 15, 3: 15 }

export function commandRoutes(world: World): Endpoint[] {
  const global = '/applications/{application_id}/commands'
  const guild = '/applications/{application_id}/guilds/{guild_id}/commands'
  return [global, guild].flatMap((path) => scopedRoutes(world, path))
}

function scopedRoutes(world: World, path: string): Endpoint[] {
  const save = (context: RequestContext, commands: CommandRecord[]) => setScope(world, context, commands)
  return [
    {
      method: 'GET',
      path,
      auth: 'bot',
      response: 'ApplicationCommandResponse[]',
      handle: (context) => ({ status: 200, body: scopeOf(world, context).map((c) => toCommand(world, c)) }),
    },
    {
      method: 'PUT',
      path,
      auth: 'bot',
      request: 'ApplicationCommandUpdateRequest[]',
      prepare: (body) => (Array.isArray(body) ? body.map(withNumericPermissions) : body),
      response: 'ApplicationCommandResponse[]',
      handle(context) {
        // Bulk overwrite: what is not in the list is deleted; same names keep their ids.
        const before = scopeOf(world, context)
        const raw = context.body as unknown as Json[]
        const commands = raw.map((data) => toRecord(world, context, data, before))
        checkScope(commands)
        save(context, commands)
        return { status: 200, body: commands.map((c) => toCommand(world, c)) }
      },
    },
    {
      method: 'POST',
      path,
      auth: 'bot',
      request: 'ApplicationCommandCreateRequest',
      prepare: withNumericPermissions,
      response: 'ApplicationCommandResponse',
      handle(context) {
        const before = scopeOf(world, context)
        const command = toRecord(world, context, context.body, before)
        const others = before.filter((c) => c.id !== command.id)
        checkScope([...others, command])
        save(context, [...others, command])
        return { status: others.length === before.length ? 201 : 200, body: toCommand(world, command) }
      },
    },
    ...oneCommandRoutes(world, `${path}/{command_id}`),
  ]
}

function oneCommandRoutes(world: World, path: string): Endpoint[] {
  const find = (context: RequestContext) => {
    const command = scopeOf(world, context).find((c) => c.id === context.params.command_id)
    if (!command) throw apiError(10063)
    return command
  }
  return [
    {
      method: 'GET',
      path,
      auth: 'bot',
      response: 'ApplicationCommandResponse',
      handle: (context) => ({ status: 200, body: toCommand(world, find(context)) }),
    },
    {
      method: 'DELETE',
      path,
      auth: 'bot',
      handle(context) {
        const command = find(context)
        const others = scopeOf(world, context).filter((c) => c !== command)
        setScope(world, context, others)
        return { status: 204 }
      },
    },
  ]
}

/** The schema says number, the docs and every client say string (application-commands.mdx: "Bit set", a string). */
function withNumericPermissions(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body
  const bits = (body as Json).default_member_permissions
  return typeof bits === 'string' && /^\d+$/.test(bits)
    ? { ...body, default_member_permissions: Number(bits) }
    : body
}

function scopeOf(world: World, { params }: RequestContext): CommandRecord[] {
  if (params.application_id !== world.applicationId)
    throw new ApiError(403, 20012, 'You are not authorized to perform this action on this application')
  if (params.guild_id === undefined) return world.globalCommands
  const guild = world.guilds.get(params.guild_id)
  if (!guild) throw apiError(50001)
  return guild.commands
}

function setScope(world: World, { params }: RequestContext, commands: CommandRecord[]): void {
  if (params.guild_id === undefined) world.globalCommands = commands
  else world.guilds.get(params.guild_id)!.commands = commands
  world.watch.changed()
}

function toRecord(
  world: World,
  { params }: RequestContext,
  data: Json,
  before: CommandRecord[],
): CommandRecord {
  const type = typeof data.type === 'number' ? data.type : 1
  const name = String(data.name)
  const known = before.find((c) => c.name === name && c.type === type)
  return {
    id: known?.id ?? world.nextId(),
    guildId: params.guild_id ?? null,
    version: world.nextId(),
    type,
    name,
    data,
  }
}

const optionsOf = (node: Json): Json[] => (Array.isArray(node.options) ? (node.options as Json[]) : [])

/** Names, descriptions and values count, the longest localisation of each ("application-commands.mdx", 8000 characters). */
export function commandSize(node: Json): number {
  const longest = (plain: unknown, localised: unknown) =>
    Math.max(
      String(plain ?? '').length,
      ...Object.values((localised ?? {}) as Record<string, string>).map((text) => String(text ?? '').length),
    )
  const choices = Array.isArray(node.choices) ? (node.choices as Json[]) : []
  return (
    longest(node.name, node.name_localizations) +
    longest(node.description, node.description_localizations) +
    choices.reduce((sum, c) => sum + longest(c.name, c.name_localizations) + String(c.value).length, 0) +
    optionsOf(node).reduce((sum, option) => sum + commandSize(option), 0)
  )
}

function checkScope(commands: CommandRecord[]): void {
  const problems: FieldProblem[] = []
  const names = new Set<string>()
  commands.forEach((command, index) => {
    const key = `${command.type} ${command.name}`
    if (names.has(key))
      problems.push({
        path: [index],
        code: 'APPLICATION_COMMANDS_DUPLICATE_NAME',
        message: 'Application command names must be unique',
      })
    names.add(key)
    checkCommand(command, index, problems)
  })
  for (const [type, max] of Object.entries(MAX_BY_TYPE))
    if (commands.filter((c) => c.type === Number(type)).length > max) throw apiError(30032)
  if (problems.length > 0) throw formError(problems)
}

function checkCommand({ type, data }: CommandRecord, index: number, problems: FieldProblem[]): void {
  const bad = (path: (string | number)[], code: string, message: string) =>
    problems.push({ path: [index, ...path], code, message })
  const description = String(data.description ?? '')
  if (type === 1 && description.length < 1)
    bad(['description'], 'BASE_TYPE_REQUIRED', 'This field is required')
  if (type !== 1 && description.length > 0)
    bad(
      ['description'],
      'APPLICATION_COMMAND_INVALID_DESCRIPTION',
      'Context menu commands cannot have description',
    )
  if (type === 1) checkNames(data, [], bad)
  // A command with all its options may have 8000 characters.
  if (commandSize(data) > 8000)
    bad([], 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)')
}

function checkNames(
  node: Json,
  path: (string | number)[],
  bad: (path: (string | number)[], code: string, message: string) => void,
): void {
  const names = [node.name, ...Object.values((node.name_localizations ?? {}) as Json)].filter(
    (n) => n !== null,
  )
  for (const name of names.map(String))
    if (!NAME.test(name) || name !== name.toLowerCase())
      bad([...path, 'name'], 'STRING_TYPE_REGEX', 'String value did not match validation regex.')
  let optionalSeen = false
  optionsOf(node).forEach((option, i) => {
    // Required options must be listed before optional ones (application-commands.mdx "Application Command Option Structure").
    if (option.required === true && optionalSeen)
      bad(
        [...path, 'options', i],
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      )
    if (option.required !== true) optionalSeen = true
    // `autocomplete` may not be true when choices are present (same table).
    if (option.autocomplete === true && Array.isArray(option.choices) && option.choices.length > 0)
      bad(
        [...path, 'options', i, 'autocomplete'],
        'APPLICATION_COMMAND_INVALID_AUTOCOMPLETE',
        'Autocomplete and choices are mutually exclusive',
      )
    checkNames(option, [...path, 'options', i], bad)
  })
}

function toCommand(world: World, command: CommandRecord): Json {
  const { data } = command
  const permissions = data.default_member_permissions
  const options = cleanOptions(data.options)
  return {
    id: command.id,
    application_id: world.applicationId,
    version: command.version,
    type: command.type,
    name: command.name,
    name_localizations: data.name_localizations ?? null,
    description: data.description ?? '',
    description_localizations: data.description_localizations ?? null,
    default_member_permissions:
      permissions === null || permissions === undefined ? null : String(permissions),
    ...(command.guildId === null
      ? { contexts: data.contexts ?? null, integration_types: data.integration_types ?? [0] }
      : { guild_id: command.guildId }),
    nsfw: false,
    ...(options ? { options } : {}),
  }
}

function cleanOptions(raw: unknown): Json[] | null {
  if (!Array.isArray(raw)) return null
  return (raw as Json[]).map((option) => {
    const kept = Object.entries(option).filter(
      ([key, value]) => value !== null && value !== undefined && key !== 'options',
    )
    const inner = cleanOptions(option.options)
    return { ...Object.fromEntries(kept), ...(inner ? { options: inner } : {}) }
  })
}
