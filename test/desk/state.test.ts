// Every status of a case with everything that may happen to it: where it leads, or why it may not be.
import { describe, expect, test } from 'vitest'
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

/** Of one that nobody has. */
const FREE: typeof HELD = {
  ...HELD,
  'customer-wrote': row('open', 'open', 'open', 'open', '-'),
  claim: row('waiting-staff', 'waiting-staff', 'waiting-staff', '-', '-'),
  reopen: row('-', '-', '-', 'open', 'open'),
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

const CASES = [
  ['that Minsu has', HELD, { assignee: 'U2', assigneeName: '민수' }],
  ['that nobody has', FREE, { assignee: null, assigneeName: null }],
  ['of their own', HELD, { assignee: 'U1', assigneeName: 'Alex' }],
] as const

describe.each(CASES)('a case %s', (_whose, table, assigned) => {
  test.each(EVENTS.flatMap((event) => STATUSES.map((status) => [status, event] as const)))(
    '%s, %s',
    (status, event) => {
      const moved = moveTicket({ status, ...assigned }, event, 'U1')
      const expected = table[event][status]
      if (expected === '-') expect('why' in moved && moved.why.ko).toMatch(NO)
      else expect(moved).toEqual({ to: expected })
    },
  )
})

test('each refusal says why', () => {
  const why = (status: TicketStatus, event: TicketEvent, assignee: string | null = 'U2') => {
    const moved = moveTicket({ status, assignee, assigneeName: assignee && '민수' }, event, 'U1')
    return 'why' in moved ? moved.why.ko : null
  }
  expect(why('closed', 'claim')).toBe('닫힌 티켓이에요. 먼저 다시 열어 주세요.')
  expect(why('resolved', 'claim', null)).toBe('이미 해결된 티켓이에요.')
  expect(why('open', 'claim')).toBe('민수 님이 이미 맡았어요.')
  expect(why('open', 'claim', 'U1')).toBe('이미 맡고 계신 티켓이에요.')
  expect(why('open', 'reopen', null)).toBe('아직 진행 중인 티켓이에요.')
  expect(why('open', 'expire', null)).toBe('고객님의 답을 기다리는 티켓이 아니에요.')
})
