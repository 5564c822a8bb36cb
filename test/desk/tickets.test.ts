// Cases as they are kept: two who move one at once, what goes with time and with its person, and whose lanes are free then.
import { expect, test } from 'vitest'
import { createForgetCases } from '../../src/desk/forget.ts'
import type { NewTicket } from '../../src/desk/model.ts'
import { createTickets } from '../../src/desk/tickets.ts'
import type { Rules } from '../../src/desk/timers.ts'
import { useStore, WORKSPACE } from '../workers/rig.ts'

const storeOf = useStore()
const AUTHOR = { id: 'U1', name: '', kind: 'member' as const, locale: null, isAdmin: false }
let lanes = 0
const clock = new Date('2026-12-01T10:00+09:00')
const rules: Rules = {
  calendar: { zone: 'Asia/Seoul', week: null, closedOn: () => null },
  targets: {},
  staleDays: 7,
}
const timing = { rulesOf: () => rules, now: () => clock }

async function opened(fields: Partial<NewTicket> = {}) {
  const { db } = storeOf()
  const tickets = createTickets(db, timing)
  const lane = `C1:9.${++lanes}`
  const place = { platform: 'slack' as const, workspace: WORKSPACE, channel: 'C1', thread: `9.${lanes}` }
  const { ticket } = await tickets.open({
    ...{ workspace: WORKSPACE, audience: `${WORKSPACE}:C1`, lane, place, source: null },
    ...{ customer: 'U1', customerName: '민지', lang: 'ko', mood: null, reason: 'button' },
    ...{
      question: '환불되나요?',
      tried: [],
      zone: null,
      staffPlace: { ...place, channel: 'CSTAFF', thread: null },
    },
    ...fields,
  })
  const side = async (): Promise<unknown> =>
    (
      await db.query<{ side: string | null; ticket: string | null }>(
        'select side, ticket::text from lanes where workspace = $1 and lane = $2',
        [WORKSPACE, lane],
      )
    )[0]
  return { tickets, ticket, side, db, lane }
}

const by = (id: string) => ({ id, name: id, press: `press-${id}` })

test('one of many who claim at once has it, and a press that comes again does nothing again', async () => {
  const { tickets, ticket } = await opened()
  const people = ['A', 'B', 'C', 'D']
  const moved = await Promise.all(
    people.map((id) =>
      tickets.move(WORKSPACE, ticket.id, 'claim', by(id), { assignee: id, assigneeName: id }),
    ),
  )
  expect(moved.map(({ outcome }) => outcome).sort()).toEqual(['moved', 'refused', 'refused', 'refused'])
  const winner = people[moved.findIndex(({ outcome }) => outcome === 'moved')]!
  expect(await tickets.find(WORKSPACE, ticket.id)).toMatchObject({
    assignee: winner,
    status: 'waiting-staff',
  })
  const again = await tickets.move(WORKSPACE, ticket.id, 'claim', by(winner), {})
  expect(again).toMatchObject({ outcome: 'moved', isRepeat: true })
})

test('numbers count in each workspace, and an ended case of the lane is opened again', async () => {
  const first = await opened()
  const second = await opened()
  expect(second.ticket.number).toBe(first.ticket.number + 1)
  expect((await opened({ workspace: 'slack:T2' })).ticket.number).toBe(1)
  await first.tickets.move(WORKSPACE, first.ticket.id, 'resolve', by('A'))
  expect(await first.side()).toMatchObject({ side: 'ended' })
  const { customerName, question, staffPlace, place } = first.ticket
  const again = await first.tickets.open({ ...first.ticket, customerName, question, staffPlace, place })
  expect(again).toMatchObject({ isNew: true, ticket: { id: first.ticket.id, status: 'open' } })
  expect(await first.side()).toMatchObject({ side: 'customer', ticket: first.ticket.id })
})

test('the number of a case that is gone is nobody else’s, also when many are opened at once', async () => {
  const { tickets, ticket, db } = await opened({ customer: 'U71' })
  await createForgetCases(db).forget(WORKSPACE, 'U71')
  expect(await tickets.find(WORKSPACE, ticket.id)).toBe(null)
  const numbers = (await Promise.all([opened(), opened(), opened()])).map((one) => one.ticket.number)
  expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3].map((n) => ticket.number + n))
})

