// What arrives from a workspace without a token, or says that one is no longer good. It is acknowledged, so that Slack does
// not send it again, and nothing of it is stored: no other workspace's token may answer it.
import type { Clock } from '../core/clock.ts'
import type { Logger } from '../core/logger.ts'
import type { Metrics } from '../core/metrics.ts'
import { Recent } from '../core/recent.ts'
import type { Installations } from './installations.ts'
import { originOfEvent, originOfInteraction } from './room.ts'
import { type Dict, dictOf, textOf } from './wire.ts'

export interface TurnAwayDeps {
  outbound: { installations: Installations }
  clock: Clock
  log: Logger
  metrics: Metrics
}

const LOG_AGAIN_MS = 10 * 60_000
const NOT_HERE =
  '이 워크스페이스에서는 아직 쓸 수 없어요. 관리자에게 알려 주세요.\nThis bot is not set up for this workspace yet. Please tell an admin.'

/** Null for what is to be read; else what the acknowledgement says, which only a slash command shows. */
export function createTurnAway(deps: TurnAwayDeps): (body: Dict) => { reply?: object } | null {
  const { clock, log, metrics } = deps
  const { installations } = deps.outbound
  const logged = new Recent<string, true>({ max: 1_000, ttlMs: LOG_AGAIN_MS, clock })
  return (body) => {
    const isEvent = textOf(body['type']) === 'event_callback'
    const { workspace } = isEvent ? originOfEvent(body) : originOfInteraction(body, installations.homeOf)
    const lost = isEvent ? lostInstallation(dictOf(body['event'])) : null
    if (lost !== null) {
      if (lost !== '') installations.revoked(workspace, lost)
      return {}
    }
    // While Slack has not said whose a token is, it may be the one.
    if (workspace === 'slack:' || installations.known(workspace) !== null) return null
    metrics.count('unserved_events_total', { platform: 'slack' })
    if (!logged.has(workspace)) {
      logged.set(workspace, true)
      log.warn(
        { workspace },
        'events of a workspace without a token are refused: add its bot token to SLACK_BOT_TOKEN',
      )
    }
    const isSlash = textOf(body['command']) !== ''
    return isSlash ? { reply: { response_type: 'ephemeral', text: NOT_HERE } } : {}
  }
}

/**
 * The event's type when the bot can do nothing more in its workspace, '' when only people's tokens went, null for any other
 * event. Sources: docs.slack.dev reference/events/tokens_revoked, app_uninstalled.
 */
function lostInstallation(event: Dict): string | null {
  const type = textOf(event['type'])
  if (type === 'app_uninstalled') return type
  if (type !== 'tokens_revoked') return null
  const bots = dictOf(event['tokens'])['bot']
  return Array.isArray(bots) && bots.length > 0 ? type : ''
}
