// The state of the fake workspace, with its clock and id makers. Knows nothing of HTTP or sockets.
import type {
  ApiCall,
  Block,
  ChannelProfile,
  ChannelRecord,
  Delivery,
  FakeFile,
  Message,
  PendingUpload,
  Ping,
  UserProfile,
  UserRecord,
  ViewRecord,
} from './shapes.ts'

/** The workspace of external people, unless their profile names one. */
export const OTHER_TEAM = 'T0OTHER'

export interface WorldOptions {
  teamId: string
  teamName: string
  /** Set when the app is installed for a whole organisation. */
  enterpriseId?: string
  appId: string
  botId: string
  botUserId: string
  botName: string
  botToken: string
  appToken: string
  signingSecret: string
  scopes: string[]
  botEvents: string[] | undefined
  now: () => number
  keepCalls: number
  keepDeliveries: number
  /** A stream dies this long after it began (facts A3: about 5 minutes, undocumented). */
  streamLifetimeMs: number
  /** Whether 12,000 characters bound a whole stream, or each call (sources disagree). */
  streamTextLimit: 'total' | 'call'
  /** Commercial apps outside the Marketplace read history one page of 15 a minute (facts A2). */
  distribution: 'internal' | 'commercial'
}

export interface ResponseUrl {
  channel: string
  user: string
  expiresAt: number
  usesLeft: number
  /** The message the interaction came from, if any. */
  messageTs?: string
  threadTs?: string
}

export interface World extends WorldOptions {
  users: Map<string, UserRecord>
  channels: Map<string, ChannelRecord>
  /** Channel id of every message, so that a ts alone is enough to find one. */
  channelOf: Map<string, string>
  ephemeralOf: Map<string, Message>
  files: Map<string, FakeFile>
  uploads: Map<string, PendingUpload>
  usergroups: Map<string, string[]>
  views: ViewRecord[]
  triggers: Map<string, { user: string; expiresAt: number }>
  responseUrls: Map<string, ResponseUrl>
  openStreams: Set<Message>
  pings: Ping[]
  calls: ApiCall[]
  deliveries: Delivery[]
  uninstalled: boolean
  /** Set by the server once it knows its port. */
  baseUrl: string
  nextTs(): string
  nextId(prefix: string): string
  /** Tells `until` and a live page that something visible changed. */
  changed(): void
  onChange(listener: () => void): () => void
  advance(ms: number): void
}

export function createWorld(options: WorldOptions): World {
  let offsetMs = 0
  let lastMicros = 0
  let ids = 0
  const listeners = new Set<() => void>()
  const now = () => options.now() + offsetMs
  return {
    ...options,
    now,
    users: new Map(),
    channels: new Map(),
    channelOf: new Map(),
    ephemeralOf: new Map(),
    files: new Map(),
    uploads: new Map(),
    usergroups: new Map(),
    views: [],
    triggers: new Map(),
    responseUrls: new Map(),
    openStreams: new Set(),
    pings: [],
    calls: [],
    deliveries: [],
    uninstalled: false,
    baseUrl: '',
    nextTs() {
      lastMicros = Math.max(lastMicros + 1, Math.floor(now() * 1000))
      const seconds = Math.floor(lastMicros / 1_000_000)
      return `${seconds}.${String(lastMicros % 1_000_000).padStart(6, '0')}`
    },
    nextId(prefix) {
      ids += 1
      return `${prefix}${ids.toString(36).toUpperCase().padStart(9, '0')}`
    },
    changed() {
      for (const listener of [...listeners]) listener()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    advance(ms) {
      offsetMs += ms
      for (const listener of [...listeners]) listener()
    },
  }
}

export function addUser(world: World, id: string, profile: UserProfile): UserRecord {
  const teamId = profile.teamId ?? (profile.isExternal ? OTHER_TEAM : world.teamId)
  const user: UserRecord = { ...profile, id, teamId }
  world.users.set(id, user)
  return user
}

export function addChannel(
  world: World,
  id: string,
  kind: ChannelRecord['kind'],
  profile: ChannelProfile,
): ChannelRecord {
  const members = new Set(profile.members ?? [])
  if (!profile.withoutBot) members.add(world.botUserId)
  const channel: ChannelRecord = {
    id,
    name: profile.name ?? id.toLowerCase(),
    kind,
    isExtShared: profile.isExtShared ?? false,
    members,
    archived: profile.archived ?? false,
    topic: profile.topic ?? '',
    purpose: profile.purpose ?? '',
    created: Math.floor(world.now() / 1000),
    messages: new Map(),
    topLevel: [],
    replies: new Map(),
    ephemerals: [],
    statuses: new Map(),
    sessions: new Map(),
    prompts: undefined,
  }
  world.channels.set(id, channel)
  return channel
}

/** The DM of a user with the bot, opened on first use; its id is stable: `D` + the user's id. */
export function dmOf(world: World, userId: string): ChannelRecord {
  const id = `D${userId}`
  return world.channels.get(id) ?? addChannel(world, id, 'im', { members: [userId], name: userId })
}

export function mustChannel(world: World, id: string): ChannelRecord {
  const channel = world.channels.get(id)
  if (!channel) throw new Error(`fake Slack has no channel ${id}`)
  return channel
}

export function findMessage(world: World, ts: string): Message | undefined {
  const channelId = world.channelOf.get(ts)
  if (channelId) return world.channels.get(channelId)?.messages.get(ts)
  return world.ephemeralOf.get(ts)
}

export function mustMessage(world: World, ts: string): Message {
  const message = findMessage(world, ts)
  if (!message) throw new Error(`fake Slack has no message ${ts}`)
  return message
}

export type NewMessage = Partial<Message> & { user: string; text: string }

/** A message not yet stored anywhere, with every field at its default. */
export function draftMessage(world: World, channel: ChannelRecord, fields: NewMessage): Message {
  return {
    ts: fields.ts ?? world.nextTs(),
    channel: channel.id,
    team: world.users.get(fields.user)?.teamId ?? world.teamId,
    blocks: [] as Block[],
    ownBlocks: false,
    attachments: [],
    reactions: new Map(),
    files: [],
    unfurl: { links: false, media: true },
    edits: 0,
    ...fields,
  }
}

/** Stores a message in its channel and thread. Cost does not grow with the channel. */
export function storeMessage(world: World, channel: ChannelRecord, message: Message): void {
  channel.messages.set(message.ts, message)
  world.channelOf.set(message.ts, channel.id)
  if (message.threadTs && message.threadTs !== message.ts) {
    const root = channel.messages.get(message.threadTs)
    if (root) {
      root.threadTs ??= root.ts
      message.parentUser = root.user
    }
    const replies = channel.replies.get(message.threadTs)
    if (replies) replies.push(message.ts)
    else channel.replies.set(message.threadTs, [message.ts])
    if (message.broadcast) channel.topLevel.push(message.ts)
  } else {
    channel.topLevel.push(message.ts)
  }
  world.changed()
}

export function removeMessage(world: World, channel: ChannelRecord, message: Message): void {
  channel.messages.delete(message.ts)
  world.channelOf.delete(message.ts)
  world.openStreams.delete(message)
  const lists = [channel.topLevel, message.threadTs ? channel.replies.get(message.threadTs) : undefined]
  for (const list of lists) {
    const at = list ? list.lastIndexOf(message.ts) : -1
    if (at >= 0) list?.splice(at, 1)
  }
  world.changed()
}

/** Appends to a log that never grows past twice `keep`. */
export function keepLast<T>(log: T[], entry: T, keep: number): void {
  log.push(entry)
  if (log.length > keep * 2) log.splice(0, log.length - keep)
}
