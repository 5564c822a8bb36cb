// Where something happened and who said it, in the words of the rest of the program.
import type { Author, AuthorKind, Place, RoomKind } from '../core/inbound.ts'
import type { Person } from './directory.ts'
import { isDirect } from './stream.ts'
import { type Dict, dictOf, listOf, textOf } from './wire.ts'

/** For which installation something arrived. */
export interface Origin {
  /** `slack:<team>`, or `slack:<enterprise>` when it is installed for a whole organisation. */
  workspace: string
  team: string
  enterprise: string
  botUser: string
  appId: string
  isShared: boolean
}

export interface Room {
  workspace: string
  audience: string
  place: Place
  room: RoomKind
  sharedExternally: boolean
}

/** Tokens and rows are kept by this: an installation for a whole organisation has one of each. */
export function workspaceOf(team: string, enterprise: string, isOrgWide: boolean): string {
  return `slack:${isOrgWide && enterprise !== '' ? enterprise : team}`
}

/** Of an event: `authorizations` names the installation; `team_id` may be the other organisation's. Facts A4. */
export function originOfEvent(body: Dict): Origin {
  const authorization = listOf(body['authorizations'])[0] ?? {}
  const enterprise = textOf(authorization['enterprise_id'])
  const team = textOf(authorization['team_id']) || textOf(body['context_team_id']) || textOf(body['team_id'])
  return {
    workspace: workspaceOf(team, enterprise, authorization['is_enterprise_install'] === true),
    team,
    enterprise,
    botUser: textOf(authorization['user_id']),
    appId: textOf(body['api_app_id']),
    isShared: body['is_ext_shared_channel'] === true,
  }
}

/** The bot has an id of its own in each workspace; what was asked of Slack counts more than what an event says. */
export function withBotUser(origin: Origin, botUser: (workspace: string) => string): Origin {
  return { ...origin, botUser: botUser(origin.workspace) || origin.botUser }
}

/** The workspace in which one of our bots has this id; null for anybody else's. */
export type HomeOf = (botUser: string) => string | null

/** Of a command (flat strings) or an interaction (objects). */
export function originOfInteraction(body: Dict, homeOf: HomeOf): Origin {
  const said = originSaid(body)
  // A button may be pressed by somebody of another organisation, whose workspace "the interaction originated from"
  // (docs.slack.dev reference/interaction-payloads/block_actions-payload); it belongs to the bot that shows it.
  const home = body['type'] === 'block_actions' ? homeOf(textOf(dictOf(body['message'])['user'])) : null
  if (home === null || home === said.workspace) return said
  const own = home.slice('slack:'.length)
  return { ...said, workspace: home, team: own, enterprise: own.startsWith('E') ? own : '' }
}

function originSaid(body: Dict): Origin {
  const enterprise = textOf(body['enterprise_id']) || textOf(dictOf(body['enterprise'])['id'])
  // A form sent from another workspace by way of a shared channel names the installed one apart.
  const installed = textOf(dictOf(body['view'])['app_installed_team_id'])
  const team = installed || textOf(body['team_id']) || textOf(dictOf(body['team'])['id'])
  const isOrgWide = body['is_enterprise_install'] === true || body['is_enterprise_install'] === 'true'
  return {
    workspace: workspaceOf(team, enterprise, isOrgWide),
    team,
    enterprise,
    botUser: '',
    appId: textOf(body['api_app_id']),
    isShared: false,
  }
}

/**
 * The audience names the installation, also in a channel shared with another organisation: everybody in the channel reads
 * the same, whoever wrote, and a thread must not have two audiences. Nor may it depend on the team: after an org-wide
 * installation, interactions come without one.
 */
export function toRoom(origin: Origin, channel: string, thread: string | null): Room {
  const { workspace, isShared } = origin
  return {
    workspace,
    audience: `${workspace}:${channel}`,
    place: { platform: 'slack', workspace, channel, thread },
    room: isDirect(channel) ? 'dm' : thread === null ? 'channel' : 'thread',
    sharedExternally: isShared,
  }
}

/** The thread that a message stands in; a root with replies names itself, and is not in a thread. */
export function threadOf(message: Dict): string | null {
  const thread = textOf(message['thread_ts'])
  return thread === '' || thread === textOf(message['ts']) ? null : thread
}

/** What the event says comes first; what Slack could not tell in time is taken as harmless for an ordinary member. */
export function toAuthor(
  id: string,
  said: { name: string; team: string; isBot: boolean },
  person: Person | null,
  origin: Origin,
): Author {
  const kind = said.isBot || person?.isBot ? 'bot' : kindOf(said.team, person, origin)
  return {
    id,
    name: person?.name || said.name,
    kind,
    locale: person?.locale ?? null,
    // Somebody's admin elsewhere is nobody's here.
    isAdmin: kind === 'member' && (person?.isAdmin ?? false),
  }
}

function kindOf(saidTeam: string, person: Person | null, origin: Origin): AuthorKind {
  if (person?.isStranger) return 'external'
  const team = saidTeam || person?.team || origin.team
  const isSameOrg = origin.enterprise !== '' && person?.enterprise === origin.enterprise
  // Another workspace of the same organisation is not another organisation.
  if (origin.isShared && team !== origin.team && team !== origin.enterprise && !isSameOrg) return 'external'
  return person?.isGuest ? 'guest' : 'member'
}
