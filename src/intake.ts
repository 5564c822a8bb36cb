// From an adapter's event to a committed row: route decides, one statement commits, then — and only then — the wake-up
// is added. What the adapter must do at once (acknowledge, show a form, react) comes back as a receipt.
import type { Deliver } from './core/adapter.ts'
import type { Clock } from './core/clock.ts'
import type { Form } from './core/content.ts'
import {
  type Decision,
  type Enqueue,
  type FormSubject,
  IGNORED,
  type QueueName,
  type Receipt,
  type RefusedPress,
  type Signal,
} from './core/decision.ts'
import type { Lang } from './core/error.ts'
import type { Inbound } from './core/inbound.ts'
import type { Logger } from './core/logger.ts'
import type { Metrics } from './core/metrics.ts'
import { idIn } from './core/staff-words.ts'
import { words } from './core/wording.ts'
import type { WakeUp } from './queue/model.ts'
import type { Inbox, Received } from './store/model.ts'

/** Events of one message may pass each other by this much. */
const AHEAD_MS = 60_000

export interface IntakeDeps {
  inbox: Inbox
  route(inbound: Inbound): Decision
  wake(queue: QueueName, job: WakeUp, priority: number): Promise<void>
  /** What waited for an earlier message of the channel goes on, if it is its turn. */
  letNext(workspace: string, channel: string): Promise<void>
  clock: Clock
  log: Logger
  metrics: Metrics
  /** The language of a person's question, for the status line. */
  langOf(text: string, locale: string | null): 'ko' | 'en'
  /** A form with what is kept in it, or why this person gets none. */
  formOf(subject: FormSubject, by: FormAsker, lang: Lang): Promise<Form | NoForm>
}

/** Why somebody gets no form. `isRefused`: it is for staff, and they are none. */
export interface NoForm {
  refusal: string
  isRefused?: true
}

/** Who wants a form, and where. */
export type FormAsker = Pick<Written, 'workspace' | 'audience' | 'place' | 'author'>

/** What somebody wrote or pressed. */
type Written = Extract<Inbound, { author: unknown; source: string }>

