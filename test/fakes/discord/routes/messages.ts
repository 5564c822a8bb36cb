// REST endpoints of messages.
// Source: discord-api-docs resources/message.mdx; permissions as that page states them per endpoint.
import { createMessage, deleteMessage, editMessage, THREAD_STARTER } from '../actions.ts'
import { apiError, formError } from '../http/errors.ts'
import { buckets } from '../http/rate-limits.ts'
import type { Endpoint, Reply, RequestContext } from '../http/router.ts'
import { textOf, toAttachments, toStoredComponents, toStoredEmbeds } from '../messages/body.ts'
import { toEdit } from '../messages/edit.ts'
import { checkMessageLimits } from '../messages/limits.ts'
import { applyMentions, checkAllowedMentions } from '../messages/mentions.ts'
import { EPHEMERAL, toMessage, toRestMessage } from '../messages/payload.ts'
import type { ChannelRecord, Json, MessageRecord } from '../model.ts'
import { botCan, channelForBot, findMessage, messageIn, requireBot, type World } from '../world.ts'
import { isEmpty, refuseArchived, refuseLocked, requireSend } from './guards.ts'

const HOUR_MS = 3_600_000

export function messageRoutes(world: World): Endpoint[] {
  const channelOf = ({ params }: RequestContext) => channelForBot(world, params.channel_id!)
  const messageOf = (context: RequestContext) => messageIn(channelOf(context), context.params.message_id!)
  const path = '/channels/{channel_id}/messages'
  const one = `${path}/{message_id}`
  return [
    {
      method: 'POST',
      path,
      auth: 'bot',
      request: 'MessageCreateRequest',
      response: 'MessageResponse',
      bucket: buckets.create,
      handle: (context) => create(world, channelOf(context), context),
    },
    {
      method: 'GET',
      path,
      auth: 'bot',
      response: 'MessageResponse[]',
      handle: (context) => listMessages(world, channelOf(context), context.query),
    },
    {
      method: 'GET',
      path: one,
      auth: 'bot',
      response: 'MessageResponse',
      handle(context) {
        requireBot(world, channelOf(context), 'READ_MESSAGE_HISTORY')
        return { status: 200, body: toRestMessage(world, messageOf(context)) }
      },
    },
    {
      method: 'PATCH',
      path: one,
      auth: 'bot',
      request: 'MessageEditRequestPartial',
      response: 'MessageResponse',
      bucket: buckets.edit,
      handle: (context) => edit(world, messageOf(context), context),
    },
    {
      method: 'DELETE',
      path: one,
      auth: 'bot',
      bucket: buckets.remove,
      handle(context) {
        const message = messageOf(context)
        if (message.authorId !== world.bot.id) requireBot(world, channelOf(context), 'MANAGE_MESSAGES')
        if (message.type === THREAD_STARTER) throw apiError(50021)
        refuseArchived(channelOf(context))
        deleteMessage(world, message)
        return { status: 204 }
      },
    },
  ]
}

function create(world: World, channel: ChannelRecord, { body, files }: RequestContext): Reply {
  requireSend(world, channel)
  if (isEmpty(body, files)) throw apiError(50006)
  checkMessageLimits(body)
  checkAllowedMentions(body.allowed_mentions)
  // Bots cannot open a direct message with a person who refuses them (error 50007).
  const recipient = channel.recipientId === null ? undefined : world.users.get(channel.recipientId)
  if (recipient && (!recipient.acceptsDms || recipient.isBot)) throw apiError(50007)
  const reference = referenceOf(world, channel, body)
  const nonce = typeof body.nonce === 'string' || typeof body.nonce === 'number' ? body.nonce : null
  const earlier = nonce !== null && body.enforce_nonce === true ? earlierWithNonce(world, nonce) : undefined
  if (earlier) return { status: 200, body: toMessage(world, earlier) }
  const components = toStoredComponents(body.components)
  const content = typeof body.content === 'string' ? body.content : ''
  const flags = typeof body.flags === 'number' ? body.flags & ~EPHEMERAL : 0
  const id = world.nextId()
  const text = textOf(content, components)
  const shell = { id, authorId: world.bot.id, reference }
  const { mentions, pings } = applyMentions(world, channel, shell, text, body.allowed_mentions, 'message')
  // Remember the nonce first: whoever reacts to the new message may already retry.
  if (nonce !== null)
    world.nonces.set(String(nonce), { messageId: id, channelId: channel.id, at: world.clock.now() })
  const message = createMessage(world, channel, {
    ...shell,
    content,
    components,
    embeds: toStoredEmbeds(body.embeds),
    attachments: toAttachments(world, channel, body, files),
    flags,
    nonce,
    mentions,
  })
  world.pings.push(...pings)
  return { status: 200, body: toMessage(world, message) }
}

