// The way in from Discord: keeps a client connected, whatever happens to the connection, and hands what it hears to
// the listener. A fault that only an operator can mend ends the trying and is told by ready().
import { type Client, DiscordjsError, DiscordjsErrorCodes, Events, Status } from 'discord.js'
import type { Gateway } from '../core/adapter.ts'
import { delay, inTime } from '../core/clock.ts'
import { type BotError, isBotError } from '../core/error.ts'
import { cannotConnect, createClient, fatalReason } from './client.ts'
import { createListener, type Listener, type ListenerOptions } from './listener.ts'

export interface DiscordGatewayOptions extends ListenerOptions {
  /** Which shards this process runs, of how many; by default the only one. */
  shards?: { ids: number[]; count: number }
}

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
const CLOSE_MS = 2_000

export function createDiscordGateway(options: DiscordGatewayOptions): Gateway {
  return new DiscordGateway(options)
}

class DiscordGateway implements Gateway {
  readonly platform = 'discord'
  readonly mounts = []
  readonly #options: DiscordGatewayOptions
  readonly #closing = new AbortController()
  #client: Client | null = null
  #listener: Listener | null = null
  #fatal: BotError | null = null
  #reason = 'not started'

  constructor(options: DiscordGatewayOptions) {
    this.#options = options
  }

  /** Tries until it is connected or closed; rejects when the token or a setting at Discord is wrong. */
  async start(): Promise<void> {
    const { clock, log } = this.#options
    for (
      let pause = FIRST_PAUSE_MS;
      !this.#closing.signal.aborted;
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    ) {
      try {
        await this.#connect()
        return
      } catch (error) {
        await this.#disconnect()
        if (this.#closing.signal.aborted) return
        if (isBotError(error)) {
          this.#fatal = error
          throw error
        }
        this.#reason = 'Discord cannot be reached; trying again'
        log.warn({ error: String(error), pauseMs: pause }, this.#reason)
        await delay(clock, pause, this.#closing.signal)
      }
    }
  }

  ready(): { ok: boolean; reason: string } {
    if (this.#fatal) return { ok: false, reason: this.#fatal.hint }
    if (!this.#client?.isReady()) return { ok: false, reason: this.#reason }
    const down = this.#client.ws.shards.filter((shard) => shard.status !== Status.Ready)
    return down.size === 0 ? { ok: true, reason: '' } : { ok: false, reason: 'reconnecting to Discord' }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#disconnect()
    this.#reason = 'closed'
  }

  async #connect(): Promise<void> {
    const client = createClient(this.#options)
    this.#client = client
    const listener = createListener(client, this.#options)
    this.#listener = listener
    await listener.open(this.#options.shards?.ids ?? [0])
    const failed = this.#watch(client)
    const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()))
    // The login's own error names no close code; what watch() heard says more.
    const login = client.login(this.#options.token).catch((error: unknown) => {
      throw isInvalidToken(error) ? cannotConnect(fatalReason(4004)!, error) : (this.#fatal ?? error)
    })
    await Promise.race([Promise.all([login, ready]), failed, this.#closed()])
    this.#options.log.info({ servers: client.guilds.cache.size }, 'connected to Discord')
  }

  /** Rejects when it is closed meanwhile: a client that is destroyed never becomes ready. */
  #closed(): Promise<never> {
    const { signal } = this.#closing
    const closed = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(new Error('closed')), { once: true }),
    )
    closed.catch(() => undefined)
    return closed
  }

  /** Hears the library's errors, so that none ends the process; rejects on the one that cannot be mended here. */
  #watch(client: Client): Promise<never> {
    const { log } = this.#options
    client.on(Events.Error, (error) => log.warn({ error: String(error) }, 'discord.js reported an error'))
    client.on(Events.ShardError, (error, shard) =>
      log.warn({ shard, error: String(error) }, 'a Discord connection failed'),
    )
    client.on(Events.Warn, (message) => log.debug({ message }, 'discord.js warns'))
    client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'reconnecting to Discord'))
    client.on(Events.ShardResume, (shard, events) =>
      log.info({ shard, events }, 'resumed the Discord session'),
    )
    const failed = new Promise<never>((_, reject) => {
      client.on(Events.ShardDisconnect, ({ code }, shard) => {
        const reason = fatalReason(code)
        if (reason === null || this.#closing.signal.aborted) return
        log.error({ shard, code }, reason)
        this.#fatal = cannotConnect(reason)
        reject(this.#fatal)
      })
    })
    failed.catch(() => undefined)
    return failed
  }

  async #disconnect(): Promise<void> {
    const [client, listener] = [this.#client, this.#listener]
    this.#client = null
    this.#listener = null
    await listener?.[Symbol.asyncDispose]()
    // Closed while it connects, discord.js may wait for Discord's answer for ever.
    if (client) await inTime(this.#options.clock, client.destroy(), CLOSE_MS)
  }
}

function isInvalidToken(error: unknown): boolean {
  return error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid
}
