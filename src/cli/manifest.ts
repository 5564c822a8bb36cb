// `npm run manifest`: the Slack app's manifest on standard output, ready to paste; what to do with it on standard error.
import { COMMANDS } from '../../commands/index.ts'
import type { Config } from '../config.ts'
import { toSlackManifest } from '../slack/manifest.ts'
import { type Command, parseOptions, UsageError } from './io.ts'

const USAGE =
  "npm run -s manifest -- [--name '하늘상점 도우미'] [--command /damso] [--mode socket | --mode http --url https://…]"

export const manifest: Command = async (args, { config }, io) => {
  const options = {
    name: { type: 'string' },
    mode: { type: 'string' },
    url: { type: 'string' },
    command: { type: 'string' },
  } as const
  const { values } = parseOptions(USAGE, { args, options })
  const { name = config.BOT_NAME, command = config.SLACK_COMMAND, url } = values
  const mode = values.mode ?? (url ? 'http' : usualMode(config))
  if (mode !== 'socket' && mode !== 'http') throw new UsageError(USAGE)
  io.out(JSON.stringify(toSlackManifest(COMMANDS, { name, command, mode, url }), null, 2))
  io.err(
    'Paste it at https://api.slack.com/apps → Create New App → From a manifest (later: App Manifest), and install the app.',
  )
  for (const line of toSettings({ name, command, mode }, config)) io.err(line)
  return 0
}

function usualMode({ SLACK_APP_TOKEN, SLACK_SIGNING_SECRET }: Config): 'socket' | 'http' {
  return SLACK_SIGNING_SECRET && !SLACK_APP_TOKEN ? 'http' : 'socket'
}

/** The manifest and .env must say the same, and each way of delivery has a secret of its own. */
function toSettings(
  made: { name: string; command: string; mode: 'socket' | 'http' },
  config: Config,
): string[] {
  const lines = [
    made.mode === 'socket'
      ? 'Then SLACK_BOT_TOKEN (OAuth & Permissions) and SLACK_APP_TOKEN (Basic Information → App-Level Tokens, connections:write) go into .env.'
      : 'Then SLACK_BOT_TOKEN (OAuth & Permissions) and SLACK_SIGNING_SECRET (Basic Information) go into .env; start the bot before you save the address, for Slack checks it.',
  ]
  if (made.name !== config.BOT_NAME) lines.push(`Also set BOT_NAME='${made.name}'`)
  if (made.command !== config.SLACK_COMMAND) lines.push(`Also set SLACK_COMMAND=${made.command}`)
  return lines
}
