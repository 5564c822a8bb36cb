// From one event to one decision. Pure: what needs the database is left as a condition of the insert.
import type { Decision } from './decision.ts'
import type { Inbound } from './inbound.ts'
import { routeAction, routeArrival, routeStop } from './route/action.ts'
import { routeCommand } from './route/command.ts'
import { routeMessage } from './route/message.ts'
import { routeReaction } from './route/reaction.ts'
import type { RouteView } from './route/view.ts'

export type { RouteView, TextRules } from './route/view.ts'

export function route(inbound: Inbound, view: RouteView): Decision {
  switch (inbound.type) {
    case 'message':
      return routeMessage(inbound, view)
    case 'command':
      return routeCommand(inbound, view)
    case 'action':
      return routeAction(inbound, view)
    case 'reaction':
      return routeReaction(inbound, view)
    case 'stop':
      return routeStop(inbound)
    case 'arrival':
      return routeArrival(inbound)
    case 'edit': {
      const { workspace, audience, source, text, writtenAt } = inbound
      return { type: 'signal', signal: { kind: 'edit', workspace, audience, source, text, writtenAt } }
    }
    case 'delete': {
      const { workspace, audience, source } = inbound
      return { type: 'signal', signal: { kind: 'delete', workspace, audience, source } }
    }
  }
}
