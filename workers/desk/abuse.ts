// A customer who is abusive (폭언): staff do not have to read it, the customer is asked once to stay civil, and the next
// time the case goes to whoever is in charge. What was written stays with the case, behind a button.
import type { Content } from '../../src/core/content.ts'
import type { Both } from '../../src/core/error.ts'
import { leadOf } from '../../src/core/hand-over-rule.ts'
import type { Settings } from '../../src/core/settings.ts'
import type { Context } from '../../src/core/turn.ts'
import type { Ticket } from '../../src/desk/model.ts'
import { isAbusive } from '../../src/text/abuse.ts'
import { plain } from '../card.ts'
import { tellCustomer, tellStaff } from './case-told.ts'
import { type DeskDeps, showTicket } from './desk.ts'

export const ABUSE = {
  show: '보기 · Show',
  hidden: '_거친 말이 있어 가렸어요 · Hidden: abusive language_',
  warned: '고객님께 한 번 안내했어요 · The customer was asked once to stay civil',
  toLead: (name: string | null) =>
    name === null
      ? '거친 말이 되풀이되어 우선순위를 올렸어요. `설정 lead`로 책임자를 정해 두면 책임자에게 넘겨요 · Abusive again: priority raised. With `settings lead` set, such a case goes to the lead'
      : `거친 말이 되풀이되어 책임자에게 넘겨요: **${name}** · Abusive again: handed to the lead`,
} as const

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
    const { turn, log } = context
    if (!turn.messages.some(({ text }) => isAbusive(text))) return null
    const nth = await deps.record(ticket.id, turn.id)
    log.info({ ticket: ticket.id, nth, outcome: 'hidden' }, 'abuse')
    if (nth === 1) await warn(context, deps, ticket)
    if (nth === 2) await toLead(context, deps, ticket)
    return {
      text: nth === 1 ? `${ABUSE.hidden}\n${ABUSE.warned}` : ABUSE.hidden,
      buttons: [{ action: 'reply', value: `show:${ticket.id}:${turn.id}`, label: ABUSE.show }],
    }
  }
}

async function warn({ post }: Context, { settingsOf }: AbuseDeps, ticket: Ticket): Promise<void> {
  const { lang, workspace, staffPlace } = ticket
  const hasLead = leadOf(settingsOf(workspace, staffPlace.channel)) !== null
  const text = WARNING[lang] + (hasLead ? CONSEQUENCE[lang] : '')
  await tellCustomer({ post }, ticket, { text }, 'warned')
}

/** Named, not pinged: no text of ours ever pings. Who is known by name only is not made the assignee. */
async function toLead({ post }: Context, deps: AbuseDeps, ticket: Ticket): Promise<void> {
  const { workspace, staffPlace, id } = ticket
  const lead = leadOf(deps.settingsOf(workspace, staffPlace.channel))
  const taken = lead?.id ? { assignee: lead.id, assigneeName: lead.name } : {}
  const changed = await deps.tickets.change(workspace, id, { priority: 'urgent', ...taken })
  if (changed) await showTicket(deps.enqueue, changed)
  await tellStaff({ post }, ticket, ABUSE.toLead(lead ? plain(lead.name) : null), 'lead')
}
