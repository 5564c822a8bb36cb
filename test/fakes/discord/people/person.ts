// People using Discord: they write, edit, delete, react, run commands, press buttons and fill in forms.
import {
  createMessage,
  createThread,
  deleteMessage,
  editMessage,
  setReaction,
  startTyping,
} from '../actions.ts'
import { storeFile, type Upload } from '../messages/body.ts'
import { findMentions } from '../messages/mentions.ts'
import { messageOrThrow } from '../messages/payload.ts'
import type { ChannelRecord, Mentions, MessageRecord, UserRecord } from '../model.ts'
import { has } from '../permissions.ts'
import { startThreadOn } from '../routes/channels.ts'
import { resolveChannel } from '../setup.ts'
import { dmChannel, newChannel, permissionsOf, type World } from '../world.ts'
import { type Commanding, commanding, idOf, type Ref, sourceFor } from './commanding.ts'
import { type SeenMessage, toSeen } from './seen.ts'

export interface SayOptions {
  replyTo?: Ref
  attachments?: Upload[]
  /** the gateway tells of the deletion before the message: what a fast "undo" can look like */
  deletedFirst?: boolean
}

export interface PostOptions {
  title: string
  text: string
  tags?: string[]
  attachments?: Upload[]
}

export interface Person extends Commanding {
  readonly id: string
  readonly name: string
  /** `<@id>` */
  readonly mention: string
  /** `where`: a channel, a thread, or 'dm' */
  say(where: Ref, text: string, options?: SayOptions): SeenMessage
  dm(text: string, options?: SayOptions): SeenMessage
  /** A forum post: a thread whose first message has the thread's id. */
  post(forum: Ref, post: PostOptions): { threadId: string; message: SeenMessage }
  startThread(message: Ref, name: string): string
  edit(message: Ref, text: string): void
  delete(message: Ref): void
  react(message: Ref, emoji: string): void
  unreact(message: Ref, emoji: string): void
  type(where: Ref): void
}

function mentionsIn(world: World, channel: ChannelRecord, text: string, replyTo?: MessageRecord): Mentions {
  const found = findMentions(text)
  const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId)
  const userIds = found.userIds.filter((id) => world.users.has(id))
  // A reply pings the author of the original unless the person switches that off.
  if (replyTo && !userIds.includes(replyTo.authorId)) userIds.push(replyTo.authorId)
  return {
    userIds,
    roleIds: found.roleIds.filter((id) => guild?.roles.has(id)),
    everyone: found.everyone || found.here,
  }
}

function say(
  world: World,
  user: UserRecord,
  channel: ChannelRecord,
  text: string,
  options: SayOptions,
): SeenMessage {
  // People write up to 2000 characters, 4000 with Nitro.
  if (text.length > 4000) throw new Error(`A person cannot send ${text.length} characters.`)
  if (!text && !options.attachments?.length) throw new Error('A person cannot send an empty message.')
  if (channel.thread?.locked) throw new Error(`The thread "${channel.name}" is locked.`)
  const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId)
  if (guild && !guild.members.has(user.id)) throw new Error(`${user.name} is not in ${guild.name}.`)
  const replyTo = options.replyTo === undefined ? undefined : messageOrThrow(world, idOf(options.replyTo))
  const create = () =>
    createMessage(world, channel, {
      authorId: user.id,
      content: text,
      attachments: (options.attachments ?? []).map((file) => storeFile(world, channel, file)),
      mentions: mentionsIn(world, channel, text, replyTo),
      reference: replyTo ? { channelId: replyTo.channelId, messageId: replyTo.id } : null,
      // Discord clients always send a nonce of their own.
      nonce: world.nextId(),
    })
  if (!options.deletedFirst) return toSeen(world, create())
  const late: Parameters<World['emit']>[0][] = []
  const { emit } = world
  world.emit = (dispatch) => void late.push(dispatch)
  const message = create()
  world.emit = emit
  deleteMessage(world, message)
  for (const dispatch of late) emit(dispatch)
  return toSeen(world, message)
}

function post(
  world: World,
  user: UserRecord,
  forum: ChannelRecord,
  { title, text, tags = [], attachments }: PostOptions,
) {
  if (forum.type !== 15) throw new Error(`#${forum.name} is not a forum.`)
  if (title.length < 1 || title.length > 100) throw new Error('A post has a title of 1 to 100 characters.')
  const appliedTags = tags.map((name) => {
    const tag = forum.tags.find((t) => t.name === name || t.id === name)
    if (!tag) throw new Error(`#${forum.name} has no tag "${name}".`)
    return tag.id
  })
  const fields = { name: title, ownerId: user.id, appliedTags }
  const thread = createThread(world, forum, (f) => newChannel(world, f), fields)
  const message = createMessage(world, thread, {
    // The first message of a post has the post's id (topics/threads.mdx "Creating Threads in Forum and Media Channels").
    id: thread.id,
    authorId: user.id,
    content: text,
    attachments: (attachments ?? []).map((file) => storeFile(world, thread, file)),
    mentions: mentionsIn(world, thread, text),
  })
  return { threadId: thread.id, message: toSeen(world, message) }
}

function defaultChannel(world: World): ChannelRecord {
  const first = [...world.channels.values()].find((c) => c.type === 0)
  if (!first) throw new Error('The fake Discord has no text channel yet: call discord.channel(...) first.')
  return first
}

export function createPerson(world: World, user: UserRecord): Person {
  const place = (where?: Ref) => {
    if (where === undefined) return defaultChannel(world)
    return where === 'dm' ? dmChannel(world, user) : resolveChannel(world, where)
  }
  return {
    id: user.id,
    name: user.name,
    mention: `<@${user.id}>`,
    say: (where, text, options = {}) => say(world, user, place(where), text, options),
    dm: (text, options = {}) => say(world, user, dmChannel(world, user), text, options),
    post: (forum, fields) => post(world, user, resolveChannel(world, forum), fields),
    startThread(ref, name) {
      const { message, channel } = sourceFor(world, user, ref)
      return startThreadOn(world, channel, message.id, user.id, { name }).id
    },
    edit(ref, text) {
      const message = messageOrThrow(world, idOf(ref))
      if (message.authorId !== user.id) throw new Error(`${user.name} did not write ${message.id}.`)
      const mentions = mentionsIn(world, world.channels.get(message.channelId)!, text)
      editMessage(world, message, { content: text, mentions })
    },
    delete(ref) {
      const message = messageOrThrow(world, idOf(ref))
      const channel = world.channels.get(message.channelId)!
      const mayDelete =
        message.authorId === user.id || has(permissionsOf(world, channel, user.id), 'MANAGE_MESSAGES')
      if (!mayDelete) throw new Error(`${user.name} may not delete ${message.id}.`)
      deleteMessage(world, message)
    },
    react: (ref, emoji) => setReaction(world, sourceFor(world, user, ref).message, user.id, emoji, true),
    unreact: (ref, emoji) => setReaction(world, sourceFor(world, user, ref).message, user.id, emoji, false),
    type: (where) => startTyping(world, place(where), user.id),
    ...commanding(world, user, place),
  }
}
