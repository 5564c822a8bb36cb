// Events as an adapter would hand them in, and a route view with the real text rules.
import { COMMANDS } from '../../commands/index.ts'
import type { Decision, Enqueue } from '../../src/core/decision.ts'
import type { Author, CommandInbound, MessageInbound, Place } from '../../src/core/inbound.ts'
import type { RouteView } from '../../src/core/route.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../src/core/settings.ts'
import { replyLanguage } from '../../src/text/language.ts'
import {
  ackReaction,
  asksForPerson,
  asksToBeForgotten,
  asksToStop,
  isAcknowledgement,
  looksComplete,
} from '../../src/text/turn-taking.ts'

export const QUIET_MS = 1500

export function viewOf(settings: Partial<Settings> = {}): RouteView {
  return {
    settings: { ...DEFAULT_SETTINGS, ...settings },
    botName: '하늘상점 도우미',
    commands: COMMANDS,
    quiet: { ms: QUIET_MS },
    text: {
      isAcknowledgement,
      ackReaction,
      looksComplete,
      asksToBeForgotten,
      asksToStop,
      asksForPerson,
      replyLanguage,
    },
    typed: (command, platform) => (platform === 'slack' ? `/damso ${command.name}` : `/${command.name}`),
  }
}

export function authorOf(rest: Partial<Author> = {}): Author {
  return { id: 'U1', name: '지수', kind: 'member', locale: 'ko-KR', isAdmin: false, ...rest }
}

export function slackPlace(rest: Partial<Place> = {}): Place {
  return { platform: 'slack', workspace: 'slack:T1', channel: 'C1', thread: null, ...rest }
}

export function discordPlace(rest: Partial<Place> = {}): Place {
  return { platform: 'discord', workspace: 'discord:G1', channel: '500', thread: null, ...rest }
}

/** A mention in a Slack channel unless told otherwise. */
export function messageOf(rest: Partial<MessageInbound> = {}): MessageInbound {
  const place = rest.place ?? slackPlace()
  return {
    type: 'message',
    workspace: place.workspace,
    audience: `${place.workspace}/${place.channel}`,
    place,
    room: 'channel',
    author: authorOf(),
    sharedExternally: false,
    at: 1_760_000_000_000,
    source: place.platform === 'slack' ? `${place.channel}:1760000000.000100` : '900',
    text: '배송이 언제 오나요?',
    mentionsBot: true,
    mentionsOthers: false,
    attachments: [],
    replyTo: null,
    ...rest,
  }
}

/** `/damso ask` on Slack unless told otherwise. */
export function commandOf(rest: Partial<CommandInbound> = {}): CommandInbound {
  const place = rest.place ?? slackPlace()
  return {
    type: 'command',
    workspace: place.workspace,
    audience: `${place.workspace}/${place.channel}`,
    place,
    room: 'channel',
    author: authorOf(),
    sharedExternally: false,
    at: 1_760_000_000_000,
    source: 'trigger-1',
    name: 'ask',
    options: {},
    handle: 'handle-1',
    target: null,
    ...rest,
  }
}

/** The turn that a decision makes; anything else fails the test. */
export function enqueued(decision: Decision): Enqueue {
  if (decision.type !== 'enqueue') throw new Error(`expected a turn, got ${JSON.stringify(decision)}`)
  return decision
}

/** For a writer whose process stands still: from then on the post is another's, as it finds out when it asks. */
export function standingStill(): { stand(): void; options: { signal: AbortSignal; isOurs(): boolean } } {
  const lost = new AbortController()
  let hasStood = false
  const isOurs = (): boolean => {
    if (hasStood) lost.abort(new Error('lease-lost'))
    return !hasStood
  }
  const stand = (): void => {
    hasStood = true
  }
  return { stand, options: { signal: lost.signal, isOurs } }
}
