// One wake-up: claim the lane, run the turn's handler, and carry out what its end or its failure means. The only
// try/catch around handlers is here.
import type { Clock } from '../src/core/clock.ts'
import type { QueueName } from '../src/core/decision.ts'
import { isBotError } from '../src/core/error.ts'
import type { Platform } from '../src/core/inbound.ts'
import type { Logger } from '../src/core/logger.ts'
import type { Metrics } from '../src/core/metrics.ts'
import type { Outbound } from '../src/core/outbound.ts'
import type { Settings } from '../src/core/settings.ts'
import type { AbortReason, Handler, Outcome, Written } from '../src/core/turn.ts'
import type { Verdict, WakeUp } from '../src/queue/model.ts'
import type { ClaimedTurn, People, Posts, TurnResult, Turns } from '../src/store/model.ts'
import { shortCode } from '../src/text/duration.ts'
import { type ActiveTurn, type ActiveTurns, LEASE_MS } from './active.ts'
import { timesOf, toAnswered } from './answered.ts'
import { type Owed, owedOf, settle, toOwed } from './apology.ts'
import { isDatabaseAway, planFailure } from './failure.ts'
import { createPoster, type TurnPoster } from './poster.ts'
import { toTurn } from './turn.ts'
import { toFacts, writtenOf } from './written.ts'

/** A turn that has taken its worker down this often is given up with an apology. */
const MAX_CRASHES = 5
const STILL_BUSY_MS = 250

export interface RunDeps {
  turns: Turns
  posts: Posts
  people: People
  active: ActiveTurns
  owner: string
  /** Turns of chats at once, in all processes together. Absent: the queue keeps to it, whatever happens. */
  mostChats?: number
  handlers: Readonly<Record<string, Handler>>
  outbounds: Readonly<Partial<Record<Platform, Outbound>>>
  settingsOf(workspace: string, channel: string): Settings
  /** Wakes the lane again when more has come in meanwhile. */
  wake(turn: ClaimedTurn): Promise<void>
  /** All of its messages were deleted: what a feature keeps of them goes. */
  withdrawn?(turn: ClaimedTurn): Promise<void>
  /** What has waited for this one to end goes on. */
  letNext(turn: ClaimedTurn): Promise<void>
  clock: Clock
  log: Logger
  metrics: Metrics
  random(): number
}

type Work = {
  turn: ClaimedTurn
  active: ActiveTurn
  poster: TurnPoster
  log: Logger
  /** What this run has written, with nothing but posting left. */
  written?: Written | null
}

