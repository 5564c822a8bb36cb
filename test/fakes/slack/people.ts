// The users' side: what a person can do in Slack, with the events it causes.
import { type Outcome, refusedOutcome, runCommand, runPress, runShortcut } from './interactions.ts'
import {
  announceChanged,
  announceMessage,
  announceReaction,
  type DeliverOptions,
  messageEvent,
  type Platform,
} from './platform.ts'
import { deleteMessage } from './posting.ts'
import type { Block, ChannelRecord, FakeFile, Message, UserRecord } from './shapes.ts'
import { endStream } from './streams.ts'
import { richTextOf, typedText } from './typing.ts'
import { runSubmit, runViewPress, type ViewValues } from './view-interactions.ts'
import { wireMessage } from './wire.ts'
import { dmOf, draftMessage, mustChannel, mustMessage, storeMessage, type World } from './world.ts'

export interface Upload {
  name: string
  bytes: Buffer | string
  mimetype?: string
}

export interface SayOptions {
  threadTs?: string
  files?: Upload[]
  blocks?: Block[]
  deliver?: DeliverOptions
  /** What the person's clients have open, for DMs of agent apps. */
  appContext?: Record<string, unknown>
}

export interface FakeUser {
  id: string
  record: UserRecord
  /** Returns the new message's ts. `channel` may be the id of a channel or a DM. */
  say(channel: string, text: string, options?: SayOptions): string
  edit(ts: string, text: string, deliver?: DeliverOptions): void
  delete(ts: string, deliver?: DeliverOptions): void
  react(ts: string, emoji: string): void
  unreact(ts: string, emoji: string): void
  command(command: string, text: string, channel: string, place?: { threadTs?: string }): Promise<Outcome>
  shortcut(callbackId: string, ts?: string): Promise<Outcome>
  /** Presses a button; `choice` is the value, or `positive | negative` of feedback buttons. */
  click(ts: string, actionId: string, choice?: string): Promise<Outcome>
  /** Submits the newest open modal of this person. */
  submitView(values?: ViewValues): Promise<Outcome>
  closeView(): void
  /** Presses or chooses something in the newest open modal, or in Home when none is open. */
  clickView(actionId: string, choice?: string): Promise<Outcome>
  /** Opens the Messages tab (or Home) of the app; returns the DM's id. */
  openDm(tab?: 'messages' | 'home'): string
  /** The native Stop button of an agent session. */
  stop(threadTs: string): void
  /** Invites the bot. */
  invite(channel: string): void
}

export function createUser(platform: Platform, record: UserRecord): FakeUser {
  const { world } = platform
  return {
    id: record.id,
    record,
    say: (channel, text, options) => say(platform, record, mustChannel(world, channel), text, options ?? {}),
    edit: (ts, text, deliver) => edit(platform, record, mustMessage(world, ts), text, deliver),
    delete(ts, deliver) {
      const message = mustMessage(world, ts)
      if (message.user !== record.id && !record.isAdmin) throw new Error(`${record.id} cannot delete ${ts}`)
      deleteMessage(platform, mustChannel(world, message.channel), message, deliver)
    },
    react: (ts, emoji) => react(platform, record, mustMessage(world, ts), emoji, true),
    unreact: (ts, emoji) => react(platform, record, mustMessage(world, ts), emoji, false),
    async command(command, text, channel, place) {
      const refusal =
        commandRefusal(record) ?? (place?.threadTs ? 'slash commands do not work in threads' : undefined)
      if (refusal) return refusedOutcome(refusal)
      return runCommand(platform, record, mustChannel(world, channel), command, text)
    },
    async shortcut(callbackId, ts) {
      const refusal = commandRefusal(record)
      if (refusal) return refusedOutcome(refusal)
      if (!ts) return runShortcut(platform, record, callbackId)
      const message = mustMessage(world, ts)
      const channel = mustChannel(world, message.channel)
      return runShortcut(platform, record, callbackId, { channel, message })
    },
    async click(ts, actionId, choice) {
      const message = mustMessage(world, ts)
      if (message.ephemeralTo && message.ephemeralTo !== record.id)
        throw new Error(`${record.id} cannot see ${ts}`)
      return runPress(platform, record, mustChannel(world, message.channel), message, actionId, choice)
    },
    async submitView(values) {
      return runSubmit(platform, record, openView(world, record), values ?? {})
    },
    closeView() {
      openView(world, record).open = false
      world.changed()
    },
    async clickView(actionId, choice) {
      const home = world.views.find((one) => one.user === record.id && one.kind === 'home')
      const modal = world.views.findLast((one) => one.user === record.id && one.kind === 'modal' && one.open)
      return runViewPress(platform, record, modal ?? home ?? openView(world, record), actionId, choice)
    },
    openDm: (tab) => openDm(platform, record, tab ?? 'messages'),
    stop: (threadTs) => stop(platform, record, threadTs),
    invite: (channel) => invite(platform, record, mustChannel(world, channel)),
  }
}

/** docs.slack.dev apis/slack-connect: people of another workspace are not offered an app's commands. */
function commandRefusal(user: UserRecord): string | undefined {
  return user.isExternal ? 'external members are not offered commands or shortcuts of this app' : undefined
}

function openView(world: World, user: UserRecord) {
  const view = world.views.findLast((one) => one.user === user.id && one.kind === 'modal' && one.open)
  if (!view) throw new Error(`${user.id} has no open modal`)
  return view
}

function storeFiles(world: World, user: UserRecord, uploads: Upload[]): FakeFile[] {
  return uploads.map((upload) => {
    const file: FakeFile = {
      id: world.nextId('F'),
      name: upload.name,
      mimetype: upload.mimetype ?? 'application/octet-stream',
      bytes: Buffer.from(upload.bytes as string),
      user: user.id,
      created: Math.floor(world.now() / 1000),
    }
    world.files.set(file.id, file)
    return file
  })
}

