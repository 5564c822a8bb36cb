// The composition root: from a configuration to a running app, and back. The only place where the platforms, the store,
// the queue, the model and the workers meet.
import { randomUUID } from 'node:crypto'
import { constants, hostname, setPriority } from 'node:os'
import { COMMANDS } from '../commands/index.ts'
import { type ActiveTurns, createActiveTurns } from '../workers/active.ts'
import { createRunner, type RunDeps } from '../workers/run.ts'
import { repeat, sweepOnce } from '../workers/sweeper.ts'
import { tellWaiting } from '../workers/waiting.ts'
import { createCompleter } from './complete.ts'
import type { Config } from './config.ts'
import type { Deliver, Gateway } from './core/adapter.ts'
import { type Clock, delay } from './core/clock.ts'
import type { QueueName } from './core/decision.ts'
import type { Logger } from './core/logger.ts'
import { route } from './core/route.ts'
import { together } from './core/together.ts'
import { createReplies } from './desk/replies.ts'
import { featureMigrations } from './features.ts'
import { createForms } from './forms.ts'
import { openHandlers } from './handlers.ts'
import { createMetrics } from './http/metrics.ts'
import { type Health, openHttp } from './http/server.ts'
import { createIntake } from './intake.ts'
import { createProposals } from './knowledge/proposals.ts'
import { lightFetch } from './light-fetch.ts'
import { createModel } from './llm/client.ts'
import { createMaskedModel } from './llm/masked.ts'
import type { Model } from './llm/model.ts'
import { createPlacedModel, createPlaces } from './llm/places.ts'
import { openPlatforms, type Platforms } from './platforms.ts'
import type { WakeUp } from './queue/model.ts'
import { openQueue, type Queue, type QueueWorker } from './queue/queue.ts'
import { createRetention, type Purge } from './retention.ts'
import { withStaff } from './staff.ts'
import { openStore, type Store } from './store/store.ts'
import { replyLanguage } from './text/language.ts'
import { maskPersonal } from './text/personal.ts'
import * as turnTaking from './text/turn-taking.ts'

export interface Overrides {
  clock: Clock
  log: Logger
  random?(): number
  /** Puts something between the parts; for tests that prove what each part is there for. */
  decorate?: Decorate
}

export interface Decorate {
  store?(store: Store): Store
  queue?(queue: Queue): Queue
  deliver?(deliver: Deliver): Deliver
}

export interface App extends AsyncDisposable {
  readonly port: number
  ready(): Promise<Health>
}

interface Parts extends Overrides {
  config: Config
  store: Store
  queue: Queue
  model: Model
  platforms: Platforms
  metrics: ReturnType<typeof createMetrics>
  owner: string
}

