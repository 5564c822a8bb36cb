// What a test can look at: messages, threads, typing, notifications, commands.
import { THREAD_STARTER } from '../actions.ts'
import type { CommandRecord, Ping } from '../model.ts'
import { resolveChannel, resolveId } from '../setup.ts'
import { findMessage, type World } from '../world.ts'
import { type SeenInteraction, type SeenMessage, toSeen, toSeenInteraction } from './seen.ts'

export interface SeenThread {
  id: string
  name: string
  parentId: string
  ownerId: string
  archived: boolean
  locked: boolean
  appliedTags: string[]
  /** Their names. */
  tags: string[]
}

export interface Reading {
  /** oldest first; ephemeral ones included, marked `ephemeralTo`; [] while a message has no thread yet */
  messages(channelOrThread: string | { id: string }): SeenMessage[]
  /** Of all channels, threads and direct messages. */
  everything(): SeenMessage[]
  message(id: string): SeenMessage | null
  /** the thread of a message, or a thread by its id */
  thread(messageId: string | { id: string }): SeenThread | null
  threads(channel: string | { id: string }): SeenThread[]
  /** names of those shown as typing now */
  typing(channel: string | { id: string }): string[]
  /** notifications the bot's messages have caused */
  pings(): readonly Ping[]
  interactions(): SeenInteraction[]
  commands(guild?: string): readonly CommandRecord[]
}

/** discord-api-docs resources/channel.mdx "Trigger Typing Indicator". */
const TYPING_MS = 10_000

export function reading(world: World): Reading {
  const seenThread = (id: string): SeenThread | null => {
    const channel = world.channels.get(id)
    if (!channel?.thread) return null
    const { ownerId, archived, locked, appliedTags } = channel.thread
    const known = world.channels.get(channel.parentId ?? '')?.tags ?? []
    return {
      id,
      name: channel.name,
      parentId: channel.parentId ?? '',
      ownerId,
      archived,
      locked,
      appliedTags,
      tags: appliedTags.map((tag) => known.find((one) => one.id === tag)?.name ?? tag),
    }
  }
  return {
    messages: (ref: string | { id: string }) => {
      const id = resolveId(world, ref)
      // A message without a thread, deleted or not, or a person without direct messages yet: nothing to see, no mistake.
      const isMessage = world.messageHome.has(id) || world.deleted.has(id)
      if (!world.channels.has(id) && (isMessage || world.users.get(id)?.dmChannelId === null)) return []
      const all = resolveChannel(world, ref).log.all()
      return all.filter((m) => m.type !== THREAD_STARTER).map((message) => toSeen(world, message))
    },
    everything: () =>
      [...world.channels.values()].flatMap(({ log }) =>
        log
          .all()
          .filter((m) => m.type !== THREAD_STARTER)
          .map((message) => toSeen(world, message)),
      ),
    message(id: string) {
      const message = findMessage(world, id)
      return message ? toSeen(world, message) : null
    },
    thread: (ref: string | { id: string }) => seenThread(resolveId(world, ref)),
    threads(ref: string | { id: string }) {
      const parent = resolveChannel(world, ref)
      const ids = [...(world.guilds.get(parent.guildId ?? '')?.threadIds ?? [])]
      return ids.map((id) => seenThread(id)).filter((t) => t?.parentId === parent.id) as SeenThread[]
    },
    typing(ref: string | { id: string }) {
      const users = world.typing.get(resolveChannel(world, ref).id) ?? new Map<string, number>()
      const current = [...users].filter(([, at]) => world.clock.now() - at < TYPING_MS)
      return current.map(([id]) => world.users.get(id)?.name ?? id)
    },
    pings: () => world.pings,
    interactions: () => [...world.interactions.values()].map((state) => toSeenInteraction(world, state)),
    commands: (guild?: string) =>
      guild === undefined
        ? world.globalCommands
        : (world.guilds.get(resolveId(world, guild))?.commands ?? []),
  }
}
