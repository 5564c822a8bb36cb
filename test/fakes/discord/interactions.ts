// The life of an interaction: sent over the gateway, answered once within 3 s, token good for 15 minutes.
// Source: discord-api-docs interactions/receiving-and-responding.mdx.
import { createMessage, editMessage } from './actions.ts'
import { apiError, formError } from './http/errors.ts'
import type { Reply, RequestContext } from './http/router.ts'
import { textOf, toAttachments, toStoredComponents, toStoredEmbeds } from './messages/body.ts'
import { toEdit } from './messages/edit.ts'
import { checkMessageLimits } from './messages/limits.ts'
import { applyMentions, checkAllowedMentions } from './messages/mentions.ts'
import { EPHEMERAL, LOADING, toMessage } from './messages/payload.ts'
import type { ChannelRecord, InteractionState, Json, MessageRecord } from './model.ts'
import { toInteractionChannel, toMember, toUser } from './payloads.ts'
import { isEmpty } from './routes/guards.ts'
import { findMessage, permissionsOf, type World } from './world.ts'

export const NO_RESPONSE = 'The application did not respond'

const typeOf = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const

export interface NewInteraction {
  kind: InteractionState['kind']
  userId: string
  channel: ChannelRecord
  data: Json
  commandName?: string
  commandType?: number
  sourceMessageId?: string
  targetMessageId?: string
}

export function startInteraction(world: World, fields: NewInteraction): InteractionState {
  const { channel, userId } = fields
  const id = world.nextId()
  const state: InteractionState = {
    id,
    token: `aW50${BigInt(id).toString(36)}${BigInt(world.nextId()).toString(36)}`,
    kind: fields.kind,
    userId,
    channelId: channel.id,
    guildId: channel.guildId,
    commandName: fields.commandName ?? null,
    commandType: fields.commandType ?? 1,
    createdAt: world.clock.now(),
    callback: null,
    ephemeral: false,
    unfilled: false,
    dead: false,
    failure: null,
    sourceMessageId: fields.sourceMessageId ?? null,
    targetMessageId: fields.targetMessageId ?? null,
    responseMessageId: null,
    messageIds: [],
    choices: null,
    modal: null,
  }
  world.interactions.set(state.token, state)
  world.clock.after(world.settings.interactionDeadlineMs, () => expire(world, state))
  world.emit({
    event: 'INTERACTION_CREATE',
    guildId: channel.guildId,
    data: toPayload(world, state, channel, fields),
  })
  world.watch.changed()
  return state
}

/** No first response within 3 s: the token is void and the person reads "did not respond". */
function expire(world: World, state: InteractionState): void {
  if (state.callback !== null) return
  state.dead = true
  state.failure = NO_RESPONSE
  world.watch.changed()
}

function toPayload(
  world: World,
  state: InteractionState,
  channel: ChannelRecord,
  fields: NewInteraction,
): Json {
  const user = world.users.get(state.userId)!
  const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId)
  const member = guild?.members.get(user.id)
  const permissions = permissionsOf(world, channel, user.id).toString()
  const source = state.sourceMessageId === null ? undefined : findMessage(world, state.sourceMessageId)
  return {
    id: state.id,
    application_id: world.applicationId,
    type: typeOf[state.kind],
    data: fields.data,
    channel_id: channel.id,
    channel: toInteractionChannel(world, channel, user.id),
    ...(guild && member
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.locale, features: [] },
          guild_locale: guild.locale,
          member: { ...toMember(world, member), permissions },
        }
      : { user: toUser(user) }),
    ...(source ? { message: toMessage(world, source) } : {}),
    token: state.token,
    version: 1,
    locale: user.locale,
    app_permissions: permissionsOf(world, channel, world.bot.id).toString(),
    entitlements: [],
    authorizing_integration_owners: guild ? { 0: guild.id } : { 0: '0' },
    // 0 guild, 1 direct message with the app (receiving-and-responding.mdx "Interaction Context Types").
    context: guild ? 0 : 1,
    attachment_size_limit: 10_485_760,
  }
}

const callbacksOf: Record<InteractionState['kind'], readonly number[]> = {
  command: [4, 5, 9],
  component: [4, 5, 6, 7, 9],
  // Autocomplete can only be answered with choices, and never deferred.
  autocomplete: [8],
  // A modal cannot answer a modal; 6 and 7 only make sense if a component opened it.
  modal: [4, 5, 6, 7],
}

