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
  let isStopped = false
  let cancel = (): void => undefined
  let looking: Promise<void> = Promise.resolve()

  const look = async (): Promise<void> => {
    const isHolder = await leases.hold(name, owner, LEASE_MS)
    if (isHolder && !running) {
      const gateway = options.open()
      running = gateway
      try {
        await gateway.start()
      } catch (error) {
        running = null
        await gateway[Symbol.asyncDispose]()
        await leases.letGo(name, owner)
        throw error
      }
      log.info({ lease: name }, 'gateway is connected')
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
    async start() {
      await look()
      schedule()
    },
    ready: () => running?.ready() ?? { ok: true, reason: 'standby: another process has the connection' },
    async [Symbol.asyncDispose]() {
      isStopped = true
      cancel()
      await looking
      await running?.[Symbol.asyncDispose]()
      await leases.letGo(name, owner)
    },
  }
}
