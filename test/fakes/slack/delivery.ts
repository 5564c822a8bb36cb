// Sends events, commands and interactions to the app: attempts, retries, and the record of both.
import { setTimeout as sleep } from 'node:timers/promises'
import type { DeliverOptions, Platform } from './platform.ts'
import type { ChannelRecord, Delivery, DeliveryAttempt, Dict } from './shapes.ts'
import { eventEnvelope } from './wire.ts'
import { keepLast, type World } from './world.ts'

export interface AttemptResult {
  ok: boolean
  status?: number
  response?: Dict
  /** Why Slack would send it again; goes into the next attempt's retry reason. */
  reason?: string
  /** The app asked for no retry. */
  noRetry?: boolean
  socket?: number
}

export interface Transport {
  name: 'http' | 'socket'
  send(delivery: Delivery, retryNum: number, retryReason: string | undefined): Promise<AttemptResult>
}

export interface DeliveryOptions {
  /** Waits before the 1st, 2nd and 3rd retry. */
  retryDelaysMs: number[]
  /** Undefined while no transport is connected: nothing is sent. */
  transport: () => Transport | undefined
}

export interface Dispatcher {
  emit: Platform['emit']
  interact: Platform['interact']
  /** Sends what was held back, oldest first. */
  release(): void
  /** Resends a finished delivery with its old id, as Slack does at times. */
  again(delivery: Delivery): void
  pending(): number
  close(): void
}

export function createDispatcher(world: World, options: DeliveryOptions): Dispatcher {
  const closed = new AbortController()
  const held: Delivery[] = []
  let running = 0

  const record = (delivery: Delivery): Delivery => {
    keepLast(world.deliveries, delivery, world.keepDeliveries)
    return delivery
  }

  const start = (delivery: Delivery, delayMs = 0): Promise<Delivery> => {
    running += 1
    return run(world, delivery, options, closed.signal, delayMs).finally(() => {
      running -= 1
      world.changed()
    })
  }

  const startQuietly = (delivery: Delivery, delayMs = 0): void => {
    start(delivery, delayMs).catch((error: unknown) => {
      if (!closed.signal.aborted) throw error
    })
  }

  return {
    emit(event: Dict, channel?: ChannelRecord, how: DeliverOptions = {}) {
      if (how.drop || world.uninstalled) return undefined
      if (channel && !channel.members.has(world.botUserId)) return undefined
      if (world.botEvents && !subscribed(world.botEvents, event)) return undefined
      const payload = eventEnvelope(world, event, channel)
      const type = String(event['type'])
      const id = String(payload['event_id'])
      const delivery = record({ kind: 'events_api', id, type, payload, attempts: [], status: 'pending' })
      if (how.hold) {
        delivery.status = 'held'
        held.push(delivery)
        return delivery
      }
      for (let i = 0; i < (how.times ?? 1); i += 1) startQuietly(delivery, how.delayMs)
      return delivery
    },
    interact(kind, type, payload) {
      const id = String(payload['trigger_id'] ?? world.nextId('I'))
      return start(record({ kind, id, type, payload, attempts: [], status: 'pending' }))
    },
    release() {
      for (const delivery of held.splice(0)) {
        delivery.status = 'pending'
        startQuietly(delivery)
      }
    },
    again(delivery) {
      startQuietly(delivery)
    },
    pending: () => running,
    close() {
      closed.abort()
    },
  }
}

/** `message` events are subscribed per kind of conversation (`message.channels`, `message.im`, …). */
function subscribed(botEvents: string[], event: Dict): boolean {
  if (event['type'] !== 'message') return botEvents.includes(String(event['type']))
  const kind = String(event['channel_type'])
  return botEvents.includes(`message.${kind === 'channel' ? 'channels' : kind === 'group' ? 'groups' : kind}`)
}

async function run(
  world: World,
  delivery: Delivery,
  options: DeliveryOptions,
  signal: AbortSignal,
  delayMs: number,
): Promise<Delivery> {
  if (delayMs > 0) await sleep(delayMs, undefined, { signal, ref: false })
  // facts A1: events are retried three times; commands and interactions are not.
  const retries = delivery.kind === 'events_api' ? options.retryDelaysMs.length : 0
  let reason: string | undefined
  for (let retryNum = 0; retryNum <= retries; retryNum += 1) {
    if (retryNum > 0) await sleep(options.retryDelaysMs[retryNum - 1], undefined, { signal, ref: false })
    const transport = options.transport()
    const attempt: DeliveryAttempt = {
      at: world.now(),
      transport: transport?.name ?? 'http',
      retryNum,
      ...(reason ? { retryReason: reason } : {}),
    }
    delivery.attempts.push(attempt)
    const began = performance.now()
    const result = transport
      ? await transport.send(delivery, retryNum, reason)
      : { ok: false, reason: 'connection_failed' }
    attempt.tookMs = performance.now() - began
    if (signal.aborted) return delivery
    if (result.status !== undefined) attempt.status = result.status
    if (result.socket !== undefined) attempt.socket = result.socket
    if (result.ok) {
      attempt.ackedAt = world.now()
      markDelivered(world, delivery, result.response)
      return delivery
    }
    attempt.error = result.reason ?? 'unknown_error'
    reason = attempt.error
    if (result.noRetry) break
  }
  if (delivery.status !== 'delivered') delivery.status = 'failed'
  return delivery
}

export function markDelivered(world: World, delivery: Delivery, response: Dict | undefined): void {
  delivery.status = 'delivered'
  delivery.ackedAt ??= world.now()
  if (response) delivery.response ??= response
}
