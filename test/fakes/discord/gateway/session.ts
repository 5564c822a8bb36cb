// One gateway session: numbers its events, keeps the recent ones for RESUME, and hides what its intents do not allow.
// Source: discord-api-docs events/gateway.mdx "Resuming", "Gateway Intents".
import type { WebSocket } from 'ws'
import { isHidden, withoutContent } from '../messages/payload.ts'
import type { Dispatch } from '../model.ts'
import type { World } from '../world.ts'

export const MESSAGE_CONTENT = 1 << 15
export const GUILD_MEMBERS = 1 << 1

const REPLAY_LIMIT = 2000

// [intent in a guild, intent in a direct message]; 0 = always delivered (events/gateway.mdx "List of Intents").
const intentsOf: Record<string, [guild: number, dm: number]> = {
  MESSAGE_CREATE: [1 << 9, 1 << 12],
  MESSAGE_UPDATE: [1 << 9, 1 << 12],
  MESSAGE_DELETE: [1 << 9, 1 << 12],
  MESSAGE_REACTION_ADD: [1 << 10, 1 << 13],
  MESSAGE_REACTION_REMOVE: [1 << 10, 1 << 13],
  TYPING_START: [1 << 11, 1 << 14],
  GUILD_MEMBER_ADD: [GUILD_MEMBERS, GUILD_MEMBERS],
  GUILD_CREATE: [1, 1],
  GUILD_DELETE: [1, 1],
  CHANNEL_CREATE: [1, 0],
  CHANNEL_UPDATE: [1, 0],
  CHANNEL_DELETE: [1, 0],
  THREAD_CREATE: [1, 1],
  THREAD_UPDATE: [1, 1],
  THREAD_DELETE: [1, 1],
  GUILD_ROLE_CREATE: [1, 1],
}

export class GatewaySession {
  readonly id: string
  readonly shard: [id: number, count: number]
  readonly intents: number
  readonly #world: World
  #socket: WebSocket | null
  #seq = 0
  #replay: { seq: number; text: string }[] = []
  #droppedUpTo = 0
  disconnectedAt: number | null = null

  constructor(world: World, socket: WebSocket, id: string, shard: [number, number], intents: number) {
    this.#world = world
    this.#socket = socket
    this.id = id
    this.shard = shard
    this.intents = intents
  }

  get seq(): number {
    return this.#seq
  }

  get socket(): WebSocket | null {
    return this.#socket
  }

  detach(): void {
    this.#socket = null
    this.disconnectedAt = this.#world.clock.now()
  }

  /** Guild → shard by (guild_id >> 22) % num_shards, direct messages → shard 0 (events/gateway.mdx "Sharding"). */
  covers(guildId: string | null): boolean {
    if (this.shard[1] === 1) return true
    const index = guildId === null ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(this.shard[1]))
    return index === this.shard[0]
  }

  wants({ event, guildId }: Dispatch): boolean {
    const intents = intentsOf[event]
    if (!intents) return true
    const needed = guildId === null ? intents[1] : intents[0]
    return needed === 0 || (this.intents & needed) !== 0
  }

  send(dispatch: Dispatch): void {
    const hide =
      dispatch.message !== undefined &&
      (this.intents & MESSAGE_CONTENT) === 0 &&
      isHidden(this.#world, dispatch.message)
    this.#seq++
    const data = hide ? withoutContent(dispatch.data) : dispatch.data
    const text = JSON.stringify({ op: 0, s: this.#seq, t: dispatch.event, d: data })
    this.#replay.push({ seq: this.#seq, text })
    if (this.#replay.length > REPLAY_LIMIT * 2) {
      this.#droppedUpTo = this.#replay[REPLAY_LIMIT - 1]!.seq
      this.#replay = this.#replay.slice(REPLAY_LIMIT)
    }
    this.#socket?.send(text)
  }

  canResumeFrom(seq: number): boolean {
    return seq >= this.#droppedUpTo && seq <= this.#seq
  }

  resume(socket: WebSocket, seq: number): void {
    this.#socket = null
    for (const event of this.#replay) if (event.seq > seq) socket.send(event.text)
    this.#socket = socket
    this.disconnectedAt = null
    this.send({ event: 'RESUMED', guildId: null, data: { _trace: ['fake'] } })
  }
}
