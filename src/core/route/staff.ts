// What staff decide by buttons and forms: whether a draft goes out, how an answer reads, what becomes an article. Cards
// stand in the staff channel, and nowhere else is decided; whether whoever presses is staff is checked when it is carried
// out. The reason for a 👎 comes back the same way.
import type { Decision, Enqueue, RefusedPress } from '../decision.ts'
import type { ActionInbound, CommandInbound, StaffSubject } from '../inbound.ts'
import { idIn, STAFF_BUTTON } from '../staff-words.ts'
import { accessOf } from './access.ts'
import { langOf, type RouteView } from './view.ts'

export function routeStaffAction(inbound: ActionInbound, what: StaffSubject, view: RouteView): Decision {
  const lang = langOf(view, inbound.author, '')
  if (!isInStaffChannel(inbound, view)) return refuse(inbound, view)
  const { head: verb, tail: id } = splitAt(inbound.value)
  if (verb === 'edit') return { type: 'form-of', subject: { what, id }, lang }
  // An article about a question that nothing answered: there is no proposal yet, only the turn that asked.
  if (verb === 'write') return { type: 'form-of', subject: { what, id: `turn:${id}` }, lang }
  return decide(inbound, what, id, { verb, isByStaff: true })
}

/** Claim, resolve, …: in the case's own lane. */
export function routeTicketAction(inbound: ActionInbound, view: RouteView): Decision {
  if (!isInStaffChannel(inbound, view)) return refuse(inbound, view)
  const { head: verb, tail: id } = splitAt(inbound.value)
  return decide(inbound, 'ticket', id, { verb, isByStaff: true })
}

/** A reply before it is sent, and what the model is asked for: `<verb>:<id>`. */
export function routeReplyAction(inbound: ActionInbound, view: RouteView): Decision {
  const lang = langOf(view, inbound.author, '')
  if (!isInStaffChannel(inbound, view)) return refuse(inbound, view)
  const { head: verb, tail: id } = splitAt(inbound.value)
  if (verb === 'edit') return { type: 'form-of', subject: { what: 'reply', id }, lang }
  if (verb === 'send') return decide(inbound, 'reply', id, { verb, isByStaff: true })
  const asksModel = verb === 'suggest' || verb === 'summary'
  return {
    ...decide(inbound, 'reply', id, { verb, isByStaff: true }),
    // Each for whoever pressed, so that nobody waits for another's.
    ...{ lane: `cmd:${inbound.source}`, kind: 'staff-help', queue: asksModel ? 'chat' : 'relay' },
  }
}

/** `<id>:<1 to 5>`; "comment" wants to say more in words. */
export function routeRating(inbound: ActionInbound, view: RouteView): Decision {
  const { head: id, tail: rating } = splitAt(inbound.value)
  if (rating === 'comment')
    return { type: 'form-of', subject: { what: 'rating', id }, lang: langOf(view, inbound.author, '') }
  return decide(inbound, 'rating', id, { rating })
}

/** A card may be left over in a channel that is no longer the staff's. */
function isInStaffChannel({ place }: ActionInbound, { settings }: RouteView): boolean {
  return place.channel === settings.staffChannel
}

function refuse(inbound: ActionInbound, view: RouteView): Decision {
  const lang = langOf(view, inbound.author, '')
  const content = { text: STAFF_BUTTON[lang], lang }
  return { type: 'reply', content, isPrivate: true, refused: refusedPress(inbound) }
}

/** What is written down of it. */
export function refusedPress({ action, value }: ActionInbound): RefusedPress {
  const { head, tail } = splitAt(value)
  return { action, verb: idIn(head), of: idIn(tail) }
}

/** `<turn>:<reason>`; "other" wants to be told in words. */
export function routeReason(inbound: ActionInbound, view: RouteView): Decision {
  const { head: id, tail: reason } = splitAt(inbound.value)
  if (reason === 'other')
    return { type: 'form-of', subject: { what: 'reason', id }, lang: langOf(view, inbound.author, '') }
  return decide(inbound, 'reason', id, { reason })
}

/** A form comes back under `<what>:<id>`; null for what is an ordinary command. */
export function routeSubmitted(inbound: CommandInbound, view: RouteView): Decision | null {
  const { head: what, tail: id } = splitAt(inbound.name)
  if (!isSubject(what) || id === '') return null
  if (accessOf(inbound, view.settings) === 'never') return { type: 'ignore', reason: 'not-allowed' }
  if (what === 'rating') return decide(inbound, what, id, { ...inbound.options })
  if (what === 'reason') return decide(inbound, what, id, { ...inbound.options, reason: 'other' })
  // A correction is asked for in the customer's channel too; whether by staff is checked when it is carried out.
  const isByStaff = inbound.place.channel === view.settings.staffChannel
  return decide(inbound, what, id, { ...inbound.options, verb: 'edit', isByStaff })
}

function isSubject(name: string): name is StaffSubject | 'reason' | 'rating' | 'reply' {
  return ['draft', 'answer', 'proposal', 'relay', 'reason', 'rating', 'reply'].includes(name)
}

/** In a lane of the thing decided about, so that two who press at once are heard one after the other. */
function decide(
  inbound: ActionInbound | CommandInbound,
  what: StaffSubject | 'reason' | 'reply' | 'ticket' | 'rating',
  id: string,
  body: Record<string, unknown>,
): Enqueue {
  return {
    type: 'enqueue',
    lane: `${what}:${id}`,
    kind: `${what}-decision`,
    queue: 'relay',
    // A form that was sent has nothing on the screen that could change, so it is told how it went.
    ack: inbound.type === 'action' ? 'update' : 'defer-private',
    place: inbound.place,
    text: '',
    body: { ...body, id, room: inbound.room },
    quietMs: 0,
    handle: inbound.handle,
  }
}

function splitAt(value: string): { head: string; tail: string } {
  const at = value.indexOf(':')
  return at < 0 ? { head: value, tail: '' } : { head: value.slice(0, at), tail: value.slice(at + 1) }
}
