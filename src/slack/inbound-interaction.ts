// Commands, shortcuts, buttons and forms as Inbound. The only place that reads Slack's interaction payloads.
import type { Command } from '../core/command.ts'
import type { ActionInbound, Author, CommandInbound } from '../core/inbound.ts'
import { normalizeText } from '../text/normalize.ts'
import { parseVerb } from './commands.ts'
import type { Directory } from './directory.ts'
import { parseFormContext } from './form.ts'
import { createHandle } from './handle.ts'
import { toAttachments } from './inbound-message.ts'
import { readText } from './inbound-text.ts'
import { parseActionId } from './render.ts'
import {
  type HomeOf,
  type Origin,
  originOfInteraction,
  type Room,
  threadOf,
  toAuthor,
  toRoom,
  withBotUser,
} from './room.ts'
import { type Dict, dictOf, listOf, textOf } from './wire.ts'

export interface InteractionReader {
  people: Directory
  commands: readonly Command[]
  /** The bot's own id in a workspace; '' while it is not known. */
  botUser(workspace: string): string
  homeOf: HomeOf
  now(): number
}

/** Null for what nobody has to hear of: a link button, a form that was closed. */
export async function toInteractionInbound(
  body: Dict,
  reader: InteractionReader,
): Promise<CommandInbound | ActionInbound | null> {
  const origin = withBotUser(originOfInteraction(body, reader.homeOf), reader.botUser)
  if (textOf(body['command']) !== '') return toSlash(body, origin, reader)
  switch (textOf(body['type'])) {
    case 'message_action':
      return toShortcut(body, origin, reader)
    case 'block_actions':
      return toAction(body, origin, reader)
    case 'view_submission':
      return toSubmission(body, origin, reader)
    default:
      return null
  }
}

async function toSlash(body: Dict, origin: Origin, reader: InteractionReader): Promise<CommandInbound> {
  const user = { id: textOf(body['user_id']), name: textOf(body['user_name']), team: '' }
  const { name, options } = parseVerb(textOf(body['text']), reader.commands)
  return {
    type: 'command',
    source: `cmd:${textOf(body['trigger_id'])}`,
    name,
    options,
    handle: createHandle(textOf(body['response_url']), 'command', reader.now()),
    target: null,
    ...(await whereAndWho(textOf(body['channel_id']), null, user, origin, reader)),
  }
}

/** Used on a message: the answer goes into that message's thread. */
async function toShortcut(body: Dict, origin: Origin, reader: InteractionReader): Promise<CommandInbound> {
  const channel = textOf(dictOf(body['channel'])['id'])
  const message = dictOf(body['message'])
  const ts = textOf(body['message_ts']) || textOf(message['ts'])
  const where = await whereAndWho(channel, threadOf({ ...message, ts }), userOf(body), origin, reader)
  const { text } = await readText(textOf(message['text']), {
    workspace: origin.workspace,
    botUser: origin.botUser,
    author: textOf(message['user']),
    people: reader.people,
  })
  return {
    type: 'command',
    source: `cmd:${textOf(body['trigger_id'])}`,
    name: textOf(body['callback_id']),
    options: {},
    handle: createHandle(textOf(body['response_url']), 'shortcut', reader.now()),
    target: {
      source: `${channel}:${ts}`,
      text,
      attachments: toAttachments(message),
      authorIsBot: textOf(message['bot_id']) !== '',
      author: textOf(message['user']),
    },
    ...where,
  }
}

async function toAction(
  body: Dict,
  origin: Origin,
  reader: InteractionReader,
): Promise<ActionInbound | null> {
  const pressed = listOf(body['actions'])[0] ?? {}
  const action = parseActionId(textOf(pressed['action_id']))
  if (action === null) return null
  const container = dictOf(body['container'])
  const channel = textOf(dictOf(body['channel'])['id']) || textOf(container['channel_id'])
  const message = textOf(container['message_ts'])
  const thread = textOf(container['thread_ts']) || textOf(dictOf(body['message'])['thread_ts'])
  return {
    type: 'action',
    source: `act:${textOf(body['trigger_id'])}`,
    action,
    value: textOf(pressed['value']) || textOf(dictOf(pressed['selected_option'])['value']),
    message,
    handle: createHandle(textOf(body['response_url']), 'action', reader.now()),
    ...(await whereAndWho(channel, thread || null, userOf(body), origin, reader)),
  }
}

async function toSubmission(
  body: Dict,
  origin: Origin,
  reader: InteractionReader,
): Promise<CommandInbound | null> {
  const view = dictOf(body['view'])
  const context = parseFormContext(textOf(view['private_metadata']))
  if (context === null) return null
  return {
    type: 'command',
    source: `form:${textOf(view['id'])}:${textOf(view['hash'])}`,
    name: textOf(view['callback_id']),
    options: valuesOf(dictOf(dictOf(view['state'])['values'])),
    handle: context.handle,
    target: null,
    ...(await whereAndWho(context.channel, context.thread, userOf(body), origin, reader)),
  }
}

function valuesOf(blocks: Dict): CommandInbound['options'] {
  const options: CommandInbound['options'] = {}
  for (const block of Object.values(blocks)) {
    for (const [id, element] of Object.entries(dictOf(block))) {
      const value =
        textOf(dictOf(element)['value']) || textOf(dictOf(dictOf(element)['selected_option'])['value'])
      options[id] = normalizeText(value)
    }
  }
  return options
}

interface SaidUser {
  id: string
  name: string
  team: string
}

function userOf(body: Dict): SaidUser {
  const user = dictOf(body['user'])
  return {
    id: textOf(user['id']),
    name: textOf(user['name']) || textOf(user['username']),
    team: textOf(user['team_id']),
  }
}

/**
 * An admin who is not known in time is refused what only admins may do, which is worse than to wait. Slack waits three
 * seconds for an acknowledgement, and a form opens no later.
 */
const PATIENCE_MS = 1_500

async function whereAndWho(
  channel: string,
  thread: string | null,
  user: SaidUser,
  origin: Origin,
  { people, now }: InteractionReader,
): Promise<Room & { author: Author; at: number }> {
  const { workspace } = origin
  const [person, known] = await Promise.all([
    people.person(workspace, user.id, PATIENCE_MS),
    channel === '' ? null : people.channel(workspace, channel),
  ])
  const here = { ...origin, isShared: known?.isShared ?? false }
  const author = toAuthor(user.id, { name: user.name, team: user.team, isBot: false }, person, here)
  return { ...toRoom(here, channel, thread), author, at: now() }
}