/** POST /interactions/{id}/{token}/callback */
export function answerInteraction(world: World, context: RequestContext): Reply {
  const { params, body, query } = context
  const state = world.interactions.get(params.interaction_token!)
  if (!state || state.id !== params.interaction_id || state.dead) throw apiError(10062)
  if (state.callback !== null) throw apiError(40060)
  if (world.clock.now() - state.createdAt > world.settings.interactionDeadlineMs) {
    expire(world, state)
    throw apiError(10062)
  }
  const type = Number(body.type)
  if (
    !callbacksOf[state.kind].includes(type) ||
    ((type === 6 || type === 7) && state.sourceMessageId === null)
  ) {
    const message = `Response type ${type} is not valid for this ${state.kind} interaction.`
    throw formError([{ path: ['type'], code: 'INTERACTION_CALLBACK_TYPE_INVALID', message }])
  }
  const data = (body.data ?? {}) as Json
  const resource = perform(world, state, type, data, context.files)
  state.callback = type
  world.watch.changed()
  if (query.get('with_response') !== 'true') return { status: 204 }
  return { status: 200, body: { interaction: toCallbackInfo(state), ...resource } }
}

function toCallbackInfo(state: InteractionState): Json {
  return {
    id: state.id,
    type: typeOf[state.kind],
    channel_id: state.channelId,
    ...(state.guildId === null ? {} : { guild_id: state.guildId }),
    ...(state.responseMessageId === null
      ? {}
      : {
          response_message_id: state.responseMessageId,
          response_message_loading: state.unfilled,
          response_message_ephemeral: state.ephemeral,
        }),
  }
}

function perform(
  world: World,
  state: InteractionState,
  type: number,
  data: Json,
  files: RequestContext['files'],
): Json {
  const source = state.sourceMessageId === null ? undefined : findMessage(world, state.sourceMessageId)
  if (type === 4) {
    const message = postFromInteraction(world, state, data, files)
    state.ephemeral = message.ephemeralTo !== null
    state.responseMessageId = message.id
    return { resource: { type, message: toMessage(world, message) } }
  }
  if (type === 5) {
    // Whether the answer is ephemeral is fixed here (receiving-and-responding.mdx, type 5).
    state.ephemeral = (Number(data.flags ?? 0) & EPHEMERAL) !== 0
    state.unfilled = true
    const flags = LOADING | (state.ephemeral ? EPHEMERAL : 0)
    const message = createInteractionMessage(world, state, { content: '', flags })
    state.responseMessageId = message.id
    return { resource: { type, message: toMessage(world, message) } }
  }
  if (type === 8) {
    state.choices = (data.choices ?? []) as Json[]
    return {}
  }
  if (type === 9) {
    state.modal = data
    return {}
  }
  if (!source) throw apiError(10008)
  state.responseMessageId = source.id
  state.ephemeral = source.ephemeralTo !== null
  if (type === 6) return { resource: { type } }
  editMessage(world, source, toEdit(world, world.channels.get(source.channelId)!, source, data, files))
  return { resource: { type, message: toMessage(world, source) } }
}

interface Content {
  id?: string
  content: string
  flags: number
  embeds?: Json[]
  components?: Json[]
  attachments?: MessageRecord['attachments']
  mentions?: MessageRecord['mentions']
}

function createInteractionMessage(world: World, state: InteractionState, content: Content): MessageRecord {
  const channel = world.channels.get(state.channelId)!
  const isFirst = state.responseMessageId === null
  const followed = isFirst ? state.sourceMessageId : state.responseMessageId
  const exists = followed !== null && channel.log.get(followed) !== undefined
  const message = createMessage(world, channel, {
    ...content,
    authorId: world.bot.id,
    // 20 slash command, 23 context menu, 19 reply to the message pressed or followed up (resources/message.mdx "Message Types").
    type: isFirst && state.kind === 'command' ? (state.commandType === 1 ? 20 : 23) : exists ? 19 : 0,
    reference: exists ? { channelId: channel.id, messageId: followed } : null,
    ephemeralTo: (content.flags & EPHEMERAL) !== 0 ? state.userId : null,
    interaction: state,
  })
  state.messageIds.push(message.id)
  return message
}

export function postFromInteraction(
  world: World,
  state: InteractionState,
  data: Json,
  files: RequestContext['files'],
): MessageRecord {
  const channel = world.channels.get(state.channelId)!
  if (isEmpty(data, files)) throw apiError(50006)
  checkMessageLimits(data)
  checkAllowedMentions(data.allowed_mentions)
  const id = world.nextId()
  const content = typeof data.content === 'string' ? data.content : ''
  const components = toStoredComponents(data.components)
  const flags = typeof data.flags === 'number' ? data.flags & ~LOADING : 0
  const shell = { id, authorId: world.bot.id, reference: null }
  const text = textOf(content, components)
  const { mentions, pings } = applyMentions(world, channel, shell, text, data.allowed_mentions, 'interaction')
  const message = createInteractionMessage(world, state, {
    id,
    content,
    components,
    flags,
    mentions,
    embeds: toStoredEmbeds(data.embeds),
    attachments: toAttachments(world, channel, data, files),
  })
  if (message.ephemeralTo === null) world.pings.push(...pings)
  return message
}