export function createRunner(deps: RunDeps): (queue: QueueName, job: WakeUp) => Promise<Verdict> {
  /** Waits in a row of the whole process while the model or platform was away. */
  let waits = 0

  const run = async (queue: QueueName, job: WakeUp): Promise<Verdict> => {
    // Another run of the lane is still letting go.
    if (deps.active.has(job.workspace, job.lane)) return { type: 'later', ms: STILL_BUSY_MS }
    const startedAt = deps.clock.monotonic()
    const options = queue === 'chat' && deps.mostChats ? { mostRunning: deps.mostChats } : {}
    const claim = await deps.turns.claim(job.workspace, job.lane, deps.owner, LEASE_MS, options)
    if ('ms' in claim) return { type: 'later', ms: Math.max(20, claim.ms) }
    if (!('turn' in claim)) return { type: 'done' }
    const { turn } = claim
    if (turn.queue !== queue) return passOn(turn)
    const outbound = deps.outbounds[turn.place.platform]
    const log = deps.log.child({
      turn: turn.id,
      workspace: turn.lease.workspace,
      lane: turn.lease.lane,
      kind: turn.kind,
    })
    if (!outbound) return giveBack(turn, log)
    log.debug({ sources: sourcesOf(turn), attempt: turn.attempts + 1 }, 'turn started')
    let poster: TurnPoster | null = null
    const active = deps.active.add(turn.lease, startedAt, () => poster?.isVisible ?? turn.isVisible)
    poster = createPoster(turn, {
      posts: deps.posts,
      outbound,
      lease: active.lost,
      isHeld: active.isHeld,
      interrupt(signals) {
        for (const signal of signals) active.signalled(signal)
        return active.isInterrupted()
      },
    })
    try {
      const verdict = await work({ turn, active, poster, log })
      // What is taken away later says nothing about how long an answer took.
      if (turn.messages.length > 0)
        deps.metrics.time('turn_seconds', (deps.clock.now() - turn.createdAt) / 1000, { kind: turn.kind })
      return verdict
    } finally {
      await poster.settle()
      deps.active.remove(active)
    }
  }

  /** The lane's next turn needs another resource than this job stands for, e.g. the model. */
  const passOn = async (turn: ClaimedTurn): Promise<Verdict> => {
    await deps.turns.finish(turn.id, turn.lease, { state: 'pending' })
    await deps.wake(turn)
    return { type: 'done' }
  }

  /** A platform that this process does not serve (no token): another worker may. */
  const giveBack = async (turn: ClaimedTurn, log: Logger): Promise<Verdict> => {
    log.warn({ platform: turn.place.platform }, 'no token for this platform here')
    await deps.turns.finish(turn.id, turn.lease, { state: 'pending', notBeforeMs: 5_000 })
    return { type: 'later', ms: 5_000 }
  }

  const work = async (started: Work): Promise<Verdict> => {
    let { turn } = started
    const { active, poster, log } = started
    for (;;) {
      const signal = active.nextRun()
      if (turn.isStopped) active.signalled('stop')
      const handler = deps.handlers[turn.kind]
      let written = writtenOf(turn)
      try {
        if (turn.messages.length === 0) return await vanish({ ...started, turn })
        const owed = owedOf(turn)
        if (owed) return await settleUp({ ...started, turn }, owed)
        if (turn.crashes - turn.survived >= MAX_CRASHES) return await giveUp({ ...started, turn }, null, true)
        if (!handler) throw new Error(`no handler for turns of kind ${turn.kind}`)
        const outcome = await handler({
          turn: toTurn(turn, deps.settingsOf),
          post: poster,
          signal,
          written,
          keep(text) {
            written = text
          },
          claimNotice: () => deps.turns.claimNotice(turn.id, turn.lease),
          log,
          clock: deps.clock,
        })
        waits = 0
        if (outcome.type === 'dropped' && active.isTakenOver) return await takeOver({ ...started, turn })
        return await succeed({ ...started, turn }, outcome, signal.reason as AbortReason | undefined)
      } catch (error) {
        const reason = signal.aborted ? (signal.reason as AbortReason) : null
        // A call that is on its way must not come after those of the attempt that follows.
        if (reason !== 'restart') await poster.settle()
        if (reason === 'lease-lost' || active.lost.aborted) return await letGo(turn, poster)
        if (isDatabaseAway(error)) throw error
        if (active.isTakenOver) return await takeOver({ ...started, turn })
        if (reason === 'restart') {
          const again = await deps.turns.refresh(turn.lease, LEASE_MS)
          if (!again) return { type: 'done' }
          if (again.kind !== turn.kind) return await takeOver({ ...started, turn })
          log.debug({ sources: sourcesOf(again) }, 'turn begins again')
          poster.refresh(again)
          turn = again
          continue
        }
        return await fail({ ...started, turn, written }, error)
      }
    }
  }

  /** The process ends, or was too slow to keep its lease: the turn goes back as it was, unless another has it by now. */
  const letGo = async (turn: ClaimedTurn, poster: TurnPoster): Promise<Verdict> => {
    // No attempt is spent, and what a call has made whose answer was lost is in no record yet.
    if (poster.hasBegun) await deps.posts.doubted(turn.id, turn.lease)
    const isOurs = (await deps.turns.finish(turn.id, turn.lease, { state: 'pending' })) !== null
    return isOurs ? { type: 'later', ms: 0 } : overtaken(turn)
  }

  /** Nothing more is said: the turn hands the question on, and takes away first what was shown of an answer. */
  const takeOver = async ({ turn, active, poster, log }: Work): Promise<Verdict> => {
    await poster.settle()
    await poster.outbound.status(turn.place, null)
    const again = await deps.turns.refresh(turn.lease, LEASE_MS)
    if (!again) return overtaken(turn)
    log.info({ outcome: 'taken-over' }, 'a person has the conversation')
    deps.metrics.count('turns_total', { kind: turn.kind, outcome: 'taken-over' })
    deps.active.remove(active)
    return passOn(again)
  }

  const overtaken = async (turn: ClaimedTurn): Promise<Verdict> => {
    await deps.turns.survived(turn.id)
    return { type: 'done' }
  }

  const end = async (work: Work, result: TurnResult, fields: object): Promise<Verdict> => {
    // The status line goes with the next message, but an answer that went into an older post brought none.
    const { turn, poster, log } = work
    const isBegunBefore = turn.isVisible || turn.attempts > 0 || turn.crashes > 0
    if (turn.queue === 'chat' && isBegunBefore) await poster.outbound.status(turn.place, null)
    const waiting = await deps.turns.finish(turn.id, turn.lease, result)
    if (waiting === null) {
      log.warn({}, 'lane was taken over; result dropped')
      return overtaken(turn)
    }
    deps.metrics.count('turns_total', { kind: turn.kind, outcome: result.state })
    log.info({ ms: deps.clock.now() - turn.createdAt, outcome: result.state, ...fields }, 'turn ended')
    if (waiting > 0) await deps.wake(turn)
    else await deps.letNext(turn)
    return { type: 'done' }
  }

  /** Another queue has the rest of the work. What is held is woken by whoever ends before it. */
  const goOn = async (
    { turn, active, poster, log }: Work,
    { queue, isHeld, facts }: Extract<Outcome, { type: 'goes-on' }>,
  ): Promise<Verdict> => {
    await poster.settle()
    if (poster.hasBegun) await deps.posts.doubted(turn.id, turn.lease)
    const result: TurnResult = { state: isHeld ? 'held' : 'pending', queue, facts }
    const waiting = await deps.turns.finish(turn.id, turn.lease, result)
    if (waiting === null) return overtaken(turn)
    log.debug({ queue, isHeld }, 'turn goes on')
    // Or the next run would find it still being let go.
    deps.active.remove(active)
    if (!isHeld) await deps.wake({ ...turn, queue })
    else if (waiting > 0) await deps.wake(turn)
    else await deps.letNext(turn)
    return { type: 'done' }
  }

  const succeed = (work: Work, outcome: Outcome, reason: AbortReason | undefined): Promise<Verdict> => {
    if (outcome.type === 'goes-on') return goOn(work, outcome)
    if (outcome.type === 'dropped') return end(work, { state: 'gone' }, {})
    if (outcome.type === 'done')
      return end(work, { state: 'done', ...(outcome.facts ? { facts: outcome.facts } : {}) }, {})
    const result = toAnswered(outcome, reason)
    for (const [name, seconds] of timesOf(result)) deps.metrics.time(name, seconds)
    return end(work, result, result.facts)
  }

  /** Every message of the turn was deleted: what was shown goes too. */
  const vanish = async (work: Work): Promise<Verdict> => {
    await Promise.all([work.poster.discardAll(), deps.withdrawn?.(work.turn)])
    return end(work, { state: 'gone' }, {})
  }

  const fail = async (work: Work, error: unknown): Promise<Verdict> => {
    const { turn, log } = work
    const plan = planFailure(error, turn.attempts, waits, deps.random())
    const code = isBotError(error) ? error.code : 'bug'
    const fields = { code, hint: isBotError(error) ? error.hint : undefined, attempt: turn.attempts + 1 }
    if (isBotError(error)) log.warn(fields, 'turn failed')
    else log.error({ ...fields, error }, 'turn failed on a bug')
    deps.metrics.count('turn_failures_total', { kind: turn.kind, code })
    if (plan.type === 'fenced') return overtaken(turn)
    if (plan.type === 'give-up') return giveUp(work, error, plan.apologise)
    const attempts = plan.type === 'retry' ? turn.attempts + 1 : turn.attempts
    // Without an attempt spent, the next one would take itself for the first and post again what may be there.
    if (plan.type === 'wait' && (code.startsWith('platform-') || work.poster.isVisible))
      await deps.posts.doubted(turn.id, turn.lease)
    const facts = toFacts(turn, code.startsWith('platform-') ? (work.written ?? null) : null)
    await deps.turns.finish(turn.id, turn.lease, { state: 'pending', attempts, notBeforeMs: plan.ms, facts })
    if (plan.type === 'wait' && plan.pausesQueue) {
      waits += 1
      return { type: 'pause', ms: plan.ms }
    }
    return { type: 'later', ms: plan.ms }
  }

  const giveUp = (work: Work, error: unknown, toAsker: boolean): Promise<Verdict> =>
    settleUp(work, toOwed(work.turn, error, { code: shortCode(deps.random), toAsker, now: deps.clock.now() }))

  /** The end of the road: the person is told with a short code, the operator finds the turn by it. */
  const settleUp = async (work: Work, owed: Owed): Promise<Verdict> => {
    const { turn, poster, log } = work
    const settings = deps.settingsOf(turn.lease.workspace, turn.place.channel)
    const times = { now: deps.clock.now(), random: deps.random() }
    const { result, isOver } = await settle({ turn, poster, log, settings }, owed, times)
    if (work.active.isTakenOver) return takeOver(work)
    if (isOver) return end(work, result, { code: owed.code, errorCode: owed.errorCode })
    if (poster.hasBegun) await deps.posts.doubted(turn.id, turn.lease)
    await deps.turns.finish(turn.id, turn.lease, result)
    return { type: 'later', ms: result.notBeforeMs ?? 0 }
  }

  return async (queue, job) => {
    try {
      return await run(queue, job)
    } catch (error) {
      if (!isDatabaseAway(error)) throw error
      // The turn is found again as soon as its lease has ended.
      deps.log.warn({ ...job, reason: String(error.cause) }, 'the database is away')
      return { type: 'later', ms: 1_000 + deps.random() * 1_000 }
    }
  }
}

function sourcesOf({ messages }: ClaimedTurn): string[] {
  return messages.map(({ source }) => source)
}
