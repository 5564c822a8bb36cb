// Socket Mode: tickets, hello, envelopes with acks and redelivery, refreshes, server pings.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { isDict } from './arguments.ts'
import { type AttemptResult, markDelivered, type Transport } from './delivery.ts'
import type { Delivery, Dict } from './shapes.ts'
import type { Methods } from './web-api/context.ts'
import type { World } from './world.ts'

// facts A1: at most ten sockets per app.
const MAX_SOCKETS = 10

interface Waiting {
  socket: number
  settle(result: AttemptResult): void
}

export interface SocketHubOptions {
  ackTimeoutMs: number
  pingIntervalMs: number
  /** With no socket open: wait for one, or count the attempt as failed. */
  whenNoSocket: 'hold' | 'retry'
}

export class SocketHub implements Transport {
  readonly name = 'socket'
  readonly methods: Methods = {
    'apps.connections.open': { token: 'app', run: () => ({ url: this.#newTicket() }) },
  }
  readonly #world: World
  readonly #options: SocketHubOptions
  readonly #server = new WebSocketServer({ noServer: true })
  readonly #open = new Map<number, WebSocket>()
  readonly #tickets = new Set<string>()
  readonly #waiting = new Map<string, Waiting>()
  readonly #known = new Map<string, Delivery>()
  readonly #arrivals = new Set<() => void>()
  readonly #pings: NodeJS.Timeout
  #lastId = 0
  #turn = 0
  #closed = false

  constructor(world: World, options: SocketHubOptions) {
    this.#world = world
    this.#options = options
    this.#pings = setInterval(() => {
      for (const socket of this.#open.values()) socket.ping('ping')
    }, options.pingIntervalMs)
    this.#pings.unref()
  }

  #newTicket(): string {
    const ticket = this.#world.nextId('ticket-')
    this.#tickets.add(ticket)
    const base = this.#world.baseUrl.replace('http', 'ws')
    return `${base}/link/?ticket=${ticket}&app_id=${this.#world.appId}`
  }

  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(req.url ?? '/', 'http://127.0.0.1').searchParams.get('ticket') ?? ''
    if (!this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n')
      return
    }
    this.#server.handleUpgrade(req, socket, head, (one) => {
      if (this.#open.size < MAX_SOCKETS) {
        this.#connect(one)
        return
      }
      one.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: {} }))
      one.close()
    })
  }

  #connect(socket: WebSocket): void {
    this.#lastId += 1
    const id = this.#lastId
    this.#open.set(id, socket)
    socket.on('message', (data) => this.#onFrame(data))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      this.#open.delete(id)
      for (const one of [...this.#waiting.values()]) {
        if (one.socket === id) one.settle({ ok: false, reason: 'socket_closed' })
      }
      this.#world.changed()
    })
    socket.send(JSON.stringify(hello(this.#world, this.#open.size)))
    for (const resolve of this.#arrivals) resolve()
    this.#arrivals.clear()
    this.#world.changed()
  }

  #onFrame(data: RawData): void {
    const frame: unknown = JSON.parse(data.toString())
    if (!isDict(frame)) return
    const envelopeId = String(frame['envelope_id'])
    const response = isDict(frame['payload']) ? frame['payload'] : {}
    this.#waiting.get(envelopeId)?.settle({ ok: true, response })
    // An ack after the deadline still counts: Slack then has nothing left to send again.
    const late = this.#known.get(envelopeId)
    if (late && late.status !== 'delivered') markDelivered(this.#world, late, response)
    this.#world.changed()
  }

  async send(delivery: Delivery, retryNum: number): Promise<AttemptResult> {
    const envelopeId = this.#world.nextId('env-')
    remember(this.#known, envelopeId, delivery)
    for (;;) {
      if (this.#open.size === 0) {
        if (this.#closed || this.#options.whenNoSocket === 'retry') {
          return { ok: false, reason: 'connection_failed' }
        }
        await new Promise<void>((resolve) => void this.#arrivals.add(resolve))
      }
      const result = await this.#sendOnce(delivery, envelopeId, retryNum)
      // bolt-js#2487: a socket that closes unacknowledged makes the same envelope come again elsewhere.
      if (result.ok || result.reason !== 'socket_closed' || this.#closed) return result
    }
  }

  /** Each payload goes to one socket only, any of them (facts A1): here they take turns. */
  #sendOnce(delivery: Delivery, envelopeId: string, retryNum: number): Promise<AttemptResult> {
    const all = [...this.#open]
    this.#turn += 1
    const next = all[this.#turn % all.length]
    if (!next) return Promise.resolve({ ok: false, reason: 'socket_closed' })
    const [id, socket] = next
    return new Promise((resolve) => {
      const settle = (result: AttemptResult): void => {
        clearTimeout(timer)
        this.#waiting.delete(envelopeId)
        resolve({ ...result, socket: id })
      }
      const giveUp = () => settle({ ok: false, reason: 'timeout' })
      const timer = setTimeout(giveUp, this.#options.ackTimeoutMs)
      timer.unref()
      this.#waiting.set(envelopeId, { socket: id, settle })
      socket.send(JSON.stringify(envelope(delivery, envelopeId, retryNum)))
    })
  }

  /** Ids of the connected sockets. */
  sockets(): number[] {
    return [...this.#open.keys()]
  }

  /** `disconnect` frames, as when Slack recycles a container; the client is to come back. */
  refresh(reason = 'refresh_requested'): void {
    this.broadcast({ type: 'disconnect', reason, debug_info: { host: 'fake' } })
  }

  /** Cuts the connections without a word. */
  cut(): void {
    for (const socket of this.#open.values()) socket.terminate()
  }

  /** A raw frame to every socket, for envelopes no event produces. */
  broadcast(frame: Dict): void {
    for (const socket of this.#open.values()) socket.send(JSON.stringify(frame))
  }

  close(): void {
    this.#closed = true
    clearInterval(this.#pings)
    for (const resolve of this.#arrivals) resolve()
    this.cut()
    this.#server.close()
  }
}

/** Keeps the newest thousand, so that late acks are understood and memory stays flat. */
function remember(known: Map<string, Delivery>, envelopeId: string, delivery: Delivery): void {
  known.set(envelopeId, delivery)
  if (known.size <= 1000) return
  const oldest = known.keys().next().value
  if (oldest !== undefined) known.delete(oldest)
}

function hello(world: World, connections: number): Dict {
  return {
    type: 'hello',
    num_connections: connections,
    connection_info: { app_id: world.appId },
    debug_info: { host: 'fake', approximate_connection_time: 18_060 },
  }
}

function envelope(delivery: Delivery, envelopeId: string, retryNum: number): Dict {
  return {
    type: delivery.kind,
    envelope_id: envelopeId,
    payload: delivery.payload,
    accepts_response_payload: delivery.kind !== 'events_api',
    ...(delivery.kind === 'events_api'
      ? { retry_attempt: retryNum, retry_reason: retryNum > 0 ? 'timeout' : '' }
      : {}),
  }
}
