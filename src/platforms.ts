// The platforms that this process has tokens for: their ways out, for workers, and their gateways, for intake. The SDKs
// are large, so the code of a platform or gateway is loaded only where it is used.
import type { Config } from './config.ts'
import type { Budget, Complete, Deliver, Gateway } from './core/adapter.ts'
import type { Clock } from './core/clock.ts'
import type { Command } from './core/command.ts'
import type { Place, Platform } from './core/inbound.ts'
import type { Logger } from './core/logger.ts'
import type { Metrics } from './core/metrics.ts'
import type { Outbound } from './core/outbound.ts'
import type { DiscordOutbound } from './discord/outbound.ts'
import { lightFetch } from './light-fetch.ts'
import { joinShards } from './shards.ts'
import { createStandby } from './standby.ts'
import type { Leases } from './store/model.ts'

export interface PlatformDeps {
  clock: Clock
  log: Logger
  metrics: Metrics
  budget: Budget
}

export interface GatewayDeps {
  deliver: Deliver
  complete: Complete
  commands: readonly Command[]
  leases: Leases
  owner: string
  /** Something in a lane is still to be answered. */
  isOpen(lane: { workspace: string; lane: string }): Promise<boolean>
  /** Direct-message channels on Discord that have been used, newest first. */
  dmChannels(): Promise<string[]>
}

export interface Platforms {
  outbounds: Readonly<Partial<Record<Platform, Outbound>>>
  openGateways(deps: GatewayDeps): Promise<Gateway[]>
  /** Where a person of the staff finds a message; null when there is no address for it. */
  linkTo(place: Place, message: string | null): string | null
}

export async function openPlatforms(config: Config, deps: PlatformDeps): Promise<Platforms> {
  const discord = config.DISCORD_TOKEN
    ? (await import('./discord/outbound.ts')).createDiscordOutbound({
        ...deps,
        token: config.DISCORD_TOKEN,
        apiUrl: config.DISCORD_API_URL,
      })
    : null
  const slack = config.SLACK_BOT_TOKEN
    ? (await import('./slack/outbound.ts')).createSlackOutbound({
        ...deps,
        tokens: config.SLACK_BOT_TOKEN,
        apiUrl: config.SLACK_API_URL,
        fetch: lightFetch,
      })
    : null
  await slack?.installations.start()
  return {
    outbounds: { ...(slack ? { slack } : {}), ...(discord ? { discord } : {}) },
    async openGateways(more) {
      const gateways: Gateway[] = []
      if (slack) {
        const { createSlackGateway } = await import('./slack/gateway.ts')
        gateways.push(
          createSlackGateway({
            ...deps,
            ...more,
            appToken: config.SLACK_APP_TOKEN,
            signingSecret: config.SLACK_SIGNING_SECRET,
            command: config.SLACK_COMMAND,
            apiUrl: config.SLACK_API_URL,
            botName: config.BOT_NAME,
            outbound: slack,
          }),
        )
      }
      if (discord && config.DISCORD_TOKEN)
        gateways.push(await discordShards(config, config.DISCORD_TOKEN, discord, deps, more))
      return gateways
    },
    linkTo(place, message) {
      const installed = slack?.installations.known(place.workspace)
      const own = installed && installed !== 'unknown' ? installed.url : ''
      return linkTo(place, message, own || undefined)
    },
  }
}

async function discordShards(
  config: Config,
  token: string,
  outbound: DiscordOutbound,
  deps: PlatformDeps,
  more: GatewayDeps,
): Promise<Gateway> {
  const { createDiscordGateway } = await import('./discord/gateway.ts')
  const { leases, owner } = more
  const count = config.DISCORD_SHARDS
  const shards = Array.from({ length: count }, (_, shard) =>
    createStandby({
      platform: 'discord',
      name: `discord:${shard}`,
      owner,
      leases,
      clock: deps.clock,
      log: deps.log,
      open: () =>
        createDiscordGateway({
          ...deps,
          ...more,
          token,
          apiUrl: config.DISCORD_API_URL,
          botName: config.BOT_NAME,
          outbound,
          shards: { ids: [shard], count },
          watermark: {
            read: (id) => leases.readMark(`discord:mark:${id}`),
            write: (id, message) => leases.writeMark(`discord:mark:${id}`, message),
          },
        }),
    }),
  )
  return joinShards(shards, deps.clock)
}

/**
 * `message`: an id (Slack's ts, also as `<channel>:<ts>`); anything else, like a command's id, names no message.
 * `slackUrl`: the workspace's own address, for who is signed in to several.
 */
export function linkTo(place: Place, message: string | null, slackUrl = 'https://slack.com/'): string | null {
  const workspace = place.workspace.slice(place.workspace.indexOf(':') + 1)
  if (place.platform === 'discord') {
    const guild = workspace === 'dm' ? '@me' : workspace
    const channel = place.thread ?? place.channel
    return `https://discord.com/channels/${guild}/${channel}${message && /^\d+$/.test(message) ? `/${message}` : ''}`
  }
  const ts = /^(?:[A-Z0-9]+:)?(\d+\.\d+)$/.exec(message ?? '')?.[1] ?? place.thread
  return `${slackUrl}archives/${place.channel}${ts ? `/p${ts.replace('.', '')}` : ''}`
}
