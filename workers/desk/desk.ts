// What the workers of the people's desk share: where a case stands, and how its card comes to show what it has become.
import type { Answers } from '../../src/core/answers.ts'
import type { Clock } from '../../src/core/clock.ts'
import type { Content } from '../../src/core/content.ts'
import { isBotError } from '../../src/core/error.ts'
import { DISCORD_DM, type Place } from '../../src/core/inbound.ts'
import type { Settings } from '../../src/core/settings.ts'
import type { Turn } from '../../src/core/turn.ts'
import type { By, Ticket, Tickets, Times } from '../../src/desk/model.ts'
import type { Enqueue, Task } from '../task.ts'
import { CUSTOMER } from './desk-words.ts'

export interface DeskDeps {
  tickets: Tickets
  answers: Pick<Answers, 'find' | 'rerun' | 'isStaff'>
  enqueue: Enqueue
  wake(workspace: string, lane: string): Promise<void>
  linkTo(place: Place, message: string | null): string | null
  times: Times
  settingsOf(workspace: string, channel: string): Settings
  clock: Clock
}

export function cardOf(ticket: Ticket): Task {
  return { ...taskOf(ticket), kind: 'ticket', source: `ticket:${ticket.id}:card` }
}

/** Has the card show what the ticket has become; in its lane, so that what was last done is what is seen. */
export async function showTicket(enqueue: Enqueue, ticket: Ticket): Promise<void> {
  if (ticket.card === null) return
  const source = `ticket:${ticket.id}:refresh:${ticket.revision}`
  await enqueue({ ...taskOf(ticket), kind: 'ticket-refresh', source })
}

function taskOf({ id, workspace, staffPlace }: Ticket): Omit<Task, 'kind' | 'source'> {
  return { workspace, lane: `ticket:${id}`, queue: 'relay', place: staffPlace, body: { id } }
}

/** The thread under the card; null before it is there. */
export function staffThreadOf({ staffPlace, staffLane }: Ticket): Place | null {
  if (staffLane === null) return null
  return { ...staffPlace, thread: staffLane.slice(staffLane.lastIndexOf(':') + 1) }
}

export function byOf({ author, id }: Pick<Turn, 'author' | 'id'>): By {
  return { id: author.id, name: author.name, press: id }
}

export function ticketIdOf({ messages }: Pick<Turn, 'messages'>): string {
  return String(messages.at(-1)?.body['id'])
}

/** That a person was called, and when they will be there. */
export function connectedContent(
  { times, clock }: Pick<DeskDeps, 'times' | 'clock'>,
  ticket: Ticket,
): Content {
  const { lang } = ticket
  const expected = times.expected(ticket, new Date(clock.now()))?.[lang] ?? ''
  const [told, ...rest] = CUSTOMER.connected(ticket)[lang].split('\n')
  return {
    ...{ text: [told, ...(expected ? [expected] : []), ...rest].join('\n'), lang },
    moments: [...expected.matchAll(/<t:(\d+):f>/g)].map(([, at]) => Number(at)),
  }
}

/** A direct message with the bot: there no thread is left for the two. */
export function isDirect({ lane, place }: Pick<Ticket, 'lane' | 'place'>): boolean {
  return lane.startsWith('dm:') || place.workspace === DISCORD_DM || /^D[A-Z0-9]+:/.test(lane)
}

/** As customers see it: the team's name where one is set. */
export function shownName(
  { settingsOf }: Pick<DeskDeps, 'settingsOf'>,
  ticket: Ticket,
  name: string,
): string {
  return settingsOf(ticket.workspace, ticket.staffPlace.channel).staffName ?? name
}

/** Whether it could be said; false where nobody can be told anything any more. */
export async function reaches(saying: Promise<void>): Promise<boolean> {
  try {
    await saying
    return true
  } catch (error) {
    if (!isNoPlace(error)) throw error
    return false
  }
}

/** Nobody can be told anything there any more. */
export function isNoPlace(error: unknown): boolean {
  return isBotError(error) && (error.code === 'place-gone' || error.code === 'place-forbidden')
}
