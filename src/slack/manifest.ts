// The app's manifest for Slack, from the command definitions. Pure.
// Source: docs.slack.dev reference/app-manifest; the limits are those of @slack/web-api's Manifest types (facts A4).
import type { AppsManifestCreateArguments } from '@slack/web-api'
import type { Command } from '../core/command.ts'
import { BotError } from '../core/error.ts'
import { fitLine } from '../text/line.ts'
import { EVENTS_PATH } from './http-mount.ts'
import { DEFAULT_PROMPTS, MAX_PROMPTS, type Prompt } from './prompts.ts'
import { isFreeCommand } from './reserved.ts'
import { BOT_SCOPES } from './scopes.ts'

export type Manifest = AppsManifestCreateArguments['manifest']

export interface ManifestOptions {
  /** What people call the bot. */
  name: string
  /** `/damso`: Slack has no namespaces, so it is configurable. */
  command: string
  mode: 'socket' | 'http'
  /** The app's public address, for `http`. */
  url?: string
  /** At most four suggestions. */
  prompts?: readonly Prompt[]
}

const MAX_NAME_CHARS = 35
const MAX_SHORT_CHARS = 140
const MAX_AGENT_CHARS = 300
const MAX_COMMAND_CHARS = 2_000
const MAX_HINT_CHARS = 1_000
const MAX_SHORTCUT_CHARS = 24
const MAX_SHORTCUT_TEXT_CHARS = 150
/** The product's name in menu labels, replaced by the bot's own. */
const NAME = 'Damso'

const BOT_EVENTS = [
  'agent_session_stopped',
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'member_joined_channel',
  'member_left_channel',
  'message.channels',
  'message.groups',
  'message.im',
  'message.mpim',
  'reaction_added',
  'reaction_removed',
  'tokens_revoked',
] as const

/** Throws BotError `manifest-invalid` for a command name that Slack would refuse, or HTTP without an address. */
export function toSlackManifest(commands: readonly Command[], options: ManifestOptions): Manifest {
  const { name, mode, command } = options
  if (!isFreeCommand(command))
    throw invalid(`${command} is no name for a slash command, or Slack's own: choose another, e.g. /damso`)
  const address = mode === 'http' ? addressOf(options.url) : {}
  const about = `${name}: AI가 질문에 답해 드려요. Answers questions with AI.`
  const manifest = {
    display_information: {
      name: fitLine(name, MAX_NAME_CHARS),
      description: fitLine(about, MAX_SHORT_CHARS),
    },
    features: {
      agent_view: {
        agent_description: fitLine(about, MAX_AGENT_CHARS),
        suggested_prompts: [...(options.prompts ?? DEFAULT_PROMPTS.ko.prompts)].slice(0, MAX_PROMPTS),
      },
      app_home: {
        home_tab_enabled: false,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: fitLine(name, 80), always_online: true },
      slash_commands: [{ ...toSlash(commands, command), ...address }],
      shortcuts: toShortcuts(commands, name),
    },
    oauth_config: { scopes: { bot: [...BOT_SCOPES] } },
    settings: {
      event_subscriptions: {
        bot_events: [...BOT_EVENTS],
        ...(address.url ? { request_url: address.url } : {}),
      },
      interactivity: { is_enabled: true, ...(address.url ? { request_url: address.url } : {}) },
      org_deploy_enabled: false,
      socket_mode_enabled: mode === 'socket',
      token_rotation_enabled: false,
    },
  }
  return manifest as Manifest
}

function addressOf(url: string | undefined): { url?: string } {
  if (!url || !URL.canParse(url) || !url.startsWith('https://'))
    throw invalid('HTTP mode needs the app’s public https address, e.g. --url https://damso.example.com')
  return { url: new URL(EVENTS_PATH, url).href }
}

function toSlash(commands: readonly Command[], command: string) {
  const typed = commands.filter(({ surfaces }) => surfaces.includes('slash'))
  const verbs = typed.map((one) => `${one.nameKo}(${one.name})`).join(', ')
  const hints = typed.map((one) => `${one.nameKo} ${one.usage.ko}`.trim())
  const english = typed.map((one) => `${one.name} ${one.usage.en}`.trim())
  return {
    command,
    description: fitLine(`묻기와 설정 · Ask and set up: ${verbs}`, MAX_COMMAND_CHARS),
    usage_hint: fitLine([...hints, ...english].join(' | '), MAX_HINT_CHARS),
    // People and channels arrive as ids, which do not change when they are renamed.
    should_escape: true,
  }
}

function toShortcuts(commands: readonly Command[], name: string) {
  return commands
    .filter(({ surfaces, menu }) => surfaces.includes('message') && menu)
    .slice(0, 10)
    .map((command) => ({
      name: shortcutLabel(command, name),
      type: 'message' as const,
      callback_id: command.name,
      description: fitLine(`${command.summary.ko} · ${command.summary.en}`, MAX_SHORTCUT_TEXT_CHARS),
    }))
}

/** "Ask Damso · 물어보기": both languages, since Slack has one label; with a long name, English gives way. */
function shortcutLabel(command: Command, name: string): string {
  const english = command.menu!.en.replaceAll(NAME, name)
  const both = `${english} · ${command.shortcutKo ?? command.nameKo}`
  if (both.length <= MAX_SHORTCUT_CHARS) return both
  return fitLine(command.menu!.ko.replaceAll(NAME, name), MAX_SHORTCUT_CHARS)
}

function invalid(hint: string): BotError {
  return new BotError('manifest-invalid', { retryable: false, say: { ko: '', en: '' }, hint })
}
