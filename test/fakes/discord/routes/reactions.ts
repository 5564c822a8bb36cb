// REST endpoints of reactions and the typing indicator.
// Source: discord-api-docs resources/message.mdx "Create Reaction", resources/channel.mdx "Trigger Typing Indicator".
import { setReaction, startTyping } from '../actions.ts'
import { buckets } from '../http/rate-limits.ts'
import type { Endpoint, RequestContext } from '../http/router.ts'
import { toUser } from '../payloads.ts'
import { channelForBot, messageIn, requireBot, type World } from '../world.ts'
import { refuseArchived, requireSend } from './guards.ts'

export function reactionRoutes(world: World): Endpoint[] {
  const channelOf = ({ params }: RequestContext) => channelForBot(world, params.channel_id!)
  const messageOf = (context: RequestContext) => messageIn(channelOf(context), context.params.message_id!)
  const react = '/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}'
  return [
    {
      method: 'PUT',
      path: `${react}/@me`,
      auth: 'bot',
      bucket: buckets.reaction,
      handle(context) {
        const message = messageOf(context)
        const emoji = context.params.emoji_name!
        requireBot(world, channelOf(context), 'READ_MESSAGE_HISTORY')
        // Needs ADD_REACTIONS only when nobody has reacted with that emoji (resources/message.mdx "Create Reaction").
        if (!message.reactions.has(emoji)) requireBot(world, channelOf(context), 'ADD_REACTIONS')
        refuseArchived(channelOf(context))
        setReaction(world, message, world.bot.id, emoji, true)
        return { status: 204 }
      },
    },
    {
      method: 'DELETE',
      path: `${react}/@me`,
      auth: 'bot',
      bucket: buckets.reaction,
      handle(context) {
        setReaction(world, messageOf(context), world.bot.id, context.params.emoji_name!, false)
        return { status: 204 }
      },
    },
    {
      method: 'DELETE',
      path: `${react}/{user_id}`,
      auth: 'bot',
      bucket: buckets.reaction,
      handle(context) {
        requireBot(world, channelOf(context), 'MANAGE_MESSAGES')
        const { emoji_name: emoji, user_id: userId } = context.params
        setReaction(world, messageOf(context), userId!, emoji!, false)
        return { status: 204 }
      },
    },
    {
      method: 'GET',
      path: react,
      auth: 'bot',
      response: 'UserResponse[]',
      handle(context) {
        const ids = [...(messageOf(context).reactions.get(context.params.emoji_name!) ?? [])]
        return { status: 200, body: ids.map((id) => toUser(world.users.get(id)!)) }
      },
    },
  ]
}

export function typingRoutes(world: World): Endpoint[] {
  return [
    {
      method: 'POST',
      path: '/channels/{channel_id}/typing',
      auth: 'bot',
      bucket: buckets.typing,
      handle(context) {
        const channel = channelForBot(world, context.params.channel_id!)
        requireSend(world, channel)
        startTyping(world, channel, world.bot.id)
        return { status: 204 }
      },
    },
  ]
}
