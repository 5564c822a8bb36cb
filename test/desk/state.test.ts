// Every status of a case with everything that may happen to it: where it leads, or why it may not be.
import { expect, test } from 'vitest'
import { EVENTS, STATUSES, type TicketEvent, type TicketStatus } from '../../src/desk/model.ts'
import { moveTicket } from '../../src/desk/state.ts'

const NO = /이미|닫힌|진행 중|기다리는 티켓이 아니/

/** Of a case that Minsu has, moved by Alex. `-` = refused. */
const HELD: Record<TicketEvent, Record<TicketStatus, TicketStatus | '-'>> = {
  'customer-wrote': row('waiting-staff', 'waiting-staff', 'waiting-staff', 'waiting-staff', '-'),
  'staff-wrote': row('waiting-customer', 'waiting-customer', 'waiting-customer', 'waiting-customer', '-'),
  claim: row('-', '-', '-', '-', '-'),
  resolve: row('resolved', 'resolved', 'resolved', '-', '-'),
  reopen: row('-', '-', '-', 'waiting-staff', 'waiting-staff'),
  spam: row('closed', 'closed', 'closed', 'closed', '-'),
  assign: row('waiting-staff', 'waiting-staff', 'waiting-customer', '-', '-'),
  'hand-back': row('closed', 'closed', 'closed', 'closed', '-'),
  merge: row('closed', 'closed', 'closed', 'closed', '-'),
  expire: row('-', '-', 'resolved', '-', '-'),
  close: row('-', '-', '-', 'closed', '-'),
}

function row(
  open: TicketStatus | '-',
  staff: TicketStatus | '-',
  customer: TicketStatus | '-',
  resolved: TicketStatus | '-',
  closed: TicketStatus | '-',
): Record<TicketStatus, TicketStatus | '-'> {
  return { open, 'waiting-staff': staff, 'waiting-customer': customer, resolved, closed }
}

test.each(EVENTS.flatMap((event) => STATUSES.map((status) => [status, event] as const)))(
  '%s, %s',
  (status, event) => {
    const held = { status, assignee: 'U2', assigneeName: '민수' }
    const moved = moveTicket(held, event, 'U1')
    const expected = HELD[event][status]
    if (expected === '-') expect('why' in moved && moved.why.ko).toMatch(NO)
    else expect(moved).toEqual({ to: expected })
  },
)

test('what nobody has is open again, and whoever claims it has it', () => {
  const free = { assignee: null, assigneeName: null }
  for (const status of ['open', 'waiting-customer', 'resolved'] as const)
    expect(moveTicket({ ...free, status }, 'customer-wrote', 'U1')).toEqual({ to: 'open' })
  expect(moveTicket({ ...free, status: 'open' }, 'claim', 'U1')).toEqual({ to: 'waiting-staff' })
  const own = moveTicket({ status: 'waiting-staff', assignee: 'U1', assigneeName: 'Alex' }, 'claim', 'U1')
  expect('why' in own && own.why.en).toBe('You have this ticket already.')
})
