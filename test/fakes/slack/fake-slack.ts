// What a test holds of the fake Slack: its options, its controls, and what can be read from it.
import type { SignedRequest } from './delivery-http.ts'
import type { FaultOrder } from './faults.ts'
import type { FakeUser } from './people.ts'
import type { Reader } from './reading.ts'
import type { ApiCall, ChannelProfile, Delivery, UserProfile, ViewRecord } from './shapes.ts'

export interface FakeSlackOptions {
  /** 0, the default, takes any free port. */
  port?: number
  /** The platform's clock in milliseconds; see also `advance`. */
  now?: () => number
  /** How events travel. `http` needs `requestUrl` or `connectHttp()`. */
  mode?: 'socket' | 'http'
  requestUrl?: string
  /** Waits before each retry of an event; Slack's are at once, 1 minute, 5 minutes. */
  retryDelaysMs?: number[]
  ackTimeoutMs?: number
  whenNoSocket?: 'hold' | 'retry'
  pingIntervalMs?: number
  rateLimits?: 'real' | 'off'
  rateScale?: number
  latencyMs?: number
  /** Newest calls and deliveries to keep. */
  keepCalls?: number
  keepDeliveries?: number
  streamLifetimeMs?: number
  streamTextLimit?: 'total' | 'call'
  distribution?: 'internal' | 'commercial'
  /** Scopes granted to the bot token. */
  scopes?: string[]
  /** Subscribed events; all when left out. */
  botEvents?: string[]
  botName?: string
  teamId?: string
  teamName?: string
  appId?: string
  /** The app is installed for this whole organisation: authorizations and auth.test say so (facts A4). */
  enterpriseId?: string
}

export interface FakeSlack extends Reader, AsyncDisposable {
  apiUrl: string
  port: number
  teamId: string
  appId: string
  botUserId: string
  botId: string
  botToken: string
  appToken: string
  signingSecret: string
  /** `<@UBOT>`, to put into a message. */
  mention: string
  /**
   * Another workspace where the same app is installed: the same address, sockets, app token and signing secret; people,
   * channels, the bot's id and token of its own. A token is good in its own workspace only.
   */
  workspace(options?: FakeSlackOptions): FakeSlack
  /** Makes the user on first use; later calls return the same one and merge the profile. */
  user(id: string, profile?: Partial<UserProfile>): FakeUser
  /** Makes a channel; returns its id. A private one is a group in Slack's words. */
  channel(id: string, profile?: ChannelProfile): string
  /** A user group with these members. */
  usergroup(id: string, members: readonly string[]): void
  /** The DM of a user with the bot. */
  dm(user: FakeUser | string): string
  archive(channel: string): void
  removeBot(channel: string): void
  uninstall(): void
  /** Slack's language detection: message_changed with the text unchanged. */
  detectLanguage(ts: string): void
  failNext(method: string, order: FaultOrder): void
  clearFaults(): void
  /** Ends a stream as Slack does after five minutes. */
  killStream(ts: string): void
  /** Moves the platform's clock forward. */
  advance(ms: number): void
  /** Checks the URL by the url_verification handshake and delivers there from now on. */
  connectHttp(url: string): Promise<void>
  useSocketMode(): void
  /** Where HTTP deliveries go, or ''. */
  requestUrl(): string
  /** Sends events kept back by `deliver: {hold: true}`. */
  release(): void
  /** Delivers a past event once more, same event_id. */
  redeliver(delivery: Delivery): void
  sockets(): number[]
  refreshSockets(reason?: string): void
  cutSockets(): void
  /** The rate-limit notice, over the transport in use (facts A1). */
  sendAppRateLimited(): Promise<void>
  /** Headers and body of a correctly signed request, for tests that send their own. */
  sign(body: string, contentType?: string, timestampSec?: number): SignedRequest
  calls: ApiCall[]
  deliveries: Delivery[]
  views: ViewRecord[]
  /** Deliveries still on their way. */
  pendingDeliveries(): number
  onChange(listener: () => void): () => void
  close(): Promise<void>
}
