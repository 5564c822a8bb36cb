// From a command to a decision: who may use it, what its plan wants, and where the answer goes.
import type { Command, Plan } from '../command.ts'
import type { Decision, Enqueue } from '../decision.ts'
import type { Both, Lang } from '../error.ts'
import { callsPerson } from '../hand-over-rule.ts'
import { type Author, type CommandInbound, DISCORD_DM, type Place } from '../inbound.ts'
import { findCommand } from '../verbs.ts'
import {
  type Access,
  accessOf,
  howToShare,
  NOT_HERE,
  notForYou,
  STAFF_ONLY,
  STAFF_ONLY_ON_SERVER,
} from './access.ts'
import { threadLaneOf, threadRootOf } from './lanes.ts'
import { routeSubmitted } from './staff.ts'
import { langOfCommand, planViewOf, type RouteView } from './view.ts'

export function routeCommand(inbound: CommandInbound, view: RouteView): Decision {
  const submitted = routeSubmitted(inbound, view)
  if (submitted) return submitted
  const typed = Object.values(inbound.options).filter((value) => typeof value === 'string')
  const planned = planCommand(inbound, view, langOfCommand(view, inbound.author, typed.join(' ')))
  return 'type' in planned ? planned : toEnqueue(planned, inbound)
}

/** The plan of the command, or a refusal. An unknown name is answered with help. */
export function planCommand(
  inbound: CommandInbound,
  view: RouteView,
  lang: Lang,
): Plan | Exclude<Decision, { type: 'enqueue' | 'signal' }> {
  const command = findCommand(inbound.name, view.commands) ?? findCommand('help', view.commands)
  if (!command) return { type: 'ignore', reason: 'unknown-command' }
  const access = accessOf(inbound, view.settings)
  if (access === 'never') return { type: 'ignore', reason: 'not-allowed' }
  if (command.staffOnly && !inbound.author.isAdmin && !command.isOpenTo?.(inbound))
    return refuse(staffOnly(inbound.place), lang)
  const planned = command.plan(inbound, planViewOf(view, inbound.place.platform, lang))
  if ('type' in planned) return planned
  const plan = inbound.target ? planned : withPurpose(planned, inbound.place, view)
  const refusal = refusalOf(plan, access, inbound, view)
  return refusal ? refuse(refusal, lang) : plan
}

function staffOnly({ workspace }: Place): Both {
  return workspace === DISCORD_DM ? STAFF_ONLY_ON_SERVER : STAFF_ONLY
}

/** What only talks to the person who used it is allowed wherever they are; the model's answers are not. */
function refusalOf(plan: Plan, access: Access, inbound: CommandInbound, view: RouteView): Both | null {
  if (plan.kind === 'forget') return null
  if (access === 'not-you') return notForYou(view.settings.who)
  if (access !== 'not-shared' || plan.queue === 'relay') return null
  return howToAllow(inbound.author, inbound.place, view)
}

/** Why it is silent in a shared channel, and for a member what to do about it. */
export function howToAllow(author: Author, place: Place, view: RouteView): Both {
  const settings = findCommand('settings', view.commands)
  return author.kind === 'member' && settings ? howToShare(view.typed(settings, place.platform)) : NOT_HERE
}

function refuse(why: Both, lang: Lang): Exclude<Decision, { type: 'enqueue' | 'signal' }> {
  return { type: 'reply', content: { text: why[lang], lang }, isPrivate: true }
}

/** "/ask 상담원 연결해 주세요" is the wish for a person, not a question about it. */
function withPurpose(plan: Plan, place: Place, view: RouteView): Plan {
  if (plan.kind !== 'answer') return plan
  if (view.text.asksToBeForgotten(plan.text)) {
    return { ...plan, kind: 'forget', queue: 'relay', ack: 'defer-private', body: { isPrivate: true } }
  }
  if (view.text.asksForPerson(plan.text)) {
    return { ...plan, kind: 'person', queue: 'relay', ack: 'defer-private', body: { isPrivate: true } }
  }
  if (callsPerson(view.settings, { text: plan.text, channel: place.channel })) {
    const body = { isPrivate: true, reason: 'rule' }
    return { ...plan, kind: 'person', queue: 'relay', ack: 'defer-private', body }
  }
  return plan
}

function toEnqueue(plan: Plan, inbound: CommandInbound): Enqueue {
  const { place, target, source } = inbound
  const base = { type: 'enqueue', kind: plan.kind, queue: plan.queue, text: plan.text, quietMs: 0 } as const
  if (target && place.platform === 'slack' && plan.queue === 'chat' && plan.body?.['isPrivate'] !== true) {
    // Slack's shortcut leaves nothing to answer, so the answer goes to the message's own thread.
    const thread = place.thread ?? threadRootOf(place, target.source)
    const body = { ...plan.body, room: inbound.room, ...pointedAt(target) }
    const where = { lane: threadLaneOf(place, thread), place: { ...place, thread } }
    return { ...base, ...where, ack: plan.ack, body, handle: inbound.handle }
  }
  const isPublic = plan.queue === 'chat' && plan.body?.['isPrivate'] !== true
  return {
    ...base,
    lane: `cmd:${source}`,
    ack: plan.ack,
    place,
    // A slash command leaves no message behind: the public answer has to show what was asked.
    body: {
      ...plan.body,
      room: inbound.room,
      ...(inbound.tags ? { tags: inbound.tags } : {}),
      ...(target ? pointedAt(target) : {}),
      quotesQuestion: isPublic && !target,
    },
    // Slack shows a public answer as an ordinary message; where the bot is no member, only the handle gets it there.
    handle: inbound.handle,
  }
}

/** Whose words they are is kept, so that they can be forgotten. */
function pointedAt({ source, author }: NonNullable<CommandInbound['target']>) {
  return { target: source, ...(author ? { targetAuthor: author } : {}) }
}

/** A command that was typed as a message, as if it had been used. */
export function asCommand(
  command: Command,
  options: CommandInbound['options'],
  from: Omit<CommandInbound, 'type' | 'name' | 'options' | 'handle' | 'target'>,
): CommandInbound {
  const { workspace, audience, place, room, author, sharedExternally, at, source, mentions } = from
  const room_ = { workspace, audience, place, room, author, sharedExternally, at, source }
  return {
    ...room_,
    ...(mentions ? { mentions } : {}),
    type: 'command',
    name: command.name,
    options,
    handle: '',
    target: null,
  }
}
