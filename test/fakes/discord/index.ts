// A fake Discord on 127.0.0.1: REST, gateway and interactions, with people who use it. Imports nothing of the bot's.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { resolveEmbeds, setArchived } from './actions.ts'
import { realClock } from './clock.ts'
import type { HeldEvents } from './gateway/delivery.ts'
import { Gateway } from './gateway/gateway.ts'
import { createFaults, type Fault, type RequestPattern } from './http/faults.ts'
import { createHttp } from './http/server.ts'
import type { Call, Json, MessageRecord, Violation } from './model.ts'
import { createPerson, type Person } from './people/person.ts'
import { type Reading, reading } from './people/reading.ts'
import { describeWorld, type SeenMessage, toSeen } from './people/seen.ts'
import { channelRoutes, threadRoutes } from './routes/channels.ts'
import { commandRoutes } from './routes/commands.ts'
import { directoryRoutes } from './routes/directory.ts'
import { interactionRoutes } from './routes/interactions.ts'
import { messageRoutes } from './routes/messages.ts'
import { reactionRoutes, typingRoutes } from './routes/reactions.ts'
import {
  addChannel,
  addGuild,
  addRole,
  addUser,
  type ChannelOptions,
  type GuildOptions,
  type Overwrites,
  type RoleOptions,
  removeChannel,
  removeGuild,
  resolveChannel,
  resolveId,
  setPermissions,
  type UserOptions,
} from './setup.ts'
import { createWatch, type UntilOptions } from './watch.ts'
import { createWorld, type MessageChange, type Settings, type World } from './world.ts'

export { type Clock, createManualClock, type ManualClock } from './clock.ts'
export type { Fault, RequestPattern } from './http/faults.ts'
export type { Call, Ping, Violation } from './model.ts'
export type { Person } from './people/person.ts'
export type { SeenThread } from './people/reading.ts'
export type { SeenButton, SeenInteraction, SeenMessage } from './people/seen.ts'

export type FakeDiscordOptions = Partial<Settings>

export interface FakeDiscord extends AsyncDisposable, Reading {
  /** for discord.js: `rest: { api: discord.apiUrl }` */
  readonly apiUrl: string
  readonly gatewayUrl: string
  /** attachments are served from here */
  readonly cdnUrl: string
  readonly token: string
  readonly applicationId: string
  readonly botId: string
  /** `<@id>` of the bot */
  readonly botMention: string
  /** `<@&id>`: people often pick the bot's role of the same name instead of the bot */
  botRoleMention(guild?: string): string
  readonly gateway: Gateway
  readonly calls: readonly Call[]
  readonly violations: readonly Violation[]
  guild(name: string, options?: GuildOptions): { id: string; name: string }
  channel(name: string, options?: ChannelOptions): { id: string; name: string }
  role(name: string, options?: RoleOptions): { id: string; name: string }
  user(name: string, options?: UserOptions): Person
  archive(thread: string | { id: string }, options?: { locked?: boolean }): void
  /** replaces what these may do in a channel and its threads; keys as in `channel` */
  setPermissions(channel: string | { id: string }, permissions: Overwrites): void
  /** deletes a channel, or a thread alone */
  deleteChannel(channel: string | { id: string }): void
  /** the bot is removed from a guild */
  removeGuild(name: string): void
  /** somebody leaves all servers; the bot hears of it only with the GUILD_MEMBERS intent (resources/guild.mdx) */
  leave(who: string | { id: string }): void
  failNext(pattern: RequestPattern, fault?: Fault): void
  /** no planned failure hits any more */
  heal(): void
  dropGateway(): void
  /** the next event of this kind arrives more than once */
  duplicateNext(event: string, times?: number): void
  /** events of this kind wait until released, in order or reversed */
  hold(event: string): HeldEvents
  resolveEmbeds(messageId: string, embed?: Json): void
  onChange(listener: () => void): () => void
  /** told at once of every message created, changed or deleted; for benches, which cannot poll */
  onMessage(listener: (change: MessageChange, message: SeenMessage) => void): () => void
  until<T>(predicate: () => T, options?: UntilOptions): Promise<NonNullable<T>>
  close(): Promise<void>
}

