// Joins the two ways of delivery and lets a test steer them.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { createDispatcher, type Dispatcher } from './delivery.ts'
import { createHttpTransport, sign, verifyUrl } from './delivery-http.ts'
import type { FakeSlack, FakeSlackOptions } from './fake-slack.ts'
import type { Dict } from './shapes.ts'
import { SocketHub } from './socket-mode.ts'
import type { Methods } from './web-api/context.ts'
import type { World } from './world.ts'

// facts A1: three retries, at once, after a minute, after five.
const RETRY_DELAYS_MS = [10, 60_000, 300_000]

type Controls = Pick<
  FakeSlack,
  | 'connectHttp'
  | 'useSocketMode'
  | 'requestUrl'
  | 'sockets'
  | 'refreshSockets'
  | 'cutSockets'
  | 'sendAppRateLimited'
  | 'sign'
>

export interface Courier {
  dispatcher: Dispatcher
  /** Of another workspace where the app is installed: by the same sockets, to the same address. */
  dispatcherOf(world: World): Dispatcher
  controls: Controls
  /** Web API methods that belong to Socket Mode. */
  methods: Methods
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

export function createCourier(world: World, options: FakeSlackOptions): Courier {
  const ackTimeoutMs = options.ackTimeoutMs ?? 3000
  let requestUrl = options.requestUrl ?? ''
  let mode = options.mode ?? (requestUrl ? 'http' : 'socket')
  const hub = new SocketHub(world, {
    ackTimeoutMs,
    pingIntervalMs: options.pingIntervalMs ?? 10_000,
    whenNoSocket: options.whenNoSocket ?? 'hold',
  })
  const http = createHttpTransport({
    requestUrl: () => requestUrl,
    signingSecret: world.signingSecret,
    ackTimeoutMs,
  })
  const dispatcherOf = (one: World): Dispatcher =>
    createDispatcher(one, {
      retryDelaysMs: options.retryDelaysMs ?? RETRY_DELAYS_MS,
      transport: () => (mode === 'socket' ? hub : requestUrl ? http : undefined),
    })
  const controls: Controls = {
    async connectHttp(url) {
      await verifyUrl(url, world.signingSecret)
      requestUrl = url
      mode = 'http'
    },
    useSocketMode() {
      mode = 'socket'
    },
    requestUrl: () => requestUrl,
    sockets: () => hub.sockets(),
    refreshSockets: (reason) => hub.refresh(reason),
    cutSockets: () => hub.cut(),
    async sendAppRateLimited() {
      const payload = appRateLimited(world)
      if (mode === 'socket') {
        hub.broadcast({ type: 'events_api', envelope_id: world.nextId('env-'), payload })
        return
      }
      const { body, headers } = sign(world.signingSecret, JSON.stringify(payload))
      await fetch(requestUrl, { method: 'POST', body, headers })
    },
    sign: (body, contentType, timestampSec) => sign(world.signingSecret, body, contentType, timestampSec),
  }
  return {
    dispatcher: dispatcherOf(world),
    dispatcherOf,
    controls,
    methods: hub.methods,
    upgrade: (req, socket, head) => hub.upgrade(req, socket, head),
    close() {
      hub.close()
      http.close()
    },
  }
}

/** docs.slack.dev apis/events-api: over 30,000 events an hour; the notice has no inner `event`. */
function appRateLimited(world: World): Dict {
  return {
    type: 'app_rate_limited',
    token: 'verification-token',
    team_id: world.teamId,
    minute_rate_limited: Math.floor(world.now() / 1000),
    api_app_id: world.appId,
  }
}
