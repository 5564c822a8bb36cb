// Where something happened, in the vocabulary of core: workspace, audience, place and kind of room. A thread's channel
// is its parent; a private thread is an audience of its own.
import { type Channel, ChannelType, type Client } from 'discord.js'
import { DISCORD_DM, type Place, type RoomKind } from '../core/inbound.ts'

export interface Room {
  workspace: string
  audience: string
  place: Place
  room: RoomKind
  /** Title and tags, where the room is a forum post. */
  post: { title: string; tags: string[] } | null
}

/** The parts of a channel that decide; what discord.js caches and what REST and interactions carry all have them. */
export interface ChannelFacts {
  id: string
  type: ChannelType
  parentId: string | null
  post: Room['post']
}

const THREADS: readonly ChannelType[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
]
const FORUMS: readonly ChannelType[] = [ChannelType.GuildForum, ChannelType.GuildMedia]

export function toRoom(guildId: string | null, channel: ChannelFacts): Room {
  if (guildId === null) {
    const place: Place = { platform: 'discord', workspace: DISCORD_DM, channel: channel.id, thread: null }
    return { workspace: DISCORD_DM, audience: `${DISCORD_DM}:${channel.id}`, place, room: 'dm', post: null }
  }
  const workspace = `discord:${guildId}`
  const isThread = THREADS.includes(channel.type) && channel.parentId !== null
  const parent = isThread ? channel.parentId! : channel.id
  return {
    workspace,
    audience: `${workspace}:${channel.type === ChannelType.PrivateThread ? channel.id : parent}`,
    place: { platform: 'discord', workspace, channel: parent, thread: isThread ? channel.id : null },
    room: isThread ? 'thread' : 'channel',
    post: channel.post,
  }
}

/** As an Inbound has them. */
export function tagsOf({ post }: Room): { tags?: string[] } {
  return post && post.tags.length > 0 ? { tags: post.tags } : {}
}

export interface Rooms {
  /** Asks Discord when the channel is not known, e.g. an archived thread that has just come back. */
  find(channelId: string, guildId: string | null): Promise<Room>
  /** Without asking: for interactions, which bring the facts along and cannot wait. */
  known(
    channelId: string,
    guildId: string | null,
    brought?: { type: ChannelType; parent_id?: string | null },
  ): Room
}

export function createRooms(client: Client): Rooms {
  const plain = (id: string): ChannelFacts => ({
    id,
    type: ChannelType.GuildText,
    parentId: null,
    post: null,
  })
  return {
    async find(channelId, guildId) {
      if (guildId === null) return toRoom(null, plain(channelId))
      // Gone, or not to be seen: the channel is then its own audience, which is never too wide.
      const channel = await client.channels.fetch(channelId).catch(() => null)
      return toRoom(guildId, channel ? toFacts(channel) : plain(channelId))
    },
    known(channelId, guildId, brought) {
      const cached = client.channels.cache.get(channelId)
      if (cached) return toRoom(guildId, toFacts(cached))
      const { type = ChannelType.GuildText, parent_id: parentId = null } = brought ?? {}
      return toRoom(guildId, { id: channelId, type, parentId, post: null })
    },
  }
}

function toFacts(channel: Channel): ChannelFacts {
  if (!channel.isThread()) return { id: channel.id, type: channel.type, parentId: null, post: null }
  const { id, type, parentId, parent } = channel
  const isPost = parent !== null && FORUMS.includes(parent.type)
  if (!isPost) return { id, type, parentId, post: null }
  const known = 'availableTags' in parent ? parent.availableTags : []
  const tags = known.filter((tag) => channel.appliedTags.includes(tag.id)).map((tag) => tag.name)
  return { id, type, parentId, post: { title: channel.name, tags } }
}
