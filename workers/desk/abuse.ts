// A customer who is abusive (폭언): staff do not have to read it, wherever it would stand; the customer is asked once to stay
// civil, and the next time the case goes to whoever is in charge. What was written stays with the case, behind a button.
import type { Button, Content } from '../../src/core/content.ts'
import type { Both } from '../../src/core/error.ts'
import { leadOf } from '../../src/core/hand-over-rule.ts'
import type { Settings } from '../../src/core/settings.ts'
import type { Context } from '../../src/core/turn.ts'
import type { NoteEvent, Ticket } from '../../src/desk/model.ts'
import { isAbusive } from '../../src/text/abuse.ts'
import { plain } from '../card.ts'
import { HIDDEN_MESSAGE } from '../screened.ts'
import { tellCustomer, tellStaff } from './case-told.ts'
import { type DeskDeps, showTicket } from './desk.ts'

export const ABUSE = {
  show: '보기 · Show',
  warned: '고객님께 한 번 안내했어요 · The customer was asked once to stay civil',
  toLead: (name: string | null) =>
    name === null
      ? '거친 말이 되풀이되어 우선순위를 올렸어요. `설정 lead`로 책임자를 정해 두면 책임자에게 넘겨요 · Abusive again: priority raised. With `settings lead` set, such a case goes to the lead'
      : `거친 말이 되풀이되어 책임자에게 넘겨요: **${name}** · Abusive again: handed to the lead`,
} as const

/** What is hidden on a case's card. */
export function hiddenOn({ question, ratingComment }: Ticket): string[] {
  return [question, ratingComment ?? ''].filter(isAbusive)
}

/** Shows it to whoever presses, alone. */
export function showButtons(ticket: Ticket): Button[] {
  if (hiddenOn(ticket).length === 0) return []
  return [{ action: 'reply', value: `show:${ticket.id}:${ON_CARD}`, label: ABUSE.show }]
}

export const ON_CARD = 'card'

/** To the customer, once. */
export const WARNING: Both = {
  ko: '불편을 드려 죄송합니다. 담당자가 끝까지 도와드릴 수 있도록 욕설이나 위협하는 말은 삼가 주시기를 부탁드립니다.',
  en: 'We’re sorry for the trouble. So that our team can keep helping you, please refrain from insults and threats.',
}
/** Only where there is somebody to pass it to. */
const CONSEQUENCE: Both = {
  ko: ' 같은 일이 이어지면 상담이 책임자에게 넘어갑니다.',
  en: ' If it goes on, your case will be passed to a supervisor.',
}

export interface AbuseDeps extends Pick<DeskDeps, 'tickets' | 'enqueue'> {
  /** Writes it down; gives the how-manieth time this is. */
  record(ticket: string, press: string): Promise<number>
  settingsOf(workspace: string, channel: string): Settings
}

/** What staff see instead of what the customer wrote; null when there is nothing to hide. */
export type Screen = (context: Context, ticket: Ticket) => Promise<Pick<Content, 'text' | 'buttons'> | null>

export function createScreen(deps: AbuseDeps): Screen {
  return async (context, ticket) => {
    const { turn } = context
    if (!turn.messages.some(({ text }) => isAbusive(text))) return null
    // Whoever else writes there is not the customer's fault.
    const isTheirs = turn.author.id === ticket.customer
    const nth = isTheirs ? await deps.record(ticket.id, turn.id) : null
    if (nth !== null) await respond(context, deps, ticket, nth)
    return {
      text: nth === 1 ? `${HIDDEN_MESSAGE}\n${ABUSE.warned}` : HIDDEN_MESSAGE,
      buttons: [{ action: 'reply', value: `show:${ticket.id}:${turn.id}`, label: ABUSE.show }],
    }
  }
}

/** Of what opened the case, which its card hides: written down before staff and customer can write on. */
export async function recordOpening({ turn }: Context, deps: AbuseDeps, ticket: Ticket): Promise<number> {
  return isAbusive(ticket.question) ? deps.record(ticket.id, turn.id) : 0
}

export async function respondToOpening(
  context: Context,
  deps: AbuseDeps,
  ticket: Ticket,
  nth: number,
): Promise<void> {
  if (nth === 0) return
  await respond(context, deps, ticket, nth)
  if (nth === 1) await tellStaff(context, ticket, ABUSE.warned, 'warned-staff')
}

async function respond(context: Context, deps: AbuseDeps, ticket: Ticket, nth: number): Promise<void> {
  const { turn, log } = context
  log.info({ ticket: ticket.id, nth, outcome: 'hidden' }, 'abuse')
  const note = (event: NoteEvent, text: string | null = null): Promise<void> =>
    deps.tickets.note(ticket.workspace, ticket.id, text, { ...NOBODY, press: turn.id }, event)
  await note('abuse')
  if (nth === 1) {
    await warn(context, deps, ticket)
    await note('warned')
  }
  if (nth === 2) await note('escalated', await toLead(context, deps, ticket))
}

async function warn({ post }: Context, { settingsOf }: AbuseDeps, ticket: Ticket): Promise<void> {
  const { lang, workspace, staffPlace } = ticket
  const hasLead = leadOf(settingsOf(workspace, staffPlace.channel)) !== null
  const text = WARNING[lang] + (hasLead ? CONSEQUENCE[lang] : '')
  await tellCustomer({ post }, ticket, { text }, 'warned')
}

/** Whom the history names: nobody did it but the bot. */
const NOBODY = { id: '', name: '' }

/**
 * Named, not pinged: no text of ours ever pings. Who is known by name only is not made the assignee. Gives the lead's name;
 * null without one.
 */
async function toLead({ turn, post }: Context, deps: AbuseDeps, ticket: Ticket): Promise<string | null> {
  const { workspace, staffPlace, id } = ticket
  const lead = leadOf(deps.settingsOf(workspace, staffPlace.channel))
  const taken = lead?.id ? { assignee: lead.id, assigneeName: lead.name } : null
  const moved = taken
    ? await deps.tickets.move(workspace, id, 'assign', { ...NOBODY, press: turn.id }, taken)
    : null
  // A case that has just ended cannot be assigned before it is open again, which this very message makes it.
  const rest = taken && moved?.outcome !== 'moved' ? taken : {}
  const changed = await deps.tickets.change(workspace, id, { priority: 'urgent', ...rest })
  if (changed) await showTicket(deps.enqueue, changed)
  await tellStaff({ post }, ticket, ABUSE.toLead(lead ? plain(lead.name) : null), 'lead')
  return lead?.name ?? null
}
