// What an adapter hands in: one platform event, normalised. Everything after the adapter speaks only this.
import type { Lang } from './error.ts'

export type Platform = 'slack' | 'discord'

/** The workspace of Discord's direct messages, which belong to no server and so have no settings of their own. */
export const DISCORD_DM = 'discord:dm'

/** Where a message is or goes. `thread` is Slack's thread_ts or a Discord thread's channel id; null = the channel itself. */
export interface Place {
  platform: Platform
  /** `slack:<team or enterprise>` or `discord:<guild>`; `discord:dm` for direct messages. */
  workspace: string
  channel: string
  thread: string | null
}

/**
 * What sort of room it is. `thread` is a Discord thread or a message inside a Slack thread; `post` a Discord forum
 * post (its thread). A Slack DM is always `dm`, threaded or not.
 */
export type RoomKind = 'channel' | 'dm' | 'thread' | 'post'

/** `guest`: Slack's restricted users. `external`: a member of another organisation (Slack Connect). */
export type AuthorKind = 'member' | 'guest' | 'external' | 'bot'

export interface Author {
  id: string
  /** Display name; untrusted text. */
  name: string
  kind: AuthorKind
  /** BCP 47 tag of the person's client, when the platform says it. */
  locale: string | null
  /** May change settings: Slack admin or owner; Discord Manage Server. */
  isAdmin: boolean
}

/** Somebody else than the bot who is mentioned; `name` as it stands in the text. */
export interface Mention {
  id: string
  name: string
}

export interface Attachment {
  id: string
  name: string
  mime: string
  bytes: number
  /** On the platform's own host; only the adapter fetches it, with the bot's token. */
  url: string
}

/** Opaque to all but the adapter that made it: an interaction token or a response_url with its expiry. */
export type Handle = string

interface FromRoom {
  workspace: string
  /** Who may see what is said here; see ARCHITECTURE, "audience". */
  audience: string
  place: Place
  room: RoomKind
  /** Names of the tags of the Discord forum post that it is in; they choose language and collections. */
  tags?: readonly string[]
  author: Author
  /** True in a Slack channel shared with another organisation. */
  sharedExternally: boolean
  /** When the platform says that it happened, ms since 1970. */
  at: number
}

export interface MessageInbound extends FromRoom {
  type: 'message'
  /** Unique in the workspace: Slack `<channel>:<ts>`, Discord the message id. */
  source: string
  /** NFC, without the mention of the bot; other mentions as plain names. */
  text: string
  mentionsBot: boolean
  mentionsOthers: boolean
  mentions?: readonly Mention[]
  attachments: Attachment[]
  /** Platform id of the message that this one replies to (Discord replies), else null. */
  replyTo: string | null
}

export interface CommandInbound extends FromRoom {
  type: 'command'
  /** Interaction or trigger id: unique per use. */
  source: string
  /** Canonical English name: `ask`, `help`, `settings`, … or whatever was typed when unknown. */
  name: string
  options: Record<string, string | number | boolean>
  /** Where it was typed as a message; in a slash command they stand in the options as the platform writes them. */
  mentions?: readonly Mention[]
  handle: Handle
  /** The message that a message command or shortcut was used on. */
  target: {
    source: string
    text: string
    attachments: Attachment[]
    authorIsBot: boolean
    author?: string
  } | null
}

/** A button of ours was pressed. `value` is what we put into it. */
export interface ActionInbound extends FromRoom {
  type: 'action'
  source: string
  action: ActionName
  value: string
  /** Platform id of the message with the button. */
  message: string
  handle: Handle
}

export type ActionName =
  | 'feedback'
  | 'reason'
  | 'person'
  | 'stop'
  | 'settings'
  | 'suggest'
  /** Stars for a case, `<id>:<1 to 5>`, or `<id>:comment` for some words with them. */
  | 'rating'
  /** Under a private translation: show it to all; the value is its turn. */
  | 'share'
  /** Under a copy in another language: what was written, for whoever pressed; the value is `<workspace>|<turn>`. */
  | 'original'
  // On cards in the staff channel; the value is `<verb>:<id>`.
  | 'ticket'
  /** What helps staff with a case: a reply before it is sent, a suggestion, a summary, what was hidden. */
  | 'reply'
  | StaffSubject

/** What staff decide about: an answer before it is shown, one that is shown, an article before it is used, a translation of their own words. */
export type StaffSubject = 'draft' | 'answer' | 'proposal' | 'relay'

export interface EditInbound {
  type: 'edit'
  workspace: string
  audience: string
  source: string
  text: string
  /** When the message itself was written, ms since 1970. */
  writtenAt: number
}

export interface DeleteInbound {
  type: 'delete'
  workspace: string
  audience: string
  source: string
}

/** Somebody reacted to a message, or took that back. */
export interface ReactionInbound extends FromRoom {
  type: 'reaction'
  /** Unique per person, message and emoji, and, of what is no flag, time. `place` knows no thread: Slack does not say in which the message stands. */
  source: string
  /** A flag in Unicode; else as the platform takes it back: Slack's name, on Discord Unicode or `name:id`. */
  emoji: string
  isRemoved?: boolean
  /** The message, by what would be its source: Slack `<channel>:<ts>`, Discord the message id. */
  message: string
}

/** Slack's own Stop button. Ours is an ActionInbound. */
export interface StopInbound {
  type: 'stop'
  workspace: string
  place: Place
  author: Author
}

/** Someone opened the DM with the bot, added it to a channel, or installed it. */
export interface ArrivalInbound extends FromRoom {
  type: 'arrival'
  source: string
  arrival: 'dm-opened' | 'invited' | 'installed'
  /** Permissions that are missing here, by the platform's own names. */
  missing: string[]
}

export type Inbound =
  | MessageInbound
  | CommandInbound
  | ActionInbound
  | ReactionInbound
  | EditInbound
  | DeleteInbound
  | StopInbound
  | ArrivalInbound

/** Guesses a language from a client's locale; null when it says neither Korean nor English. */
export function langOfLocale(locale: string | null): Lang | null {
  if (!locale) return null
  if (locale.toLowerCase().startsWith('ko')) return 'ko'
  return locale.toLowerCase().startsWith('en') ? 'en' : null
}
