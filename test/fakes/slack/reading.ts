// What a person, or a test in their place, sees: threads, ephemerals, status, pings; and waiting for it.
import type { Platform } from './platform.ts'
import type { ChannelRecord, Message, Ping } from './shapes.ts'
import { settle, settleAll } from './streams.ts'
import { pingsIn, type VisibleMessage, visibleMessage } from './visible.ts'
import { statusText } from './web-api/agents.ts'
import { findMessage, mustChannel } from './world.ts'

export interface UntilOptions {
  timeoutMs?: number
  /** What is waited for, in words; part of the error. */
  what?: string
}

/** What is left of a predicate's result once it holds. */
export type Truthy<T> = Exclude<Awaited<T>, false | 0 | '' | null | undefined>

export interface Reader {
  /** The root and its replies, oldest first; deleted messages are gone. */
  thread(channel: string, ts: string): VisibleMessage[]
  /** Top-level messages, oldest first. */
  timeline(channel: string): VisibleMessage[]
  message(ts: string): VisibleMessage | undefined
  /** Every message of every channel, also those that one person sees. */
  everything(): VisibleMessage[]
  ephemerals(channel: string, user: string): VisibleMessage[]
  /** The status shown in a thread now, or ''. */
  status(channel: string, threadTs: string): string
  session(channel: string, threadTs: string): { status: string; title: string } | undefined
  prompts(channel: string): { title?: string; prompts: { title: string; message: string }[] } | undefined
  /** Notifications that the app's posts caused or, while a stream is open, would cause. */
  pings(): Ping[]
  /** Resolves with the first truthy value; looks again at every change, and at timed ones every 50 ms. */
  until<T>(predicate: () => T, options?: UntilOptions): Promise<Truthy<T>>
}

export function createReader(platform: Platform): Reader {
  const { world } = platform
  const show = (message: Message): VisibleMessage => {
    settle(platform, message)
    return visibleMessage(world, message)
  }
  const pick = (channel: ChannelRecord, list: string[]): VisibleMessage[] =>
    list.flatMap((ts) => {
      const message = channel.messages.get(ts)
      return message ? [show(message)] : []
    })
  const reader: Reader = {
    thread(channelId, ts) {
      const channel = mustChannel(world, channelId)
      return pick(channel, [ts, ...(channel.replies.get(ts) ?? [])])
    },
    timeline(channelId) {
      const channel = mustChannel(world, channelId)
      return pick(channel, channel.topLevel)
    },
    message(ts) {
      const message = findMessage(world, ts)
      return message ? show(message) : undefined
    },
    everything: () =>
      [...world.channels.values()].flatMap(({ messages, ephemerals }) =>
        [...messages.values(), ...ephemerals].map(show),
      ),
    ephemerals(channelId, user) {
      return mustChannel(world, channelId)
        .ephemerals.filter((one) => one.ephemeralTo === user)
        .map(show)
    },
    status: (channelId, threadTs) => statusText(world, mustChannel(world, channelId), threadTs),
    session: (channelId, threadTs) => mustChannel(world, channelId).sessions.get(threadTs),
    prompts: (channelId) => mustChannel(world, channelId).prompts,
    pings() {
      settleAll(platform)
      return [...world.pings, ...[...world.openStreams].flatMap(pingsIn)]
    },
    until: (predicate, options) => until(platform, predicate, options ?? {}),
  }
  return reader
}

function until<T>(
  platform: Platform,
  predicate: () => T,
  { timeoutMs = 10_000, what = 'the expected state' }: UntilOptions,
): Promise<Truthy<T>> {
  const { world } = platform
  return new Promise((resolve, reject) => {
    let busy = false
    let again = false
    let soon: NodeJS.Immediate | undefined
    const finish = () => {
      stopListening()
      clearImmediate(soon)
      clearInterval(tick)
      clearTimeout(timer)
    }
    const look = async (): Promise<void> => {
      if (busy) {
        again = true
        return
      }
      busy = true
      try {
        do {
          again = false
          const value = await predicate()
          if (value) {
            finish()
            resolve(value as Truthy<T>)
            return
          }
        } while (again)
      } catch (error) {
        finish()
        reject(error)
      } finally {
        busy = false
      }
    }
    const stopListening = world.onChange(() => {
      soon ??= setImmediate(() => {
        soon = undefined
        void look()
      })
    })
    const tick = setInterval(() => void look(), 50)
    const timer = setTimeout(() => {
      finish()
      reject(new Error(`waited ${timeoutMs} ms for ${what}; Slack shows:\n${describe(platform)}`))
    }, timeoutMs)
    void look()
  })
}

/** The newest messages of every channel, for the error of `until`. */
export function describe(platform: Platform): string {
  const { world } = platform
  const lines: string[] = []
  for (const channel of world.channels.values()) {
    const newest = [...channel.messages.values()].slice(-10)
    const seen = [...newest, ...channel.ephemerals.slice(-5)]
    if (seen.length === 0) continue
    lines.push(`#${channel.name} (${channel.id})`)
    for (const message of seen) {
      const shown = visibleMessage(world, message)
      const marks = [
        message.threadTs && message.threadTs !== message.ts ? '↳' : ' ',
        shown.streamingState ? `[${shown.streamingState}]` : '',
        shown.ephemeralTo ? `[only ${shown.ephemeralTo}]` : '',
        shown.buttons.length > 0 ? `[${shown.buttons.map((button) => button.text).join('|')}]` : '',
      ]
      lines.push(
        `  ${marks[0]} ${message.ts} ${message.user}: ${JSON.stringify(shown.text)} ${marks.slice(1).join('')}`,
      )
    }
    for (const [threadTs, status] of channel.statuses) lines.push(`    status in ${threadTs}: ${status.text}`)
  }
  const open = world.deliveries.filter((one) => one.status !== 'delivered').slice(-5)
  for (const one of open)
    lines.push(`delivery ${one.id} ${one.type}: ${one.status}, ${one.attempts.length} attempts`)
  const failed = world.calls.filter((call) => !call.ok).slice(-5)
  for (const call of failed) lines.push(`call ${call.method}: ${call.error ?? call.status}`)
  return lines.length > 0 ? lines.join('\n') : '(nothing)'
}
