// The way in from Slack: by Socket Mode with an app-level token, else by HTTP with a signing secret. Either way what
// arrives is read, handed over and acknowledged by receive.ts.
import type { Complete, Deliver, Gateway, Mount } from '../core/adapter.ts'
import type { Clock } from '../core/clock.ts'
import type { Command } from '../core/command.ts'
import { BotError } from '../core/error.ts'
import type { Logger } from '../core/logger.ts'
import { type Metrics, NO_METRICS } from '../core/metrics.ts'
import { createHttpMount } from './http-mount.ts'
import type { SlackOutbound } from './outbound.ts'
import { DEFAULT_PROMPTS, type Prompts } from './prompts.ts'
import { createReceive } from './receive.ts'
import { createSocketPool, type SocketPool } from './socket-pool.ts'

export interface SlackGatewayOptions {
  /** Socket Mode when given. */
  appToken?: string
  /** HTTP at /slack/events otherwise. */
  signingSecret?: string
  /** Up to `/api/`. */
  apiUrl?: string
  clock: Clock
  log: Logger
  metrics?: Metrics
  deliver: Deliver
  /** Something in a lane is still to be answered. */
  isOpen(lane: { workspace: string; lane: string }): Promise<boolean>
  /** Slack has no completion while a slash command is typed. */
  complete?: Complete
  commands: readonly Command[]
  /** Any command of the manifest's is answered, whatever it is called. */
  command?: string
  botName?: string
  /** Shares what it hears with the writers in this process. */
  outbound: SlackOutbound
  prompts?: Prompts
  /** How many sockets to keep open at once; at most ten per app over all processes. */
  sockets?: number
}

/** Throws BotError `slack-no-transport` when neither an app token nor a signing secret is given. */
export function createSlackGateway(options: SlackGatewayOptions): Gateway {
  const { appToken, signingSecret, apiUrl, clock, log } = options
  const process = createReceive({
    deliver: options.deliver,
    isOpen: options.isOpen,
    commands: options.commands,
    outbound: options.outbound,
    prompts: options.prompts ?? DEFAULT_PROMPTS,
    clock,
    log,
    metrics: options.metrics ?? NO_METRICS,
  })
  if (appToken) {
    const pool = createSocketPool({ appToken, apiUrl, process, clock, log, count: options.sockets })
    return overSockets(pool)
  }
  if (signingSecret) return overHttp(createHttpMount({ signingSecret, process, log }))
  throw new BotError('slack-no-transport', {
    retryable: false,
    say: { ko: '', en: '' },
    hint: 'Slack needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)',
  })
}

function overSockets(pool: SocketPool): Gateway {
  return {
    platform: 'slack',
    mounts: [],
    start: () => pool.start(),
    ready: () => pool.ready(),
    [Symbol.asyncDispose]: () => pool.close(),
  }
}

function overHttp(mount: Mount): Gateway {
  return {
    platform: 'slack',
    mounts: [mount],
    async start() {
      return
    },
    ready: () => ({ ok: true, reason: '' }),
    async [Symbol.asyncDispose]() {
      return
    },
  }
}
