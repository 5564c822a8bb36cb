// What the gateway hears, sorted: messages, edits and deletions go to the intake in their channel's order, interactions
// to the responder, a new server becomes an arrival. Reads the packets themselves, since discord.js drops events of
// what it has not cached.
import {
  type Client,
  Events,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  type Guild,
  InteractionType,
} from 'discord.js'
import type { Budget, Complete, Deliver } from '../core/adapter.ts'
import type { Clock } from '../core/clock.ts'
import type { Command } from '../core/command.ts'
import type { Receipt } from '../core/decision.ts'
import type { EditInbound, Inbound } from '../core/inbound.ts'
import type { Logger } from '../core/logger.ts'
import { type Metrics, NO_METRICS } from '../core/metrics.ts'
import { createDiscordApi } from './api.ts'
import { toArrival } from './arrival.ts'
import type { BackFillDeps } from './back-fill.ts'
import { createCaller } from './caller.ts'
import { createMenuReader } from './commands.ts'
import {
  createEditReader,
  createLocales,
  type MessageReader,
  type RawMessage,
  toDelete,
  toMessage,
} from './inbound.ts'
import { type Interaction, toInbound } from './inbound-interaction.ts'
import { toReaction } from './inbound-reaction.ts'
import { createIntake, type Intake } from './intake.ts'
import type { DiscordOutbound } from './outbound.ts'
import { createProgress, type Progress } from './progress.ts'
import { createResponder, type Responder } from './responder.ts'
import { createRooms } from './room.ts'
import type { WatermarkStore } from './watermark.ts'

export interface ListenerOptions {
  token: string
  apiUrl?: string
  clock: Clock
  log: Logger
  metrics?: Metrics
  budget: Budget
  /** Shares what it knows of threads with the writers in this process. */
  outbound: DiscordOutbound
  deliver: Deliver
  complete: Complete
  commands: readonly Command[]
  /** As registered in menu labels; by default the bot's own name. */
  botName?: string
  watermark: WatermarkStore
  /** Direct-message channels that are known, newest first. */
  dmChannels(): Promise<string[]>
}

export interface Listener extends AsyncDisposable {
  /** Before the client connects: reads how far each shard had got. */
  open(shards: number[]): Promise<void>
}

/** Those that this program or discord.js knows what to do with, if only to leave them alone. */
const KNOWN_EVENTS: ReadonlySet<string> = new Set(Object.values(GatewayDispatchEvents))

export function createListener(client: Client, options: ListenerOptions): Listener {
  return new DiscordListener(client, options)
}

class DiscordListener implements Listener {
  readonly #client: Client
  readonly #options: ListenerOptions
  readonly #closing = new AbortController()
  readonly #reader: MessageReader
  readonly #readEdit: (raw: RawMessage) => Promise<EditInbound | null>
  readonly #intake: Intake
  readonly #responder: Responder
  readonly #progress: Progress
  /** Messages per shard that came before the older ones that were missed. */
  readonly #early = new Map<number, (() => void)[]>()

