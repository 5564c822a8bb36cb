// REST endpoints of channels and threads. Source: discord-api-docs resources/channel.mdx, topics/threads.mdx.
import { announce, createMessage, createThread, THREAD_STARTER } from '../actions.ts'
import { apiError, formError } from '../http/errors.ts'
import { buckets } from '../http/rate-limits.ts'
import type { Endpoint, Reply, RequestContext } from '../http/router.ts'
import { textOf, toAttachments, toStoredComponents, toStoredEmbeds } from '../messages/body.ts'
import { checkMessageLimits } from '../messages/limits.ts'
import { applyMentions, checkAllowedMentions } from '../messages/mentions.ts'
import { HAS_THREAD, toMessage } from '../messages/payload.ts'
import type { ChannelRecord, Json } from '../model.ts'
import { toChannel, toThreadMember } from '../payloads.ts'
import { channelForBot, messageIn, newChannel, requireBot, type World } from '../world.ts'
import { isEmpty } from './guards.ts'

const channelResponse = ['GuildChannelResponse', 'PrivateChannelResponse', 'ThreadResponse'] as const

export function channelRoutes(world: World): Endpoint[] {
  const channelOf = ({ params }: RequestContext) => channelForBot(world, params.channel_id!)
  return [
    {
      method: 'GET',
      path: '/channels/{channel_id}',
      auth: 'bot',
      response: channelResponse,
      handle: (context) => ({ status: 200, body: toChannel(world, channelOf(context)) }),
    },
    {
      method: 'PATCH',
      path: '/channels/{channel_id}',
      auth: 'bot',
      request: (_body, context) =>
        channelOf(context).thread ? 'UpdateThreadRequestPartial' : 'UpdateGuildChannelRequestPartial',
      response: channelResponse,
      // Renames have a bucket of their own, 2 per 10 min (facts B2); other changes do not use it up.
      extraBucket: ({ body }) => (body.name === undefined ? null : buckets.rename),
      handle: (context) => patchChannel(world, channelOf(context), context.body),
    },
    {
      method: 'POST',
      path: '/channels/{channel_id}/messages/{message_id}/threads',
      auth: 'bot',
      request: 'CreateTextThreadWithMessageRequest',
      response: 'ThreadResponse',
      handle: (context) => threadFromMessage(world, channelOf(context), context),
    },
    {
      method: 'POST',
      path: '/channels/{channel_id}/threads',
      auth: 'bot',
      request: (_body, context) =>
        channelOf(context).type === 15 ? 'CreateForumThreadRequest' : 'CreateTextThreadWithoutMessageRequest',
      response: 'CreatedThreadResponse',
      handle(context) {
        const channel = channelOf(context)
        return channel.type === 15 ? forumPost(world, channel, context) : plainThread(world, channel, context)
      },
    },
  ]
}

export function threadRoutes(world: World): Endpoint[] {
  const channelOf = ({ params }: RequestContext) => channelForBot(world, params.channel_id!)
  return [
    {
      method: 'PUT',
      path: '/channels/{channel_id}/thread-members/{user_id}',
      auth: 'bot',
      handle(context) {
        const { user_id: userId } = context.params
        threadOf(channelOf(context)).memberIds.add(userId === '@me' ? world.bot.id : userId!)
        return { status: 204 }
      },
    },
    {
      method: 'GET',
      path: '/channels/{channel_id}/thread-members',
      auth: 'bot',
      response: 'ThreadMemberResponse[]',
      handle(context) {
        const channel = channelOf(context)
        return {
          status: 200,
          body: [...threadOf(channel).memberIds].map((id) => toThreadMember(channel, id)),
        }
      },
    },
    {
      method: 'GET',
      path: '/guilds/{guild_id}/threads/active',
      auth: 'bot',
      response: 'ThreadsResponse',
      handle: ({ params }) => activeThreads(world, params.guild_id!),
    },
    {
      method: 'GET',
      path: '/channels/{channel_id}/threads/archived/public',
      auth: 'bot',
      response: 'ThreadsResponse',
      handle(context) {
        const parent = channelOf(context)
        const ids = world.guilds.get(parent.guildId ?? '')?.threadIds ?? []
        const threads = [...ids].map((id) => world.channels.get(id)!)
        return threadList(
          world,
          threads.filter((t) => t.parentId === parent.id && t.thread!.archived),
        )
      },
    },
  ]
}

function threadOf(channel: ChannelRecord) {
  if (!channel.thread) throw apiError(50024)
  return channel.thread
}

function threadList(world: World, threads: ChannelRecord[]): Reply {
  const joined = threads.filter((t) => t.thread!.memberIds.has(world.bot.id))
  return {
    status: 200,
    body: {
      threads: threads.map((t) => toChannel(world, t)),
      members: joined.map((t) => toThreadMember(t, world.bot.id)),
      has_more: false,
    },
  }
}

function activeThreads(world: World, guildId: string): Reply {
  const guild = world.guilds.get(guildId)
  if (!guild) throw apiError(10004)
  const threads = [...guild.threadIds].map((id) => world.channels.get(id)!)
  return threadList(
    world,
    threads.filter((t) => !t.thread!.archived),
  )
}