const defaults: Settings = {
  port: 0,
  token: 'MTAwMDAwMDAwMDAwMDAwMDAw.fakefa.fake-discord-token-for-tests-only-000',
  botName: 'Damso',
  clock: realClock,
  messageContent: true,
  guildMembers: true,
  validate: 'on',
  rateLimits: 'real',
  rateScale: 1,
  shards: 1,
  maxConcurrency: 1,
  heartbeatIntervalMs: 41_250,
  resumeWindowMs: 180_000,
  interactionDeadlineMs: 3000,
  interactionLifetimeMs: 900_000,
  nonceWindowMs: 180_000,
  keepCalls: 2000,
}

export async function startFakeDiscord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const settings = { ...defaults, ...options }
  const watch = createWatch(() => describeWorld(world))
  const world: World = createWorld(settings, watch)
  const faults = createFaults()
  const server = createHttp(world, allRoutes(world), faults)
  const gateway = new Gateway(world, server)
  // An idle connection closed under a client's next request would look like a lost answer.
  server.keepAliveTimeout = 120_000
  server.listen(settings.port, '127.0.0.1')
  await once(server, 'listening')
  world.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const people = new Map<string, Person>()
  const close = async () => {
    await gateway.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return {
    apiUrl: `${world.origin}/api`,
    gatewayUrl: `${world.origin.replace('http', 'ws')}/gateway`,
    cdnUrl: world.origin,
    token: settings.token,
    applicationId: world.applicationId,
    botId: world.bot.id,
    botMention: `<@${world.bot.id}>`,
    botRoleMention(guild = 'G1') {
      const roles = [...(world.guilds.get(resolveId(world, guild))?.roles.values() ?? [])]
      return `<@&${roles.find((r) => r.managedBy === world.bot.id)?.id}>`
    },
    gateway,
    get calls() {
      return world.calls
    },
    get violations() {
      return world.violations
    },
    guild: (name, guildOptions) => addGuild(world, name, guildOptions),
    channel: (name, channelOptions) => addChannel(world, name, channelOptions),
    role: (name, roleOptions) => addRole(world, name, roleOptions),
    user(name, userOptions) {
      const record = addUser(world, name, userOptions)
      const person = people.get(record.id) ?? createPerson(world, record)
      people.set(record.id, person)
      return person
    },
    ...reading(world),
    setPermissions: (ref, permissions) => setPermissions(world, resolveChannel(world, ref), permissions),
    deleteChannel: (ref) => removeChannel(world, resolveChannel(world, ref)),
    removeGuild: (name) => removeGuild(world, name),
    leave(who) {
      for (const guild of world.guilds.values()) guild.members.delete(resolveId(world, who))
    },
    archive(ref, { locked = false } = {}) {
      const channel = resolveChannel(world, ref)
      if (channel.thread) channel.thread.locked = locked
      setArchived(world, channel, true)
    },
    failNext: faults.failNext,
    heal: faults.heal,
    dropGateway: () => gateway.drop(),
    duplicateNext: gateway.delivery.duplicateNext,
    hold: gateway.delivery.hold,
    resolveEmbeds: (id, embed = { url: 'https://example.com/', title: 'Example' }) =>
      resolveEmbeds(world, id, embed),
    onChange: watch.onChange,
    onMessage(listener) {
      const tell = (change: MessageChange, message: MessageRecord) => listener(change, toSeen(world, message))
      world.messageListeners.add(tell)
      return () => world.messageListeners.delete(tell)
    },
    until: watch.until,
    close,
    [Symbol.asyncDispose]: close,
  }
}

function allRoutes(world: World) {
  return [
    ...messageRoutes(world),
    ...reactionRoutes(world),
    ...typingRoutes(world),
    ...channelRoutes(world),
    ...threadRoutes(world),
    ...directoryRoutes(world),
    ...interactionRoutes(world),
    ...commandRoutes(world),
  ]
}