  constructor(client: Client, options: ListenerOptions) {
    const { clock, log, deliver } = options
    const api = createDiscordApi(options)
    this.#client = client
    this.#options = options
    this.#reader = {
      selfId: () => client.user?.id ?? '',
      guild: (id) => client.guilds.cache.get(id) ?? null,
      rooms: createRooms(client),
      locales: createLocales(),
    }
    this.#readEdit = createEditReader(this.#reader, () => clock.now())
    this.#intake = createIntake(deliver, clock, log, this.#closing.signal)
    this.#responder = createResponder({
      ...options,
      api,
      acknowledged: (inbound, receipt) => this.#show(inbound, receipt),
    })
    const backFill: BackFillDeps = {
      client,
      caller: createCaller(api, options.budget, clock),
      clock,
      log,
      dmChannels: options.dmChannels,
      push: (raw, shard) => this.#pushMessage(raw, shard),
      signal: this.#closing.signal,
    }
    this.#progress = createProgress(backFill, options.watermark, (shard) => this.#letIn(shard))
    // Untyped in discord.js; the payload is Discord's own.
    client.on('raw', (packet: GatewayDispatchPayload, shard: number) => {
      try {
        this.#hear(packet, shard)
      } catch (error) {
        log.error(
          { shard, event: packet.t, error: String(error) },
          'an event could not be read and is skipped',
        )
      }
    })
    client.on(Events.GuildCreate, (guild) => this.#arrive(guild))
    client.on(Events.ShardReconnecting, (shard) => this.#progress.lostTouch(shard))
    client.on(Events.ShardResume, (shard) => this.#progress.resumed(shard))
    client.on(Events.ShardReady, (shard) => this.#progress.startedAnew(shard))
  }

  open(shards: number[]): Promise<void> {
    return this.#progress.open(shards)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#intake.idle()
    await this.#progress[Symbol.asyncDispose]()
  }

  #hear(packet: GatewayDispatchPayload, shard: number): void {
    // What comes while closing is left to the next start: the watermark stays below it.
    if (this.#closing.signal.aborted) return
    if (packet.t === GatewayDispatchEvents.InteractionCreate) {
      this.#interact(packet.d as Interaction).catch((error: unknown) =>
        this.#options.log.error({ error: String(error) }, 'an interaction could not be answered'),
      )
    } else if (this.#progress.isCatchingUp(shard)) {
      const early = this.#early.get(shard) ?? []
      early.push(() => this.#take(packet, shard))
      this.#early.set(shard, early)
    } else this.#take(packet, shard)
  }

  #letIn(shard: number): void {
    const early = this.#early.get(shard) ?? []
    this.#early.delete(shard)
    if (!this.#closing.signal.aborted) for (const take of early) take()
  }

  #take(packet: GatewayDispatchPayload, shard: number): void {
    switch (packet.t) {
      case GatewayDispatchEvents.MessageCreate:
        this.#pushMessage(packet.d, shard)
        break
      case GatewayDispatchEvents.MessageUpdate:
        this.#push(packet.d.channel_id, () => this.#readEdit(packet.d))
        break
      case GatewayDispatchEvents.MessageDelete:
        this.#pushDelete(packet.d.id, packet.d.channel_id, packet.d.guild_id)
        break
      case GatewayDispatchEvents.MessageDeleteBulk:
        for (const id of packet.d.ids) this.#pushDelete(id, packet.d.channel_id, packet.d.guild_id)
        break
      case GatewayDispatchEvents.MessageReactionAdd:
      case GatewayDispatchEvents.MessageReactionRemove: {
        const how = {
          now: this.#options.clock.now(),
          isRemoved: packet.t === GatewayDispatchEvents.MessageReactionRemove,
        }
        this.#push(packet.d.channel_id, () => toReaction(packet.d, this.#reader, how))
        break
      }
      default:
        if (!KNOWN_EVENTS.has(packet.t)) this.#countUnknown(packet.t)
    }
  }

  #countUnknown(event: string): void {
    const { metrics = NO_METRICS } = this.#options
    metrics.count('unknown_events_total', { platform: 'discord' })
    this.#options.log.debug({ event }, 'an event of an unknown type was ignored')
  }

  #pushMessage(raw: RawMessage, shard: number): void {
    if (raw.author.id === this.#reader.selfId()) return
    this.#progress.began(shard, raw.id)
    this.#push(
      raw.channel_id,
      () => toMessage(raw, this.#reader),
      (isCommitted) => this.#progress.ended(shard, raw.id, isCommitted),
    )
  }

  #pushDelete(id: string, channel: string, guildId: string | undefined): void {
    this.#push(channel, async () => toDelete(id, await this.#reader.rooms.find(channel, guildId ?? null)))
  }

  #push(
    channel: string,
    read: () => Promise<Inbound | null>,
    ended: (isCommitted: boolean) => void = () => undefined,
  ): void {
    this.#intake.push({ channel, read, ended, committed: (inbound, receipt) => this.#show(inbound, receipt) })
  }

  async #interact(raw: Interaction): Promise<void> {
    const guildId = raw.guild_id ?? null
    if (raw.type === InteractionType.ApplicationCommandAutocomplete) {
      const room = this.#reader.rooms.known(raw.channel?.id ?? '', guildId, raw.channel)
      return this.#responder.suggest(raw, room.workspace, room.place.channel)
    }
    const botName = this.#options.botName ?? this.#client.user?.username ?? ''
    const inbound = toInbound(raw, this.#reader, createMenuReader(this.#options.commands, botName))
    if (inbound === null) this.#countUnknown(`interaction of type ${raw.type}`)
    return this.#responder.respond(raw, inbound)
  }

  #arrive(guild: Guild): void {
    this.#push(guild.id, () => Promise.resolve(toArrival(guild, this.#options.clock.now())))
  }

  /** What the receipt asks to be seen at once. Best effort: the committed row does not depend on it. */
  #show(inbound: Inbound, receipt: Receipt): void {
    this.#carryOut(inbound, receipt).catch((error: unknown) =>
      this.#options.log.warn({ error: String(error) }, 'a reaction or "is typing" could not be shown'),
    )
  }

  async #carryOut(inbound: Inbound, receipt: Receipt): Promise<void> {
    const { outbound } = this.#options
    // Discord says of what was deferred that the bot is thinking.
    if (receipt.status && receipt.ack === 'none') {
      const { place, text } = receipt.status
      const opensThread =
        inbound.type === 'message' && inbound.room === 'channel' && place.thread === inbound.source
      if (opensThread) await outbound.openThread(place, inbound.text)
      await outbound.status(place, text)
    }
    if (inbound.type !== 'message') return
    if (receipt.react) await outbound.react(inbound.place, inbound.source, receipt.react)
    if (receipt.reply?.isPrivate)
      await outbound.whisper(inbound.place, inbound.author.id, receipt.reply.content)
  }
}
