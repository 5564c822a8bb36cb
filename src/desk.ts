// The people's desk while the bot runs: what workers do with cases, put together with where they are kept.
import { type AbuseDeps, createScreen } from '../workers/desk/abuse.ts'
import type { DeskDeps } from '../workers/desk/desk.ts'
import { createMyZone } from '../workers/desk/my-zone.ts'
import { createPerson } from '../workers/desk/person.ts'
import { createRelay } from '../workers/desk/relay.ts'
import { createOriginal, createRelayDecision } from '../workers/desk/relay-decision.ts'
import { createRelayReaction } from '../workers/desk/relay-reaction.ts'
import { createRelayAgain, type RelayDeps } from '../workers/desk/relay-translation.ts'
import { createTicketCard, createTicketRefresh } from '../workers/desk/ticket-card.ts'
import { createTicketCommand } from '../workers/desk/ticket-command.ts'
import { createRating, createTicketDecision } from '../workers/desk/ticket-decision.ts'
import { createTicketSummary } from '../workers/desk/ticket-summary.ts'
import { createTicketTimer } from '../workers/desk/ticket-timer.ts'
import type { Reads } from './core/answers.ts'
import type { Clock } from './core/clock.ts'
import type { HandOverReason } from './core/decision.ts'
import type { Handler, Turn } from './core/turn.ts'
import { createAbuses } from './desk/abuses.ts'
import { createConversation } from './desk/conversation.ts'
import { createTickets } from './desk/tickets.ts'
import { createTimes, rulesFrom } from './desk/times.ts'
import { createEnqueue } from './enqueue.ts'
import type { Model } from './llm/model.ts'
import type { Platforms } from './platforms.ts'
import type { Queue } from './queue/queue.ts'
import { withStaff } from './staff.ts'
import type { Store } from './store/store.ts'
import type { Correct, Translate } from './translation/model.ts'

export interface DeskParts {
  store: Pick<Store, 'db' | 'inbox' | 'answers' | 'people' | 'settings'>
  queue: Pick<Queue, 'wake'>
  model: Model
  platforms: Pick<Platforms, 'linkTo' | 'outbounds'>
  clock: Clock
  translate: Translate
  correct: Correct
  reads: Reads
}

export interface Desk {
  /** What else works with cases needs. */
  deps: DeskDeps
  handlers: Record<
    | 'person'
    | 'my-zone'
    | 'relay'
    | 'relay-again'
    | 'relay-decision'
    | 'original'
    | 'reaction'
    | 'ticket'
    | 'ticket-refresh'
    | 'ticket-decision'
    | 'ticket-summary'
    | 'ticket-timer'
    | 'ticket-command'
    | 'rating-decision',
    Handler
  >
  /** As if the person whose turn it is had asked for one; `once`: not again for the same, by default for the turn. */
  handOver(turn: Turn, reason: HandOverReason, once?: string): Promise<void>
  /** Its messages were deleted, and with them a note that they were. */
  withdrawn(turn: { id: string }): Promise<void>
  /** Orders what has come due; once however often, or by however many processes, it is looked at. Returns how many. */
  ring(): Promise<number>
  /** Cases are kept no longer than messages, once they have ended. */
  purge(retentionDays: number, workspace: string | null): Promise<number>
}

const PURGED_AT_ONCE = 1_000

const RUNG_AT_ONCE = 200

export function createDesk(parts: DeskParts): Desk {
  const { store, queue, model, platforms, translate, correct, reads, clock } = parts
  const answers = withStaff({ store, platforms, clock })
  const { people } = store
  const now = (): Date => new Date(clock.now())
  const rulesOf = (workspace: string) => rulesFrom(store.settings.of(workspace, ''))
  const tickets = createTickets(store.db, { rulesOf, now })
  const deps: DeskDeps = {
    tickets,
    answers,
    enqueue: createEnqueue(store, queue),
    wake: (workspace, lane) => queue.wake('relay', { workspace, lane }),
    linkTo: platforms.linkTo,
    times: createTimes(rulesOf),
    clock,
    settingsOf: store.settings.of,
  }
  const conversation = createConversation(store.db)
  const abuse: AbuseDeps = { ...deps, record: createAbuses(store.db) }
  const isRehearsal = (): boolean => model.profile.rehearsal
  const relay: RelayDeps = {
    ...{ ...deps, answers, people, conversation, translate, correct, reads, isRehearsal },
    readSettings: store.settings.refresh,
    screen: createScreen(abuse),
  }
  return {
    deps,
    handlers: {
      person: createPerson({ ...deps, people }),
      'my-zone': createMyZone({ tickets, people }),
      relay: createRelay(relay),
      'relay-again': createRelayAgain(relay),
      'relay-decision': createRelayDecision(relay),
      original: createOriginal(relay),
      reaction: createRelayReaction(store),
      ticket: createTicketCard({ ...deps, ...abuse }),
      'ticket-refresh': createTicketRefresh(deps),
      'ticket-decision': createTicketDecision(deps),
      'ticket-summary': createTicketSummary({ ...deps, conversation }, model),
      'ticket-timer': createTicketTimer(deps),
      'ticket-command': createTicketCommand({ ...deps, people }),
      'rating-decision': createRating(deps),
    },
    async handOver({ id, workspace, audience, lane, place, author, messages }, reason, once = id) {
      await deps.enqueue({
        ...{ workspace, lane, place, source: `handover:${once}`, kind: 'person', queue: 'relay' },
        of: { author: { ...author, locale: author.lang }, audience },
        body: { reason, value: id, room: messages.at(-1)?.body['room'] },
      })
    },
    async withdrawn({ id }) {
      await tickets.unnote(id)
    },
    async ring() {
      const due = await tickets.due(now(), RUNG_AT_ONCE)
      const rung: typeof due = []
      for (const timer of due) {
        const { ticket: id, kind, due: at, workspace, staffPlace } = timer
        // The source names the ring: a crash before the timer is taken away orders it again, and it is known.
        const source = `timer:${id}:${kind}:${at.getTime()}`
        const isOrdered = await deps.enqueue({
          ...{ workspace, source, lane: `ticket:${id}`, kind: 'ticket-timer', queue: 'relay' },
          ...{ place: staffPlace, body: { id, kind, due: at.getTime() } },
        })
        if (isOrdered) rung.push(timer)
      }
      if (rung.length > 0) await tickets.rang(rung)
      return rung.length
    },
    purge: (days, workspace) => tickets.purge(days, PURGED_AT_ONCE, workspace),
  }
}
