// `npm run register`: hands our commands to Discord, for all servers or for one.
import { COMMANDS } from '../../commands/index.ts'
import { ConfigError } from '../config.ts'
import { isBotError } from '../core/error.ts'
import { toDiscordCommands } from '../discord/commands.ts'
import { registerDiscordCommands } from '../discord/register.ts'
import { inviteUrl } from './invite.ts'
import { type Command, parseOptions, UsageError } from './io.ts'

const USAGE = 'npm run register [-- --guild SERVER_ID]'
const SLASH = 1

interface Registered {
  type: number
  name: string
  name_localizations?: { ko?: string }
}

export const register: Command = async (args, { config, problems }, io) => {
  const { guild } = parseOptions(USAGE, { args, options: { guild: { type: 'string' } } }).values
  if (guild !== undefined && !/^\d{15,22}$/.test(guild)) throw new UsageError(USAGE)
  const { DISCORD_TOKEN: token, DISCORD_APPLICATION_ID: applicationId } = config
  if (!token || !applicationId) {
    const own = problems.filter((line) => line.startsWith('DISCORD_'))
    throw new ConfigError(own.length > 0 ? own : ['DISCORD_TOKEN and DISCORD_APPLICATION_ID are missing'])
  }
  const commands = toDiscordCommands(COMMANDS, { botName: config.BOT_NAME }) as Registered[]
  try {
    await registerDiscordCommands({ token, applicationId, apiUrl: config.DISCORD_API_URL, guild }, commands)
  } catch (error) {
    if (!isBotError(error)) throw error
    io.err(refusal(error.code, error.hint, applicationId, guild))
    return 1
  }
  const where = guild ? `in server ${guild}` : 'for all servers; clients may need a reload to see them'
  io.out(`${commands.length} commands are registered ${where}:`)
  for (const command of commands) io.out(`  ${toLine(command)}`)
  io.out(`Invite the bot: ${inviteUrl(applicationId)}`)
  return 0
}

function toLine({ type, name, name_localizations }: Registered): string {
  const slash = type === SLASH ? '/' : ''
  const korean = name_localizations?.ko ? ` · ${slash}${name_localizations.ko}` : ''
  return `${slash}${name}${korean}${type === SLASH ? '' : ' (Apps menu of a message)'}`
}

function refusal(code: string, hint: string, applicationId: string, guild: string | undefined): string {
  if (code !== 'place-forbidden') return hint
  return guild
    ? `Discord does not let this bot register commands in server ${guild}: invite it there first (${inviteUrl(applicationId)}), and check that DISCORD_APPLICATION_ID ${applicationId} belongs to DISCORD_TOKEN.`
    : `Discord says that DISCORD_TOKEN does not belong to application ${applicationId}: correct DISCORD_APPLICATION_ID (General Information → Application ID).`
}
