// The fake Slack: a workspace with people, the Web API and both ways of delivery, on one local port.
// Tests speak as its users and look at what a person would see.
import { closeServer, listen } from '../http.ts'
import { createCourier } from './courier.ts'
import type { FakeSlack, FakeSlackOptions } from './fake-slack.ts'
import { createFaults } from './faults.ts'
import type { Platform } from './platform.ts'
import { createRateLimiter } from './rate.ts'
import { createReader } from './reading.ts'
import { createHandler } from './server.ts'
import { createStage } from './stage.ts'
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

function worldOf(options: FakeSlackOptions): World {
  const world = createWorld({
    teamId: options.teamId ?? 'T0DAMSO',
    appId: 'A0DAMSO',
    botId: 'B0DAMSO',
    botUserId: 'U0DAMSO',
    botName: options.botName ?? 'damso',
    botToken: 'xoxb-fake-bot-token',
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
  const { emit, interact } = courier.dispatcher
  const platform: Platform = { world, emit, interact }
  const faults = createFaults()
  const handler = createHandler({
    platform,
    methods: { ...methods, ...courier.methods },
    faults,
    limiter:
      options.rateLimits === 'real'
        ? createRateLimiter(world.now, options.rateScale ?? 1, world.distribution)
        : undefined,
    latencyMs: options.latencyMs ?? 0,
  })
  const { server, port } = await listen(handler, options.port)
  server.on('upgrade', courier.upgrade)
  world.baseUrl = `http://127.0.0.1:${port}`
  const close = async (): Promise<void> => {
    courier.close()
    await closeServer(server)
  }
  return {
    ...createReader(platform),
    ...createStage(platform),
    ...courier.controls,
    ...identity(world),
    port,
    failNext: faults.order,
    clearFaults: faults.clear,
    advance: world.advance,
    calls: world.calls,
    deliveries: world.deliveries,
    views: world.views,
    onChange: world.onChange,
    close,
    [Symbol.asyncDispose]: close,
  }
}

function identity(world: World) {
  const { teamId, appId, botUserId, botId, botToken, appToken, signingSecret } = world
  const names = { teamId, appId, botUserId, botId, botToken, appToken, signingSecret }
  return { ...names, apiUrl: `${world.baseUrl}/api/`, mention: `<@${botUserId}>` }
}
