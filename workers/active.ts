// The turns that this process is working on: their leases are renewed together once a second, and what others signal
// (stop, edit, delete) reaches the right one. A turn whose lease is not renewed in time is aborted.
import type { Clock } from '../src/core/clock.ts'
import type { Logger } from '../src/core/logger.ts'
import type { AbortReason } from '../src/core/turn.ts'
import type { Lease, Leases } from '../src/store/model.ts'

/** How long a lane stays ours without renewal, ms. A crash is noticed after at most this. */
export const LEASE_MS = 6_000
const RENEW_EVERY_MS = 1_000
/** Older than this by our own clock, a lease is treated as lost, whatever the database would say. */
const TRUSTED_MS = 4_500

export interface ActiveTurn {
  lease: Lease
  /** Aborts with 'lease-lost' or 'shutdown'; nothing may be written to a platform after it. */
  readonly lost: AbortSignal
  /** By our own clock, now: after a standstill the next renewal comes too late to say so. */
  isHeld(): boolean
  /** Ends the current run of the handler with a reason. */
  abort(reason: AbortReason): void
  /** The signal for the next run of the handler. */
  nextRun(): AbortSignal
  signalled(signal: string): void
  /** The current run has been aborted, to begin again or for a person to take over: what it has written is not shown. */
  isInterrupted(): boolean
  /** A person has the conversation: no further run answers. */
  readonly isTakenOver: boolean
}

export interface ActiveTurns {
  add(lease: Lease, startedAt: number, isVisible: () => boolean): ActiveTurn
  remove(turn: ActiveTurn): void
  /** This process works on the lane, or has lost it and is still letting go. */
  has(workspace: string, lane: string): boolean
  /** From the database's notifications. */
  signalled(workspace: string, lane: string, signal: string): void
  renewOnce(): Promise<void>
  abortAll(reason: AbortReason): void
  readonly size: number
  start(): AsyncDisposable
}

const keyOf = (lease: Pick<Lease, 'workspace' | 'lane'>): string => `${lease.workspace}\n${lease.lane}`

export function createActiveTurns(deps: {
  leases: Leases
  owner: string
  clock: Clock
  log: Logger
}): ActiveTurns {
  const { leases, owner, clock, log } = deps
  const turns = new Map<string, ActiveTurn & { renewedAt: number; lose(reason: AbortReason): void }>()

  const renewOnce = async (): Promise<void> => {
    const held = [...turns.values()]
    if (held.length === 0) return
    const askedAt = clock.monotonic()
    try {
      const renewed = await leases.renew(
        owner,
        held.map((turn) => turn.lease),
        LEASE_MS,
      )
      const kept = new Map(renewed.map((row) => [keyOf(row), row]))
      for (const turn of held) {
        const row = kept.get(keyOf(turn.lease))
        if (!row || row.epoch !== turn.lease.epoch) {
          if (turns.get(keyOf(turn.lease)) === turn) turn.lose('lease-lost')
          continue
        }
        turn.renewedAt = askedAt
        for (const signal of row.signals) turn.signalled(signal)
      }
    } catch (error) {
      log.warn({ reason: (error as Error).message, turns: held.length }, 'leases could not be renewed')
    }
    for (const turn of held) turn.isHeld()
  }

  return {
    add(lease, startedAt, isVisible) {
      const lost = new AbortController()
      let run = new AbortController()
      let isTakenOver = false
      const turn = {
        lease,
        renewedAt: startedAt,
        get isTakenOver() {
          return isTakenOver
        },
        lost: lost.signal,
        abort: (reason: AbortReason) => run.abort(reason),
        lose(reason: AbortReason) {
          lost.abort(reason)
          run.abort(reason)
        },
        nextRun() {
          run = new AbortController()
          if (lost.signal.aborted) run.abort(lost.signal.reason)
          else if (isTakenOver) run.abort('taken-over')
          return run.signal
        },
        isHeld() {
          if (clock.monotonic() - turn.renewedAt > TRUSTED_MS) turn.lose('lease-lost')
          return !lost.signal.aborted
        },
        isInterrupted: () => isTakenOver || (run.signal.aborted && run.signal.reason === 'restart'),
        signalled(signal: string) {
          if (signal === 'stop') run.abort('stop')
          else if (signal === 'take-over') {
            isTakenOver = true
            run.abort('taken-over')
          } else if (signal === 'lost-lock') return
          else if (signal === 'more') {
            // Before the first visible word both are answered together; after it, the next turn answers.
            if (!isVisible()) run.abort('restart')
          } else run.abort('restart')
        },
      }
      turns.set(keyOf(lease), turn)
      return turn
    },
    remove(turn) {
      if (turns.get(keyOf(turn.lease)) === turn) turns.delete(keyOf(turn.lease))
    },
    has: (workspace, lane) => turns.has(keyOf({ workspace, lane })),
    signalled(workspace, lane, signal) {
      turns.get(keyOf({ workspace, lane }))?.signalled(signal)
    },
    renewOnce,
    abortAll(reason) {
      for (const turn of turns.values()) turn.lose(reason)
    },
    get size() {
      return turns.size
    },
    start() {
      let isStopped = false
      let running: Promise<void> = Promise.resolve()
      let cancel = (): void => undefined
      const tick = (): void => {
        running = renewOnce().finally(() => {
          if (!isStopped) cancel = clock.after(RENEW_EVERY_MS, tick)
        })
      }
      cancel = clock.after(RENEW_EVERY_MS, tick)
      return {
        async [Symbol.asyncDispose]() {
          isStopped = true
          cancel()
          await running
        },
      }
    },
  }
}
