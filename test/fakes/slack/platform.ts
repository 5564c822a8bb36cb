// What every part of the fake shares: the workspace's state and the way to the app. Also the message events.
import type { ChannelRecord, Delivery, DeliveryKind, Dict, Message } from './shapes.ts'
import { wireMessage } from './wire.ts'
import type { World } from './world.ts'

export interface DeliverOptions {
  /** Sends the same envelope this many times (same event_id), as Slack does when an ack is lost. */
  times?: number
  delayMs?: number
  /** Keeps the event back until `slack.release()`, so that later events overtake it. */
  hold?: boolean
  /** `app_mention` before `message`. Slack promises no order. */
  reorder?: boolean
  /** The event never comes. */
  drop?: boolean
}

export interface Platform {
  world: World
  emit(event: Dict, channel?: ChannelRecord, options?: DeliverOptions): Delivery | undefined
  /** Sends a command or an interaction; resolves when acknowledged, refused or timed out. */
  interact(kind: Exclude<DeliveryKind, 'events_api'>, type: string, payload: Dict): Promise<Delivery>
}

/** The app hears of a channel only while its bot is a member and it is installed. */
export function canHear(world: World, channel: ChannelRecord): boolean {
  return !world.uninstalled && channel.members.has(world.botUserId)
}

export function messageEvent(world: World, channel: ChannelRecord, message: Message): Dict {
  return {
    ...wireMessage(world, message),
    channel: channel.id,
    channel_type: channel.kind,
    event_ts: message.ts,
    ...sharedFields(world, channel, message),
  }
}

/** Fields Slack Connect adds (docs.slack.dev apis/slack-connect; facts A4). */
export function sharedFields(world: World, channel: ChannelRecord, message: Message): Dict {
  if (!channel.isExtShared) return {}
  const user = world.users.get(message.user)
  const teamId = user?.teamId ?? message.team
  return {
    user_team: teamId,
    source_team: teamId,
    user_profile: {
      name: user?.name ?? '',
      display_name: user?.name ?? '',
      real_name: user?.name ?? '',
      team: teamId,
    },
  }
}

export function announceMessage(
  platform: Platform,
  channel: ChannelRecord,
  message: Message,
  options?: DeliverOptions,
): void {
  platform.emit(messageEvent(platform.world, channel, message), channel, options)
}

/**
 * docs.slack.dev reference/events/reaction_added: needs the scope `reactions:read`; names the message by channel and ts and
 * says nothing of its text, nor of the thread that it stands in.
 */
export function announceReaction(platform: Platform, event: Dict, channel: ChannelRecord): void {
  if (platform.world.scopes.includes('reactions:read')) platform.emit(event, channel)
}

export function announceChanged(
  platform: Platform,
  channel: ChannelRecord,
  message: Message,
  previous: Dict,
  options?: DeliverOptions,
): void {
  const { world } = platform
  const ts = world.nextTs()
  const event = {
    type: 'message',
    subtype: 'message_changed',
    message: { ...wireMessage(world, message), ...sharedFields(world, channel, message) },
    previous_message: previous,
    channel: channel.id,
    channel_type: channel.kind,
    hidden: true,
    ts,
    event_ts: ts,
  }
  platform.emit(event, channel, options)
}

export function announceDeleted(
  platform: Platform,
  channel: ChannelRecord,
  previous: Dict,
  options?: DeliverOptions,
): void {
  const ts = platform.world.nextTs()
  const event = {
    type: 'message',
    subtype: 'message_deleted',
    deleted_ts: previous['ts'],
    previous_message: previous,
    channel: channel.id,
    channel_type: channel.kind,
    hidden: true,
    ts,
    event_ts: ts,
  }
  platform.emit(event, channel, options)
}
