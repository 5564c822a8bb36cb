// The gateway: HELLO, heartbeats, IDENTIFY, RESUME, sharding, close codes, and delivery faults on demand.
// Source: discord-api-docs events/gateway.mdx and topics/opcodes-and-status-codes.mdx "Gateway Close Event Codes".
import type { Server } from 'node:http'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import type { Dispatch, Json } from '../model.ts'
import { toGuildCreate, toUser } from '../payloads.ts'
import type { World } from '../world.ts'
import { createDelivery, type Delivery } from './delivery.ts'
import { GatewaySession, GUILD_MEMBERS, MESSAGE_CONTENT } from './session.ts'

interface Connection {
  socket: WebSocket
  session: GatewaySession | null
  sends: number[]
}

export class Gateway {
  /** While true, heartbeats get no ACK. */
  zombie = false
  identifies = 0
  resumes = 0
  readonly delivery: Delivery
  readonly #world: World
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 1 << 20 })
  readonly #connections = new Set<Connection>()
  readonly #sessions = new Map<string, GatewaySession>()
  readonly #identifiedAt = new Map<number, number[]>()

  constructor(world: World, server: Server) {
    this.#world = world
    this.delivery = createDelivery((dispatch) => this.#deliver(dispatch))
    world.emit = (dispatch) => {
      this.#expireSessions()
      this.delivery.emit(dispatch)
    }
    server.on('upgrade', (request, stream, head) => {
      const url = new URL(request.url ?? '/', 'http://gateway')
      if (!url.pathname.startsWith('/gateway')) return stream.destroy()
      this.#sockets.handleUpgrade(request, stream, head, (socket) => this.#accept(socket, url.searchParams))
    })
  }

  /** sessions with a live connection */
  connected(): number {
    return [...this.#sessions.values()].filter((s) => s.socket !== null).length
  }

  /** Kills the TCP connections; events go on being kept for RESUME. */
  drop(): void {
    for (const { socket } of this.#connections) socket.terminate()
  }

  /** op 7: asks the client to reconnect and resume. */
  reconnect(): void {
    for (const { socket } of this.#connections) send(socket, { op: 7, d: null })
  }

  /** op 9: the session is invalid; resumable or not. */
  invalidate(resumable: boolean): void {
    for (const { socket, session } of this.#connections) {
      if (session && !resumable) this.#sessions.delete(session.id)
      send(socket, { op: 9, d: resumable })
    }
  }

  /** An event of a kind that nobody knows yet: discord-api-docs events/gateway, new ones come without notice. */
  announce(event: string, data: Dispatch['data']): void {
    this.#deliver({ event, guildId: null, data })
  }

  /** As when Discord lost its sessions: a later RESUME gets op 9. */
  forgetSessions(): void {
    this.#sessions.clear()
  }

  async close(): Promise<void> {
    this.drop()
    await new Promise<void>((resolve) => this.#sockets.close(() => resolve()))
  }

  #deliver(dispatch: Dispatch): void {
    for (const session of this.#sessions.values())
      if (session.covers(dispatch.guildId) && session.wants(dispatch)) session.send(dispatch)
  }

  #expireSessions(): void {
    const { clock, settings } = this.#world
    for (const session of this.#sessions.values())
      if (session.disconnectedAt !== null && clock.now() - session.disconnectedAt > settings.resumeWindowMs)
        this.#sessions.delete(session.id)
  }

  #accept(socket: WebSocket, query: URLSearchParams) {
    // The fake speaks uncompressed JSON only; `zlib-sync` must not be installed (facts B7).
    if (query.get('v') !== '10') return socket.close(4012, 'Invalid API version.')
    if (query.has('compress') || query.get('encoding') !== 'json') return socket.close(4002, 'JSON only.')
    const connection: Connection = { socket, session: null, sends: [] }
    this.#connections.add(connection)
    socket.on('message', (raw) => this.#receive(connection, raw))
    socket.on('error', () => socket.terminate())
    socket.on('close', (code) => this.#closed(connection, code))
    const interval = this.#world.settings.heartbeatIntervalMs
    send(socket, { op: 10, d: { heartbeat_interval: interval, _trace: ['fake'] } })
  }

  #closed(connection: Connection, code: number): void {
    this.#connections.delete(connection)
    const session = connection.session
    if (session?.socket !== connection.socket) return
    session.detach()
    // Closing with 1000 or 1001 ends the session, any other code keeps it for a while (events/gateway.mdx "Disconnecting").
    if (code === 1000 || code === 1001) this.#sessions.delete(session.id)
    this.#world.watch.changed()
  }

  #receive(connection: Connection, raw: RawData) {
    const { socket } = connection
    const text = String(raw)
    const now = this.#world.clock.now()
    // Source: events/gateway.mdx "Rate Limiting", "Sending Events": 120 sends per 60 s, 4096 bytes, else closed.
    if (Buffer.byteLength(text) > 4096) return socket.close(4002, 'Payload too large.')
    connection.sends = [...connection.sends.filter((at) => now - at < 60_000), now]
    if (connection.sends.length > 120) return socket.close(4008, 'Rate limited.')
    const message = parse(text)
    if (!message) return socket.close(4002, 'Error while decoding payload.')
    const d = (typeof message.d === 'object' && message.d !== null ? message.d : {}) as Json
    if (message.op === 1) return this.zombie ? undefined : send(socket, { op: 11 })
    if (message.op === 2) return this.#identify(connection, d)
    if (message.op === 6) return this.#resume(connection, d)
    if (!connection.session) return socket.close(4003, 'Not authenticated.')
    if (message.op === 8) return this.#sendMembers(connection.session, d)
    if (message.op !== 3 && message.op !== 4) socket.close(4001, 'Unknown opcode.')
  }

  #identify(connection: Connection, d: Json) {
    const { socket } = connection
    const { settings } = this.#world
    if (connection.session) return socket.close(4005, 'Already authenticated.')
    if (d.token !== settings.token) return socket.close(4004, 'Authentication failed.')
    const [index, count] = (Array.isArray(d.shard) ? d.shard : [0, 1]) as [number, number]
    if (!(index >= 0 && index < count)) return socket.close(4010, 'Invalid shard.')
    const intents = typeof d.intents === 'number' ? d.intents : -1
    if (intents < 0) return socket.close(4013, 'Invalid intent(s).')
    const refused =
      ((intents & MESSAGE_CONTENT) !== 0 && !settings.messageContent) ||
      ((intents & GUILD_MEMBERS) !== 0 && !settings.guildMembers)
    if (refused) return socket.close(4014, 'Disallowed intent(s).')
    if (!this.#mayIdentify(index)) return send(socket, { op: 9, d: false })
    // Only RESUME brings missed events back: a new IDENTIFY for the shard ends its dead sessions (facts B6).
    for (const old of this.#sessions.values())
      if (old.socket === null && old.shard[0] === index) this.#sessions.delete(old.id)
    const id = BigInt(this.#world.nextId()).toString(16).padStart(32, '0')
    const session = new GatewaySession(this.#world, socket, id, [index, count], intents)
    connection.session = session
    this.#sessions.set(id, session)
    this.identifies++
    this.#greet(session)
    this.#world.watch.changed()
  }

  /** One identify per 5 s per (shard % max_concurrency), else op 9 (events/gateway.mdx "Max Concurrency"). */
  #mayIdentify(shard: number): boolean {
    const { settings, clock } = this.#world
    if (settings.rateLimits === 'off') return true
    const key = shard % settings.maxConcurrency
    const windowMs = 5000 / settings.rateScale
    const recent = (this.#identifiedAt.get(key) ?? []).filter((at) => clock.now() - at < windowMs)
    if (recent.length > 0) return false
    this.#identifiedAt.set(key, [...recent, clock.now()])
    return true
  }

  #greet(session: GatewaySession): void {
    const world = this.#world
    const guilds = [...world.guilds.values()].filter((g) => session.covers(g.id))
    session.send({
      event: 'READY',
      guildId: null,
      data: {
        v: 10,
        user: { ...toUser(world.bot), mfa_enabled: false, verified: true, email: null },
        guilds: guilds.map((g) => ({ id: g.id, unavailable: true })),
        session_id: session.id,
        session_type: 'normal',
        resume_gateway_url: gatewayUrl(world),
        shard: session.shard,
        application: { id: world.applicationId, flags: applicationFlags(world) },
        private_channels: [],
        _trace: ['fake'],
      },
    })
    for (const guild of guilds) {
      const dispatch = { event: 'GUILD_CREATE', guildId: guild.id, data: toGuildCreate(world, guild) }
      if (session.wants(dispatch)) session.send(dispatch)
    }
  }

  #resume(connection: Connection, d: Json) {
    this.#expireSessions()
    const session = this.#sessions.get(String(d.session_id))
    if (d.token !== this.#world.settings.token) return connection.socket.close(4004, 'Authentication failed.')
    if (!session) return send(connection.socket, { op: 9, d: false })
    if (!session.canResumeFrom(Number(d.seq))) return connection.socket.close(4007, 'Invalid seq.')
    session.socket?.terminate()
    connection.session = session
    this.resumes++
    session.resume(connection.socket, Number(d.seq))
    this.#world.watch.changed()
  }

  /** op 8 Request Guild Members → one GUILD_MEMBERS_CHUNK (events/gateway-events.mdx "Request Guild Members"). */
  #sendMembers(session: GatewaySession, d: Json): void {
    const guild = this.#world.guilds.get(String(d.guild_id))
    if (!guild) return
    const wanted = d.user_ids === undefined ? null : new Set([d.user_ids].flat().map(String))
    const all = toGuildCreate(this.#world, guild).members as { user: { id: string } }[]
    const members = all.filter((m) => !wanted || wanted.has(m.user.id))
    const chunk = { chunk_index: 0, chunk_count: 1, not_found: [], nonce: d.nonce }
    const data = { guild_id: guild.id, members, ...chunk }
    session.send({ event: 'GUILD_MEMBERS_CHUNK', guildId: guild.id, data })
  }
}

export function gatewayUrl(world: World): string {
  return `${world.origin.replace('http', 'ws')}/gateway`
}

/** GATEWAY_GUILD_MEMBERS_LIMITED 1<<15, GATEWAY_MESSAGE_CONTENT_LIMITED 1<<19 (resources/application.mdx "Flags"). */
export function applicationFlags(world: World): number {
  return (world.settings.guildMembers ? 1 << 15 : 0) | (world.settings.messageContent ? 1 << 19 : 0)
}

function send(socket: WebSocket, payload: Json): void {
  socket.send(JSON.stringify({ s: null, t: null, d: null, ...payload }))
}

function parse(raw: string): Json | null {
  try {
    return JSON.parse(raw) as Json
  } catch {
    return null
  }
}
