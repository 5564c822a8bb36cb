// What workers do, by kind of turn, with the features that each needs. Handlers know nothing of each other.
import { createAnswer } from '../workers/answer.ts'
import { createFeedback, createReason } from '../workers/feedback.ts'
import { createForget } from '../workers/forget.ts'
import type { Checks } from '../workers/knowledge/checked.ts'
import { createDecide } from '../workers/knowledge/decide.ts'
import { createDraft } from '../workers/knowledge/draft.ts'
import { createGrounding } from '../workers/knowledge/grounding.ts'
import { createPassageTranslation, createTranslateLater } from '../workers/knowledge/passage-translation.ts'
import { createSetRight } from '../workers/knowledge/set-right.ts'
import { createUnderstand } from '../workers/knowledge/understand.ts'
import { say } from '../workers/say.ts'
import { createSettings } from '../workers/settings.ts'
import { repeat } from '../workers/sweeper.ts'
import { createWelcome } from '../workers/welcome.ts'
import type { Config } from './config.ts'
import type { Reads } from './core/answers.ts'
import type { Clock } from './core/clock.ts'
import type { Logger } from './core/logger.ts'
import type { Metrics } from './core/metrics.ts'
import type { Handler } from './core/turn.ts'
import { createDesk, type Desk } from './desk.ts'
import { openEmbedding } from './embedding.ts'
import { createEnqueue } from './enqueue.ts'
import { createForgetting } from './forgetting.ts'
import { openImporting } from './importing.ts'
import { checkCitations } from './knowledge/citations.ts'
import { createKnowledge } from './knowledge/index.ts'
import { createRetriever } from './knowledge/retriever.ts'
import type { Model } from './llm/model.ts'
import type { Platforms } from './platforms.ts'
import { createProposing } from './proposing.ts'
import type { Queue } from './queue/queue.ts'
import { createRetention } from './retention.ts'
import { searchHelp } from './search-help.ts'
import { watchStaffChannels, withStaff } from './staff.ts'
import { createStaffHelp, onDownOf } from './staff-help.ts'
import type { Store } from './store/store.ts'
import { keepHosts, keepHostsGrowing } from './text/links.ts'
import { maskForGood } from './text/masking.ts'
import { maskPersonal } from './text/personal.ts'
import { createTranslating } from './translating.ts'
import { openTranslatingAhead } from './translating-ahead.ts'
import { openWeekly } from './weekly.ts'

export interface HandlerParts {
  config: Config
  store: Store
  queue: Pick<Queue, 'wake'>
  model: Model
  platforms: Platforms
  metrics: Metrics
  /** Of leases: this process. */
  owner: string
  clock: Clock
  log: Logger
}

export interface Handlers extends AsyncDisposable {
  handlers: Record<string, Handler>
  withdrawn: Desk['withdrawn']
}

