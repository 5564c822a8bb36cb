// Where the one Slack app is installed, and the token of each workspace. A token does not say whose it is, so Slack is
// asked; no call and no event of a workspace is ever served by another's.
import { type Clock, inTime } from '../core/clock.ts'
import { BotError } from '../core/error.ts'
import type { Logger } from '../core/logger.ts'
import { type Metrics, NO_METRICS } from '../core/metrics.ts'
import type { Answer, Dict, WebApi } from './api.ts'
import { isBadToken } from './failure.ts'
import { type HomeOf, workspaceOf } from './room.ts'
import { textOf } from './wire.ts'

export interface Installation {
  /** `slack:<team>`, or `slack:<enterprise>` when it is installed for a whole organisation. */
  workspace: string
  token: string
  botUser: string
  /** The workspace's own address, ends in `/`; '' when Slack does not say it. */
  url: string
}

/** `unknown`: Slack has not answered for every token yet, and it may be one of those. */
export type Found = Installation | 'unknown' | null

export interface Installations {
  /** Asks Slack whose the tokens are. Throws `slack-token-refused` when it refuses all of them; one that is lost is asked for again later. */
  start(): Promise<void>
  find(workspace: string): Promise<Found>
  /** As find(), from what is known by now. */
  known(workspace: string): Found
  /** '' while it is not known. */
  botUser(workspace: string): string
  homeOf: HomeOf
  /** Slack's word for why it refuses the workspace's token, for a while after it did; null otherwise. */
  refusal(workspace: string): string | null
  /** What a call with the workspace's token came to. */
  heard(workspace: string, answer: Answer): void
  /** The app was removed, or its bot token revoked. */
  revoked(workspace: string, why: string): void
}

export interface InstallationsOptions {
  tokens: readonly string[]
  call: WebApi['call']
  clock: Clock
  log: Logger
  metrics?: Metrics
}

/** A refused token is not tried by everybody all the time: once in this while one call finds out whether it works again. */
const REFUSED_MS = 30_000
/** The start does not wait for a Slack that is away. */
const START_MS = 5_000
const ASK_AGAIN_MS = 1_000

export function createInstallations(options: InstallationsOptions): Installations {
  const { tokens, call, clock, log, metrics = NO_METRICS } = options
  const byWorkspace = new Map<string, Installation>()
  const homes = new Map<string, string>()
  const refusals = new Map<string, { code: string; until: number }>()
  /** Places in `tokens`, from 1: what is said of a token, which is a secret. */
  const unasked = new Map(tokens.map((token, index) => [index + 1, token]))
  let firstRefusal = ''
  let asking: Promise<void> | null = null
  let askedAt = Number.NEGATIVE_INFINITY

  const known = (workspace: string): Found =>
    byWorkspace.get(workspace) ?? (unasked.size > 0 ? 'unknown' : null)

  const add = (nth: number, token: string, said: Dict): void => {
    const found = toInstallation(token, said)
    const { workspace } = found
    if (byWorkspace.has(workspace)) {
      log.warn(
        { workspace, nth },
        'a second token of one workspace is not used: remove it from SLACK_BOT_TOKEN',
      )
      return
    }
    byWorkspace.set(workspace, found)
    homes.set(found.botUser, workspace)
    metrics.gauge('slack_token_ok', 1, { workspace })
    log.info({ workspace, name: textOf(said['team']), nth }, 'Slack workspace')
  }

  const settle = (nth: number, token: string, answer: Answer): void => {
    const said = answer.outcome === 'refused' ? { code: answer.code } : {}
    if (answer.outcome === 'ok') add(nth, token, answer.value)
    else if (isBadToken(answer)) {
      firstRefusal ||= answer.code
      log.error(
        { nth, code: answer.code },
        'Slack refuses a token of SLACK_BOT_TOKEN: its workspace is not served',
      )
    } else {
      // Also what Slack says in a bad moment (`internal_error`, `service_unavailable`, …): that is no word on the token.
      log.warn({ nth, ...said }, 'Slack has not said whose a token is, asking again when it is needed')
      return
    }
    unasked.delete(nth)
  }

  const askAll = async (): Promise<void> => {
    askedAt = clock.monotonic()
    const asked = [...unasked].map(async ([nth, token]) => ({
      nth,
      token,
      answer: await call(token, 'auth.test', {}),
    }))
    // In their order: of two tokens of one workspace the first is taken.
    for (const { nth, token, answer } of await Promise.all(asked)) settle(nth, token, answer)
  }

  /** Shared by all who wait for it. */
  const ask = async (): Promise<void> => {
    if (asking === null) {
      if (clock.monotonic() - askedAt < ASK_AGAIN_MS) return
      asking = askAll().finally(() => {
        asking = null
      })
    }
    await asking
  }

  const refuse = (workspace: string, code: string, what: string): void => {
    if (!refusals.has(workspace)) {
      metrics.gauge('slack_token_ok', 0, { workspace })
      log.error({ workspace, code }, `${what}: put a current one in SLACK_BOT_TOKEN and start again`)
    }
    refusals.set(workspace, { code, until: clock.monotonic() + REFUSED_MS })
  }

  return {
    async start() {
      await inTime(clock, ask(), START_MS)
      if (byWorkspace.size === 0 && unasked.size === 0) throw allRefused(firstRefusal)
    },
    async find(workspace) {
      if (known(workspace) === 'unknown') await ask()
      return known(workspace)
    },
    known,
    homeOf: (botUser) => homes.get(botUser) ?? null,
    botUser: (workspace) => byWorkspace.get(workspace)?.botUser ?? '',
    refusal(workspace) {
      const refusal = refusals.get(workspace)
      return refusal && clock.monotonic() < refusal.until ? refusal.code : null
    },
    heard(workspace, answer) {
      if (isBadToken(answer)) refuse(workspace, answer.code, 'Slack refuses the token of a workspace')
      else if (answer.outcome === 'ok' && refusals.delete(workspace)) {
        metrics.gauge('slack_token_ok', 1, { workspace })
        log.info({ workspace }, 'Slack takes the token of a workspace again')
      }
    },
    revoked(workspace, why) {
      if (byWorkspace.has(workspace))
        refuse(workspace, why, 'the app was removed from a workspace, or its token revoked')
    },
  }
}

/** Of the answer of auth.test. Source: docs.slack.dev reference/methods/auth.test; for a token of a whole organisation `is_enterprise_install` is true. */
export function toInstallation(token: string, said: Dict): Installation {
  const team = textOf(said['team_id'])
  const workspace = workspaceOf(team, textOf(said['enterprise_id']), said['is_enterprise_install'] === true)
  const url = textOf(said['url'])
  const isOwn = /^https:\/\/[\w.-]+\.slack\.com\/$/.test(url)
  return { workspace, token, botUser: textOf(said['user_id']), url: isOwn ? url : '' }
}

function allRefused(code: string): BotError {
  return new BotError('slack-token-refused', {
    retryable: false,
    say: { ko: '', en: '' },
    hint: `Slack refused SLACK_BOT_TOKEN (${code}): OAuth & Permissions → Bot User OAuth Token; npm run doctor says more`,
  })
}
