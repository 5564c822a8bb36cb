// The records a fake Discord keeps: users, guilds, channels (threads included), messages, commands, interactions.
// Wire shapes are made in payloads.ts and messages/payload.ts; what a person sees in people/seen.ts.
import type { MessageLog } from './messages/log.ts'

export type Json = Record<string, unknown>

export interface UserRecord {
  id: string
  name: string
  isBot: boolean
  locale: string
  admin: boolean
  /** null = member of every guild */
  guildIds: Set<string> | null
  dmChannelId: string | null
  acceptsDms: boolean
}

export interface RoleRecord {
  id: string
  name: string
  permissions: bigint
  mentionable: boolean
  position: number
  managedBy: string | null
}

export interface MemberRecord {
  userId: string
  nick: string | null
  roleIds: string[]
  joinedAt: number
}

export interface GuildRecord {
  id: string
  name: string
  ownerId: string
  locale: string
  roles: Map<string, RoleRecord>
  members: Map<string, MemberRecord>
  channelIds: Set<string>
  threadIds: Set<string>
  commands: CommandRecord[]
  createdAt: number
}

export interface Overwrite {
  id: string
  type: 0 | 1
  allow: bigint
  deny: bigint
}

export interface ForumTag {
  id: string
  name: string
}

export interface ThreadState {
  ownerId: string
  archived: boolean
  locked: boolean
  autoArchiveMinutes: number
  archiveChangedAt: number
  appliedTags: string[]
  memberIds: Set<string>
  totalSent: number
}

export interface ChannelRecord {
  id: string
  guildId: string | null
  type: number
  name: string
  topic: string | null
  parentId: string | null
  position: number
  slowmodeSeconds: number
  tags: ForumTag[]
  overwrites: Map<string, Overwrite>
  log: MessageLog
  lastMessageId: string | null
  createdAt: number
  thread: ThreadState | null
  recipientId: string | null
}

export interface AttachmentRecord {
  id: string
  filename: string
  size: number
  contentType: string
  path: string
  description: string | null
}

export interface Mentions {
  userIds: string[]
  roleIds: string[]
  everyone: boolean
}

export interface MessageRecord {
  id: string
  channelId: string
  guildId: string | null
  authorId: string
  type: number
  content: string
  embeds: Json[]
  components: Json[]
  attachments: AttachmentRecord[]
  flags: number
  nonce: string | number | null
  createdAt: number
  editedAt: number | null
  reference: { channelId: string; messageId: string } | null
  mentions: Mentions
  reactions: Map<string, Set<string>>
  threadId: string | null
  ephemeralTo: string | null
  interaction: InteractionState | null
  deleted: boolean
}

export interface CommandRecord {
  id: string
  guildId: string | null
  version: string
  type: number
  name: string
  data: Json
}

export type InteractionKind = 'command' | 'component' | 'autocomplete' | 'modal'

export interface InteractionState {
  id: string
  token: string
  kind: InteractionKind
  userId: string
  channelId: string
  guildId: string | null
  commandName: string | null
  commandType: number
  createdAt: number
  /** null until the first response; then 4, 5, 6, 7, 8 or 9 */
  callback: number | null
  ephemeral: boolean
  /** a type 5 defer whose first followup still edits the original */
  unfilled: boolean
  dead: boolean
  failure: string | null
  sourceMessageId: string | null
  targetMessageId: string | null
  responseMessageId: string | null
  messageIds: string[]
  choices: Json[] | null
  modal: Json | null
}

export interface Ping {
  kind: 'user' | 'role' | 'everyone' | 'here' | 'reply'
  targetId: string
  messageId: string
  channelId: string
}

export interface Dispatch {
  event: string
  guildId: string | null
  data: Json
  /** the message whose text this event carries: hidden from sessions without MESSAGE_CONTENT */
  message?: MessageRecord
}

export interface Violation {
  direction: 'request' | 'response'
  route: string
  problems: string[]
  body: unknown
}

export interface Call {
  at: number
  method: string
  path: string
  /** template, as in `POST /channels/{channel_id}/messages` */
  route: string
  body: unknown
  files: { name: string; contentType: string; bytes: Uint8Array }[]
  status: number
  response: unknown
}
