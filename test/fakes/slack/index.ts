// The fake Slack: a workspace with people, the Web API and both ways of delivery, on one local port.
// Tests speak as its users and look at what a person would see.
import { closeServer, listen } from '../http.ts'
import { createCourier } from './courier.ts'
import type { Dispatcher } from './delivery.ts'
import type { FakeSlack, FakeSlackOptions } from './fake-slack.ts'
import { createFaults } from './faults.ts'
import type { Platform } from './platform.ts'
import { createRateLimiter } from './rate.ts'
import { createReader } from './reading.ts'
import { createHandler, type ServerParts } from './server.ts'
import { createStage } from './stage.ts'
import type { Methods } from './web-api/context.ts'
import { methods } from './web-api/index.ts'
import { addUser, createWorld, type World } from './world.ts'

export type { FakeSlack, FakeSlackOptions } from './fake-slack.ts'
export type { FaultOrder } from './faults.ts'
export type { Outcome } from './interactions.ts'
export type { FakeUser, SayOptions, Upload } from './people.ts'
export type { DeliverOptions } from './platform.ts'
export type {
  ApiCall,
  Block,
  ChannelProfile,
  Delivery,
  Dict,
  Ping,
  UserProfile,
  ViewRecord,
} from './shapes.ts'
export type { ViewValues } from './view-interactions.ts'
export type { VisibleMessage } from './visible.ts'

const DEFAULT_SCOPES =
  `app_mentions:read assistant:write chat:write commands channels:history groups:history im:history mpim:history
  im:write reactions:read reactions:write users:read files:read files:write channels:read groups:read channels:join
  usergroups:read`.split(/\s+/)

/** `nth` workspace where the app is installed: the bot has another id and another token in each. */
function worldOf(options: FakeSlackOptions, nth = 1): World {
  const suffix = nth === 1 ? '' : String(nth)
  const world = createWorld({
    teamId: options.teamId ?? `T0DAMSO${suffix}`,
    teamName: options.teamName ?? 'Fake workspace',
    ...(options.enterpriseId ? { enterpriseId: options.enterpriseId } : {}),
    appId: options.appId ?? 'A0DAMSO',
    botId: `B0DAMSO${suffix}`,
    botUserId: `U0DAMSO${suffix}`,
    botName: options.botName ?? 'damso',
    botToken: `xoxb-fake-bot-token${suffix}`,
    appToken: 'xapp-fake-app-token',
    signingSecret: 'fake-signing-secret',
    scopes: options.scopes ?? DEFAULT_SCOPES,
    botEvents: options.botEvents,
    now: options.now ?? Date.now,
    keepCalls: options.keepCalls ?? 10_000,
    keepDeliveries: options.keepDeliveries ?? 10_000,
    streamLifetimeMs: options.streamLifetimeMs ?? 300_000,
    streamTextLimit: options.streamTextLimit ?? 'total',
    distribution: options.distribution ?? 'internal',
  })
  addUser(world, world.botUserId, { name: world.botName, isBot: true })
  return world
}

export async function startFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const world = worldOf(options)
  const courier = createCourier(world, options)
  const first = openWorkspace(world, courier.dispatcher, courier.methods, options)
  const workspaces = [first.served]
  const { server, port } = await listen(createHandler(workspaces), options.port)
  server.on('upgrade', courier.upgrade)
  world.baseUrl = `http://127.0.0.1:${port}`
  const dispatchers = [courier.dispatcher]
  const close = async (): Promise<void> => {
    for (const dispatcher of dispatchers) dispatcher.close()
    courier.close()
    await closeServer(server)
  }
  const complete = (one: World, dispatcher: Dispatcher, made: Workspace['fake']): FakeSlack => ({
    ...made,
    ...courier.controls,
    release: () => dispatcher.release(),
    redeliver: (delivery) => dispatcher.again(delivery),
    pendingDeliveries: () => dispatcher.pending(),
    ...identity(one),
    port,
    workspace(more = {}) {
      // Ids of one address: a response_url must not mean two things.
      const another = {
        ...worldOf(more, workspaces.length + 1),
        nextId: world.nextId,
        baseUrl: world.baseUrl,
      }
      const own = courier.dispatcherOf(another)
      const opened = openWorkspace(another, own, courier.methods, more)
      workspaces.push(opened.served)
      dispatchers.push(own)
      return complete(another, own, opened.fake)
    },
    close,
    [Symbol.asyncDispose]: close,
  })
  return complete(world, courier.dispatcher, first.fake)
}

interface Workspace {
  served: ServerParts
  fake: ReturnType<typeof createReader> &
    ReturnType<typeof createStage> &
    Pick<FakeSlack, 'failNext' | 'clearFaults' | 'advance' | 'calls' | 'deliveries' | 'views' | 'onChange'>
}

function openWorkspace(
  world: World,
  { emit, interact }: Dispatcher,
  ofSockets: Methods,
  options: FakeSlackOptions,
): Workspace {
  const platform: Platform = { world, emit, interact }
  const faults = createFaults()
  const served: ServerParts = {
    platform,
    methods: { ...methods, ...ofSockets },
    faults,
    limiter:
      options.rateLimits === 'real'
        ? createRateLimiter(world.now, options.rateScale ?? 1, world.distribution)
        : undefined,
    latencyMs: options.latencyMs ?? 0,
  }
  const fake = {
    ...createReader(platform),
    ...createStage(platform),
    failNext: faults.order,
    clearFaults: faults.clear,
    advance: world.advance,
    calls: world.calls,
    deliveries: world.deliveries,
    views: world.views,
    onChange: world.onChange,
  }
  return { served, fake }
}

function identity(world: World) {
  const { teamId, appId, botUserId, botId, botToken, appToken, signingSecret } = world
  const names = { teamId, appId, botUserId, botId, botToken, appToken, signingSecret }
  return { ...names, apiUrl: `${world.baseUrl}/api/`, mention: `<@${botUserId}>` }
}
