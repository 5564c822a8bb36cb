// What an edit request changes; shared by messages and interaction answers.
// Source: discord-api-docs resources/message.mdx "Edit Message": what is left out stays, mentions are made anew from the text.
import type { MessageEdit } from '../actions.ts'
import { apiError } from '../http/errors.ts'
import type { RequestContext } from '../http/router.ts'
import type { ChannelRecord, Json, MessageRecord } from '../model.ts'
import { isEmpty } from '../routes/guards.ts'
import type { World } from '../world.ts'
import { textOf, toAttachments, toStoredComponents, toStoredEmbeds } from './body.ts'
import { checkMessageLimits } from './limits.ts'
import { applyMentions, checkAllowedMentions } from './mentions.ts'
import { EPHEMERAL } from './payload.ts'

/** An edit changes only the fields it names. Edits never notify anybody, but their mentions are still shown. */
export function toEdit(
  world: World,
  channel: ChannelRecord,
  message: MessageRecord,
  body: Json,
  files: RequestContext['files'],
): MessageEdit {
  checkMessageLimits(body)
  checkAllowedMentions(body.allowed_mentions)
  const edit: MessageEdit = {}
  if (body.content !== undefined) edit.content = typeof body.content === 'string' ? body.content : ''
  if (body.embeds !== undefined) edit.embeds = toStoredEmbeds(body.embeds)
  if (body.components !== undefined) edit.components = toStoredComponents(body.components)
  if (typeof body.flags === 'number') edit.flags = (message.flags & EPHEMERAL) | (body.flags & ~EPHEMERAL)
  if (body.attachments !== undefined || files.length > 0)
    edit.attachments = toAttachments(world, channel, body, files, message.attachments)
  const after = { ...message, ...edit }
  if (
    isEmpty({ content: after.content, embeds: after.embeds, components: after.components }, after.attachments)
  )
    throw apiError(50006)
  const text = textOf(after.content, after.components)
  const origin = message.interaction ? 'interaction' : 'message'
  edit.mentions = applyMentions(world, channel, message, text, body.allowed_mentions, origin).mentions
  return edit
}