test.each(['with time', 'with its person'] as const)(
  'goes %s, and its lane is the bot’s again',
  async (how) => {
    const { tickets, ticket, side, db } = await opened({ customer: 'UGONE' })
    await tickets.note(WORKSPACE, ticket.id, '메모', by('A'))
    if (how === 'with time') {
      const age = (): Promise<unknown> =>
        db.query(`update tickets set updated_at = now() - interval '91 days' where id = $1::bigint`, [
          ticket.id,
        ])
      await age()
      // Somebody may still be waiting for an answer.
      expect(await tickets.purge(90, 100)).toBe(0)
      await tickets.move(WORKSPACE, ticket.id, 'resolve', by('A'))
      expect(await tickets.purge(90, 100)).toBe(0)
      await age()
      expect(await tickets.purge(90, 100, 'slack:T2')).toBe(0)
      expect(await tickets.purge(92, 100)).toBe(0)
      expect(await tickets.purge(90, 100, WORKSPACE)).toBe(1)
    } else
      expect(await createForgetCases(db).forget(WORKSPACE, 'UGONE')).toEqual([
        { workspace: WORKSPACE, card: null },
      ])
    expect(await tickets.find(WORKSPACE, ticket.id)).toBeNull()
    expect(await db.query('select 1 from ticket_lines where ticket = $1::bigint', [ticket.id])).toEqual([])
    expect(await side()).toEqual({ side: null, ticket: null })
  },
)

test('the counterpart of a copy is found between a direct message on Discord and the staff’s server, for its customer alone', async () => {
  const { db, answers, inbox } = storeOf()
  const guild = 'discord:900'
  const direct = { platform: 'discord' as const, workspace: 'discord:dm', channel: '55', thread: null }
  await opened({ workspace: guild, place: direct, customer: 'U55' })
  const write = async (workspace: string, source: string, copy: string, channel: string): Promise<void> => {
    const place = workspace === 'discord:dm' ? direct : { ...direct, workspace, channel: '66', thread: '67' }
    const rows = await db.query<{ id: string }>(
      `insert into turns (workspace, audience, lane, kind, queue, author, place, state)
       values ($1, '', $2, 'relay', 'relay', 'U55', $3, 'done') returning id::text`,
      [workspace, `lane:${source}`, place],
    )
    const turn = rows[0]!.id
    await db.query(
      `insert into inbox (workspace, audience, source, lane, kind, queue, state, author, text, place, turn)
       values ($1, '', $2, $3, 'relay', 'relay', 'done', 'U55', '', $4, $5::bigint)`,
      [workspace, source, `lane:${source}`, place, turn],
    )
    await db.query(
      `insert into posts (workspace, audience, turn, slot, key, place, platform_id, state) values ($1, '', $2::bigint, 'copy.0', $3, $4, $5, 'final')`,
      [workspace, turn, `k${source}`, { ...direct, workspace: guild, channel }, copy],
    )
  }
  await write('discord:dm', '777', '888', '66')
  await write(guild, '778', '889', '55')
  expect(await answers.copyOf(guild, '888', 'STAFF')).toMatchObject({
    message: '777',
    place: { channel: '55' },
  })
  expect(await answers.copyOf('discord:dm', '889', 'U55')).toMatchObject({ message: '778' })
  expect(await answers.copyOf('discord:dm', '889', 'U1')).toBeNull()
  const react = (workspace: string, post: string, channel: string, person: string) =>
    inbox.receive(
      { workspace, audience: '', source: `react:${post}:${person}`, author: { ...AUTHOR, id: person } },
      {
        ...{
          type: 'enqueue',
          lane: `react:${post}`,
          kind: 'reaction',
          queue: 'relay',
          ack: 'none',
          text: '',
        },
        ...{ place: { ...direct, workspace, channel }, quietMs: 0, onlyIf: 'with-copy' },
        body: { target: post, post, emoji: '👍', isRemoved: false },
      },
    )
  expect((await react(guild, '888', '66', 'STAFF'))?.state).toBe('pending')
  expect((await react('discord:dm', '889', '55', 'U55'))?.state).toBe('pending')
  expect(await react('discord:dm', '889', '55', 'U1')).toBeNull()
})
