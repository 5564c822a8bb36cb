// Hot standby: of all processes that could run a gateway, the one that holds its lease does; another takes over when
// the lease is not renewed. For Discord, where two connections on one shard would hear everything twice.
import type { Gateway } from './core/adapter.ts'
import type { Clock } from './core/clock.ts'
import type { Platform } from './core/inbound.ts'
import type { Logger } from './core/logger.ts'
import type { Leases } from './store/model.ts'

const LEASE_MS = 6_000
const LOOK_EVERY_MS = 1_500
/** After a connection that was refused, twice as much each time: Discord counts log-ins, 1,000 a day. */
const PAUSE_MS = 2_000
const MAX_PAUSE_MS = 60_000

export interface StandbyOptions {
  platform: Platform
  /** Of the lease. */
  name: string
  owner: string
  leases: Leases
  clock: Clock
  log: Logger
  open(): Gateway
}

/** Starts the gateway now if the lease is free, else waits for it in the background. */
export function createStandby(options: StandbyOptions): Gateway {
  const { platform, name, owner, leases, clock, log } = options
  let running: Gateway | null = null
  let connecting: Promise<void> = Promise.resolve()
  /** Since the last connection failed; without a reason while another process has the lease. */
  let failed: { reason: string | null; pauseMs: number; until: number } | null = null
  let isStopped = false
  let cancel = (): void => undefined
  let looking: Promise<void> = Promise.resolve()

  const connect = async (gateway: Gateway): Promise<void> => {
    try {
      await gateway.start()
      if (running !== gateway) return
      failed = null
      log.info({ lease: name }, 'gateway is connected')
    } catch (error) {
      const isOurs = running === gateway
      if (isOurs) {
        running = null
        const pauseMs = Math.min(MAX_PAUSE_MS, failed ? failed.pauseMs * 2 : PAUSE_MS)
        failed = { reason: reasonOf(gateway, error), pauseMs, until: clock.monotonic() + pauseMs }
      }
      await gateway[Symbol.asyncDispose]()
      if (isOurs) await leases.letGo(name, owner)
      throw error
    }
  }
  const look = async (): Promise<void> => {
    // Another process may be luckier, so the lease is left to it meanwhile.
    if (failed && !running && clock.monotonic() < failed.until) return
    const isHolder = await leases.hold(name, owner, LEASE_MS)
    if (isStopped) return
    if (isHolder && !running) {
      running = options.open()
      // Not waited for: with a server of theirs away, Discord lets a bot wait longer than the lease lasts.
      connecting = connect(running)
      connecting.catch((error: Error) => log.warn({ lease: name, reason: error.message }, 'gateway'))
    }
    if (!isHolder && failed) failed.reason = null
    if (!isHolder && running) {
      log.warn({ lease: name }, 'another process took the gateway over')
      const lost = running
      running = null
      await lost[Symbol.asyncDispose]()
    }
  }
  const schedule = (): void => {
    cancel = clock.after(LOOK_EVERY_MS, () => {
      looking = look()
        .catch((error: Error) => log.warn({ lease: name, reason: error.message }, 'gateway lease'))
        .finally(() => {
          if (!isStopped) schedule()
        })
    })
  }

  return {
    platform,
    mounts: [],
    /** Resolves when it is connected, or another process has the lease. */
    async start() {
      await look()
      schedule()
      await connecting
    },
    ready() {
      if (running) return running.ready()
      if (failed?.reason) return { ok: false, reason: failed.reason }
      return { ok: true, reason: 'standby: another process has the connection' }
    },
    async [Symbol.asyncDispose]() {
      isStopped = true
      cancel()
      await looking
      const last = running
      running = null
      await last?.[Symbol.asyncDispose]()
      await leases.letGo(name, owner)
    },
  }
}

/** The gateway's own verdict says more than the error, where it has one. */
function reasonOf(gateway: Gateway, error: unknown): string {
  const { ok, reason } = gateway.ready()
  return (!ok && reason) || (error instanceof Error ? error.message : String(error))
}
