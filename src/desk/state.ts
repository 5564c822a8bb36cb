// What may happen to a ticket in which status, and what becomes of it. Pure; test/desk/state.test.ts has every pair.
import type { Both } from '../core/error.ts'
import type { Ticket, TicketEvent, TicketStatus } from './model.ts'

export type Transition = { to: TicketStatus } | { why: Both }

type Held = Pick<Ticket, 'status' | 'assignee' | 'assigneeName'>

const CLOSED: Both = {
  ko: '닫힌 티켓이에요. 먼저 다시 열어 주세요.',
  en: 'This ticket is closed. Reopen it first.',
}
const RESOLVED: Both = { ko: '이미 해결된 티켓이에요.', en: 'This ticket is resolved already.' }
const NOT_ENDED: Both = {
  ko: '아직 진행 중인 티켓이에요.',
  en: 'This ticket is still open.',
}
const YOURS: Both = { ko: '이미 맡고 계신 티켓이에요.', en: 'You have this ticket already.' }
const takenBy = (name: string | null): Both => ({
  ko: `${name ?? '다른 담당자'} 님이 이미 맡았어요.`,
  en: `${name ?? 'Somebody else'} has taken it already.`,
})

export const BUSY_LANE: Both = {
  ko: '이 대화에는 이미 다른 상담이 열려 있어요.',
  en: 'This conversation has another open case by now.',
}
const NOT_WAITING: Both = {
  ko: '고객님의 답을 기다리는 티켓이 아니에요.',
  en: 'This ticket is not waiting for the customer.',
}

/** Whoever has it owes the customer the next word. */
const withStaff = ({ assignee }: Held): TicketStatus => (assignee === null ? 'open' : 'waiting-staff')

/** `by`: the person who does it. */
export function moveTicket(held: Held, event: TicketEvent, by: string): Transition {
  const { status } = held
  if (status === 'closed') return event === 'reopen' ? { to: withStaff(held) } : { why: CLOSED }
  const hasEnded = status === 'resolved'
  switch (event) {
    case 'customer-wrote':
      return { to: withStaff(held) }
    case 'reopen':
      return hasEnded ? { to: withStaff(held) } : { why: NOT_ENDED }
    case 'staff-wrote':
      return { to: 'waiting-customer' }
    case 'claim':
      if (hasEnded) return { why: RESOLVED }
      if (held.assignee === by) return { why: YOURS }
      return held.assignee === null ? { to: 'waiting-staff' } : { why: takenBy(held.assigneeName) }
    case 'resolve':
      return hasEnded ? { why: RESOLVED } : { to: 'resolved' }
    case 'assign':
      if (hasEnded) return { why: RESOLVED }
      return { to: status === 'open' ? 'waiting-staff' : status }
    case 'expire':
      return status === 'waiting-customer' ? { to: 'resolved' } : { why: NOT_WAITING }
    case 'close':
      return hasEnded ? { to: 'closed' } : { why: NOT_ENDED }
    case 'spam':
    case 'hand-back':
    case 'merge':
      return { to: 'closed' }
  }
}
