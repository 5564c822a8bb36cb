// What the page is sent: messages in one shape for both platforms, and the little that surrounds them.
import type { Trace } from '../demo/traces.ts'

export type Platform = 'slack' | 'discord'

/**
 * A piece of a message's body. `markdown`: CommonMark or Discord's. `mrkdwn`: Slack's own. `rich`: Slack's rich text, in
 * `rich`. `small`: the small print.
 */
export interface Part {
  kind: 'markdown' | 'mrkdwn' | 'rich' | 'small'
  text: string
  rich?: readonly unknown[]
}

export interface ViewButton {
  /** What is sent back when it is pressed. */
  id: string
  value: string
  label: string
  style: 'primary' | 'danger' | 'plain'
  disabled: boolean
}

export interface ViewMessage {
  id: string
  platform: Platform
  /** A room's id, or `dm:<user id>`. */
  room: string
  /** The message whose thread this is in. */
  parent: string | null
  author: string
  isBot: boolean
  /** Title of a forum post, or name of the thread under the message. */
  title: string | null
  tags: string[]
  parts: Part[]
  buttons: ViewButton[]
  files: ViewFile[]
  reactions: { emoji: string; users: string[] }[]
  /** The only user who sees it. */
  onlyFor: string | null
  isGrowing: boolean
  isEdited: boolean
  replyTo: { author: string; text: string } | null
  /** "Dave used /ask". */
  used: { user: string; command: string } | null
  times: Times | null
}

export interface ViewFile {
  name: string
  mime: string
  /** Path on this server. */
  url: string
}

/** A form that the app has opened for one person. */
export interface ViewForm {
  id: string
  /** Whoever sees it. */
  user: string
  title: string
  /** Labels of its buttons; '' where the platform writes its own. */
  submit: string
  close: string
  fields: ViewField[]
}

export interface ViewField {
  id: string
  label: string
  value: string
  isRequired: boolean
  /** Several lines. */
  isLong: boolean
  choices: { value: string; label: string }[] | null
}

/** Milliseconds since the person pressed Enter. */
export interface Times {
  received: number | null
  saved: number | null
  queued: number | null
  ahead: number
  writing: number | null
  first: number | null
  done: number | null
  outcome: string | null
  /** How often a worker has begun: more than once after a crash. */
  starts: number
}

/** Everything beside messages; small, and sent whole whenever it changes. */
export interface Meta {
  app: 'starting' | 'running' | 'stopped'
  restarts: number
  model: ModelInfo
  pings: number
  twice: boolean
  /** Slack refuses with 429 for this many seconds more. */
  busySeconds: number
  forms: Record<Platform, ViewForm[]>
  slack: {
    /** Status line per thread root. */
    status: Record<string, string>
    /** Threads with Slack's own Stop button. */
    stoppable: string[]
    /** Suggested prompts per direct message. */
    prompts: Record<string, { title: string; message: string }[]>
  }
  discord: {
    /** Names of those who type, per room or thread. */
    typing: Record<string, string[]>
  }
}

export interface ModelInfo {
  kind: 'exaone' | 'other' | 'rehearsal'
  name: string
  url: string
  isUp: boolean
  /** A real one that has turned up since the start. */
  found: string | null
}

export function toTimes(trace: Trace | undefined): Times | null {
  if (!trace) return null
  const since = (at: number | undefined): number | null =>
    at === undefined ? null : Math.max(0, Math.round(at - trace.sentAt))
  return {
    received: since(trace.receivedAt),
    saved: since(trace.savedAt),
    queued: since(trace.queuedAt),
    ahead: trace.ahead ?? 0,
    writing: since(trace.writingAt),
    first: since(trace.firstWordAt),
    done: since(trace.doneAt),
    outcome: trace.outcome ?? null,
    starts: trace.starts,
  }
}