function say(
  platform: Platform,
  user: UserRecord,
  channel: ChannelRecord,
  raw: string,
  options: SayOptions,
): string {
  const { world } = platform
  if (channel.archived) throw new Error(`${channel.id} is archived`)
  channel.members.add(user.id)
  const text = typedText(world, raw)
  const ts = world.nextTs()
  const files = storeFiles(world, user, options.files ?? [])
  const message = draftMessage(world, channel, {
    ts,
    user: user.id,
    text,
    blocks: options.blocks ?? (text ? [richTextOf(ts, text)] : []),
    ownBlocks: options.blocks !== undefined,
    files,
    ...(options.threadTs ? { threadTs: options.threadTs } : {}),
    ...(files.length > 0 ? { subtype: 'file_share' } : {}),
    ...(user.isBot ? { subtype: 'bot_message', botId: `B${user.id}` } : {}),
    clientMsgId: `client-${ts}`,
  })
  storeMessage(world, channel, message)
  if (options.appContext) {
    // docs.slack.dev changelog 2026-07-02: subscribed agent apps get app_context on message.im.
    platform.emit(
      { ...messageEvent(world, channel, message), app_context: options.appContext },
      channel,
      options.deliver,
    )
    return ts
  }
  const mention = text.includes(`<@${world.botUserId}>`) && channel.kind !== 'im'
  if (mention && options.deliver?.reorder) announceMention(platform, channel, message, options.deliver)
  announceMessage(platform, channel, message, options.deliver)
  if (mention && !options.deliver?.reorder) announceMention(platform, channel, message, options.deliver)
  return ts
}

/** facts A5: a mention gives a second event with another event_id and the same ts; never in a DM. */
function announceMention(
  platform: Platform,
  channel: ChannelRecord,
  message: Message,
  deliver: DeliverOptions | undefined,
): void {
  const { channel_type: _kind, ...event } = messageEvent(platform.world, channel, message)
  platform.emit({ ...event, type: 'app_mention' }, channel, deliver)
}

function edit(
  platform: Platform,
  user: UserRecord,
  message: Message,
  raw: string,
  deliver: DeliverOptions | undefined,
): void {
  const { world } = platform
  if (message.user !== user.id) throw new Error(`${user.id} cannot edit ${message.ts}`)
  const previous = wireMessage(world, message)
  message.text = typedText(world, raw)
  message.blocks = [richTextOf(message.ts, message.text)]
  message.ownBlocks = false
  message.edits += 1
  message.edited = { user: user.id, ts: world.nextTs() }
  announceChanged(platform, mustChannel(world, message.channel), message, previous, deliver)
  world.changed()
}

function react(platform: Platform, user: UserRecord, message: Message, emoji: string, add: boolean): void {
  const { world } = platform
  const users = message.reactions.get(emoji) ?? new Set()
  // A second click takes the reaction back; docs.slack.dev reference/methods/reactions.add: `already_reacted`.
  if (users.has(user.id) === add) return
  if (add) users.add(user.id)
  else users.delete(user.id)
  if (users.size > 0) message.reactions.set(emoji, users)
  else message.reactions.delete(emoji)
  const item = { type: 'message', channel: message.channel, ts: message.ts }
  const type = add ? 'reaction_added' : 'reaction_removed'
  const event = {
    type,
    user: user.id,
    reaction: emoji,
    item,
    item_user: message.user,
    event_ts: world.nextTs(),
  }
  announceReaction(platform, event, mustChannel(world, message.channel))
  world.changed()
}

function openDm(platform: Platform, user: UserRecord, tab: 'messages' | 'home'): string {
  const channel = dmOf(platform.world, user.id)
  // facts A4: an agent app's conversation begins with app_home_opened, tab `messages`.
  const event = {
    type: 'app_home_opened',
    user: user.id,
    channel: channel.id,
    tab,
    event_ts: platform.world.nextTs(),
  }
  platform.emit(event, channel)
  return channel.id
}

function stop(platform: Platform, user: UserRecord, threadTs: string): void {
  const { world } = platform
  const channel = [...world.channels.values()].find((one) => one.sessions.has(threadTs))
  const session = channel?.sessions.get(threadTs)
  // docs.slack.dev ai/agent-sessions: Stop is shown while the session is processing and the app is subscribed.
  if (!channel || session?.status !== 'processing') throw new Error(`no Stop button in thread ${threadTs}`)
  if (world.botEvents && !world.botEvents.includes('agent_session_stopped')) {
    throw new Error('no Stop button: the app is not subscribed to agent_session_stopped')
  }
  const streams = [...world.openStreams].filter(
    (one) => one.channel === channel.id && one.threadTs === threadTs,
  )
  for (const message of streams) {
    if (message.stream) message.stream.stoppedByUser = true
    endStream(platform, message, 'completed')
  }
  // docs.slack.dev events/agent_session_stopped: the status stays until the app changes it.
  platform.emit(
    {
      type: 'agent_session_stopped',
      channel: channel.id,
      user: user.id,
      thread_ts: threadTs,
      streaming_message_ts: streams.map((message) => message.ts),
      event_ts: world.nextTs(),
    },
    channel,
  )
}

function invite(platform: Platform, user: UserRecord, channel: ChannelRecord): void {
  const { world } = platform
  channel.members.add(user.id)
  channel.members.add(world.botUserId)
  platform.emit(
    {
      type: 'member_joined_channel',
      user: world.botUserId,
      channel: channel.id,
      channel_type: channel.kind === 'group' ? 'G' : 'C',
      team: world.teamId,
      inviter: user.id,
      event_ts: world.nextTs(),
    },
    channel,
  )
  world.changed()
}