export async function openHandlers(parts: HandlerParts): Promise<Handlers> {
  const { config, store, queue, model, platforms, metrics, clock, log } = parts
  const botName = (): string => config.BOT_NAME
  await using opening = new AsyncDisposableStack()
  const maxFileBytes = config.KB_MAX_FILE_MB * 1024 * 1024
  const knowledge = opening.use(createKnowledge({ db: store.db, log, maxFileBytes }))
  const help = searchHelp(config, store.db)
  const finder = opening.use(
    await createRetriever({ ...knowledge, ...help, forServers: maskedIn(store), clock, log, metrics }),
  )
  if (finder.meaning) opening.use(openEmbedding({ ...parts, meaning: finder.meaning, leases: store.leases }))
  if (config.KB_TRANSLATE_AHEAD === 'on')
    opening.use(
      openTranslatingAhead({
        ...{ ...parts, passages: knowledge.documents },
        ...{ leases: store.leases, isQuiet: store.sweep.isQuiet },
      }),
    )
  const ground = createGrounding({
    ...{ finder, understand: createUnderstand(model) },
    outboundOf: ({ platform }) => platforms.outbounds[platform] ?? null,
  })
  const answers = withStaff(parts)
  const translating = createTranslating({ model, answers, people: store.people, db: store.db })
  const { translate, correct } = translating
  opening.use(watchStaffChannels(parts))
  const reads: Reads = async (workspace, audience, sources) => {
    for (const source of sources) {
      const again = await store.inbox.edit(workspace, audience, source, '', false)
      for (const { lane, queue: name } of again) await queue.wake(name, { workspace, lane })
    }
  }
  const desk = createDesk({ store, queue, model, platforms, translate, correct, reads, clock })
  const checks: Checks = { checkCitations, ...keeping(config.LINK_HOSTS) }
  const answer = createAnswer({
    model,
    handOver: desk.handOver,
    knowledge: {
      ...{ ground, ...checks },
      translateLater: createTranslateLater(createEnqueue(store, queue), model),
      patienceMs: config.QUOTES_AFTER_SECONDS * 1_000,
    },
    botName,
    retentionDays: config.RETENTION_DAYS,
  })
  const wake = (workspace: string, lane: string): Promise<void> => queue.wake('relay', { workspace, lane })
  const weekly = opening.use(openWeekly({ config, store, queue, clock, log }))
  const importing = opening.use(openImporting({ ...parts, knowledge, maxFileBytes }))
  const proposing = createProposing({
    ...parts,
    answers,
    knowledge,
    collection: config.KB_ANSWERS_COLLECTION,
  })
  const { propose, retract } = proposing
  opening.use(repeat(clock, 2_000, () => desk.ring(), log, 'timers'))
  const kept = createRetention(store.settings, config.RETENTION_DAYS)
  opening.use(repeat(clock, 600_000, kept(desk.purge), log, 'retention of cases'))
  opening.use(repeat(clock, 600_000, kept(translating.purge), log, 'retention of translations'))
  opening.use(repeat(clock, 600_000, kept(proposing.purge), log, 'retention of proposals'))
  const opened = opening.move()
  return {
    handlers: {
      answer,
      draft: createDraft({ answer, linkTo: platforms.linkTo, propose }),
      'draft-decision': createDecide({ answers, wake }),
      'passage-translation': createPassageTranslation({ passages: knowledge.documents, model }),
      'answer-decision': createSetRight({ answers, propose, retract, reads }),
      ...proposing.handlers,
      ...translating.handlers,
      say,
      forget: createForget({ forget: createForgetting({ db: store.db, store, wake }) }),
      feedback: createFeedback({
        ...{ people: store.people, posts: store.posts },
        onDown: onDownOf({ store, desk: desk.deps, handOver: desk.handOver }),
      }),
      'reason-decision': createReason({ people: store.people, mask: maskPersonal }),
      ...desk.handlers,
      ...createStaffHelp({
        ...{ store, model, desk: desk.deps, ground, checks, translate },
        collection: config.KB_ANSWERS_COLLECTION,
      }),
      settings: createSettings({ set: store.settings.set }),
      import: importing.handler,
      weekly: weekly.handler,
      welcome: createWelcome({ botName, isFirst: store.leases.isFirst }),
    },
    withdrawn: desk.withdrawn,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** A question as servers other than the language model get to see it. */
function maskedIn({ settings }: Pick<Store, 'settings'>) {
  return (question: string, workspace: string): string =>
    settings.isMasked(workspace) ? maskForGood(question, 'ko') : question
}

/** Answers may lead to their sources' hosts, and to those that the operator named. */
function keeping(named: readonly string[]): Pick<Checks, 'keepHosts' | 'keepHostsGrowing'> {
  return {
    keepHosts: (text, hosts) => keepHosts(text, [...hosts, ...named]),
    keepHostsGrowing: (hosts) => keepHostsGrowing([...hosts, ...named]),
  }
}
