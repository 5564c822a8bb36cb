// REST endpoints an interaction's token opens: the callback, the original response and followups.
// Source: discord-api-docs interactions/receiving-and-responding.mdx "Interaction Endpoints". None carries a bot token.
import { deleteMessage, editMessage } from '../actions.ts'
import { apiError } from '../http/errors.ts'
import { buckets } from '../http/rate-limits.ts'
import type { Endpoint, Reply, RequestContext } from '../http/router.ts'
import type { SchemaRef } from '../http/spec.ts'
import { answerInteraction, postFromInteraction } from '../interactions.ts'
import { toEdit } from '../messages/edit.ts'
import { applyMentions } from '../messages/mentions.ts'
import { LOADING, toMessage } from '../messages/payload.ts'
import type { InteractionState, Json, MessageRecord } from '../model.ts'
import { findMessage, type World } from '../world.ts'

const callbackSchemas: Record<number, SchemaRef> = {
  4: 'CreateMessageInteractionCallbackRequest',
  5: 'CreateMessageInteractionCallbackRequest',
  6: 'UpdateMessageInteractionCallbackRequest',
  7: 'UpdateMessageInteractionCallbackRequest',
  8: 'ApplicationCommandAutocompleteCallbackRequest',
  9: 'ModalInteractionCallbackRequest',
}

export function interactionRoutes(world: World): Endpoint[] {
  const webhook = '/webhooks/{webhook_id}/{webhook_token}'
  const one = `${webhook}/messages/{message_id}`
  const stateOf = ({ params }: RequestContext) => openInteraction(world, params)
  return [
    {
      method: 'POST',
      path: '/interactions/{interaction_id}/{interaction_token}/callback',
      auth: 'none',
      request: (body) => callbackSchemas[Number(body.type)] ?? 'CreateMessageInteractionCallbackRequest',
      response: 'InteractionCallbackResponse',
      // Each token is answered once, so no bucket of its own can bind here.
      handle: (context) => answerInteraction(world, context),
    },
    {
      method: 'POST',
      path: webhook,
      auth: 'none',
      bucket: buckets.webhook,
      request: 'IncomingWebhookRequestPartial',
      response: 'MessageResponse',
      handle: (context) => followUp(world, stateOf(context), context),
    },
    {
      method: 'GET',
      path: one,
      auth: 'none',
      bucket: buckets.webhook,
      response: 'MessageResponse',
      handle: (context) => ({
        status: 200,
        body: toMessage(world, messageOf(world, stateOf(context), context.params.message_id!)),
      }),
    },
    {
      method: 'PATCH',
      path: one,
      auth: 'none',
      bucket: buckets.webhook,
      request: 'IncomingWebhookUpdateRequestPartial',
      response: 'MessageResponse',
      handle(context) {
        const state = stateOf(context)
        return patch(world, state, messageOf(world, state, context.params.message_id!), context)
      },
    },
    {
      method: 'DELETE',
      path: one,
      auth: 'none',
      bucket: buckets.webhook,
      handle(context) {
        const state = stateOf(context)
        deleteMessage(world, messageOf(world, state, context.params.message_id!))
        return { status: 204 }
      },
    },
  ]
}

function openInteraction(world: World, params: Record<string, string>): InteractionState {
  const state = world.interactions.get(params.webhook_token!)
  // Before the first response, and for tokens never given, the webhook does not exist yet.
  if (!state || params.webhook_id !== world.applicationId || state.callback === null) throw apiError(10015)
  // "Interaction tokens are valid for 15 minutes" (receiving-and-responding.mdx).
  if (world.clock.now() - state.createdAt > world.settings.interactionLifetimeMs) throw apiError(50027)
  return state
}

function messageOf(world: World, state: InteractionState, messageId: string): MessageRecord {
  const id = messageId === '@original' ? state.responseMessageId : messageId
  const mine = id !== null && (id === state.responseMessageId || state.messageIds.includes(id))
  const message = mine ? findMessage(world, id) : undefined
  if (!message) throw apiError(10008)
  return message
}

function followUp(world: World, state: InteractionState, context: RequestContext): Reply {
  const original = state.responseMessageId === null ? undefined : findMessage(world, state.responseMessageId)
  // Directly after a type 5 defer the first followup edits the original (receiving-and-responding.mdx "Create Followup Message").
  if (state.unfilled && original) return patch(world, state, original, context)
  const message = postFromInteraction(world, state, context.body, context.files)
  return { status: 200, body: toMessage(world, message) }
}

function patch(
  world: World,
  state: InteractionState,
  message: MessageRecord,
  context: RequestContext,
): Reply {
  const channel = world.channels.get(message.channelId)!
  const fills = state.unfilled && message.id === state.responseMessageId
  const edit = toEdit(world, channel, message, context.body, context.files)
  edit.flags = (edit.flags ?? message.flags) & ~LOADING
  if (fills) {
    state.unfilled = false
    // Filling a deferred answer is its first appearance: it notifies like a new message.
    const { allowed_mentions: allowed } = context.body as Json
    const found = applyMentions(world, channel, message, edit.content ?? '', allowed, 'interaction')
    if (message.ephemeralTo === null) world.pings.push(...found.pings)
  }
  editMessage(world, message, edit)
  return { status: 200, body: toMessage(world, message) }
}
