// REST endpoints that say who and what there is: gateway, own user and application, guilds, members, roles, DMs.
// Source: discord-api-docs events/gateway.mdx "Get Gateway Bot", resources/user.mdx, application.mdx, guild.mdx.

import { applicationFlags, gatewayUrl } from '../gateway/gateway.ts'
import { apiError } from '../http/errors.ts'
import type { Endpoint } from '../http/router.ts'
import type { GuildRecord, Json } from '../model.ts'
import { toChannel, toGuild, toMember, toRole, toUser } from '../payloads.ts'
import { compareIds } from '../snowflake.ts'
import { dmChannel, type World } from '../world.ts'

export function directoryRoutes(world: World): Endpoint[] {
  const get = (path: string, response: Endpoint['response'], handle: Endpoint['handle']): Endpoint => ({
    method: 'GET',
    path,
    auth: 'bot',
    response,
    handle,
  })
  return [
    get('/gateway/bot', 'GatewayBotResponse', () => ({
      status: 200,
      body: {
        url: gatewayUrl(world),
        shards: world.settings.shards,
        session_start_limit: {
          total: 1000,
          remaining: 999,
          reset_after: 14_400_000,
          max_concurrency: world.settings.maxConcurrency,
        },
      },
    })),
    get('/users/@me', 'UserPIIResponse', () => ({
      status: 200,
      body: { ...toUser(world.bot), mfa_enabled: false, locale: 'en-US', email: null, verified: true },
    })),
    get('/users/{user_id}', 'UserResponse', ({ params }) => {
      const user = world.users.get(params.user_id!)
      if (!user) throw apiError(10013)
      return { status: 200, body: toUser(user) }
    }),
    get('/applications/@me', 'PrivateApplicationResponse', () => ({
      status: 200,
      body: toApplication(world),
    })),
    get('/oauth2/applications/@me', 'PrivateApplicationResponse', () => ({
      status: 200,
      body: toApplication(world),
    })),
    ...guildRoutes(world, get),
    {
      method: 'POST',
      path: '/users/@me/channels',
      auth: 'bot',
      request: 'CreatePrivateChannelRequest',
      response: 'PrivateChannelResponse',
      handle({ body }) {
        const user = world.users.get(String(body.recipient_id))
        if (!user) throw apiError(10013)
        if (user.isBot) throw apiError(50007)
        return { status: 200, body: toChannel(world, dmChannel(world, user)) }
      },
    },
  ]
}

function guildRoutes(
  world: World,
  get: (path: string, response: Endpoint['response'], handle: Endpoint['handle']) => Endpoint,
): Endpoint[] {
  const guildOf = (params: Record<string, string>): GuildRecord => {
    const guild = world.guilds.get(params.guild_id!)
    if (!guild) throw apiError(10004)
    return guild
  }
  return [
    get('/guilds/{guild_id}', 'GuildWithCountsResponse', ({ params, query }) => {
      const guild = guildOf(params)
      const counts =
        query.get('with_counts') === 'true' ? { approximate_member_count: guild.members.size } : {}
      return { status: 200, body: { ...toGuild(guild), ...counts } }
    }),
    get('/guilds/{guild_id}/channels', 'GuildChannelResponse[]', ({ params }) => ({
      status: 200,
      body: [...guildOf(params).channelIds].map((id) => toChannel(world, world.channels.get(id)!)),
    })),
    get('/guilds/{guild_id}/roles', 'GuildRoleResponse[]', ({ params }) => ({
      status: 200,
      body: [...guildOf(params).roles.values()].map(toRole),
    })),
    get('/guilds/{guild_id}/roles/{role_id}', 'GuildRoleResponse', ({ params }) => {
      const role = guildOf(params).roles.get(params.role_id!)
      if (!role) throw apiError(10011)
      return { status: 200, body: toRole(role) }
    }),
    get('/guilds/{guild_id}/members', 'GuildMemberResponse[]', ({ params, query }) => {
      // Listing members needs the GUILD_MEMBERS intent switched on (resources/guild.mdx "List Guild Members").
      if (!world.settings.guildMembers) throw apiError(50001)
      const after = query.get('after') ?? '0'
      const members = [...guildOf(params).members.values()]
        .filter((m) => compareIds(m.userId, after) > 0)
        .sort((a, b) => compareIds(a.userId, b.userId))
        .slice(0, Number(query.get('limit') ?? 1))
      return { status: 200, body: members.map((m) => toMember(world, m)) }
    }),
    get('/guilds/{guild_id}/members/{user_id}', 'GuildMemberResponse', ({ params }) => {
      const member = guildOf(params).members.get(params.user_id!)
      if (!member) throw apiError(10007)
      return { status: 200, body: toMember(world, member) }
    }),
  ]
}

function toApplication(world: World): Json {
  const flags = applicationFlags(world)
  return {
    id: world.applicationId,
    name: world.bot.name,
    icon: null,
    description: '',
    type: null,
    flags,
    flags_new: String(flags),
    bot: toUser(world.bot),
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: toUser(world.bot),
    approximate_guild_count: world.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  }
}
