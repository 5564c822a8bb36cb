// The JSON shapes Slack sends: messages, users, channels, files, event envelopes.
import type { ChannelRecord, Dict, FakeFile, Message, UserRecord } from './shapes.ts'
import { blocksOf, streamMarkdown } from './visible.ts'
import type { World } from './world.ts'

/** `**bold**` and `[label](url)` read back as classic mrkdwn in `text`. */
function mrkdwn(markdown: string): string {
  return markdown.replace(/\[([^\]\n]*)\]\(([^)\s]*)\)/g, '<$2|$1>').replace(/\*\*([^\n*]+)\*\*/g, '*$1*')
}

export function wireMessage(world: World, message: Message, withMetadata = false): Dict {
  const replies = world.channels.get(message.channel)?.replies.get(message.ts)
  const streamed = message.stream && message.stream.parts.length > 0
  const text = streamed
    ? mrkdwn(streamMarkdown(message))
    : message.markdown === undefined
      ? message.text
      : mrkdwn(message.markdown)
  return {
    type: 'message',
    ...(message.subtype ? { subtype: message.subtype } : {}),
    user: message.user,
    ...(message.botId ? botFields(world, message.botId) : {}),
    text,
    ts: message.ts,
    team: message.team,
    ...(message.clientMsgId ? { client_msg_id: message.clientMsgId } : {}),
    blocks: blocksOf(message),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.parentUser ? { parent_user_id: message.parentUser } : {}),
    ...(replies && replies.length > 0
      ? { reply_count: replies.length, latest_reply: replies.at(-1), reply_users: [] }
      : {}),
    ...(message.edited ? { edited: message.edited } : {}),
    ...(message.files.length > 0 ? { files: message.files.map((file) => wireFile(world, file)) } : {}),
    ...(message.reactions.size > 0
      ? {
          reactions: [...message.reactions].map(([name, users]) => ({
            name,
            users: [...users],
            count: users.size,
          })),
        }
      : {}),
    // docs.slack.dev types: BotMessageEvent.streaming_state in_progress | completed | errored.
    ...(message.stream ? { streaming_state: message.stream.state } : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  }
}

/** docs.slack.dev events/message.bot_message: a bot's message names the app that it belongs to. */
function botFields(world: World, botId: string): Dict {
  const isOurs = botId === world.botId
  const appId = isOurs ? world.appId : `A${botId}`
  const name = isOurs ? world.botName : (world.users.get(botId.slice(1))?.name ?? botId)
  return {
    bot_id: botId,
    app_id: appId,
    bot_profile: { id: botId, app_id: appId, name, team_id: world.teamId },
  }
}

export function wireFile(world: World, file: FakeFile): Dict {
  const url = `${world.baseUrl}/files-pri/${world.teamId}-${file.id}/${encodeURIComponent(file.name)}`
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.name,
    mimetype: file.mimetype,
    filetype: file.name.split('.').at(-1) ?? '',
    size: file.bytes.length,
    user: file.user,
    mode: 'hosted',
    is_external: false,
    url_private: url,
    url_private_download: `${url}?download=1`,
    permalink: `${world.baseUrl}/files/${file.user}/${file.id}`,
  }
}

export function wireUser(world: World, user: UserRecord, withLocale: boolean): Dict {
  // facts A4: users.info of people from another workspace is partial (no email, no admin flags).
  const external = user.teamId !== world.teamId
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    deleted: user.isDeleted ?? false,
    real_name: user.realName ?? user.name,
    ...(external ? { is_stranger: true } : {}),
    profile: {
      real_name: user.realName ?? user.name,
      display_name: user.name,
      team: user.teamId,
      ...(external ? {} : { email: user.email ?? `${user.id.toLowerCase()}@example.com` }),
    },
    is_bot: user.isBot ?? false,
    is_app_user: false,
    ...(external
      ? {}
      : {
          is_admin: user.isAdmin ?? false,
          is_owner: false,
          is_restricted: (user.isGuest || user.isRestricted) ?? false,
          is_ultra_restricted: user.isGuest ?? false,
          tz: user.timeZone ?? 'Asia/Seoul',
        }),
    ...(withLocale && !external ? { locale: user.locale ?? 'ko-KR' } : {}),
  }
}

export function wireChannel(world: World, channel: ChannelRecord): Dict {
  const isMember = channel.members.has(world.botUserId)
  if (channel.kind === 'im') {
    const user = [...channel.members].find((id) => id !== world.botUserId)
    return { id: channel.id, created: channel.created, is_im: true, user, is_archived: false }
  }
  return {
    id: channel.id,
    name: channel.name,
    created: channel.created,
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'group',
    is_im: false,
    is_private: channel.kind === 'group',
    is_archived: channel.archived,
    is_member: isMember,
    is_ext_shared: channel.isExtShared,
    is_shared: channel.isExtShared,
    is_general: false,
    // Escaped as messages are (reference/methods/conversations.setTopic: up to 250 characters; setPurpose alike).
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: channel.purpose, creator: '', last_set: 0 },
    num_members: channel.members.size,
  }
}

/** The outer envelope of an Events API delivery (facts A7: the minimum fields). */
export function eventEnvelope(world: World, event: Dict, channel?: ChannelRecord): Dict {
  const authorization = {
    enterprise_id: world.enterpriseId ?? null,
    team_id: world.teamId,
    user_id: world.botUserId,
    is_bot: true,
    is_enterprise_install: world.enterpriseId !== undefined,
  }
  return {
    token: 'verification-token',
    team_id: world.teamId,
    context_team_id: world.teamId,
    context_enterprise_id: null,
    api_app_id: world.appId,
    type: 'event_callback',
    event_id: world.nextId('Ev'),
    event_time: Math.floor(world.now() / 1000),
    authorizations: [authorization],
    is_ext_shared_channel: channel?.isExtShared ?? false,
    event_context: `4-${world.nextId('ctx')}`,
    event,
  }
}
