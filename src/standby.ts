// Hot standby: of all processes that could run a gateway, the one that holds its lease does; another takes over when
// the lease is not renewed. For Discord, where two connections on one shard would hear everything twice.
import type { Gateway } from './core/adapter.ts'
import type { Clock } from './core/clock.ts'
import type { Platform } from './core/inbound.ts'
import type { Logger } from './core/logger.ts'
import type { Leases } from './store/model.ts'

const LEASE_MS = 6_000
const LOOK_EVERY_MS = 1_500

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
  let isStopped = false
  let cancel = (): void => undefined
  let looking: Promise<void> = Promise.resolve()

  const connect = async (gateway: Gateway): Promise<void> => {
    try {
      await gateway.start()
      if (running === gateway) log.info({ lease: name }, 'gateway is connected')
    } catch (error) {
      const isOurs = running === gateway
      if (isOurs) running = null
      await gateway[Symbol.asyncDispose]()
      if (isOurs) await leases.letGo(name, owner)
      throw error
    }
  }
  const look = async (): Promise<void> => {
    const isHolder = await leases.hold(name, owner, LEASE_MS)
    if (isStopped) return
    if (isHolder && !running) {
      running = options.open()
      // Not waited for: with a server of theirs away, Discord lets a bot wait longer than the lease lasts.
      connecting = connect(running)
      connecting.catch((error: Error) => log.warn({ lease: name, reason: error.message }, 'gateway'))
    }
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
    ready: () => running?.ready() ?? { ok: true, reason: 'standby: another process has the connection' },
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
