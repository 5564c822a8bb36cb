// The way out: what a platform must be able to show. One Writer is one message of ours on the platform (a post).
import type { Content } from './content.ts'
import type { Attachment, Handle, Place } from './inbound.ts'

/** One message of ours: written to the database before the platform call and read on every later attempt. */
export interface Post {
  turn: string
  /** What it is for: `answer.0`, `answer.1`, `say`, … */
  slot: string
  place: Place
  /** ≤ 25 characters, the same on every attempt: Discord's nonce, Slack's block_id. */
  key: string
  state: 'intent' | 'open' | 'final'
  /** The platform's id of the message (Slack ts, Discord message id), once known. */
  id: string | null
  /** The message answered: Slack `<channel>:<ts>`, Discord message id; null when there is none. */
  source: string | null
  /** When it was first meant to be made, ms since the epoch: the platform has nothing of it from before. */
  intendedAt?: number
  /** Set when the post answers an interaction: it goes out through this while it is valid. */
  handle: Handle | null
  /** What a thread made for this post is called: the question's first words; untrusted. */
  title?: string
}

export interface WriteOptions {
  /** Who asked; Slack's streams need it outside DMs. */
  recipient: string
  /** 1 on a turn's first attempt: only then Slack streams natively. */
  attempt: number
  /** Only the asker sees it (ephemeral). */
  isPrivate: boolean
  /** Shown with the growing text, e.g. a Stop button. A native stream shows none. */
  growing?: Pick<Content, 'buttons' | 'notes'>
  /** Called as soon as the platform told us the message's id; the record must be kept before finish() resolves. */
  opened(id: string): Promise<void>
  /** Aborts waiting; after it no further platform call begins. */
  signal: AbortSignal
  /**
   * Asked right before text goes out: a process that stood still hears of its lost lease only after the data that
   * waited for it. False aborts `signal` too.
   */
  isOurs?(): boolean
}

/** What a final write has made. */
export interface Made {
  id: string
  /** How many more posts of this answer the place takes; absent where there is no such limit. */
  left?: number
}

/** Writes one post. All calls are serialised inside; show() drops what it has no time for, finish() never drops. */
export interface Writer {
  /** Shows the text so far (Markdown) when pace and budget allow; the latest wins. A text that does not extend the last one replaces it. */
  show(text: string): void
  /** Resolves with the time (clock.now) at which the first text was visible; never rejects. */
  readonly firstShown: Promise<number>
  /** True once any text is, or may be, visible. */
  readonly isVisible: boolean
  /** Makes the post final, whatever the state that an earlier attempt left it in. */
  finish(content: Content): Promise<Made>
  /** Takes the message away again if it is there. */
  discard(): Promise<void>
  /** Nothing grows any more; resolves when no call is on its way to the platform. */
  settle(): Promise<void>
}

/** Somebody's message, or one of ours, as it stands on the platform now. */
export interface ReadMessage {
  /** NFC, mentions as plain names. */
  text: string
  /** The thread that it stands in, as in Place. */
  thread: string | null
}

/** One of the messages that were written last at a place. */
export interface RecentMessage {
  /** As `read` takes it. */
  source: string
  /** Untrusted. */
  author: string
  /** Ours. */
  isOwn: boolean
  text: string
}

/**
 * Who can read a channel: its own people alone, all full members of the workspace (Slack's public channels), other
 * organisations too (Slack), or everybody of the server (Discord). `gone`: there is no such channel, or the bot itself
 * cannot read it. `unknown`: it cannot be asked now.
 */
export type Readers = 'members' | 'workspace' | 'organisations' | 'everyone' | 'gone' | 'unknown'

export interface SolvedHow {
  /** The name of the tag; null: by its usual names. */
  tag: string | null
  /** Whether what is solved is archived. */
  isArchived: boolean
  /** The tag that had made room, to be put back. */
  dropped: string | null
  /** Awaited before a tag makes room, so that none is lost. */
  onDrop(tag: string): Promise<void>
}

/** What each platform gives. Foreseen failures are BotErrors: `place-gone`, `place-forbidden`, `platform-busy` (429, with retryAfterMs), `platform-unreachable`, `token-refused`, `platform-ambiguous`, `handle-expired`, `content-too-long`. */
export interface Outbound {
  /** Longest text (UTF-16 units of Markdown) that one post carries. */
  readonly maxChars: number
  /** How someone who waits at the place is told so: in the status line, by a post that the answer replaces, or once in private. */
  waitNotice(place: Place): 'status' | 'post' | 'whisper'
  write(post: Post, options: WriteOptions): Writer
  /** "Writing…" at the place, with a text where the platform can show one; null clears it. Best effort: never throws. */
  status(place: Place, text: string | null): Promise<void>
  /** `emoji`: in Unicode, or as in ReactionInbound. Best effort: never throws. */
  react(place: Place, source: string, emoji: string, isRemoved?: boolean): Promise<void>
  /** IANA name of the zone of the person's clock; null where the platform does not say it, or not now. Never throws. */
  zoneOf(place: Place, person: string): Promise<string | null>
  /** Whether they are in the channel, or in that user group (Slack) or role (Discord); null when it cannot be asked now. Never throws. */
  belongs(place: Place, person: string, group: string | null): Promise<boolean | null>
  /** As others see them there; null when the platform does not say it now. Never throws. */
  nameOf(place: Place, person: string): Promise<string | null>
  /** Whether they are no longer on the server or in the workspace, so that nothing written there reaches them. Never throws; unsure is no. */
  hasLeft(place: Place, person: string): Promise<boolean>
  /** Who can read the channel; an answer of the last `maxAgeMs` will do, by default none. Never throws. */
  readersOf(place: Place, maxAgeMs?: number): Promise<Readers>
  /**
   * What its people say the channel is for, as it was some minutes ago or later; untrusted. Null where nothing is said, and
   * where it cannot be asked in a moment. Never throws.
   */
  topicOf(place: Place): Promise<string | null>
  /**
   * Puts a forum's "solved" tag on a post, or takes it off; what is archived stays or becomes so. `none`: no forum post, or
   * no such tag. Throws `platform-busy` and `platform-unreachable`.
   */
  markSolved(place: Place, isSolved: boolean, how: SolvedHow): Promise<'done' | 'none' | 'refused'>
  /** Only `person` sees it: ephemeral in the place, else a DM. Not recorded; for notices. */
  whisper(place: Place, person: string, content: Content): Promise<void>
  /** Null when it is gone or may not be seen. Throws `platform-busy` and `platform-unreachable`. */
  read(place: Place, source: string, signal: AbortSignal): Promise<ReadMessage | null>
  /**
   * The newest messages of the thread, else of the channel, oldest first; without joins and the like. `before`: those that
   * led up to that message, of its last day. Null when they may not be seen. Throws as `read`.
   */
  recent(place: Place, limit: number, signal: AbortSignal, before?: string): Promise<RecentMessage[] | null>
  /** Fetches an attachment from the platform's own host with the bot's token. BotError `attachment-refused` (host, size) or `attachment-unreachable`. */
  fetch(place: Place, attachment: Attachment, maxBytes: number): Promise<Uint8Array>
}
