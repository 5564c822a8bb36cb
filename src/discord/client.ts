// The discord.js client as we use it: it keeps the connection and knows servers, channels and roles; it remembers no
// messages and no people, so memory stays flat.
import { Client, GatewayCloseCodes, GatewayIntentBits, Options, Partials } from 'discord.js'
import { BotError } from '../core/error.ts'
import { DEFAULT_API_URL } from './api.ts'

export interface ClientOptions {
  apiUrl?: string
  /** Which shards this process runs, of how many; by default the only one. */
  shards?: { ids: number[]; count: number }
}

const SWEEP_EVERY_S = 600
const THREAD_LIFETIME_S = 1_800

export function createClient(options: ClientOptions): Client {
  return new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.GuildMessageReactions,
      GatewayIntentBits.DirectMessages,
      GatewayIntentBits.DirectMessageReactions,
      GatewayIntentBits.MessageContent,
    ],
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    rest: { api: options.apiUrl ?? DEFAULT_API_URL, version: '10' },
    ...(options.shards ? { shards: options.shards.ids, shardCount: options.shards.count } : {}),
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      AutoModerationRuleManager: 0,
      DMMessageManager: 0,
      GuildBanManager: 0,
      GuildEmojiManager: 0,
      GuildInviteManager: 0,
      GuildMemberManager: { maxSize: 1, keepOverLimit: (member) => member.id === member.client.user.id },
      GuildMessageManager: 0,
      GuildScheduledEventManager: 0,
      GuildStickerManager: 0,
      MessageManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      StageInstanceManager: 0,
      ThreadMemberManager: 0,
      UserManager: { maxSize: 1, keepOverLimit: (user) => user.id === user.client.user.id },
      VoiceStateManager: 0,
    }),
    sweepers: { threads: { interval: SWEEP_EVERY_S, lifetime: THREAD_LIFETIME_S } },
  })
}

/** Why the gateway closed for good, with the remedy; null for closures that are repaired by reconnecting. */
export function fatalReason(closeCode: number): string | null {
  switch (closeCode) {
    case GatewayCloseCodes.AuthenticationFailed:
      return 'Discord refused the token: put the current one in DISCORD_TOKEN'
    case GatewayCloseCodes.DisallowedIntents:
      return 'the Message Content Intent is off: switch it on in the Discord Developer Portal, under Bot, and restart'
    case GatewayCloseCodes.InvalidIntents:
      return 'Discord refused the intents: update the bot'
    case GatewayCloseCodes.ShardingRequired:
      return 'the bot is in too many servers for so few connections: raise DISCORD_SHARDS in every process'
    case GatewayCloseCodes.InvalidShard:
      return 'Discord refused the shard numbers: check DISCORD_SHARDS'
    case GatewayCloseCodes.InvalidAPIVersion:
      return 'Discord no longer speaks this API version: update discord.js'
    default:
      return null
  }
}

export function cannotConnect(reason: string, cause?: unknown): BotError {
  return new BotError('platform-misconfigured', {
    retryable: false,
    say: { ko: '지금은 디스코드에 연결할 수 없어요.', en: 'Discord cannot be reached right now.' },
    hint: reason,
    cause,
  })
}
