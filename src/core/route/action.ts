// Buttons, the Stop button and arrivals: everything that people do without writing.
import type { Decision, Enqueue } from '../decision.ts'
import type { ActionInbound, ArrivalInbound, Place, StopInbound } from '../inbound.ts'
import { parseTyped } from '../verbs.ts'
import { accessOf } from './access.ts'
import { asCommand, routeCommand } from './command.ts'
import { threadLaneOf } from './lanes.ts'
import {
  refusedPress,
  routeRating,
  routeReason,
  routeReplyAction,
  routeStaffAction,
  routeTicketAction,
} from './staff.ts'
import type { RouteView } from './view.ts'

export function routeAction(inbound: ActionInbound, view: RouteView): Decision {
  const access = accessOf(inbound, view.settings)
  switch (inbound.action) {
    case 'stop':
      return {
        type: 'signal',
        signal: {
          kind: 'stop',
          workspace: inbound.workspace,
          lane: null,
          turn: inbound.value,
          author: inbound.author.id,
          isAdmin: inbound.author.isAdmin,
        },
      }
    case 'feedback':
    case 'person':
    case 'original':
      if (access === 'never') return { type: 'ignore', reason: access }
      return relay(inbound, inbound.action, view)
    case 'settings': {
      const typed = parseTyped(`settings ${inbound.value}`, view.commands, 'slash')
      if (!typed) return { type: 'ignore', reason: 'unknown-command' }
      return routeCommand(
        { ...asCommand(typed.command, typed.options, inbound), handle: inbound.handle },
        view,
      )
    }
    case 'draft':
    case 'answer':
    case 'proposal':
    case 'relay':
      if (access === 'never') return { type: 'ignore', reason: access, refused: refusedPress(inbound) }
      return routeStaffAction(inbound, inbound.action, view)
    case 'ticket':
      if (access === 'never') return { type: 'ignore', reason: access, refused: refusedPress(inbound) }
      return routeTicketAction(inbound, view)
    case 'reply':
      if (access === 'never') return { type: 'ignore', reason: access, refused: refusedPress(inbound) }
      return routeReplyAction(inbound, view)
    case 'rating':
      if (access === 'never') return { type: 'ignore', reason: access }
      return routeRating(inbound, view)
    case 'reason':
      if (access === 'never') return { type: 'ignore', reason: access }
      return routeReason(inbound, view)
    case 'share':
      if (access !== 'yes') return { type: 'ignore', reason: access }
      return share(inbound)
    case 'suggest':
      if (access !== 'yes') return { type: 'ignore', reason: access }
      return suggest(inbound)
  }
}

function relay(inbound: ActionInbound, kind: 'feedback' | 'person' | 'original', view: RouteView): Enqueue {
  const once = `person:${inbound.message}:${inbound.author.id}`
  return {
    type: 'enqueue',
    lane: `cmd:${inbound.source}`,
    // Staff are called once per answer, however often it is pressed; while there are none, it says so each time.
    ...(kind === 'person' && view.settings.staffChannel !== null ? { once } : {}),
    kind,
    queue: 'relay',
    ack: 'update',
    place: inbound.place,
    text: '',
    body: { value: inbound.value, message: inbound.message, room: inbound.room },
    quietMs: 0,
    handle: inbound.handle,
  }
}

/** A suggested question was pressed: as if they had asked it, under the message that offered it. */
function suggest(inbound: ActionInbound): Enqueue {
  const { place, room, source, message, value } = inbound
  const isSlack = place.platform === 'slack'
  const thread = place.thread ?? (isSlack ? message : null)
  const lane = thread ? threadLaneOf(place, thread) : room === 'dm' ? `dm:${place.channel}` : `msg:${source}`
  return {
    type: 'enqueue',
    lane,
    kind: 'answer',
    queue: 'chat',
    ack: 'update',
    place: { ...place, thread },
    text: value,
    body: { room, quotesQuestion: true },
    quietMs: 0,
  }
}

/** What only one person saw is shown to all, once however often it is pressed. */
function share(inbound: ActionInbound): Enqueue {
  const { place, room, value, handle } = inbound
  return {
    type: 'enqueue',
    lane: `share:${value}`,
    once: `share:${value}`,
    kind: 'share',
    queue: 'relay',
    ack: 'update',
    place,
    text: '',
    body: { id: value, room },
    quietMs: 0,
    handle,
  }
}

/** Slack's own Stop button says where, not which message. */
export function routeStop({ workspace, place, author }: StopInbound): Decision {
  const lane = laneOfStop(place)
  if (!lane) return { type: 'ignore', reason: 'nothing-to-stop' }
  const by = { author: author.id, isAdmin: author.isAdmin }
  return { type: 'signal', signal: { kind: 'stop', workspace, lane, turn: null, ...by } }
}

function laneOfStop(place: Place): string | null {
  return place.thread === null ? null : threadLaneOf(place, place.thread)
}

export function routeArrival(inbound: ArrivalInbound): Decision {
  return {
    type: 'enqueue',
    lane: `arrival:${inbound.source}`,
    kind: 'welcome',
    queue: 'relay',
    ack: 'none',
    place: inbound.place,
    text: '',
    body: { arrival: inbound.arrival, missing: inbound.missing, room: inbound.room },
    quietMs: 0,
  }
}
