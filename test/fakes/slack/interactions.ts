// Commands, shortcuts, button presses and modals, as the app receives them.
import { isDict } from './arguments.ts'
import { elementsOf } from './blocks.ts'
import type { Platform } from './platform.ts'
import { createResponseUrl, respondTo } from './response-url.ts'
import type { Block, ChannelRecord, Delivery, Dict, Message, UserRecord } from './shapes.ts'
import { blocksOf } from './visible.ts'
import { wireMessage } from './wire.ts'
import type { World } from './world.ts'

// facts A1: a trigger_id is good for three seconds.
const TRIGGER_LIFETIME_MS = 3000

/** What the person sees of a command, shortcut, press or submission. */
export interface Outcome {
  /** Acknowledged with 2xx or an envelope ack within three seconds. */
  ok: boolean
  /** Slack does not offer this to this person or place; nothing was sent. */
  refused?: string
  /** What Slack shows when the app did not acknowledge. */
  error?: 'operation_timeout' | 'dispatch_failed'
  /** Errors per input block of a refused modal. */
  errors?: Dict
  triggerId?: string
  responseUrl?: string
  delivery?: Delivery
}

export function newTrigger(world: World, user: string): string {
  const id = `${world.nextId('trigger.')}.${user}`
  world.triggers.set(id, { user, expiresAt: world.now() + TRIGGER_LIFETIME_MS })
  if (world.triggers.size > 1000) {
    const oldest = world.triggers.keys().next().value
    if (oldest !== undefined) world.triggers.delete(oldest)
  }
  return id
}

export function refusedOutcome(reason: string): Outcome {
  return { ok: false, refused: reason }
}

export function outcomeOf(delivery: Delivery, more: Partial<Outcome>): Outcome {
  const ok = delivery.status === 'delivered'
  const last = delivery.attempts.at(-1)
  const timedOut = last?.error === 'http_timeout' || last?.error === 'timeout'
  return {
    ok,
    ...(ok ? {} : { error: timedOut ? 'operation_timeout' : 'dispatch_failed' }),
    ...more,
    delivery,
  }
}

export async function runCommand(
  platform: Platform,
  user: UserRecord,
  channel: ChannelRecord,
  command: string,
  text: string,
): Promise<Outcome> {
  const { world } = platform
  const triggerId = newTrigger(world, user.id)
  const target = { channel: channel.id, user: user.id }
  const responseUrl = createResponseUrl(world, target)
  const delivery = await platform.interact('slash_commands', command, {
    token: 'verification-token',
    team_id: world.teamId,
    team_domain: 'fake',
    channel_id: channel.id,
    channel_name: channel.kind === 'im' ? 'directmessage' : channel.name,
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: world.appId,
    is_enterprise_install: String(world.enterpriseId !== undefined),
    ...(world.enterpriseId ? { enterprise_id: world.enterpriseId } : {}),
    response_url: responseUrl,
    trigger_id: triggerId,
  })
  // docs.slack.dev slash-commands: the body of the acknowledgement is shown as a message.
  const body = delivery.response
  if (body && (body['text'] || body['blocks'])) {
    respondTo(platform, { ...target, expiresAt: 0, usesLeft: 0 }, body)
  }
  return outcomeOf(delivery, { triggerId, responseUrl })
}

export function interactionBase(world: World, user: UserRecord, channel?: ChannelRecord): Dict {
  return {
    team: { id: world.teamId, domain: 'fake' },
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    api_app_id: world.appId,
    token: 'verification-token',
    is_enterprise_install: world.enterpriseId !== undefined,
    enterprise: world.enterpriseId ? { id: world.enterpriseId } : null,
    ...(channel
      ? { channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name } }
      : {}),
  }
}

export async function runShortcut(
  platform: Platform,
  user: UserRecord,
  callbackId: string,
  place?: { channel: ChannelRecord; message: Message },
): Promise<Outcome> {
  const { world } = platform
  const triggerId = newTrigger(world, user.id)
  const base = {
    ...interactionBase(world, user, place?.channel),
    callback_id: callbackId,
    trigger_id: triggerId,
  }
  const actionTs = world.nextTs()
  if (!place) {
    const payload = { ...base, type: 'shortcut', action_ts: actionTs }
    return outcomeOf(await platform.interact('interactive', 'shortcut', payload), { triggerId })
  }
  const { channel, message } = place
  const responseUrl = createResponseUrl(world, { channel: channel.id, user: user.id })
  const delivery = await platform.interact('interactive', 'message_action', {
    ...base,
    type: 'message_action',
    action_ts: actionTs,
    message_ts: message.ts,
    message: wireMessage(world, message),
    response_url: responseUrl,
  })
  return outcomeOf(delivery, { triggerId, responseUrl })
}

/** The pressed element's action, or an error that lists what could have been pressed. */
export function actionOf(
  world: World,
  where: string,
  blocks: Block[],
  actionId: string,
  choice: string | undefined,
): Dict {
  const elements = elementsOf(blocks)
  const found = elements.find(({ element }) => element['action_id'] === actionId)
  if (!found) {
    const there = elements.map(({ element }) => String(element['action_id'])).join(', ')
    throw new Error(`${where} has no ${actionId}; it has: ${there || 'nothing to press'}`)
  }
  const { block, element } = found
  const type = String(element['type'])
  const action = { type, action_id: actionId, block_id: block.block_id ?? 'auto', action_ts: world.nextTs() }
  if (type === 'feedback_buttons') {
    const buttons = [element['positive_button'], element['negative_button']].filter(isDict)
    const named = { positive: buttons[0], negative: buttons[1] }
    const pressed =
      buttons.find((one) => one['value'] === choice) ?? named[choice === 'negative' ? 'negative' : 'positive']
    return { ...action, text: pressed?.['text'], value: pressed?.['value'] }
  }
  if (type === 'static_select' || type === 'overflow') {
    const options = Array.isArray(element['options']) ? element['options'].filter(isDict) : []
    return { ...action, selected_option: options.find((one) => one['value'] === choice) ?? options[0] }
  }
  return {
    ...action,
    text: element['text'],
    ...(element['value'] === undefined ? {} : { value: element['value'] }),
  }
}

export async function runPress(
  platform: Platform,
  user: UserRecord,
  channel: ChannelRecord,
  message: Message,
  actionId: string,
  choice: string | undefined,
): Promise<Outcome> {
  const { world } = platform
  const triggerId = newTrigger(world, user.id)
  const action = actionOf(world, `message ${message.ts}`, blocksOf(message), actionId, choice)
  const threadTs = message.threadTs
  const responseUrl = createResponseUrl(world, {
    channel: channel.id,
    user: user.id,
    messageTs: message.ts,
    ...(threadTs ? { threadTs } : {}),
  })
  const isEphemeral = message.ephemeralTo !== undefined
  const delivery = await platform.interact('interactive', 'block_actions', {
    ...interactionBase(world, user, channel),
    type: 'block_actions',
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(threadTs ? { thread_ts: threadTs } : {}),
    },
    // facts A7; an ephemeral message is not sent back with the press.
    ...(isEphemeral ? {} : { message: wireMessage(world, message) }),
    state: { values: {} },
    trigger_id: triggerId,
    response_url: responseUrl,
    actions: [action],
  })
  return outcomeOf(delivery, { triggerId, responseUrl })
}