/** Opens everything in order; a failure closes what is already open. Throws ConfigError and BotErrors. */
export async function createApp(config: Config, overrides: Overrides): Promise<App> {
  await using opening = new AsyncDisposableStack()
  const { clock, log, decorate } = overrides
  const metrics = createMetrics()
  const ownStore = opening.use(
    await openStore({
      url: config.DATABASE_URL ?? null,
      dataDir: config.DATA_DIR,
      log,
      clock,
      rateScale: config.PLATFORM_RATE_SCALE,
      migrations: featureMigrations,
    }),
  )
  const store = decorate?.store?.(ownStore) ?? ownStore
  const connection = config.REDIS_URL ? { redisUrl: config.REDIS_URL } : { pool: store.db.pool }
  const ownQueue = opening.use(await openQueue({ connection, log, prefix: config.QUEUE_PREFIX }))
  const queue = decorate?.queue?.(ownQueue) ?? ownQueue
  const unmasked = createModel({
    baseUrl: config.EXAONE_BASE_URL,
    apiKey: config.EXAONE_API_KEY,
    model: config.EXAONE_MODEL,
    profile: config.EXAONE_PROFILE,
    fetch: lightFetch,
    clock,
  })
  const platforms = await openPlatforms(config, { clock, log, metrics, budget: store.budgets })
  const owner = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`
  const { shared, isAllShared } = slotsOf(config.EXAONE_CONCURRENCY)
  const model = createPlacedModel(
    createMaskedModel(unmasked, store.settings.isMasked),
    createPlaces({ leases: store.leases, count: shared, owner, clock }),
    (priority) => isAllShared || priority > 0,
  )
  const parts: Parts = { ...overrides, config, store, queue, model, platforms, metrics, owner }

  const gateways = config.ROLES.includes('gateway') ? await openGateways(parts) : []
  const ready = (): Promise<Health> => healthOf(parts, gateways)
  opening.use(repeat(clock, 2_000, () => store.settings.refresh(), log, 'settings'))
  opening.use(repeat(clock, 1_000, () => store.sweep.tidy(), log, 'tidy'))
  opening.use(repeat(clock, 1_000, () => store.budgets.refill(), log, 'budgets'))
  // Platforms wait three seconds for an acknowledgement: where a gateway shares the machine, it goes first.
  if (!config.ROLES.includes('gateway')) setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  if (config.ROLES.includes('worker')) opening.use(await startWorkers(parts))
  const http = opening.use(
    await openHttp({
      port: config.PORT,
      mounts: gateways.flatMap((gateway) => gateway.mounts),
      ready,
      metrics: () => metrics.text(),
    }),
  )
  // Last in, first out: intake stops before the workers do.
  for (const gateway of gateways) opening.use(gateway)
  // Side by side: while one platform is away the other is served.
  await Promise.all(gateways.map((gateway) => gateway.start()))
  log.info(
    { port: http.port, roles: config.ROLES, database: store.db.kind, queue: queue.kind, owner },
    'started',
  )
  const opened = opening.move()
  return { port: http.port, ready, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

function openGateways(parts: Parts): Promise<Gateway[]> {
  const { config, store, queue, metrics, clock, log, platforms, owner } = parts
  const deliver = createIntake({
    inbox: store.inbox,
    route: (inbound) =>
      route(inbound, {
        settings: store.settings.of(inbound.workspace, 'place' in inbound ? inbound.place.channel : ''),
        botName: config.BOT_NAME,
        commands: COMMANDS,
        quiet: { ms: config.QUIET_MS },
        text: { ...turnTaking, replyLanguage },
        typed: (command, platform) =>
          platform === 'slack' ? `${config.SLACK_COMMAND} ${command.name}` : `/${command.name}`,
      }),
    wake: (name, job, priority) => queue.wake(name, job, { priority }),
    letNext: (workspace, channel) => letNext(parts, workspace, channel),
    clock,
    log,
    metrics,
    langOf: (text, locale) => replyLanguage({ text, platformLocale: locale ?? undefined }).lang,
    formOf: createForms({
      answers: withStaff({ store, platforms, clock }),
      proposals: createProposals(store.db),
      replies: createReplies(store.db),
      settingsOf: store.settings.of,
      mask: maskPersonal,
    }),
  })
  const complete = createCompleter(COMMANDS, store.settings, clock)
  return platforms.openGateways({
    deliver: parts.decorate?.deliver?.(deliver) ?? deliver,
    complete,
    commands: COMMANDS,
    leases: store.leases,
    owner,
    isOpen: together(clock, { ms: 250, most: 200 }, store.sweep.whichOpen),
    dmChannels: store.inbox.dmChannels,
  })
}

async function startWorkers(parts: Parts): Promise<AsyncDisposable> {
  const { config, store, queue, metrics, model, clock, log, platforms, owner } = parts
  await using opening = new AsyncDisposableStack()
  const active = createActiveTurns({ leases: store.leases, owner, clock, log })
  opening.use(active.start())
  opening.use(
    await store.onSignal(({ workspace, lane, signal }) => active.signalled(workspace, lane, signal)),
  )
  const { handlers, withdrawn } = opening.use(await openHandlers(parts))
  let modelAwayUntil = 0
  const run = createRunner({
    turns: store.turns,
    posts: store.posts,
    people: store.people,
    active,
    owner,
    // BullMQ on PostgreSQL keeps its count where nothing forgets it.
    ...(queue.kind === 'redis' ? { mostChats: slotsOf(config.EXAONE_CONCURRENCY).chat } : {}),
    ...{ handlers, withdrawn },
    outbounds: platforms.outbounds,
    settingsOf: store.settings.of,
    wake: ({ queue: name, lease: { workspace, lane }, priority }) =>
      queue.wake(name, { workspace, lane }, { priority }),
    // Translations of a channel are shown in the order of its messages.
    letNext: async ({ kind, lease, place }) => {
      if (kind === 'auto') await letNext(parts, lease.workspace, place.channel)
    },
    clock,
    log,
    metrics,
    random: parts.random ?? Math.random,
  } satisfies RunDeps)
  const processOf = (name: QueueName) => async (job: WakeUp, signal: AbortSignal) => {
    // The lock is gone, but the lease in the database still fences; only the work is cut short.
    const onAbort = (): void => active.signalled(job.workspace, job.lane, 'lost-lock')
    signal.addEventListener('abort', onAbort, { once: true })
    const verdict = await run(name, job)
    signal.removeEventListener('abort', onAbort)
    if (verdict.type === 'pause') modelAwayUntil = clock.monotonic() + verdict.ms + 2_000
    return verdict
  }
  const workers = await openQueueWorkers(queue, config.EXAONE_CONCURRENCY, processOf)
  opening.defer(() => drain(workers, active, config.GRACE_SECONDS * 1_000, clock))
  const waiting = {
    sweep: store.sweep,
    turns: store.turns,
    posts: store.posts,
    outbounds: platforms.outbounds,
    owner,
    concurrency: slotsOf(config.EXAONE_CONCURRENCY).chat,
    isModelAway: () => clock.monotonic() < modelAwayUntil,
    clock,
    log,
  }
  const sweep = {
    sweep: store.sweep,
    wakeAll: queue.wakeAll,
    lostEverything: () => queue.lostEverything(),
    log,
  }
  await sweepOnce(sweep)
  // What the server says of itself (context length, the model behind an alias) is known before the first question.
  void model.info()
  opening.use(repeat(clock, 30_000, () => model.info(), log, 'model'))
  opening.use(repeat(clock, 1_000, () => tellWaiting(waiting), log, 'waiting'))
  opening.use(repeat(clock, 2_000, () => sweepOnce(sweep), log, 'sweeper'))
  const kept = createRetention(store.settings, config.RETENTION_DAYS)
  const purge: Purge = (days, workspace) => store.sweep.purge(days, 5_000, workspace)
  opening.use(repeat(clock, 600_000, kept(purge), log, 'retention'))
  return opening.move()
}

/** A wake-up that fails is made good by the sweeper. */
async function letNext({ store, queue }: Parts, workspace: string, channel: string): Promise<void> {
  for (const lane of await store.turns.release(workspace, channel))
    await queue.wake('relay', { workspace, lane }).catch(() => undefined)
}

/** How the model's places are shared out: a quarter is kept for what nobody waits for in a chat. A single one is for all. */
function slotsOf(concurrency: number): { chat: number; shared: number; isAllShared: boolean } {
  const shared = Math.max(1, Math.floor(concurrency / 4))
  return { chat: Math.max(1, concurrency - shared), shared, isAllShared: concurrency === 1 }
}

async function openQueueWorkers(
  queue: Queue,
  concurrency: number,
  runOf: (name: QueueName) => Parameters<Queue['work']>[2],
): Promise<QueueWorker[]> {
  const { chat, shared } = slotsOf(concurrency)
  return [
    await queue.work('chat', { concurrency: chat, globalConcurrency: chat }, runOf('chat')),
    await queue.work('batch', { concurrency: shared, globalConcurrency: shared }, runOf('batch')),
    await queue.work('relay', { concurrency: 16, globalConcurrency: 64 }, runOf('relay')),
  ]
}

/** Stops taking, lets running turns end for a while, then gives the rest back for others to go on with. */
async function drain(
  workers: QueueWorker[],
  active: ActiveTurns,
  graceMs: number,
  clock: Clock,
): Promise<void> {
  await Promise.all(workers.map((worker) => worker.pause()))
  const deadline = clock.monotonic() + graceMs
  while (active.size > 0 && clock.monotonic() < deadline) await delay(clock, 50)
  active.abortAll('shutdown')
  const given = clock.monotonic() + 3_000
  while (active.size > 0 && clock.monotonic() < given) await delay(clock, 20)
  await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()))
}

async function healthOf(parts: Parts, gateways: Gateway[]): Promise<Health> {
  const database = await parts.store.db.query('select 1').then(
    () => ({ ok: true, reason: '' }),
    (error: Error) => ({ ok: false, reason: error.message }),
  )
  const queue = parts.queue.ready()
  const health: Health['parts'] = {
    database,
    queue: { ok: queue, reason: queue ? '' : 'not connected' },
    ...Object.fromEntries(gateways.map((gateway) => [gateway.platform, gateway.ready()])),
  }
  return { ok: Object.values(health).every((part) => part.ok), parts: health }
}