/** "If another message was created by the same author with the same nonce, that message will be returned" (resources/message.mdx, enforce_nonce). */
function earlierWithNonce(world: World, nonce: string | number): MessageRecord | undefined {
  const known = world.nonces.get(String(nonce))
  if (!known) return undefined
  if (world.clock.now() - known.at > world.settings.nonceWindowMs) {
    world.nonces.delete(String(nonce))
    return undefined
  }
  return findMessage(world, known.messageId)
}

function referenceOf(world: World, channel: ChannelRecord, body: Json): MessageRecord['reference'] {
  const raw = body.message_reference
  if (typeof raw !== 'object' || raw === null) return null
  const { message_id: messageId, fail_if_not_exists: failIfMissing } = raw as Json
  if (!botCan(world, channel, 'READ_MESSAGE_HISTORY')) throw apiError(160002)
  const target = channel.log.get(String(messageId))
  if (target) return { channelId: channel.id, messageId: target.id }
  // fail_if_not_exists defaults to true; false sends an ordinary message (resources/message.mdx "Message Reference").
  if (failIfMissing === false) return null
  throw formError([
    { path: ['message_reference'], code: 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', message: 'Unknown message' },
  ])
}

function edit(world: World, message: MessageRecord, { body, files }: RequestContext): Reply {
  const channel = world.channels.get(message.channelId)!
  if (message.authorId !== world.bot.id) {
    // Others may only change the SUPPRESS_EMBEDS flag, with MANAGE_MESSAGES (resources/message.mdx "Edit Message").
    throw apiError(50005)
  }
  refuseLocked(world, channel)
  refuseArchived(channel)
  refuseOldEdits(world, message)
  editMessage(world, message, toEdit(world, channel, message, body, files))
  return { status: 200, body: toMessage(world, message) }
}

const oldEdits = new WeakMap<World, Map<string, number[]>>()

/** Edits of messages older than an hour are few (error 30046); the number per minute is not documented, 3 is assumed. */
function refuseOldEdits(world: World, message: MessageRecord): void {
  const now = world.clock.now()
  if (world.settings.rateLimits === 'off' || now - message.createdAt < HOUR_MS) return
  const perChannel = oldEdits.get(world) ?? new Map<string, number[]>()
  oldEdits.set(world, perChannel)
  const recent = (perChannel.get(message.channelId) ?? []).filter((at) => now - at < 60_000)
  if (recent.length >= 3) throw apiError(30046)
  perChannel.set(message.channelId, [...recent, now])
}

function listMessages(world: World, channel: ChannelRecord, query: URLSearchParams): Reply {
  const limit = query.has('limit') ? Number(query.get('limit')) : 50
  if (!(limit >= 1 && limit <= 100)) {
    throw formError([
      { path: ['limit'], code: 'NUMBER_TYPE_COERCE', message: 'int value should be between 1 and 100.' },
    ])
  }
  // Without READ_MESSAGE_HISTORY no messages are returned (resources/message.mdx "Get Channel Messages").
  if (!botCan(world, channel, 'READ_MESSAGE_HISTORY')) return { status: 200, body: [] }
  const get = (name: string) => query.get(name) ?? undefined
  const page = channel.log.page({ after: get('after'), before: get('before'), around: get('around'), limit })
  const shown = page.filter((message) => message.ephemeralTo === null)
  return { status: 200, body: shown.map((message) => toRestMessage(world, message)) }
}
