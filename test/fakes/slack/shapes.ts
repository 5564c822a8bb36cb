// The plain data the fake Slack keeps: users, channels, messages, streams, deliveries, calls.

export type Dict = Record<string, unknown>
export type Block = Dict & { type: string; block_id?: string }

export interface UserProfile {
  name: string
  realName?: string
  /** For example `ko-KR`; users.info returns it with `include_locale`. */
  locale?: string
  timeZone?: string
  email?: string
  isGuest?: boolean
  isRestricted?: boolean
  /** From another workspace, met through Slack Connect. */
  isExternal?: boolean
  /** The other workspace of an external user. */
  teamId?: string
  isAdmin?: boolean
  isBot?: boolean
  /** Deactivated: users.info says `deleted` (docs.slack.dev reference/objects/user-object). */
  isDeleted?: boolean
}

export interface UserRecord extends UserProfile {
  id: string
  teamId: string
}

export interface ChannelProfile {
  name?: string
  isPrivate?: boolean
  isExtShared?: boolean
  /** User ids; the bot is a member unless `withoutBot` is set. */
  members?: string[]
  withoutBot?: boolean
  archived?: boolean
  topic?: string
  purpose?: string
}

export type ChannelKind = 'channel' | 'group' | 'im'

export interface ChannelRecord {
  id: string
  name: string
  kind: ChannelKind
  isExtShared: boolean
  members: Set<string>
  archived: boolean
  topic: string
  purpose: string
  created: number
  /** Every message by ts, oldest first. */
  messages: Map<string, Message>
  /** Top-level ts values, oldest first. */
  topLevel: string[]
  /** Reply ts values by root ts, oldest first. */
  replies: Map<string, string[]>
  ephemerals: Message[]
  statuses: Map<string, ThreadStatus>
  sessions: Map<string, AgentSession>
  prompts: { title?: string; prompts: { title: string; message: string }[]; threadTs?: string } | undefined
}

export interface ThreadStatus {
  text: string
  loadingMessages: string[]
  setAt: number
}

export interface AgentSession {
  status: 'active' | 'processing' | 'suspended' | 'closed'
  title: string
  initiator: string
}

export interface FakeFile {
  id: string
  name: string
  mimetype: string
  bytes: Buffer
  user: string
  created: number
  /** Of an upload by the app: from when on its type is known. */
  readyAt?: number
}

/** A file that the app has announced; null until its bytes have come. */
export interface PendingUpload {
  name: string
  length: number
  alt?: string
  bytes: Buffer | null
}

export type StreamingState = 'in_progress' | 'completed' | 'errored'

export type StreamPart =
  | { kind: 'text'; text: string }
  | { kind: 'task'; task: Dict & { id: string } }
  | { kind: 'plan'; title: string }
  | { kind: 'blocks'; blocks: Block[] }

export interface Stream {
  state: StreamingState
  startedAt: number
  stoppedByUser: boolean
  parts: StreamPart[]
  markdownChars: number
  recipientUserId: string | undefined
  recipientTeamId: string | undefined
  /** Blocks that stopStream put below the answer. */
  footer: Block[]
}

export interface Message {
  ts: string
  channel: string
  user: string
  team: string
  botId?: string
  /** Classic mrkdwn. A fallback for notifications when `blocks` were given. */
  text: string
  /** Markdown as the app sent it (`markdown_text`). */
  markdown?: string
  blocks: Block[]
  /** False when Slack made the blocks itself out of the text. */
  ownBlocks: boolean
  attachments: Dict[]
  threadTs?: string
  parentUser?: string
  subtype?: string
  broadcast?: boolean
  metadata?: Dict
  edited?: { user: string; ts: string }
  reactions: Map<string, Set<string>>
  files: FakeFile[]
  stream?: Stream
  unfurl: { links: boolean; media: boolean }
  ephemeralTo?: string
  clientMsgId?: string
  linkNames?: boolean
  tombstone?: boolean
  /** Versions a person has seen, for a page that shows history. */
  edits: number
}

export interface Ping {
  kind: 'channel' | 'here' | 'everyone' | 'user' | 'subteam'
  /** The user or user group; the keyword itself for a broadcast. */
  target: string
  channel: string
  ts: string
}

export interface ApiCall {
  method: string
  args: Dict
  at: number
  status: number
  ok: boolean
  error?: string
  result: Dict
  /** Set when an injected fault hid the true result. */
  fault?: string
}

export interface DeliveryAttempt {
  at: number
  transport: 'http' | 'socket'
  socket?: number
  retryNum: number
  retryReason?: string
  status?: number
  ackedAt?: number
  /** From sending to the acknowledgement or the failure, by the monotonic clock. */
  tookMs?: number
  error?: string
}

export type DeliveryKind = 'events_api' | 'slash_commands' | 'interactive'

export interface Delivery {
  kind: DeliveryKind
  /** `Ev…` for events; the trigger id otherwise. */
  id: string
  /** The inner event's type, the command, or the interaction's type. */
  type: string
  payload: Dict
  attempts: DeliveryAttempt[]
  /** `delivered` = Slack regards it as done and will never send it again. */
  status: 'held' | 'pending' | 'delivered' | 'failed'
  ackedAt?: number
  response?: Dict
}

export interface ViewRecord {
  id: string
  user: string
  view: Dict
  hash: string
  kind: 'modal' | 'home'
  parent?: string
  open: boolean
}