export function createIntake(deps: IntakeDeps): Deliver {
  const { inbox, clock, log, metrics } = deps

  /** The row is committed: a wake-up that fails, or a crash before it, is made good by the sweeper. */
  const wake = (what: Enqueue, received: Received, workspace: string, source: string): void => {
    const { lane, priority, ahead } = received
    const add = (): void => {
      deps.wake(what.queue, { workspace, lane }, priority).then(
        () => log.debug({ workspace, lane, source, ahead }, 'queued'),
        (error: Error) => {
          metrics.count('wake_failures_total', { queue: what.queue })
          log.warn({ workspace, lane, reason: error.message }, 'wake-up failed; the sweeper adds it')
        },
      )
    }
    if (what.quietMs > 0) clock.after(what.quietMs, add)
    else add()
  }

  const enqueue = async (inbound: Inbound, what: Enqueue): Promise<Receipt> => {
    if (!('author' in inbound) || !('source' in inbound)) return IGNORED
    const started = clock.monotonic()
    const { workspace, audience, author } = inbound
    const source = what.once ?? inbound.source
    const received = await inbox.receive({ workspace, audience, source, author }, what)
    if (!received) return IGNORED
    const ms = clock.monotonic() - started
    metrics.time('intake_commit_seconds', ms / 1000, { queue: what.queue })
    const queue = received.isRelayed ? 'relay' : what.queue
    if (received.state === 'pending' && !received.isKnown)
      wake({ ...what, queue }, received, workspace, inbound.source)
    if (received.isNew) {
      metrics.count('inbound_total', {
        platform: what.place.platform,
        kind: what.kind,
        state: received.state,
      })
      log.info(
        {
          workspace,
          lane: received.lane,
          source: inbound.source,
          kind: what.kind,
          outcome: received.state,
          ms: Math.round(ms * 10) / 10,
        },
        'received',
      )
    }
    if (!received.isNew && what.once && what.kind === 'person')
      return alreadyAsked(deps.langOf(what.text, inbound.author.locale))
    if (received.state === 'refused') return refused(received, deps.langOf(what.text, inbound.author.locale))
    // What joins an earlier message is answered there, and that has its status already.
    const isAnswer =
      !received.isRelayed &&
      received.lane === what.lane &&
      received.isNew &&
      received.state === 'pending' &&
      what.kind === 'answer'
    const status = isAnswer
      ? { place: what.place, text: words(deps.langOf(what.text, inbound.author.locale)).writing }
      : undefined
    return { ack: what.ack, status }
  }

  /** Null unless a person has the conversation. */
  const relayed = async (inbound: Inbound, what: Enqueue): Promise<Received | null> => {
    if (!('author' in inbound) || !('source' in inbound)) return null
    const { workspace, audience, author, source } = inbound
    const received = await inbox.receive({ workspace, audience, source, author }, what)
    if (received?.state === 'pending' && !received.isKnown)
      wake({ ...what, queue: 'relay' }, received, workspace, source)
    return received
  }

  const signal = async (what: Signal, inbound: Inbound, otherwise?: Enqueue): Promise<Receipt> => {
    if (what.kind === 'edit') {
      // Only a message that may still be on its way is kept by its edit; others' old messages are none of ours.
      const mayBeAhead = clock.now() - what.writtenAt < AHEAD_MS
      const { workspace, audience, source, text } = what
      const again = await inbox.edit(workspace, audience, source, text, mayBeAhead)
      for (const { lane, queue } of again)
        await deps.wake(queue, { workspace, lane }, 1).catch(() => undefined)
    }
    if (what.kind === 'delete') {
      const channel = await inbox.remove(what.workspace, what.audience, what.source)
      if (channel !== null) await deps.letNext(what.workspace, channel)
    }
    if (what.kind === 'stop') {
      const isAdmin = 'author' in inbound && inbound.author.isAdmin
      const { lane, turn, author, place } = what
      const isStopped = await inbox.stop(what.workspace, { lane, turn, author, isAdmin, place })
      if (!isStopped && otherwise) return enqueue(inbound, otherwise)
      if (!isStopped && inbound.type === 'action') return notStopped(deps.langOf('', inbound.author.locale))
    }
    metrics.count('signals_total', { kind: what.kind })
    return { ack: 'update' }
  }

  /** By ids, without a word of theirs. */
  const notStaff = (inbound: Inbound, pressed: RefusedPress): void => {
    const by = 'author' in inbound ? inbound.author.id : ''
    metrics.count('ignored_total', { reason: 'not-staff' })
    log.warn({ workspace: inbound.workspace, by, ...pressed }, 'refused to somebody who is not of the staff')
  }

  const formOf = async (subject: FormSubject, inbound: Inbound, lang: Lang): Promise<Receipt> => {
    if (!('author' in inbound) || !('source' in inbound)) return IGNORED
    const form = await deps.formOf(subject, inbound, lang)
    if (!('refusal' in form)) return { ack: 'none', form }
    if (form.isRefused) notStaff(inbound, { action: subject.what, verb: 'edit', of: idIn(subject.id) })
    return { ack: 'none', reply: { content: { text: form.refusal, lang }, isPrivate: true } }
  }

  return async (inbound) => {
    const decision = deps.route(inbound)
    switch (decision.type) {
      case 'ignore':
        if (decision.refused) notStaff(inbound, decision.refused)
        metrics.count('ignored_total', { reason: decision.reason })
        log.debug({ workspace: inbound.workspace, reason: decision.reason }, 'ignored')
        return IGNORED
      case 'react': {
        if ((await relayed(inbound, decision.relay)) !== null) return IGNORED
        const isOurs =
          !decision.onlyIf ||
          !('author' in inbound) ||
          (await inbox.isOurs(inbound.workspace, decision.lane, inbound.author.id, decision.replyTo ?? null))
        return isOurs ? { ack: 'none', react: decision.emoji } : IGNORED
      }
      case 'reply':
        if (decision.refused) notStaff(inbound, decision.refused)
        return { ack: 'none', reply: { content: decision.content, isPrivate: decision.isPrivate } }
      case 'form':
        return { ack: 'none', form: decision.form }
      case 'form-of':
        return formOf(decision.subject, inbound, decision.lang)
      case 'signal':
        // Where a person has the conversation, "cancel" is a word to them.
        if (decision.relay && (await relayed(inbound, decision.relay)) !== null) return IGNORED
        return signal(decision.signal, inbound, decision.otherwise)
      case 'enqueue':
        if (decision.relay && (await relayed(inbound, decision.relay)) !== null) return IGNORED
        return enqueue(inbound, decision)
    }
  }
}

/** A button that counts once was pressed again. */
function alreadyAsked(lang: 'ko' | 'en'): Receipt {
  return { ack: 'none', reply: { content: { text: words(lang).alreadyAsked, lang }, isPrivate: true } }
}

/** A pressed Stop that did nothing says why. */
function notStopped(lang: 'ko' | 'en'): Receipt {
  return { ack: 'none', reply: { content: { text: words(lang).notStopped, lang }, isPrivate: true } }
}

/** Too many wait already: said once a minute, to that person only. */
function refused(received: Received, lang: 'ko' | 'en'): Receipt {
  if (!received.isNew || received.isTold) return IGNORED
  return { ack: 'none', reply: { content: { text: words(lang).tooMany, lang }, isPrivate: true } }
}