function threadFromMessage(world: World, channel: ChannelRecord, { params, body }: RequestContext): Reply {
  const message = messageIn(channel, params.message_id!)
  requireBot(world, channel, 'CREATE_PUBLIC_THREADS')
  if (channel.type !== 0 && channel.type !== 5) throw apiError(50024)
  // The thread gets the id of its message; a message has at most one (resources/channel.mdx "Start Thread from Message").
  if (message.threadId !== null) throw apiError(160004)
  const thread = startThreadOn(world, channel, message.id, world.bot.id, body)
  return { status: 201, body: toChannel(world, thread) }
}

/** Opens the thread of a message, for the bot or a person; the message is updated (flag HAS_THREAD). */
export function startThreadOn(
  world: World,
  channel: ChannelRecord,
  messageId: string,
  ownerId: string,
  body: Json,
): ChannelRecord {
  const message = messageIn(channel, messageId)
  const thread = createThread(world, channel, (fields) => newChannel(world, fields), {
    id: message.id,
    name: String(body.name),
    ownerId,
    ...(typeof body.auto_archive_duration === 'number'
      ? { autoArchiveMinutes: body.auto_archive_duration }
      : {}),
  })
  message.threadId = thread.id
  message.flags |= HAS_THREAD
  announce(world, 'MESSAGE_UPDATE', message)
  // The thread opens with an empty message that only refers to the original (topics/threads.mdx "New Message Types");
  // its author is whoever opened the thread.
  createMessage(world, thread, {
    authorId: ownerId,
    content: '',
    type: THREAD_STARTER,
    reference: { channelId: channel.id, messageId: message.id },
  })
  return thread
}

function plainThread(world: World, channel: ChannelRecord, { body }: RequestContext): Reply {
  requireBot(world, channel, 'CREATE_PUBLIC_THREADS')
  const thread = createThread(world, channel, (fields) => newChannel(world, fields), {
    name: String(body.name),
    ownerId: world.bot.id,
    // Without a type the thread is private, for historical reasons (resources/channel.mdx "Start Thread without Message").
    type: typeof body.type === 'number' ? body.type : 12,
  })
  return { status: 201, body: toChannel(world, thread) }
}

function forumPost(world: World, channel: ChannelRecord, { body, files }: RequestContext): Reply {
  // A post needs SEND_MESSAGES, not CREATE_PUBLIC_THREADS (resources/channel.mdx "Start Thread in Forum").
  requireBot(world, channel, 'SEND_MESSAGES')
  const first = body.message as Json
  if (isEmpty(first, files)) throw apiError(50006)
  checkMessageLimits(first)
  checkAllowedMentions(first.allowed_mentions)
  const appliedTags = Array.isArray(body.applied_tags) ? body.applied_tags.map(String) : []
  const known = new Set(channel.tags.map((t) => t.id))
  if (appliedTags.some((id) => !known.has(id))) {
    const problem = { path: ['applied_tags'], code: 'UNKNOWN_TAG', message: 'Unknown tag' }
    throw formError([problem])
  }
  const thread = createThread(world, channel, (fields) => newChannel(world, fields), {
    name: String(body.name),
    ownerId: world.bot.id,
    appliedTags,
  })
  const content = typeof first.content === 'string' ? first.content : ''
  const components = toStoredComponents(first.components)
  // The first message of a post has the post's id (topics/threads.mdx "Creating Threads in Forum and Media Channels").
  const shell = { id: thread.id, authorId: world.bot.id, reference: null }
  const text = textOf(content, components)
  const { mentions, pings } = applyMentions(world, thread, shell, text, first.allowed_mentions, 'message')
  const message = createMessage(world, thread, {
    ...shell,
    content,
    components,
    embeds: toStoredEmbeds(first.embeds),
    attachments: toAttachments(world, thread, first, files),
    mentions,
  })
  world.pings.push(...pings)
  return { status: 201, body: { ...toChannel(world, thread), message: toMessage(world, message) } }
}

function patchChannel(world: World, channel: ChannelRecord, body: Json): Reply {
  const own = channel.thread?.ownerId === world.bot.id
  if (!channel.thread) requireBot(world, channel, 'MANAGE_CHANNELS')
  else if (!own || body.locked !== undefined) requireBot(world, channel, 'MANAGE_THREADS')
  if (channel.thread?.archived && body.archived !== false) throw apiError(50083)
  if (typeof body.name === 'string') channel.name = body.name
  if (typeof body.topic === 'string') channel.topic = body.topic
  if (typeof body.rate_limit_per_user === 'number') channel.slowmodeSeconds = body.rate_limit_per_user
  const thread = channel.thread
  if (thread) {
    if (typeof body.locked === 'boolean') thread.locked = body.locked
    if (typeof body.auto_archive_duration === 'number') thread.autoArchiveMinutes = body.auto_archive_duration
    if (Array.isArray(body.applied_tags)) thread.appliedTags = body.applied_tags.map(String)
    if (typeof body.archived === 'boolean' && body.archived !== thread.archived) {
      thread.archived = body.archived
      thread.archiveChangedAt = world.clock.now()
    }
  }
  const event = thread ? 'THREAD_UPDATE' : 'CHANNEL_UPDATE'
  world.emit({ event, guildId: channel.guildId, data: toChannel(world, channel) })
  world.watch.changed()
  return { status: 200, body: toChannel(world, channel) }
}
